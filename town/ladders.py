"""Ladders (督办梯级): at which share of its time each clock raises which alarm, by a table that the town may change.

A clock keeps the ladder it was started with. The table knows no meaning of a level; supervision does.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from town import reference
from town.database import Base
from town.reference import Kind, Versions

ANY = "*"
Ladder = tuple[tuple[str, int], ...]
"""Level and percent of the time used, rising. 100 is the moment the clock is due."""


class Level(StrEnum):
    """预警级别, in the order they are climbed: 提醒, 催办, 黄, 红, 督办单, 问责."""

    REMIND = "remind"
    URGE = "urge"
    YELLOW = "yellow"
    RED = "red"
    SUPERVISE = "supervise"
    ACCOUNT = "account"


class LadderRow(Base):
    """督办梯级: one level of one clock (``order.accept``, ``case.decide``, or ``*``) at one severity (or ``*``)."""

    __tablename__ = "ladder_row"
    __table_args__ = (UniqueConstraint("clock", "severity", "level"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    clock: Mapped[str] = mapped_column(String(60))
    severity: Mapped[str] = mapped_column(String(10))
    level: Mapped[str] = mapped_column(String(20))
    percent: Mapped[int]


@dataclass(frozen=True, slots=True)
class LadderLine:
    """One row as a plain fact."""

    clock: str
    severity: str
    level: str
    percent: int


STARTER: tuple[LadderLine, ...] = (
    *(
        LadderLine(ANY, ANY, level, percent)
        for level, percent in (("remind", 50), ("urge", 75), ("yellow", 90), ("red", 100), ("supervise", 150))
    ),
    *(
        LadderLine("order.accept", ANY, level, percent)
        for level, percent in (("remind", 50), ("yellow", 80), ("red", 100), ("supervise", 300))
    ),
    *(
        LadderLine("order.review", ANY, level, percent)
        for level, percent in (("remind", 90), ("red", 100), ("supervise", 110))
    ),
    *(LadderLine("supervision.reply", ANY, level, percent) for level, percent in (("remind", 50), ("account", 100))),
)
"""What holds until the town keeps a table of its own: the house's proposal."""


def pick(lines: Iterable[LadderLine], clock: str, severity: str) -> Ladder:
    """The ladder of a clock: the rows that name it most closely, the clock before the severity. Rising by percent."""
    for named in ((clock, severity), (clock, ANY), (ANY, severity), (ANY, ANY)):
        chosen = [line for line in lines if (line.clock, line.severity) == named]
        if chosen:
            return tuple(sorted(((line.level, line.percent) for line in chosen), key=lambda rung: rung[1]))
    return ()


def of(session: Session, clock: str, severity: str = ANY, versions: Versions | None = None) -> Ladder:
    """The ladder in force for a clock (``order.accept``) of a severity. ``versions``: those the caller holds."""
    version = (versions or reference.seen(session))[Kind.LADDERS]
    return pick(_lines(session, version), clock, severity)


_held: dict[uuid.UUID, Sequence[LadderLine]] = {}


def _lines(session: Session, version: uuid.UUID | None) -> Sequence[LadderLine]:
    """Before anybody changed the table, the starter's rows."""
    if version is None:
        return STARTER
    if version not in _held:
        _held.clear()
        _held[version] = _read(session)
    return _held[version]


def _read(session: Session) -> Sequence[LadderLine]:
    rows = session.scalars(select(LadderRow).order_by(LadderRow.clock, LadderRow.severity, LadderRow.percent))
    return [LadderLine(row.clock, row.severity, row.level, row.percent) for row in rows]


def as_data(lines: Iterable[LadderLine]) -> list[Mapping[str, str | int]]:
    """The table as plain data."""
    return [{"clock": one.clock, "severity": one.severity, "level": one.level, "percent": one.percent} for one in lines]
