"""Sealing (密封): AES-256-GCM under keys derived from one master key, a separate key per purpose (HKDF, RFC 5869).

A sealed text is ``suite (1 byte) + nonce (12 bytes) + ciphertext with tag``. It is bound to what it belongs to, so it
opens nowhere else. The suite byte leaves room for another cipher (SM4-GCM) beside old texts.
"""

import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from town.errors import Refused

AES_256_GCM = b"\x01"
NONCE_LENGTH = 12
KEY_LENGTH = 32


def seal(master_key: str, purpose: str, plain: bytes, bound_to: bytes) -> bytes:
    """``plain`` sealed under the master key's share for ``purpose`` and tied to ``bound_to``."""
    return seal_under(_derived(master_key, purpose), plain, bound_to)


def unseal(master_key: str, purpose: str, sealed: bytes, bound_to: bytes) -> bytes:
    """What ``seal`` was given. Raises Refused("wrong_key") for another key, purpose or owner, or for changed bytes."""
    return unseal_under(_derived(master_key, purpose), sealed, bound_to)


def new_key() -> bytes:
    """A fresh key of 256 random bits for ``seal_under``."""
    return secrets.token_bytes(KEY_LENGTH)


def seal_under(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """``plain`` sealed under a key of its own and tied to ``bound_to``."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, plain, AES_256_GCM + bound_to)


def unseal_under(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """What ``seal_under`` was given. Raises Refused("wrong_key") as ``unseal`` does."""
    suite, nonce, body = sealed[:1], sealed[1 : 1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH :]
    try:
        return AESGCM(key).decrypt(nonce, body, suite + bound_to)
    except (InvalidTag, ValueError) as error:
        raise Refused("wrong_key") from error


def tag(master_key: str, purpose: str, plain: bytes) -> bytes:
    """A keyed hash of 32 bytes: without the master key nobody can try out what ``plain`` may have been."""
    return hmac.digest(_derived(master_key, purpose), plain, "sha256")


def fingerprint(master_key: str) -> str:
    """32 hex digits that tell one master key from another and lead back to none; for backups."""
    return _derived(master_key, "fingerprint").hex()[:32]


@lru_cache(maxsize=32)
def _derived(master_key: str, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_LENGTH, salt=None, info=f"wangge/{purpose}".encode()).derive(master_key.encode())
