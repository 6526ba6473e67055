"""The nightly proof (夜间核对): look at everything that could be forgotten, and make a task of what was.

Each check sees one snapshot of the town and stands alone: one that breaks is itself a finding, and hides no other.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import ColumnElement, select, text
from sqlalchemy.orm import Session

from oversight.models import Finding, ProofRun
from oversight.rules import proof
from oversight.services.proof import staffing
from oversight.services.proof.checks import BROKEN, CHECKS, Check, Found, Ground, Seen
from town import clock, ids, journal, profile
from town.clock import Instant
from town.database import Database
from town.journal import Note
from town.media.stores import Store
from town.settings import Settings

ACTOR = "system:proof"
AGAIN = "system:proof-again"
"""Who looks again whether what was found is mended."""
AGAIN_AFTER = dt.timedelta(minutes=10)
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(193, 4)")
BROKEN_SUBJECT = "check:"

LOG = structlog.get_logger()

Stores = tuple[Store, ...]
Told = Callable[[Check, Seen], None]
"""Who wants to know what each check saw."""
Key = tuple[str, str]
"""A check and a subject."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run: which checks, for whom, and the row of whoever asked, if somebody did."""

    by: str
    checks: Sequence[Check] = CHECKS
    waiting: ProofRun | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """What the checks saw, by code, and which of them broke."""

    seen: Mapping[str, Seen]
    broken: tuple[Found, ...]

    @property
    def found(self) -> dict[Key, Found]:
        """Every finding by its key."""
        told = [(code, one) for code, seen in self.seen.items() for one in seen.found]
        return {(code, one.subject): one for code, one in (*told, *((BROKEN.code, one) for one in self.broken))}

    @property
    def looked(self) -> frozenset[str]:
        """The checks that came to an end."""
        return frozenset(self.seen) | {BROKEN.code}


def prove(
    database: Database,
    settings: Settings,
    stores: Stores,
    now: Instant,
    by: str = ACTOR,
    *,
    checks: Sequence[Check] = CHECKS,
    told: Told = lambda _check, _seen: None,
) -> ProofRun:
    """Run the checks and keep what they found. ``stores``: every folder of files that rows name."""
    return _run(database, settings, stores, now, Job(by, checks), told)


def prove_when_due(database: Database, settings: Settings, stores: Stores, now: Instant) -> ProofRun | None:
    """What somebody asked for, the run of this night, or a second look at what was found; None when nothing is to do.

    Call it often. A second look takes only the checks that have findings, so that what was mended is soon settled.
    """
    with database.read() as session:
        job = _job(session, now)
    return _run(database, settings, stores, now, job, lambda _check, _seen: None) if job else None


def ask(session: Session, by: str, now: Instant) -> ProofRun:
    """Somebody wants a run now: whoever leads begins it within a minute. One that waits already is his."""
    if waiting := _waiting(session):
        return waiting
    run = ProofRun(id=ids.new_id(), day=profile.local_day(session, now), started_at=now, by=by, looked={}, found={})
    session.add(run)
    journal.note(session, subject=f"proof:{run.id}", kind="proof.asked", actor=by, at=now, data={})
    return run


def last(session: Session) -> ProofRun | None:
    """The newest whole run that came to an end."""
    return _newest(session, ProofRun.by != AGAIN)


def _job(session: Session, now: Instant) -> Job | None:
    if waiting := _waiting(session):
        return Job(waiting.by, waiting=waiting)
    newest = last(session)
    zone = profile.current(session).zone
    if proof.is_due(now.astimezone(zone), newest.started_at.astimezone(zone) if newest else None):
        return Job(ACTOR)
    return _second_look(session, now)


def _second_look(session: Session, now: Instant) -> Job | None:
    """The checks that found something or broke, when nobody has looked for a while."""
    newest = _newest(session)
    if newest is None or now < newest.started_at + AGAIN_AFTER:
        return None
    unsettled = session.execute(select(Finding.check, Finding.subject).where(Finding.settled_at.is_(None)))
    codes = {subject.removeprefix(BROKEN_SUBJECT) if code == BROKEN.code else code for code, subject in unsettled}
    checks = tuple(check for check in CHECKS if check.code in codes)
    return Job(AGAIN, checks) if checks else None


