"""Notices as their person sees them (通知一览): the newest of what each gathers, whatever it gathers in all."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from oversight import labels_supervision as labels
from oversight.models import Notice, NoticeLine, Supervision
from oversight.rules.supervision import State
from oversight.schemas.supervision import NoticeOut, PaperLine
from oversight.services.supervision import alarms_shown, notices
from town.access import Actor
from town.ladders import Level

SHOWN = 5
"""So many lines of each kind a notice shows."""


def out(session: Session, who: Actor, found: Sequence[Notice]) -> list[NoticeOut]:
    """Notices, in few queries whatever their number."""
    told = _lines(session, found)
    lines = [line for some in told.values() for line in some]
    alarms = alarms_shown.of(session, who, {line.alarm_id for line in lines if line.alarm_id})
    papers = _papers(session, {line.supervision_id for line in lines if line.supervision_id})
    return [
        NoticeOut(
            id=one.id,
            level=one.level,
            level_name=labels.LEVELS[Level(one.level)],
            opened_at=one.opened_at,
            rings_at=one.rings_at,
            rung_at=one.rung_at,
            count=one.count,
            seen_at=one.seen_at,
            alarms=[alarms[line.alarm_id] for line in told[one.id] if line.alarm_id],
            supervisions=[papers[line.supervision_id] for line in told[one.id] if line.supervision_id],
        )
        for one in found
    ]


def unseen(session: Session, who: Actor) -> int:
    """How many notices somebody has not looked at."""
    return session.scalar(select(func.count()).where(notices.theirs(who), Notice.seen_at.is_(None))) or 0


def _lines(session: Session, found: Sequence[Notice]) -> dict[uuid.UUID, list[NoticeLine]]:
    """The newest lines of each, alarms and papers counted apart."""
    kinds = (NoticeLine.notice_id, NoticeLine.alarm_id.is_(None))
    rank = func.row_number().over(partition_by=kinds, order_by=NoticeLine.id.desc()).label("rank")
    ranked = select(NoticeLine, rank).where(NoticeLine.notice_id.in_([one.id for one in found])).subquery()
    newest = aliased(NoticeLine, ranked)
    told: dict[uuid.UUID, list[NoticeLine]] = defaultdict(list)
    for line in session.scalars(select(newest).where(ranked.c.rank <= SHOWN).order_by(newest.id.desc())):
        told[line.notice_id].append(line)
    return told


def _papers(session: Session, wanted: set[uuid.UUID]) -> dict[uuid.UUID, PaperLine]:
    return {
        one.id: PaperLine(id=one.id, number=one.number, state=one.state, state_name=labels.STATES[State(one.state)])
        for one in session.scalars(select(Supervision).where(Supervision.id.in_(wanted)))
    }
