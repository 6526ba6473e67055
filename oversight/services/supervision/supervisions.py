"""督办单: issued by the ladder or by hand, with a number and a clock of its own; and the 问责 line when no answer comes.

Journal: ``supervision.issued | replied | returned | closed | accountable`` on ``supervision:<id>``; words are sealed beside it.
"""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from oversight import labels_supervision as labels
from oversight.models import Supervision, SupervisionNumber
from oversight.rules import supervision as rules
from oversight.rules.supervision import ANSWERABLE, Clock, State
from oversight.services.supervision import crew as crews
from oversight.services.supervision import matters, notices, recipients, subjects_shown
from oversight.services.supervision.matters import Matter
from oversight.services.supervision.notices import Told
from oversight.services.supervision.recipients import Recipient
from town import calendars, ids, journal, ladders, profile, watch
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.ladders import Level
from town.watch import Deadline

ACTOR = "system:supervision"
KIND = "supervision"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a 督办单 is issued with: about what, why, by whom, and the alarm it follows from, if one."""

    matter: Matter
    words: str
    actor: str
    alarm_id: uuid.UUID | None = None


def issue_by_itself(
    session: Session, deadline: Deadline, alarm_id: uuid.UUID, recipient: Recipient, now: Instant
) -> Supervision | None:
    """The ladder's own; none about a 督办单, and none while one about the same matter is open."""
    matter = recipient.matter
    if subjects_shown.parsed(matter.subject)[0] == KIND or standing(session, matter.subject):
        return None
    about = subjects_shown.one(session, matter.subject).spoken
    used = max((percent for level, percent in deadline.ladder if level == Level.SUPERVISE), default=100)
    words = labels.told_by_itself(about, labels.clock(deadline.subject, deadline.kind), used)
    return _issue(session, Paper(matter, words, ACTOR, alarm_id), now)


def issue_by_hand(session: Session, who: Actor, subject: str, words: str, now: Instant) -> Supervision:
    """A supervisor's own. Raises Refused("not_found" | "supervision_open")."""
    if subjects_shown.parsed(subject)[0] == KIND or not subjects_shown.sees(session, who, subject):
        raise Refused("not_found")
    matter = matters.of(session, subject, crews.at(session, now))
    issued = _issue(session, Paper(matter, words, who.name), now)
    if issued is None:
        open_one = standing(session, subject)
        raise Refused("supervision_open", number=open_one.number if open_one else "")
    return issued


def standing(session: Session, subject: str) -> Supervision | None:
    """The open one about a matter."""
    return session.scalar(select(Supervision).where(Supervision.subject == subject, Supervision.closed_at.is_(None)))


def hold_accountable(session: Session, subject: str, alarm_id: uuid.UUID, now: Instant) -> bool:
    """问责: no answer came in time. Written once into the paper, whoever asks."""
    kind, identifier = subjects_shown.parsed(subject)
    mine = (Supervision.id == identifier,) if kind == KIND else (Supervision.subject == subject,)
    unanswered = (Supervision.state.in_(ANSWERABLE), Supervision.accountable_at.is_(None))
    reached = update(Supervision).where(*mine, *unanswered)
    found = session.execute(
        reached.values(accountable_at=now, version=Supervision.version + 1).returning(
            Supervision.id, Supervision.version
        ),
        execution_options={"synchronize_session": "fetch"},
    ).first()
    if found is None:
        return False
    journal.append(
        session,
        subject=f"{KIND}:{found.id}",
        version=found.version,
        kind="supervision.accountable",
        actor=ACTOR,
        at=now,
        data={"alarm": str(alarm_id)},
    )
    return True


def begin(session: Session, paper: Supervision, clock: Clock, severity: str, now: Instant) -> None:
    """Start one of its clocks; each counts its turns."""
    watch.start(
        session,
        subject=f"{KIND}:{paper.id}",
        kind=clock,
        term=rules.term(clock, severity),
        calendar=calendars.current(session),
        at=now,
        recorded_at=now,
        round=paper.returned + 1,
        ladder=ladders.of(session, f"{KIND}.{clock}", severity),
    )
    session.flush()


def keep_words(session: Session, paper: Supervision, field: str, words: str, now: Instant) -> dict[str, str]:
    """Keep what somebody wrote, erasable; what the journal cites it by."""
    return {"words": journal.keep_words(session, subject=f"{KIND}:{paper.id}", field=field, body=words, at=now)}


def addressee(session: Session, matter: Matter, now: Instant) -> Recipient:
    """Who answers for a matter: the squad's leader or the unit; of a post, who holds it; and never nobody."""
    crew = crews.at(session, now)
    named = matter.holders
    if matter.squad_id is not None:
        named = crew.leading(matter.squad_id)
    if matter.partner_id is not None:
        named = crew.of_unit(matter.partner_id)
    return recipients.resolve(replace(matter, holders=named), Level.REMIND, crew)


def _issue(session: Session, paper: Paper, now: Instant) -> Supervision | None:
    """The row and its number come together or not at all, so that no number is lost; None for who came second."""
    to = addressee(session, paper.matter, now)
    try:
        with session.begin_nested():
            row = _row(session, paper, to, now)
            session.add(row)
            session.flush()
    except IntegrityError:
        return None
    told = {
        "subject": row.subject,
        "number": row.number,
        **_to(row),
        **({"alarm": str(row.alarm_id)} if row.alarm_id else {}),
    }
    told |= keep_words(session, row, "issue", paper.words, now)
    journal.append(
        session,
        subject=f"{KIND}:{row.id}",
        version=1,
        kind="supervision.issued",
        actor=paper.actor,
        at=now,
        data=told,
    )
    begin(session, row, Clock.REPLY, paper.matter.severity, now)
    notices.tell(session, row.account_id, Told(Level.SUPERVISE, paper.matter.severity, supervision_id=row.id), now)
    return row


def _row(session: Session, paper: Paper, to: Recipient, now: Instant) -> Supervision:
    year = profile.local_day(session, now).year
    return Supervision(
        id=ids.new_id(),
        number=rules.number(year, _next(session, year)),
        version=1,
        subject=paper.matter.subject,
        alarm_id=paper.alarm_id,
        state=State.ISSUED,
        squad_id=paper.matter.squad_id,
        partner_id=paper.matter.partner_id,
        account_id=to.account_id,
        issued_at=now,
        issued_by=paper.actor,
        returned=0,
    )


def _to(row: Supervision) -> dict[str, str]:
    """Whom it is addressed to, as the journal tells it."""
    body = {"squad": row.squad_id, "partner": row.partner_id, "account": row.account_id}
    return {name: str(value) for name, value in body.items() if value}


def _next(session: Session, year: int) -> int:
    """One statement: the year's first number by insert, every other by update; either way the row stays locked."""
    make: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = make(SupervisionNumber).values(year=year, last=1)
    further = first.on_conflict_do_update(
        index_elements=[SupervisionNumber.year], set_={"last": SupervisionNumber.last + 1}
    )
    sequence: int = session.execute(further.returning(SupervisionNumber.last)).scalar_one()
    return sequence