def _newest(session: Session, *which: ColumnElement[bool]) -> ProofRun | None:
    done = select(ProofRun).where(ProofRun.finished_at.is_not(None), *which)
    return session.scalars(done.order_by(ProofRun.started_at.desc(), ProofRun.id.desc()).limit(1)).first()


def _waiting(session: Session) -> ProofRun | None:
    waiting = select(ProofRun).where(ProofRun.finished_at.is_(None)).order_by(ProofRun.id).limit(1)
    return session.scalars(waiting).first()


def _run(database: Database, settings: Settings, stores: Stores, now: Instant, job: Job, told: Told) -> ProofRun:
    begun = clock.elapsed()
    proved = _look(database, settings, stores, now, job.checks, told)
    finished = now + dt.timedelta(seconds=clock.elapsed() - begun)
    with database.write() as session:
        if not database.sqlite:
            session.execute(ONE_AT_A_TIME)
        run = _row(session, job, now)
        run.started_at, run.finished_at = now, finished
        run.looked = {code: seen.looked for code, seen in proved.seen.items()}
        run.found = {code: len(seen.found) for code, seen in proved.seen.items()}
        session.add(run)
        session.flush()
        _keep(session, run, proved, now)
        return run


def _row(session: Session, job: Job, now: Instant) -> ProofRun:
    """The row that waits, the day's one of second looks, or a new one."""
    day = profile.local_day(session, now)
    if job.waiting:
        row = session.merge(job.waiting)
        row.day = day
        return row
    earlier = select(ProofRun).where(ProofRun.by == AGAIN, ProofRun.day == day).limit(1)
    known = session.scalars(earlier).first() if job.by == AGAIN else None
    return known or ProofRun(id=ids.new_id(), day=day, by=job.by)


def _look(
    database: Database, settings: Settings, stores: Stores, now: Instant, checks: Sequence[Check], told: Told
) -> Proved:
    seen: dict[str, Seen] = {}
    broken: list[Found] = []
    for check in checks:
        try:
            seen[check.code] = _look_once(database, settings, stores, now, check)
        except Exception as error:
            LOG.exception("proof.broke", check=check.code)
            broken.append(Found(f"{BROKEN_SUBJECT}{check.code}", {"error": type(error).__name__}))
        told(check, seen.get(check.code, Seen(0, [])))
    return Proved(seen, tuple(broken))


def _look_once(database: Database, settings: Settings, stores: Stores, now: Instant, check: Check) -> Seen:
    with database.read() as session:
        if not database.sqlite:  # there a reader sees one snapshot anyway
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return check.look(Ground(session, settings, stores, staffing.staff(session), now))


def _keep(session: Session, run: ProofRun, proved: Proved, now: Instant) -> None:
    """Findings that are new, that still stand, and that this run no longer finds."""
    unsettled = session.scalars(select(Finding).where(Finding.settled_at.is_(None)))
    standing: dict[Key, Finding] = {(one.check, one.subject): one for one in unsettled}
    found = proved.found
    changes = proof.compare(frozenset(standing), found, proved.looked)
    new = [_new(run, key, found[key], now) for key in changes.new]
    session.add_all(new)
    for key in changes.kept:
        if key in found:
            standing[key].last_run_id, standing[key].facts = run.id, dict(found[key].facts)
    settled = [standing[key] for key in changes.settled]
    for one in settled:
        one.settled_at = now
    _tell(session, run, new, settled, now)


def _new(run: ProofRun, key: Key, found: Found, now: Instant) -> Finding:
    check, subject = key
    return Finding(
        id=ids.new_id(),
        check=check,
        subject=subject,
        facts=dict(found.facts),
        first_run_id=run.id,
        last_run_id=run.id,
        found_at=now,
    )


def _tell(session: Session, run: ProofRun, new: Sequence[Finding], settled: Sequence[Finding], now: Instant) -> None:
    """A second look that found all as it was says nothing."""
    if run.by == AGAIN and not new and not settled:
        return
    counts = {"looked": run.looked, "found": run.found, "new": len(new), "settled": len(settled)}
    notes = [Note(f"proof:{run.id}", "proof.finished", ACTOR, now, {"day": run.day.isoformat(), **counts})]
    for kind, some in (("finding.found", new), ("finding.settled", settled)):
        notes += [Note(f"finding:{one.id}", kind, ACTOR, now, {"check": one.check, "of": one.subject}) for one in some]
    journal.note_many(session, notes)
