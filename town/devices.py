"""Devices (平板): known to the broker by their code and a hashed secret, in Mosquitto's own ``$7$`` form."""

import base64
import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from town import ids, journal
from town.clock import Instant
from town.errors import Refused
from town.people import Device, Squad

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
"""A code is a level of a topic and a login: no wildcard, no separator, no capital to mistype."""

ROUNDS = 101
"""Mosquitto's own number. The secrets are 256 random bits, so stretching them further buys nothing."""

SALT_BYTES = 12


def add(session: Session, squad_code: str, code: str, now: Instant) -> tuple[Device, str]:
    """A new tablet of a squad, and its secret, which is shown this once and kept only as a hash.

    Raises Refused("device_code"), Refused("device_exists") or Refused("squad_unknown").
    """
    if not CODE.fullmatch(code):
        raise Refused("device_code", code=code)
    if session.scalar(select(Device.id).where(Device.code == code)):
        raise Refused("device_exists", code=code)
    squad = session.scalar(select(Squad).where(Squad.code == squad_code))
    if squad is None:
        raise Refused("squad_unknown", squad=squad_code)
    secret = ids.new_secret()
    device = Device(id=ids.new_id(), code=code, squad_id=squad.id, secret=hashed(secret))
    session.add(device)
    session.flush()
    _note(session, device, "device.added", now, {"squad": str(squad.id)})
    return device, secret


def block(session: Session, code: str, now: Instant) -> Device:
    """The tablet is lost or taken out of use: it is rung no more and may not connect. Raises Refused("not_found")."""
    device = session.scalar(select(Device).where(Device.code == code))
    if device is None:
        raise Refused("not_found")
    if device.active:
        device.active = False
        _note(session, device, "device.blocked", now, {})
    return device


def every(session: Session) -> list[tuple[Device, Squad]]:
    """All tablets with their squads, by code."""
    rows = session.execute(select(Device, Squad).join(Squad, Squad.id == Device.squad_id).order_by(Device.code))
    return [(device, squad) for device, squad in rows]


def admitted(session: Session) -> dict[str, str]:
    """Code and hashed secret of every tablet that may connect."""
    rows = session.execute(select(Device.code, Device.secret).where(Device.active).order_by(Device.code))
    return {device.code: device.secret for device in rows}


def of_squads(session: Session, squads: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Codes of the active tablets of each squad; a squad without one is absent."""
    rows = session.execute(
        select(Device.squad_id, Device.code).where(Device.active, Device.squad_id.in_(squads)).order_by(Device.code)
    )
    found: dict[uuid.UUID, list[str]] = {}
    for squad, code in rows:
        found.setdefault(squad, []).append(code)
    return found


def hashed(secret: str) -> str:
    """A secret as Mosquitto 2 keeps it: PBKDF2 with SHA-512, rounds and salt beside it."""
    salt = secrets.token_bytes(SALT_BYTES)
    return f"$7${ROUNDS}${_text(salt)}${_text(_stretched(secret, salt, ROUNDS))}"


def fits(stored: str, secret: str) -> bool:
    """Whether the secret is the one that was hashed. False, too, for anything that is not such a hash."""
    match stored.split("$"):
        case ["", "7", rounds, salt, kept] if rounds.isdecimal():
            tried = _stretched(secret, base64.b64decode(salt), int(rounds))
            return hmac.compare_digest(_text(tried), kept)
    return False


def _stretched(secret: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, rounds)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _note(session: Session, device: Device, kind: str, now: Instant, data: dict[str, object]) -> None:
    journal.note(session, subject=f"device:{device.id}", kind=kind, actor="system:devices", at=now, data=data)
