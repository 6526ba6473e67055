"""How the crew calls and helps (协办剧本): whom a leader calls to which matter, and what whoever was called says."""

import random
from collections.abc import Mapping
from typing import Any

from service.demo import matters
from service.demo.people import PLANNING, Colleague
from service.demo.script import Facts, Order, about
from town.people import Role

JointTask = Mapping[str, Any]
"""协办任务, as the public API shows it."""
REFUSES_ONE_IN = 4
CALLED_TO_ONE_IN = 5
"""Of the heaps of rubbish that a squad stands before, so many are more than it can load."""


def is_his(order: Order, who: Colleague) -> bool:
    """Whether an order is somebody's own: a squad and a unit also see those that they were called to."""
    if who.role is Role.SQUAD_LEADER:
        return order["squad"] is not None and order["squad"]["code"] == who.squad
    return who.role is not Role.PARTNER or (order["partner"] is not None and order["partner"]["code"] == who.partner)


def whistle(order: Order, chance: random.Random) -> Facts | None:
    """Whom the leader of a squad calls to a matter that he stands before; nobody for most."""
    if order["joint"] or not order["can_call"] or order["squad"]["code"] == PLANNING:
        return None
    if about(order, matters.FENCE):
        return {"squads": [PLANNING], "words": "围挡占了人行道，请规划建设中队一起来核对许可。"}
    if order["category"] == matters.DUMP.category and chance.randrange(CALLED_TO_ONE_IN) == 0:
        return {"partners": ["sanitation"], "words": "垃圾有一车多，请环卫派车来清运。"}
    return None


def waits_for_others(order: Order) -> bool:
    """Whether somebody who was called to an order is still missing."""
    return any(task["state"] not in ("done", "released") for task in order["joint"])


def answer(task: JointTask, chance: random.Random) -> Facts | None:
    """What somebody does about a task as he sees it, if it is his turn."""
    open_to_him = {step["action"] for step in task["allowed"]}
    refusing = "refuse" in open_to_him and task["refusals"] == 0 and chance.randrange(REFUSES_ONE_IN) == 0
    if refusing:
        return {"action": "refuse", "ground": "engaged", "words": "正在抢修，走不开。"}
    return next((dict(said) for said in SAID if said["action"] in open_to_him), None)


SAID: tuple[Facts, ...] = (
    {"action": "report_in"},
    {"action": "finish", "outcome": "helped", "words": "已到场一起处理完毕。"},
    {"action": "insist", "words": "这边车辆过不去，请抽人来一趟。"},
    {"action": "must_come", "words": "请到场配合，由主办中队负责到底。"},
)
"""The first of these that is open to him."""
