"""What other people do over the public API while somebody looks at a page."""

from typing import Any

from tests.faults.clients import HOST, Caller
from tests.faults.stage import Web
from tests.ground.cast import LIN_XIAOFENG, WU_YUE
from tests.ground.processes import until
from tests.ground.web import IN_THE_MIDDLE_OF_INNER

WORDS = "烧烤店的三张桌子摆到人行道上，推婴儿车过不去"
ANSWER = "人行道已恢复通行。情节轻微、及时改正，不予处罚。"
WHOLE_WAY = (
    (LIN_XIAOFENG, "accept", {}, "已签收"),
    (LIN_XIAOFENG, "arrive", {}, "已到场"),
    (LIN_XIAOFENG, "handle", {"outcome": "fixed", "words": "店家收回了全部桌椅"}, "已处置"),
    (WU_YUE, "check", {}, "已核查"),
    (WU_YUE, "close", {"words": ANSWER}, "已办结"),
)
"""Who does what to an order that was sent to 城中片区, and how its state is called then."""


def at(web: Web, path: str) -> str:
    """The address of one of its pages."""
    return f"http://{HOST}:{web.port}{path}"


def report(anybody: Caller, **more: Any) -> Any:
    """举报 in the middle of 城中片区; gives back the receipt."""
    return anybody.insist("POST", "/api/v1/reports", {"place": IN_THE_MIDDLE_OF_INNER, "words": WORDS, **more})


def newest_order(colleague: Caller) -> Any:
    """The order on top of a colleague's list."""
    return colleague.insist("GET", "/api/v1/orders")["orders"][0]


def step(colleague: Caller, order: Any, action: str, **facts: Any) -> Any:
    """One step of the workflow, on the version that was seen; gives back the order."""
    wish = {"action": action, "version": order["version"], **facts}
    return colleague.insist("POST", f"/api/v1/orders/{order['id']}/steps", wish)


def go_the_whole_way(anybody: Caller, receipt: str) -> None:
    """The newest order of 城中片区 is handled, checked by somebody else and closed; the worker answers its reporter."""
    order = newest_order(anybody.signed_in(LIN_XIAOFENG))
    for person, action, facts, _state in WHOLE_WAY:
        order = step(anybody.signed_in(person), order, action, **facts)
    hers = anybody.with_receipt(receipt)
    until(lambda: hers.insist("GET", "/api/v1/report")["answer"] is not None, "the worker to answer")
