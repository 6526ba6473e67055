"""The chain (链): each numbered row holds the hash of all before it. Pure: the same rows give the same hashes."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import NamedTuple

ALGORITHM = "sha256"
"""Any 256-bit hash that hashlib knows by name (``sm3`` where OpenSSL has it). One town keeps one for life."""

START = bytes(32)
"""What the first row is chained to."""


class Row(NamedTuple):
    """What the chain holds fast of one event.

    ``id`` is 32 hex digits, ``at`` whole microseconds since 1970 UTC, ``data`` the exact JSON text that was written.
    """

    id: str
    subject: str
    version: int
    at: int
    kind: str
    actor: str
    data: str


def link(previous: bytes, position: int, row: Row, algorithm: str = ALGORITHM) -> bytes:
    """The hash of a row at its position, chained to the hash before it."""
    return hashlib.new(algorithm, previous + _spelled(position, *row)).digest()


def extend(position: int, digest: bytes, rows: Iterable[Row]) -> list[tuple[int, bytes]]:
    """Positions and hashes of ``rows`` in their order, after a chain that ends at ``position`` with ``digest``."""
    links = []
    for place, row in enumerate(rows, position + 1):
        digest = link(digest, place, row)
        links.append((place, digest))
    return links


def cite(salt: bytes, subject: str, field: str, at: int, body: str, algorithm: str = ALGORITHM) -> str:
    """The keyed hash that an event cites words by: with the salt erased, nobody can guess the words back."""
    return hmac.new(salt, _spelled(subject, field, at, body), algorithm).hexdigest()


def _spelled(*fields: object) -> bytes:
    """A JSON list: no field can imitate a separator."""
    return _SPELLING.encode(fields).encode(errors="replace")


_SPELLING = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr)
"""Made once, because every row passes it. ``default`` only meets values that somebody forged."""
