"""One spelling (规范写法) of plain data, so that its digest is the same wherever it is reckoned: RFC 8785 (JCS).

Of RFC 8785 everything but fractions: floats are refused, since their spelling is where systems differ; shares are written
as two whole numbers or as text. Keys are sorted by their UTF-16 code units, text is UTF-8, characters stand as themselves.
"""

import hashlib
import json
from typing import Any

LARGEST = 2**53 - 1
"""Beyond it a reader in JavaScript would take another number (RFC 7493)."""


def canonical(value: Any) -> bytes:
    """The spelling. Raises ValueError for floats, huge numbers, keys that are no text, half characters, anything unknown."""
    return _spelled(value).encode()


def digest(value: Any) -> str:
    """SHA-256 of the spelling, 64 hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _spelled(value: Any) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int() if abs(value) <= LARGEST:
            return str(int(value))
        case list() | tuple():
            return f"[{','.join(map(_spelled, value))}]"
        case dict() if all(isinstance(key, str) for key in value):
            members = (f"{_spelled(key)}:{_spelled(value[key])}" for key in sorted(value, key=_utf16))
            return f"{{{','.join(members)}}}"
    raise ValueError(f"no canonical spelling: {type(value).__name__}")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
