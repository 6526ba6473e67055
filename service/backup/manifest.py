"""What a backup says of itself, and what must be true again after a restore."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, table
from sqlalchemy.orm import Session

from town import journal
from town.clock import Instant

POSTGIS_TABLES = {"spatial_ref_sys"}


@dataclass(frozen=True)
class Member:
    """One file inside: SHA-256 in hex, size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Inventory:
    """What is in a database at one moment: its revision, rows per table, and the journal's head."""

    revision: str | None
    tables: Mapping[str, int]
    position: int
    hash: str

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.tables.values())

    def differences(self, other: "Inventory") -> Iterator[str]:
        """Where ``other`` is not the same, in sentences."""
        if self.revision != other.revision:
            yield f"数据库版本应为 {self.revision}，实为 {other.revision}。"
        for name in sorted(self.tables.keys() | other.tables.keys()):
            if self.tables.get(name) != other.tables.get(name):
                yield f"表 {name} 应有 {self.tables.get(name, 0)} 行，实有 {other.tables.get(name, 0)} 行。"
        if (self.position, self.hash) != (other.position, other.hash):
            yield f"链头应为第 {self.position} 号，实为第 {other.position} 号，或链值不同。"


@dataclass(frozen=True)
class Manifest:
    """清单. ``key`` is the fingerprint of the master key; ``missing`` names files that were already lost."""

    created_at: Instant
    engine: str
    owner: str
    key: str
    inventory: Inventory
    missing: tuple[str, ...]
    members: Mapping[str, Member]

    def as_json(self) -> dict[str, Any]:
        """As it is written."""
        return {**asdict(self), "created_at": self.created_at.isoformat()}

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Manifest":
        """As it was written. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            created_at=dt.datetime.fromisoformat(written["created_at"]),
            engine=written["engine"],
            owner=written["owner"],
            key=written["key"],
            inventory=Inventory(**written["inventory"]),
            missing=tuple(written["missing"]),
            members={name: Member(**member) for name, member in written["members"].items()},
        )


def take_inventory(session: Session) -> Inventory:
    """Count everything, as this session sees it."""
    connection = session.connection()
    names = sorted(set(inspect(connection).get_table_names()) - POSTGIS_TABLES)
    counts = {name: session.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}
    position, digest = journal.head(session)
    revision = MigrationContext.configure(connection).get_current_revision()
    return Inventory(revision, counts, position, digest.hex())
