"""Findings as tasks of the desk (核对发现): what was found, what to do about it, and who looks after it."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oversight.models import Finding, ProofRun
from oversight.schemas.proof import CheckOut, FindingOut, FindingsOut, RunOut, SubjectOut
from oversight.services.proof import proving
from oversight.services.proof.checks import BY_CODE, Check, Seen
from oversight.services.proof.checks.files import FOLDERS
from town import ids, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Account

KINDS = {
    "order": "工单",
    "case": "案件",
    "report": "举报",
    "joint": "协办任务",
    "supervision": "督办单",
    "deadline": "时限",
    "alarm": "预警",
    "file": "文件",
    "town": "本镇",
    "watch": "值守",
    "journal": "轨迹",
    "check": "核对项",
}
SHORT_NAME = 12
"""Digits of a file's name that are told."""


def page(session: Session, is_open: bool, before: uuid.UUID | None, limit: int) -> FindingsOut:
    """Findings newest first, before an id; with the last run, and whether another one is waited for."""
    settled = Finding.settled_at.is_(None) if is_open else Finding.settled_at.is_not(None)
    asked = select(Finding).where(settled).order_by(Finding.id.desc()).limit(limit)
    found = session.scalars(asked.where(Finding.id < before) if before else asked).all()
    newest = proving.last(session)
    return FindingsOut(
        findings=[finding_out(session, one) for one in found],
        next=found[-1].id if len(found) == limit else None,
        open=session.scalar(select(func.count()).select_from(Finding).where(Finding.settled_at.is_(None))) or 0,
        last_run=run_out(session, newest) if newest else None,
        waiting=_waits(session),
    )


def take(session: Session, who: Actor, finding_id: uuid.UUID, now: Instant) -> Finding:
    """He looks after it from now on. Raises Refused("not_found" | "finding_taken" | "finding_settled")."""
    finding = session.get(Finding, finding_id, with_for_update=True)
    if finding is None:
        raise Refused("not_found")
    if finding.settled_at is not None:
        raise Refused("finding_settled")
    if finding.taken_by not in (None, who.name):
        raise Refused("finding_taken", name=_name(session, finding.taken_by))
    if finding.taken_by is None:
        finding.taken_by = who.name
        data = {"check": finding.check, "of": finding.subject}
        journal.note(session, subject=f"finding:{finding.id}", kind="finding.taken", actor=who.name, at=now, data=data)
    return finding


def finding_out(session: Session, finding: Finding) -> FindingOut:
    """A finding as people read it."""
    check = BY_CODE.get(finding.check) or _gone(finding.check)
    return FindingOut(
        id=finding.id,
        check=finding.check,
        check_name=check.name,
        subject=_subject(finding.subject),
        about=_about(finding),
        sentence=check.says(finding.facts),
        then=check.then,
        found_at=finding.found_at,
        taken_by_name=_name(session, finding.taken_by) if finding.taken_by else None,
        settled_at=finding.settled_at,
    )


def run_out(session: Session, run: ProofRun) -> RunOut:
    """A run with what each check saw."""
    return RunOut(
        id=run.id,
        day=run.day,
        started_at=run.started_at,
        finished_at=run.finished_at,
        by_name=_name(session, run.by),
        looked=sum(run.looked.values()),
        found=sum(run.found.values()),
        checks=[
            CheckOut(code=code, name=(BY_CODE.get(code) or _gone(code)).name, looked=looked, found=run.found[code])
            for code, looked in run.looked.items()
        ],
    )


def runs(session: Session, limit: int) -> Sequence[ProofRun]:
    """The newest runs, newest first."""
    return session.scalars(select(ProofRun).order_by(ProofRun.started_at.desc(), ProofRun.id.desc()).limit(limit)).all()


def _waits(session: Session) -> bool:
    return session.scalar(select(ProofRun.id).where(ProofRun.finished_at.is_(None)).limit(1)) is not None


def _about(finding: Finding) -> SubjectOut | None:
    """What to open: the order of a report, whatever a clock or an alarm hangs on."""
    named = finding.facts.get("of") or (f"order:{finding.facts['order']}" if "order" in finding.facts else None)
    return _subject(named) if named else None


def _subject(subject: str) -> SubjectOut:
    kind, _, named = subject.partition(":")
    identifier = _identifier(named)
    return SubjectOut(kind=kind, kind_name=KINDS.get(kind, kind), id=identifier, code=_code(named, identifier))


def _identifier(named: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(named)
    except ValueError:
        return None


def _code(named: str, identifier: uuid.UUID | None) -> str:
    if identifier:
        return ids.short(identifier)
    folder, _, name = named.partition("/")
    if name:
        return f"{FOLDERS.get(folder, folder)} {name[:SHORT_NAME]}"
    return BY_CODE[named].name if named in BY_CODE else named


def _name(session: Session, actor: str) -> str:
    """Who, by name; what the system did nobody did."""
    kind, _, named = actor.partition(":")
    account = session.get(Account, uuid.UUID(named)) if kind == "account" else None
    return account.name if account else "系统"


def _gone(code: str) -> Check:
    """A check of an older version, that a finding still names."""
    return Check(
        code, code, lambda _ground: Seen(0, []), lambda _facts: "这一项不再核对。", "不用处理，下次核对后消失。"
    )
