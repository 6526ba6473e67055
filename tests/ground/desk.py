"""What people at the desk do, in the words of the tests."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from service import answers
from tests.ground.cast import LIN_XIAOFENG, WU_YUE
from tests.ground.databases import number
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door
from town import journal
from town.database import Base, Database

Order = Mapping[str, Any]


def queue(desk: Door, name: str) -> list[Any]:
    """The orders that wait in a queue, newest first."""
    orders: list[Any] = desk.get("/api/v1/desk/orders", queue=name).json["orders"]
    return orders


def detail(asking: Door, order: Order) -> Any:
    """Everything about an order."""
    return asking.get(f"/api/v1/orders/{order['id']}").json


def take_down(desk: Door, source: str, **more: Any) -> Any:
    """来件登记."""
    body = {"source": source, "place": IN_THE_MIDDLE_OF_INNER, "words": "摊贩又回来了", "category": STALLS}
    return desk.post("/api/v1/desk/reports", body | more)


def close(door: Door, desk: Door, order: Order) -> None:
    """The whole way from the squad of 城中 to the desk's last word."""
    leader = door.signed_in(LIN_XIAOFENG)
    handled: Mapping[str, Any] = {"outcome": "fixed", "words": "已劝离"}
    for action, facts in (("accept", {}), ("arrive", {}), ("handle", handled)):
        order = leader.step(order, action, **facts).json
    order = door.signed_in(WU_YUE).step(order, "check").json
    closed = desk.step(order, "close", words="已劝离，谢谢您")
    assert closed.status_code == 200, closed.text


def answer_everybody(database: Database) -> None:
    """What the worker does once an order is closed."""
    number(database)
    with database.read() as session:
        events = journal.read_after(session, 0, 500)
    answers.answering(database)(events)


def send(asking: Door, path: str, table: str | bytes, **more: Any) -> Any:
    """A table sent to the reference data."""
    content = table.encode() if isinstance(table, str) else table
    return asking.send_file(f"/api/v1/reference/{path}", content, **more)


def counted(database: Database) -> dict[str, int]:
    """How many rows every table holds."""
    with database.read() as session:
        tables = [table for table in Base.metadata.sorted_tables if not table.info.get("only")]
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
