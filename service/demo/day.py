"""The demo's day (演示时钟): minutes that pass faster than real ones, by a dial that can be turned while it runs."""

import os
from pathlib import Path

from town import clock
from town.errors import Refused
from town.settings import Settings

SLOWEST, FASTEST = 0.1, 5000.0
MORNING = 8 * 60
"""The day begins at eight."""
MINUTES = 24 * 60
LOOK_SECONDS = 1.0


class Dial:
    """How many of the demo's minutes pass in a real one. 1 is real time."""

    def __init__(self, settings: Settings, pace: float) -> None:
        self._path = _path(settings)
        self._pace = allowed(pace)
        self._turned_at = self._stamp()
        self._looked_at = clock.elapsed()

    @property
    def pace(self) -> float:
        """As somebody has turned it since this began, or as it began."""
        if clock.elapsed() - self._looked_at > LOOK_SECONDS:
            self._looked_at = clock.elapsed()
            if (stamp := self._stamp()) != self._turned_at:
                self._turned_at, self._pace = stamp, float(self._path.read_text())
        return self._pace

    def _stamp(self) -> int:
        return self._path.stat().st_mtime_ns if self._path.is_file() else 0


class Day:
    """Minutes of the demo since it began."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._read_at = clock.elapsed()
        self._minutes = 0.0

    @property
    def minutes(self) -> float:
        """How many have passed."""
        now = clock.elapsed()
        self._minutes += (now - self._read_at) / 60 * self._dial.pace
        self._read_at = now
        return self._minutes

    @property
    def hour(self) -> int:
        """What the demo's clock shows."""
        return int((MORNING + self.minutes) % MINUTES // 60)

    def seconds_until(self, minutes: float) -> float:
        """Real seconds from now."""
        return (minutes - self.minutes) * 60 / self._dial.pace

    def really(self, minutes: float) -> float:
        """How many of the demo's minutes so many real ones are."""
        return minutes * self._dial.pace


def turn(settings: Settings, pace: float) -> None:
    """Set the dial of a demo that runs. Raises Refused("invalid")."""
    beside = _path(settings).with_suffix(".new")
    beside.write_text(str(allowed(pace)))
    os.replace(beside, _path(settings))


def allowed(pace: float) -> float:
    """The pace itself. Raises Refused("invalid") when it is none."""
    if not SLOWEST <= pace <= FASTEST:
        raise Refused("invalid", errors={"pace": [f"要在 {SLOWEST:g} 到 {FASTEST:g} 之间，1 是真实时间"]})
    return pace


def _path(settings: Settings) -> Path:
    return settings.data / "demo_pace"
