"""What the forms about goods that are held (先行登记保存、查封、扣押) need besides the common slots."""

from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import HOLD_DAYS, SEIZURE_DAYS, last_day, seized_until
from enforcement.rules.cases.facts import Act
from enforcement.rules.cases.fields import FIELDS
from enforcement.rules.local_rules import LocalRules
from enforcement.services import local_rules
from enforcement.services.cases.slots.sources import (
    approval,
    before,
    day_of,
    number_of,
    officers_of,
    opinions,
    sentence,
)
from enforcement.services.cases.slots.told import Builder, Told
from town.terms import Term, Unit

A = Action
ASK_HOLD = "拟对清单所列物品先行登记保存，请批准。保存期限为批准之日起七个工作日。"
SETTLED = {
    "returned": "退还当事人",
    "testing": "送交检验、检测、检疫或者鉴定",
    "seized": "依法另行作出查封、扣押决定",
    "confiscate": "依法没收，另行作出行政处罚决定",
    "transferred": "移送有权处理的部门",
}
RELEASED = {
    "no_violation": ("一", "当事人没有违法行为"),
    "unrelated": ("二", "查封、扣押的财物与违法行为无关"),
    "decided": ("三", "本机关对违法行为已经作出处理决定，不再需要查封、扣押"),
    "expired": ("四", "查封、扣押期限已经届满"),
    "other": ("五", "不再需要采取查封、扣押措施"),
}
"""行政强制法 28(1), by its items."""


def hold_request(told: Told) -> dict[str, Any]:
    """审批表: who asked for it, and what was approved."""
    return _request(told, before(told, A.ASK_HOLD), ASK_HOLD)


def hold_notice(told: Told) -> dict[str, Any]:
    """What was asked for, from the day it is approved until the last day (行政处罚法 56, 85)."""
    asked = before(told, A.ASK_HOLD)
    return _asked(asked) | {
        "held_until": last_day(told.act.at, Term(HOLD_DAYS, Unit.WORKING_DAYS), told.world.calendar),
    }


def hold_settlement(told: Told) -> dict[str, Any]:
    """What becomes of what was held."""
    return _held(told) | {"settled": SETTLED[told.act.given["settlement"]], "words": sentence(told.act.given["words"])}


def goods_return(told: Told) -> dict[str, Any]:
    """What goes back, and what it had been taken by; a request that was never approved has no notice."""
    held = _held(told)
    lapsed = any(one.kind == "hold" and one.lapsed for one in told.case.measures[-1:])
    return {name: held.get(name) for name in ("held_number", "held_on")} | {"lapsed": lapsed}


def seizure_request(told: Told) -> dict[str, Any]:
    """审批表: who asked for it, what gives the town the power, and what was approved."""
    asked = before(told, A.ASK_SEIZURE)
    text = f"拟对清单所列物品予以{_measure(asked)}，期限三十日，请批准。"
    return _request(told, asked, text) | {"measure": _measure(asked), "seizure_basis": _basis(told)}


def seizure_decision(told: Told) -> dict[str, Any]:
    """What was asked for, with its basis and term (行政强制法 24, 25)."""
    asked = before(told, A.ASK_SEIZURE)
    return _asked(asked) | {
        "measure": _measure(asked),
        "seizure_basis": _basis(told),
        "held_until": seized_until(told.act.at, SEIZURE_DAYS, told.world.calendar),
    }


def seizure_extension(told: Told) -> dict[str, Any]:
    """The decision that goes on, and until when."""
    since = before(told, A.APPROVE_SEIZURE)
    if since is None:
        return {}
    calendar = told.world.calendar
    return _seized(told) | {
        "held_until": seized_until(since.at, SEIZURE_DAYS, calendar),
        "longer_until": seized_until(since.at, 2 * SEIZURE_DAYS, calendar),
        "words": sentence(told.act.given["words"]),
    }


def lift_notice(told: Told) -> dict[str, Any]:
    """The decision that ends, and under which item of 行政强制法 28."""
    given = told.act.given
    item, ground = RELEASED[given["release_ground"]]
    noted = given.get("words") if given.get("signature") == "signed" else None
    return _seized(told) | {"release_item": item, "release_ground": ground, "other": noted}


def _request(told: Told, asked: Act | None, text: str) -> dict[str, Any]:
    if asked is None:
        return {}
    opinion = {"handler_opinion": opinions(told, asked, text), "approver_opinion": approval(told)}
    return _asked(asked) | opinion | {"device": asked.given.get("device")}


def _asked(asked: Act | None) -> dict[str, Any]:
    if asked is None:
        return {}
    copied = {name: asked.given[name] for name in ("items", "place_words", "custodian")}
    return copied | {"summary": sentence(asked.given["summary"]), "officers": officers_of(asked)}


def _held(told: Told) -> dict[str, Any]:
    asked, approved = before(told, A.ASK_HOLD), before(told, A.APPROVE_HOLD)
    if asked is None or approved is None or approved.sequence < asked.sequence:
        return {}
    return {
        "items": asked.given["items"],
        "held_number": number_of(approved, "hold_notice"),
        "held_on": day_of(told, approved),
    }


def _seized(told: Told) -> dict[str, Any]:
    asked, approved = before(told, A.ASK_SEIZURE), before(told, A.APPROVE_SEIZURE)
    if asked is None or approved is None:
        return {}
    return {
        "items": asked.given["items"],
        "measure": _measure(asked),
        "seized_number": number_of(approved, "seizure_decision"),
        "seized_on": day_of(told, approved),
    }


def _measure(asked: Act | None) -> str | None:
    choices = FIELDS["measure"].choices or {}
    return choices.get(str(asked.given["measure"])) if asked else None


def _basis(told: Told) -> str:
    """The province's rule that lets the town seize. Raises Absent."""
    return (local_rules.on(told.session, told.world.today) or LocalRules()).basis("seizure_allowed")


BUILDERS: dict[str, Builder] = {
    "hold_request": hold_request,
    "hold_notice": hold_notice,
    "hold_settlement": hold_settlement,
    "goods_return": goods_return,
    "seizure_request": seizure_request,
    "seizure_decision": seizure_decision,
    "seizure_extension": seizure_extension,
    "lift_notice": lift_notice,
}
