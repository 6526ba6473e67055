"""Files of evidence (证据文件): kept byte for byte under their hash, safe on the disk before their row is written."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from enforcement.models import EvidenceFile, PenaltyCase
from enforcement.rules.cases.states import UNDER_WAY
from enforcement.services.cases.intact import intact
from town import ids
from town.clock import Instant
from town.errors import Refused
from town.media import files
from town.settings import Settings

PLAIN = "application/octet-stream"


@dataclass(frozen=True)
class Ready:
    """A file that lies on the disk and has no row yet."""

    name: str
    sha256: str
    size: int
    media_type: str


def store(settings: Settings) -> Path:
    """Where evidence lies."""
    return settings.media / "evidence"


def admit(settings: Settings, row: PenaltyCase, name: str, data: bytes) -> Callable[[], Ready]:
    """Whether the case still takes evidence. Raises Refused("case_over" | "file_unreadable" for an empty file)."""
    if row.state not in UNDER_WAY:
        raise Refused("case_over")
    if not data:
        raise Refused("file_unreadable", why="文件是空的，请重新选择。")
    kind = mimetypes.guess_type(name)[0] or PLAIN
    return lambda: Ready(name or "证据", files.keep(store(settings), data), len(data), kind)


def add(session: Session, row: PenaltyCase, ready: Ready, by: str, now: Instant) -> EvidenceFile:
    """The row of a file; the first one's when the case has these bytes already, also when two send them at once."""
    new = {
        "id": ids.new_id(),
        "case_id": row.id,
        "name": ready.name,
        "sha256": ready.sha256,
        "size": ready.size,
        "media_type": ready.media_type,
        "kept_at": now,
        "by": by,
    }
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(EvidenceFile).values(new).on_conflict_do_nothing(index_elements=["case_id", "sha256"]))
    same = EvidenceFile.case_id == row.id, EvidenceFile.sha256 == ready.sha256
    return session.scalars(select(EvidenceFile).where(*same)).one()


def path(settings: Settings, file: EvidenceFile) -> Path:
    """The bytes as they came. Raises Refused("evidence_lost") when they are gone, or are not the same any more."""
    place = files.place(store(settings), file.sha256)
    if not intact(place, file.sha256):
        raise Refused("evidence_lost", file=str(file.id))
    return place
