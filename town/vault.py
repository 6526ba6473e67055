"""The vault (保密箱): who reported, under a key of his own; one reading path, and every reading is in the journal.

Nothing else in the house opens an identity. Why it is built like this: docs/adr/0005-vault-and-photos.md.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from sqlalchemy import ForeignKey, LargeBinary, String, delete, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from town import journal, sealing
from town.clock import Instant
from town.database import Base, Moment, canonical
from town.errors import Refused

PURPOSE = "vault"
SHORTEST_REASON = 4
"""Characters: 回访核实 is a reason, 看看 is not."""


class ReporterKey(Base):
    """A reporter's own key, wrapped by the master key. Destroying this row makes the identity unreadable for ever."""

    __tablename__ = "vault_key"
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class SealedIdentity(Base):
    """A reporter's name and telephone, sealed with AES-256-GCM under his own key."""

    __tablename__ = "vault_identity"
    subject: Mapped[str] = mapped_column(
        String(80), ForeignKey("vault_key.subject", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[dt.datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Reporter:
    """举报人: what he chose to tell of himself. Never logged, never part of an answer to anybody but its reader."""

    name: str | None
    phone: str | None

    def __repr__(self) -> str:
        return "Reporter(…)"


def keep(session: Session, master_key: str, subject: str, name: str | None, phone: str | None, now: Instant) -> None:
    """Put a reporter's name and telephone away. A person who gave neither leaves nothing here."""
    if not (name or phone):
        return
    key, owner = sealing.new_key(), subject.encode()
    plain = canonical(asdict(Reporter(name or None, phone or None))).encode()
    wrapped, sealed = sealing.seal(master_key, PURPOSE, key, owner), sealing.seal_under(key, plain, owner)
    session.execute(insert(ReporterKey).values(subject=subject, wrapped=wrapped))
    session.execute(insert(SealedIdentity).values(subject=subject, sealed=sealed, kept_at=now))


def read(session: Session, master_key: str, subject: str, reader: str, reason: str, now: Instant) -> Reporter:
    """Open one identity for ``reader`` (an actor) and write that into the journal, in the same transaction.

    Raises Refused("vault_reason") without a reason, "not_found" when nothing is kept (any more), and "wrong_key".
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("vault_reason")
    # The lock puts simultaneous readers in a row, so that each reading gets its own version in the journal.
    key, identity = session.get(ReporterKey, subject, with_for_update=True), session.get(SealedIdentity, subject)
    if key is None or identity is None:
        raise Refused("not_found")
    owner = subject.encode()
    plain = sealing.unseal_under(sealing.unseal(master_key, PURPOSE, key.wrapped, owner), identity.sealed, owner)
    cite = journal.keep_words(session, subject=_trail(subject), field="reason", body=reason.strip(), at=now)
    _note(session, subject, "vault.read", reader, now, {"reason": cite})
    return Reporter(**json.loads(plain))


def forget(session: Session, subject: str, now: Instant, actor: str) -> bool:
    """Destroy the reporter's key, and with it the identity for ever (加密擦除). False when nothing was kept."""
    if session.get(ReporterKey, subject, with_for_update=True) is None:
        return False
    session.execute(delete(SealedIdentity).where(SealedIdentity.subject == subject))
    session.execute(delete(ReporterKey).where(ReporterKey.subject == subject))
    _note(session, subject, "vault.forgotten", actor, now, {})
    return True


def _note(session: Session, subject: str, kind: str, actor: str, now: Instant, data: dict[str, str]) -> None:
    journal.note(session, subject=_trail(subject), kind=kind, actor=actor, at=now, data=data)


def _trail(subject: str) -> str:
    return f"vault:{subject}"
