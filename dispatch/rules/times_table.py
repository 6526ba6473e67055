"""The table of handling times (办理时限表): which of its rows counts for a stage of a matter. The most specific one wins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dispatch.rules import handling_times, joint_times
from dispatch.rules.handling_times import Clock, Limits
from town.terms import Term, Unit

ANY = "*"
STAGED = (*(row for row in handling_times.TABLE if row.clock is not Clock.REVIEW), handling_times.AT_ONCE)
STAGES = (*(row.named for row in STAGED), *(row.stage for row in joint_times.TIMES))
"""What a row may be about. A suspended order is looked at again on a day that somebody names, so no row says when."""
EXTENDABLE = frozenset(row.named for row in handling_times.EXTENDABLE)
"""Stages whose clock may be extended (延期): the work itself, never who signs, comes or decides."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One row. ``event_code``: a kind, the front of kinds (``06``) or ``*``; ``severity``: a severity or ``*``."""

    event_code: str
    severity: str
    stage: str
    amount: int
    unit: str
    longest: int = 0
    times: int = 0
    source: str = ""

    @property
    def term(self) -> Term:
        """How long the stage may take."""
        return Term(self.amount, Unit(self.unit))

    @property
    def limits(self) -> Limits:
        """How far it may be extended."""
        return Limits(self.longest, self.times)

    @property
    def key(self) -> tuple[str, str, str]:
        """What must be unique in the table."""
        return self.event_code, self.severity, self.stage


def _default(stage: str, term: Term, limits: Limits = handling_times.NO_LIMITS) -> TimeLine:
    return TimeLine(ANY, ANY, stage, term.amount, term.unit.value, limits.longest, limits.times)


DEFAULTS = (
    *(_default(row.named, row.term, row.limits) for row in STAGED),
    *(_default(row.stage, row.term) for row in joint_times.TIMES),
)
"""What counts where a town's own table says nothing."""


def pick(lines: Iterable[TimeLine], event_code: str, severity: str) -> TimeLine | None:
    """Of one stage's rows the most specific that fits: the kind itself, then its longest front; then the severity."""
    fitting = (line for line in lines if _fits(line, event_code, severity))
    return max(fitting, key=_closeness, default=None)


def by_stage(lines: Sequence[TimeLine]) -> dict[str, tuple[TimeLine, ...]]:
    """The rows of each stage, the most specific first."""
    ordered = sorted(lines, key=lambda line: (_closeness(line), line.event_code), reverse=True)
    return {stage: tuple(line for line in ordered if line.stage == stage) for stage in {line.stage for line in lines}}


def _fits(line: TimeLine, event_code: str, severity: str) -> bool:
    return line.severity in (ANY, severity) and (line.event_code == ANY or event_code.startswith(line.event_code))


def _closeness(line: TimeLine) -> tuple[int, bool]:
    """A code that fits whole is longer than any front of it."""
    return 0 if line.event_code == ANY else len(line.event_code), line.severity != ANY
