"""Identifiers: ordered ids for rows, long random codes for people, short ones for the eye."""

import hashlib
import hmac
import secrets
import uuid

import uuid_utils.compat

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so a code survives handwriting and the telephone."""

RECEIPT_BITS = 128
RECEIPT_LENGTH = 26
CHECK_LENGTH = 2
GROUP = 4
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_id() -> uuid.UUID:
    """A version 7 UUID: unique, and sorted by the time it was made."""
    return uuid_utils.compat.uuid7()


def short(identifier: uuid.UUID) -> str:
    """The last 40 bits as people read them aloud: ``7K4M-Q2XD``. For the eye only, never a key."""
    return _grouped(_encode(identifier.int & (1 << 40) - 1, 8))


def new_secret() -> str:
    """A bearer token of 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def new_receipt() -> str:
    """查询码: 128 random bits and a check, seven groups of four: the reporter's only credential."""
    body = _encode(secrets.randbits(RECEIPT_BITS), RECEIPT_LENGTH)
    return _grouped(body + _check(body))


def new_password() -> str:
    """初始密码: 60 random bits in three groups of four, to be read off paper once and then changed or kept."""
    return _grouped(_encode(secrets.randbits(60), 12))


def read_receipt(typed: str) -> str | None:
    """The receipt in its one spelling, or None when what was typed cannot be a receipt (a slip of the finger)."""
    plain = "".join(c for c in typed.upper().translate(MISREAD) if c not in " -\t\n")
    body, check = plain[:RECEIPT_LENGTH], plain[RECEIPT_LENGTH:]
    if len(plain) != RECEIPT_LENGTH + CHECK_LENGTH or set(plain) - set(ALPHABET) or check != _check(body):
        return None
    return _grouped(plain)


def digest(secret: str) -> bytes:
    """What is stored of a token or receipt. They are long and random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).digest()


def same(left: str, right: str) -> bool:
    """Equality that takes the same time wherever the difference lies."""
    return hmac.compare_digest(left.encode(), right.encode())


def _encode(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _check(body: str) -> str:
    return _encode(int.from_bytes(hashlib.sha256(body.encode()).digest()[:2]) & 1023, CHECK_LENGTH)


def _grouped(code: str) -> str:
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
