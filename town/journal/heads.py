"""The head of the chain outside the database (链头外存): whoever cuts the tail or chains anew cannot reach this file.

One JSON line per head, only ever appended. Where it lies, and who else gets a copy, is the town's decision.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from town.clock import Instant
from town.database import canonical
from town.journal.readers import head

HEADS_FILE = "journal-heads.jsonl"
"""Its usual name, under the data directory."""

LONGEST_LINE = 4096

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Head:
    """What the last position and its hash were at a moment."""

    position: int
    hash: bytes
    at: Instant


def write_head(session: Session, path: Path, now: Instant) -> Head | None:
    """Append the head to the file, safely on disk, if it moved forward since the last line; otherwise None.

    A head behind the file's last is damage (or an older backup restored): it is logged and never written.
    """
    position, digest = head(session)
    last = _last(path)
    if last and position < last.position:
        log.error("journal.head_went_back", position=position, written=last.position)
    if position <= (last.position if last else 0):
        return None
    newest = Head(position, digest, now)
    _append(path, canonical({"position": position, "hash": digest.hex(), "at": now.isoformat()}))
    return newest


def read_heads(path: Path) -> list[Head]:
    """Every head in the file, oldest first; none when there is no file. A torn line (power loss) is logged and left out."""
    return list(_heads(path.read_bytes().splitlines())) if path.exists() else []


def _last(path: Path) -> Head | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_LINE))
        tail = file.read().splitlines()
    return max(_heads(tail[-2:]), key=lambda head: head.position, default=None)


def _heads(lines: Iterable[bytes]) -> Iterable[Head]:
    for line in lines:
        try:
            fields = json.loads(line)
            yield Head(int(fields["position"]), bytes.fromhex(fields["hash"]), dt.datetime.fromisoformat(fields["at"]))
        except (ValueError, KeyError, TypeError):
            log.warning("journal.head_unreadable", line=line[:80].decode(errors="replace"))


def _append(path: Path, line: str) -> None:
    """Begins on a new line, whatever a power loss left behind; the file and its name reach the disk before we return."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        file.seek(max(0, file.tell() - 1))
        torn = file.read(1) not in (b"", b"\n")
        file.write(b"\n" * torn + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
