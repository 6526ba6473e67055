"""The table of ladders (督办梯级表), changed: whole ladders of one clock, and back to what the house proposes.

Until somebody changes it the starter holds; from the first change on the town's own rows do, which begin as the starter's.
Clocks that run keep the ladder they were started with. Journal: ``ladders.changed`` on ``ladders``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from oversight import labels_supervision as labels
from oversight.rules import ladder_checks
from town import ids, journal, reference
from town.clock import Instant
from town.errors import Refused
from town.ladders import ANY, STARTER, Ladder, LadderLine, LadderRow, Level
from town.reference import Kind

SEVERITIES = ("ordinary", "major", "urgent")
MUST_ACCOUNT = "supervision.reply"
"""Without this rung nobody would hear that a 督办单 was left unanswered."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """One ladder, before and after."""

    clock: str
    severity: str
    before: Ladder
    after: Ladder


def lines(session: Session) -> dict[Key, Ladder]:
    """Every ladder in force, by clock and severity."""
    return _by_key(_rows(session) or STARTER)


def is_own(session: Session) -> bool:
    """Whether the town goes by anything else than what the house proposes."""
    return lines(session) != _by_key(STARTER)


def keep(session: Session, clock: str, severity: str, ladder: Ladder, actor: str, now: Instant) -> list[Changed]:
    """This ladder for this clock at this severity from now on. Raises Refused("ladder_refused")."""
    if why := _fault(clock, severity, ladder):
        raise Refused("ladder_refused", why=why)
    after = lines(session) | {(clock, severity): _rising(ladder)}
    return _write(session, after, actor, now)


def reset(session: Session, clock: str | None, actor: str, now: Instant) -> list[Changed]:
    """What the house proposes, for one clock or all. Raises Refused("ladder_refused") for a clock nobody knows."""
    if clock is not None and clock not in labels.CLOCKS:
        raise Refused("ladder_refused", why=_unknown(clock))
    starter = _by_key(STARTER)
    others = {} if clock is None else {key: rungs for key, rungs in lines(session).items() if key[0] != clock}
    mine = {key: rungs for key, rungs in starter.items() if clock in (None, key[0])}
    return _write(session, others | mine, actor, now)


def _write(session: Session, after: Mapping[Key, Ladder], actor: str, now: Instant) -> list[Changed]:
    """The whole table anew; nothing when nothing would change."""
    reference.alone(session)
    before = lines(session)
    changed = [Changed(*key, before.get(key, ()), after.get(key, ())) for key in sorted(before.keys() | after.keys())]
    changed = [one for one in changed if one.before != one.after]
    if changed:
        reference.change(session, Kind.LADDERS, now)
        session.execute(delete(LadderRow))
        session.add_all(_row(*key, *rung) for key, rungs in after.items() for rung in rungs)
        session.flush()
        _note(session, changed, actor, now)
    return changed


def _note(session: Session, changed: Iterable[Changed], actor: str, now: Instant) -> None:
    told = [
        {"clock": one.clock, "severity": one.severity, "before": dict(one.before), "after": dict(one.after)}
        for one in changed
    ]
    journal.note(session, subject="ladders", kind="ladders.changed", actor=actor, at=now, data={"changed": told})


def _fault(clock: str, severity: str, ladder: Ladder) -> str | None:
    if clock not in labels.CLOCKS:
        return _unknown(clock)
    if severity not in (ANY, *SEVERITIES):
        return f"没有「{severity}」这样的严重程度"
    if why := ladder_checks.fault(ladder, [level.value for level in Level]):
        return why
    if clock == MUST_ACCOUNT and Level.ACCOUNT not in dict(ladder):
        return "回复督办的梯级必须有 account（问责）这一级，否则没有人知道督办单逾期未回复"
    return None


def _unknown(clock: str) -> str:
    return f"没有「{clock}」这个时限，只有 {'、'.join(labels.CLOCKS)}"


def _rows(session: Session) -> list[LadderLine]:
    return [LadderLine(one.clock, one.severity, one.level, one.percent) for one in session.scalars(select(LadderRow))]


def _row(clock: str, severity: str, level: str, percent: int) -> LadderRow:
    return LadderRow(id=ids.new_id(), clock=clock, severity=severity, level=level, percent=percent)


def _by_key(found: Iterable[LadderLine]) -> dict[Key, Ladder]:
    grouped: dict[Key, list[tuple[str, int]]] = defaultdict(list)
    for one in found:
        grouped[one.clock, one.severity].append((one.level, one.percent))
    return {key: _rising(rungs) for key, rungs in sorted(grouped.items())}


def _rising(rungs: Iterable[tuple[str, int]]) -> Ladder:
    return tuple(sorted(rungs, key=lambda rung: rung[1]))
