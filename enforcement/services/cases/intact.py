"""Whether a kept file is still what it was (完好): read piece by piece, so that its size costs no memory."""

import hashlib
from pathlib import Path


def intact(place: Path, sha256: str) -> bool:
    """Whether there is a file with this SHA-256 (64 hex digits)."""
    if not place.is_file():
        return False
    with place.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest() == sha256
