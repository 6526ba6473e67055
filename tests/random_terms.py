"""Random terms with random pauses and extensions, made by the slow second opinion alone."""

import datetime as dt
import random
from dataclasses import dataclass

from tests.rules import oracle
from tests.rules.oracle import Place

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
LONGEST = {"minutes": 200, "hours": 8, "working_hours": 16, "working_days": 20, "days": 60, "months": 3}


@dataclass(frozen=True)
class RandomTerm:
    """A term as facts. ``pauses``: in order and apart, each begun before the term was over. Moments are UTC, whole minutes."""

    place: Place
    start: dt.datetime
    amount: int
    unit: str
    extended: int
    pauses: tuple[tuple[dt.datetime, dt.datetime], ...]


def draw(chance: random.Random, place: Place, longest: dict[str, int] | None = None) -> RandomTerm:
    """A term of any unit that begins in the known year; four of five are paused, a third extended."""
    longest = longest or LONGEST
    unit = chance.choice(list(longest))
    amount = chance.randint(1, longest[unit])
    start = dt.datetime(place.year, 1, 2, tzinfo=dt.UTC) + chance.randrange(363 * 24 * 60) * MINUTE
    extended = chance.choice((0, 0, chance.randint(1, longest[unit])))
    return RandomTerm(place, start, amount, unit, extended, _pauses(chance, place, start, amount + extended, unit))


def _pauses(
    chance: random.Random, place: Place, start: dt.datetime, amount: int, unit: str
) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    found: list[tuple[dt.datetime, dt.datetime]] = []
    earliest = start
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        due, _ = oracle.due(place, start, amount, unit, found)
        if earliest >= due:
            break
        since = earliest + chance.randrange((due - earliest) // MINUTE) * MINUTE
        found.append((since, _end(chance, place, since)))
        earliest = found[-1][1]
    return tuple(found)


def _end(chance: random.Random, place: Place, since: dt.datetime) -> dt.datetime:
    """Hours or days later, at times on the stroke of midnight, at times at once."""
    length = chance.choice((0, chance.randrange(300), chance.randrange(3000), chance.randrange(12 * 24 * 60)))
    until = since + length * MINUTE
    if chance.randrange(5):
        return until
    return place.utc(dt.datetime.combine(place.local(until).date() + DAY, dt.time()))
