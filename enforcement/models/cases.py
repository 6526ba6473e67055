"""Tables of penalty cases (处罚案件): the case, every act in it, and the files that are evidence.

A case is what its acts say: ``enforcement.rules.cases`` folds them. The row repeats what lists and look-ups ask for.
"""

import datetime as dt
import uuid
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment
from town.geometry import SRID


class PenaltyCase(Base):
    """处罚案件: one act of one party under one power. ``version``: the number of its acts, and the optimistic lock.

    ``lane``: on_spot, fast or ordinary. ``order_id``: the order it came from, if one. ``acted_on``: the last day of
    the act. ``handlers``: logins of the officers in charge (承办人). Sums in fen.
    """

    __tablename__ = "penalty_case"
    __table_args__ = (
        Index("ix_penalty_case_changed", "changed_at"),
        Index("ix_penalty_case_decided", "power_code", "decided_on"),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    lane: Mapped[str] = mapped_column(String(10))
    order_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    squad_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("squad.id"), index=True)
    handlers: Mapped[list[str]] = mapped_column(Json)
    event_code: Mapped[str | None] = mapped_column(String(20))
    power_code: Mapped[str] = mapped_column(String(40))
    power_edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    place: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    grid_code: Mapped[str | None] = mapped_column(String(40))
    acted_on: Mapped[dt.date] = mapped_column(Date)
    party_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    tier: Mapped[str | None] = mapped_column(String(60))
    fine_fen: Mapped[int | None] = mapped_column(BigInteger)
    decided_on: Mapped[dt.date | None] = mapped_column(Date)
    opened_at: Mapped[dt.datetime] = mapped_column(Moment)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)


class CaseAct(Base):
    """办案行为: one act in a case. ``at``: when it was done; ``recorded_at``: when it was entered.

    ``facts``: what the action's fields ask for, by name (``enforcement.rules.cases.fields``), with what was known of
    the world at that moment. Never changed afterwards.
    """

    __tablename__ = "case_act"
    __table_args__ = (UniqueConstraint("case_id", "sequence"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penalty_case.id"))
    sequence: Mapped[int]
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    recorded_at: Mapped[dt.datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)


class PaymentReceipt(Base):
    """缴款凭证: the number of a receipt, as it is compared, and the payment it stands for. Used once in the whole town."""

    __tablename__ = "payment_receipt"
    number: Mapped[str] = mapped_column(String(300), primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penalty_case.id"))
    sequence: Mapped[int]


class EvidenceFile(Base):
    """证据文件: the bytes behind a piece of evidence, named by their SHA-256. What it proves stands in an act."""

    __tablename__ = "evidence_file"
    __table_args__ = (UniqueConstraint("case_id", "sha256"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penalty_case.id"))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(60))
    kept_at: Mapped[dt.datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(80))
