"""Tables a fine follows from: provisions of the law (罚则), discretion tiers (裁量基准), and the town's local rules.

All in editions (``ListEdition`` of kind provisions, tiers and procedure). Sums in fen, days local.
"""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json


class Provision(Base):
    """罚则: what one article allows for one power, from a day through ``effective_to`` (行政处罚法 37).

    ``subject``: person, organisation or any. ``stage``: base, or refusal (拒不改正、逾期不改正). ``kinds``: of penalty
    (行政处罚法 9). ``elements``: codes of what must be so besides. ``measure``: what the fine is a share of (cost, value,
    income), with ``low_bp`` and ``high_bp`` in hundredths of a per cent, or what it is counted by (area, count), with sums
    for each; empty where the article gives sums.
    """

    __tablename__ = "provision"
    __table_args__ = (UniqueConstraint("edition_id", "power_code", "code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    power_code: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    matter: Mapped[str] = mapped_column(String(120))
    law: Mapped[str] = mapped_column(String(200))
    article: Mapped[str] = mapped_column(String(80))
    effective_from: Mapped[dt.date] = mapped_column(Date)
    effective_to: Mapped[dt.date | None] = mapped_column(Date)
    subject: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(10))
    kinds: Mapped[list[str]] = mapped_column(Json)
    elements: Mapped[list[str]] = mapped_column(Json)
    low_fen: Mapped[int | None] = mapped_column(BigInteger)
    high_fen: Mapped[int | None] = mapped_column(BigInteger)
    measure: Mapped[str | None] = mapped_column(String(20))
    low_bp: Mapped[int | None]
    high_bp: Mapped[int | None]
    verified: Mapped[bool] = mapped_column(default=False)


class Tier(Base):
    """裁量档次 (行政处罚法 34): under these conditions from ``low_fen`` to ``high_fen``, by the benchmark ``document``.

    ``conditions``: all must hold; each is ``[fact, comparison, value]`` (``enforcement.rules.discretion``). ``words``: the
    condition as published. ``no_penalty``: the tier is not to punish. ``provision``: the code of the provision it divides,
    empty for any. ``low_bp`` and ``high_bp`` where that provision gives a share.
    """

    __tablename__ = "tier"
    __table_args__ = (UniqueConstraint("edition_id", "power_code", "code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    power_code: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(10))
    conditions: Mapped[list[list[Any]]] = mapped_column(Json)
    words: Mapped[str] = mapped_column(String(500))
    provision: Mapped[str] = mapped_column(String(60), default="")
    low_fen: Mapped[int | None] = mapped_column(BigInteger)
    high_fen: Mapped[int | None] = mapped_column(BigInteger)
    low_bp: Mapped[int | None]
    high_bp: Mapped[int | None]
    no_penalty: Mapped[bool] = mapped_column(default=False)
    document: Mapped[str] = mapped_column(String(200))


class ProcedureRule(Base):
    """本地程序规定: one value that law leaves to the place, such as a hearing threshold, with its basis.

    ``name``: a key of ``enforcement.rules.local_rules``. First-offence lines and fast-lane matters are such rules too,
    by power.
    """

    __tablename__ = "procedure_rule"
    __table_args__ = (UniqueConstraint("edition_id", "name", "power_code"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    name: Mapped[str] = mapped_column(String(60))
    power_code: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[Any] = mapped_column(Json)
    basis: Mapped[str] = mapped_column(String(300))
