"""Tables of parties (当事人): persons and organisations, sealed, with every version of what they are called."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Moment


class Party(Base):
    """当事人. ``kind``: person, organisation or sole_trader (个体工商户). ``tag``: keyed hash of the number on the paper.

    The tag finds the same party in another case without opening anything; empty where no paper was shown.
    """

    __tablename__ = "party"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    tag: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int]


class PartyVersion(Base):
    """当事人资料: name, number, address and so on as they were told at a moment, sealed under the master key."""

    __tablename__ = "party_version"
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[dt.datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))
