"""Tables of papers (文书): documents as they were issued, and their numbers without a gap."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Moment


class Document(Base):
    """文书: one document of a case, made once. The PDF lies in the store under ``sha256``.

    ``sequence``: the act that made it. ``edition``: of its form. ``content``: what was printed, sealed, for the editable
    copy. ``number``: empty for forms that have none.
    """

    __tablename__ = "case_document"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penalty_case.id"), index=True)
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    number: Mapped[str | None] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    pages: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(80))


class NumberSeries(Base):
    """文号序列: one per organ, kind and year. Who allocates locks its row, so numbers have no gap."""

    __tablename__ = "number_series"
    organ: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class DocumentNumber(Base):
    """文号: allocated at approval. ``state``: outstanding until its document is made, then issued; or void, with a reason."""

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("organ", "kind", "year", "sequence"),)
    text: Mapped[str] = mapped_column(String(80), primary_key=True)
    organ: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penalty_case.id"), index=True)
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_document.id"))
    reason: Mapped[str | None] = mapped_column(String(300))
    allocated_at: Mapped[dt.datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(80))
