"""Who may enforce (执法人员): certificates of officers, and interests that keep one away (回避).

行政处罚法 42 (certificates, two officers), 43 (回避). Auxiliaries and 网格员 have no certificate (国办发〔2024〕54号).
The rules over them are in ``town.qualification``.
"""

import datetime as dt
import uuid

from sqlalchemy import Date, ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from town.database import Base, Moment
from town.people import Account
from town.qualification import (
    CertificateFact,
    ConflictFact,
    OfficerFact,
    Standing,
    certified,
    conflicted,
    may_act_together,
    may_enforce,
)

__all__ = [
    "Certificate",
    "CertificateFact",
    "Conflict",
    "ConflictFact",
    "OfficerFact",
    "Standing",
    "certified",
    "conflicted",
    "conflicts_on",
    "may_act_together",
    "may_enforce",
    "officer",
]


class Certificate(Base):
    """执法证: valid on every day from ``valid_from`` through ``valid_to``, unless revoked on or before that day."""

    __tablename__ = "certificate"
    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    issuer: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date] = mapped_column(Date)
    revoked_on: Mapped[dt.date | None] = mapped_column(Date)


class Conflict(Base):
    """回避事项: a grid or a party that somebody must keep away from. ``about``: ``grid:<code>`` or ``party:<code>``."""

    __tablename__ = "conflict_of_interest"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    about: Mapped[str] = mapped_column(String(80))
    ground: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(Moment)


def officer(session: Session, account_id: uuid.UUID) -> OfficerFact | None:
    """One person with posts and certificates, as the rules want him; None without an account that is in use."""
    account = session.scalar(select(Account).where(Account.id == account_id, Account.active))
    if account is None:
        return None
    held = session.scalars(select(Certificate).where(Certificate.account_id == account.id).order_by(Certificate.number))
    return OfficerFact(account.login, frozenset(account.roles), tuple(_fact(one) for one in held))


def conflicts_on(session: Session, day: dt.date) -> tuple[ConflictFact, ...]:
    """Every conflict of interest that stands on that day."""
    asked = (
        select(Account.login, Conflict.about, Conflict.valid_from, Conflict.valid_to)
        .join(Account, Account.id == Conflict.account_id)
        .where(Conflict.valid_from <= day, or_(Conflict.valid_to.is_(None), Conflict.valid_to >= day))
        .order_by(Account.login, Conflict.about)
    )
    return tuple(ConflictFact(*facts) for facts in session.execute(asked))


def _fact(one: Certificate) -> CertificateFact:
    return CertificateFact(one.number, one.valid_from, one.valid_to, one.revoked_on)
