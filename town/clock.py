"""The only reader of the clock. Everything else takes ``now`` as an argument."""

import datetime as dt
import time
from dataclasses import dataclass
from pathlib import Path

Instant = dt.datetime
"""A moment: always aware, always UTC."""


def now() -> Instant:
    """The present moment, in UTC, to the microsecond."""
    return dt.datetime.now(dt.UTC)


def elapsed() -> float:
    """Seconds of a clock that never jumps; only differences mean anything."""
    return time.monotonic()


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the machine's clocks: the wall's, and seconds of the steady one since this run of this machine began.

    Steady seconds go on while the machine sleeps, where it can tell; only those of one ``boot`` can be compared.
    """

    wall: Instant
    steady: float
    boot: str


def look() -> Look:
    """Both clocks at once."""
    return Look(now(), time.clock_gettime(STEADY), BOOT)


def microseconds(moment: Instant) -> int:
    """Whole microseconds since 1970-01-01 UTC; exact, unlike a float timestamp."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def from_microseconds(count: int) -> Instant:
    """The moment that ``microseconds`` was taken from."""
    return EPOCH + dt.timedelta(microseconds=count)


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def _boot() -> str:
    """Which run of which machine this is; another one in every process where the system does not say."""
    told = Path("/proc/sys/kernel/random/boot_id")
    return told.read_text().strip() if told.exists() else f"{time.time_ns():x}"


BOOT = _boot()
