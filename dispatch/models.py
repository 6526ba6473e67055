"""Tables of the dispatch room: reports (举报), orders (工单), how each was decided, and who serves which area."""

import datetime as dt
import uuid
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment
from town.geometry import SRID

CELL_M = 64
"""Side of a cell in metres: about as far apart as two reports of one matter are."""

OPEN = text("state NOT IN ('closed', 'answered')")
ASKED = text("state = 'asked'")


class Service(Base):
    """管辖: a squad that serves an area, by the area's code, so that a redrawn map keeps its squads.

    Several may serve one area, each for its own fields (领域).
    """

    __tablename__ = "service_area"
    area_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    squad_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("squad.id"), primary_key=True, index=True)


class GridPost(Base):
    """网格员岗位: the 网格员 of a grid, by the grid's code."""

    __tablename__ = "grid_post"
    grid_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)


class Order(Base):
    """工单: what a squad gets. It keeps the editions and the reasons it was routed under.

    ``lane``: who holds it: the desk, a squad, a 网格员, a unit of the town, or another body it was transferred to.
    ``cell_x``, ``cell_y``: the place in whole cells of ``CELL_M`` metres of the town's projection, for nearness;
    empty for orders older than the cells. ``returns``: how often a squad gave it back. ``acted_at``: when the act was
    seen, if not when it was received. ``severity``: how bad it is, which handling times and alarms ask for.
    ``suspended_from``: where it stood when it was put aside (挂账), while it is.
    """

    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_open", "squad_id", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_work_order_changed", "changed_at"),
        Index("ix_work_order_near", "category", "cell_x", "cell_y", "received_at"),
        Index("ix_work_order_power", "power_code", postgresql_where=OPEN, sqlite_where=OPEN),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    lane: Mapped[str] = mapped_column(String(10), default="desk", server_default="desk")
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("grid_edition.id"))
    grid_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("grid.id"))
    squad_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("squad.id"))
    leader_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    event_edition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("list_edition.id"))
    power_edition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("list_edition.id"))
    times_edition_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("list_edition.id"))
    power_code: Mapped[str | None] = mapped_column(String(40))
    returns: Mapped[int] = mapped_column(default=0, server_default="0")
    severity: Mapped[str] = mapped_column(String(10), default="ordinary", server_default="ordinary")
    suspended_from: Mapped[str | None] = mapped_column(String(20))
    cell_x: Mapped[int | None]
    cell_y: Mapped[int | None]
    acted_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    outcome: Mapped[str | None] = mapped_column(String(20))
    handler: Mapped[str | None] = mapped_column(String(80))
    received_at: Mapped[dt.datetime] = mapped_column(Moment)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)


class Report(Base):
    """举报: what a person sent. The point as given is kept beside the converted one; the words stand in the journal's."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("source", "source_key"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    source_key: Mapped[str | None] = mapped_column(String(120))
    their_due_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    place: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    given_x: Mapped[float] = mapped_column(Float(53))
    given_y: Mapped[float] = mapped_column(Float(53))
    crs: Mapped[str] = mapped_column(String(10))
    accuracy_m: Mapped[float | None] = mapped_column(Float(53))
    received_at: Mapped[dt.datetime] = mapped_column(Moment)
    recorded_at: Mapped[dt.datetime] = mapped_column(Moment)
    solved: Mapped[str | None] = mapped_column(String(20))
    attitude: Mapped[str | None] = mapped_column(String(20))
    rated_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class Decided(Base):
    """派单决定: one decision about an order, with the facts it was made on, so that it can be made again.

    ``way``: by the table, by hand, after a correction, after a return, by arbitration, after a hand-back. Facts and
    answer hold codes, distances and times; no words, no person but staff.
    """

    __tablename__ = "routing_decision"
    __table_args__ = (UniqueConstraint("order_id", "round"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"))
    round: Mapped[int]
    way: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    answer: Mapped[dict[str, Any]] = mapped_column(Json)


class Link(Base):
    """重复线索: two orders that may be one matter. A suggestion until the desk says so; never merged by itself.

    ``order_id`` came later than ``other_id``. ``state``: suggested, linked or dismissed.
    """

    __tablename__ = "order_link"
    __table_args__ = (UniqueConstraint("order_id", "other_id"), Index("ix_order_link_other", "other_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"))
    state: Mapped[str] = mapped_column(String(10), default="suggested")
    distance_m: Mapped[float] = mapped_column(Float(53))
    hours_apart: Mapped[float] = mapped_column(Float(53))
    suggested_at: Mapped[dt.datetime] = mapped_column(Moment)
    settled_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    settled_by: Mapped[str | None] = mapped_column(String(80))


class Transfer(Base):
    """移送: an order handed to another body, with its letter's number, the ground, and what the body said.

    ``rule``: the named rule it was sent under. ``reply``: accepted or refused, empty while it is waited for.
    """

    __tablename__ = "transfer"
    __table_args__ = (UniqueConstraint("order_id", "round"),)
    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"))
    round: Mapped[int]
    partner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner.id"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    sent_at: Mapped[dt.datetime] = mapped_column(Moment)
    reply: Mapped[str | None] = mapped_column(String(10))
    replied_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class HandlingTimeRow(Base):
    """办理时限: how long one stage of one kind of matter may take, in one edition of the table.

    ``event_code``: a kind, the front of kinds (``06``), or ``*`` for every one; ``severity``: likewise or ``*``.
    ``longest``: by how much it may be extended in all, in the same unit; ``times``: how often.
    """

    __tablename__ = "handling_time"
    __table_args__ = (UniqueConstraint("edition_id", "event_code", "severity", "stage"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("list_edition.id"))
    event_code: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    stage: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    longest: Mapped[int] = mapped_column(default=0)
    times: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(200), default="")


class ExtensionRequest(Base):
    """延期申请: who holds an order asks for more time for one of its clocks, and somebody else decides."""

    __tablename__ = "extension_request"
    __table_args__ = (
        Index("ix_extension_request_open", "order_id", unique=True, postgresql_where=ASKED, sqlite_where=ASKED),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"), index=True)
    deadline_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deadline.id"))
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class JointTask(Base):
    """协办任务 (吹哨报到): what one more squad or unit has to do in an order that somebody else leads.

    Its clocks hang on ``joint:<id>``. ``state``: called, reported, done, refused, arbitration, released. ``refusals``:
    how often it said that this is not its own. ``last_resort``: nobody else took it, so it must (兜底单位).
    """

    __tablename__ = "joint_task"
    __table_args__ = (Index("ix_joint_task_order", "order_id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("work_order.id"))
    version: Mapped[int] = mapped_column(default=1)
    squad_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("squad.id"), index=True)
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    refusals: Mapped[int] = mapped_column(default=0)
    ground: Mapped[str | None] = mapped_column(String(30))
    last_resort: Mapped[bool] = mapped_column(default=False)
    called_at: Mapped[dt.datetime] = mapped_column(Moment)
    called_by: Mapped[str] = mapped_column(String(80))
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(20))
