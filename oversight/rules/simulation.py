"""Simulation (推演): a month's orders under other times, another roster or another map, beside what really was. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dispatch.rules.handling_times import Clock
from oversight.rules import counting
from oversight.rules.counting import By, Count
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Span
from oversight.rules.replaying import Ran, Replayed, Story, World, replay

MEASURES = (Indicator.RESPONSE, Indicator.ON_TIME_HANDLING, Indicator.ON_TIME_CLOSING)
"""On-time rates: what other times, rosters and maps can change."""
STAGE = "stage"
SECTIONS = (STAGE, *By)


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``section``: stage, town, area or squad; ``measure``: the indicator, or ``on_time`` for a stage."""

    section: str
    key: str
    measure: str
    now: Count
    then: Count

    @property
    def change(self) -> float | None:
        """Percentage points; None where either has nothing to count."""
        if self.now.share is None or self.then.share is None:
            return None
        return float(self.then.share - self.now.share) * 100


@dataclass(slots=True)
class Side:
    """One of the two: every count by section, key and measure."""

    counts: dict[tuple[str, str, str], Count] = field(default_factory=dict)

    def add(self, fact: OrderFact, clocks: Iterable[Ran], span: Span) -> None:
        """One order."""
        for clock in clocks:
            if span.holds(clock.due_at) and not fact.excluded:
                self._count(STAGE, clock.kind, ON_TIME, clock.met_at is not None and clock.met_at < clock.due_at)
        row = counting.tally([fact], span)
        for by in By:
            for code in MEASURES:
                told = row.counts[code]
                if told.denominator:
                    self._count(by, counting.key_of(fact, by), code, bool(told.numerator))

    def _count(self, section: str, key: str, measure: str, met: bool) -> None:
        count = self.counts.setdefault((section, key, measure), Count())
        count.denominator += 1
        count.numerator += met


ON_TIME = "on_time"


@dataclass(frozen=True, slots=True)
class Simulated:
    """推演结果: how many orders were replayed, how many of them changed, and the two sides of every rate."""

    orders: int
    changed: int
    rows: tuple[Row, ...]


def simulate(stories: Iterable[Story], world: World, span: Span, each: Callable[[], None] = lambda: None) -> Simulated:
    """Both sides of every on-time rate. ``each`` is called after every order."""
    now, then = Side(), Side()
    orders = changed = 0
    for story in stories:
        replayed = replay(story, world)
        now.add(story.fact, story.clocks, span)
        then.add(replayed.fact, replayed.clocks, span)
        orders += 1
        changed += _differs(story, replayed)
        each()
    return Simulated(orders, changed, tuple(_rows(now.counts, then.counts)))


def _differs(story: Story, replayed: Replayed) -> bool:
    return (story.fact, story.clocks) != (replayed.fact, replayed.clocks)


Counts = Mapping[tuple[str, str, str], Count]


def _rows(now: Counts, then: Counts) -> Iterator[Row]:
    for section, key, measure in sorted({*now, *then}, key=_place):
        asked = section, key, measure
        yield Row(section, key, measure, now.get(asked, Count()), then.get(asked, Count()))


def _place(asked: tuple[str, str, str]) -> tuple[int, bool, int, str, int]:
    """Stages first, as an order goes through them; then the town, its areas, its squads; holders that are none last."""
    section, key, measure = asked
    stage = list(Clock).index(Clock(key)) if section == STAGE else 0
    return SECTIONS.index(section), key.startswith("@"), stage, key, _measure(measure)


def _measure(measure: str) -> int:
    return next((place for place, one in enumerate(MEASURES) if one == measure), -1)


def of_section(simulated: Simulated, section: str) -> Sequence[Row]:
    """The rows of one section."""
    return [row for row in simulated.rows if row.section == section]
