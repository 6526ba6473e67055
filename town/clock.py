"""The only reader of the clock. Everything else takes ``now`` as an argument."""

import datetime as dt
import time

Instant = dt.datetime
"""A moment: always aware, always UTC."""


def now() -> Instant:
    """The present moment, in UTC, to the microsecond."""
    return dt.datetime.now(dt.UTC)


def elapsed() -> float:
    """Seconds of a clock that never jumps; only differences mean anything."""
    return time.monotonic()


def microseconds(moment: Instant) -> int:
    """Whole microseconds since 1970-01-01 UTC; exact, unlike a float timestamp."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def from_microseconds(count: int) -> Instant:
    """The moment that ``microseconds`` was taken from."""
    return EPOCH + dt.timedelta(microseconds=count)


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
