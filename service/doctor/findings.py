"""What the doctor's checks look at, and what they say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from town.clock import Instant
from town.database import Database
from town.settings import Settings


class Level(StrEnum):
    """How a finding stands."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What one check saw; ``next`` says what to do about it."""

    level: Level
    saw: str
    next: str = ""
    check: str = ""


@dataclass(frozen=True)
class Patient:
    """What the checks look at."""

    settings: Settings
    database: Database
    session: Session
    now: Instant


def good(saw: str) -> Finding:
    """As it should be."""
    return Finding(Level.GOOD, saw)


def warning(saw: str, then: str) -> Finding:
    """Works now, will not for ever."""
    return Finding(Level.WARNING, saw, then)


def bad(saw: str, then: str) -> Finding:
    """Must be put right."""
    return Finding(Level.BAD, saw, then)


Check = Callable[[Patient], Iterable[Finding]]
