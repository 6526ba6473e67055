"""What backup and restore ask of an engine: a copy as of one moment, proof that a place is empty, and the way back."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Copy:
    """A database copied into a file, and a session that sees exactly what was copied. ``owner`` owns its tables."""

    file: Path
    session: Session
    owner: str


class Engine(Protocol):
    """One kind of database, at one URL."""

    name: str
    member: str

    def copy(self, folder: Path) -> AbstractContextManager[Copy]:
        """The database as a file in ``folder``, while others go on writing."""

    def require_empty(self, owner: str) -> None:
        """Raise Refused("not_empty") unless nothing is there, "backup_other" unless ``owner`` can own it here."""

    def load(self, file: Path) -> None:
        """Put a copy into the empty place, whole or not at all."""
