"""Whether the town may punish at all (职权、管辖、时效、依据): place, power, time, no second fine, the rule that applies."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Proposal, World
from enforcement.rules.cases.states import BEFORE_DECISION, BEFORE_FILING, State
from enforcement.rules.factors import Factors
from enforcement.rules.stops.asking import CITING, JUDGED, Guard, ended, known, opened_day, penalty, sure, told
from enforcement.rules.stops.catalogue import Stop, stop

A = Action
YEARS, YEARS_WITH_HARM = 2, 5
ENVIRONMENT = "环境"
ENDED_WITHOUT_FINE = {State.REVOKED, State.DECLINED, State.WITHDRAWN, State.TRANSFERRED}


def outside_town(case: Case, act: Act, _world: World) -> Stop | None:
    """违法行为发生地 (22)."""
    if act.action in JUDGED and penalty(case, act) is None:
        return None
    if told(case.opened.get("in_town"), "opened") is True:
        return None
    return stop("outside_town", "违法行为地不在本镇范围内，本镇没有管辖权，请移送有管辖权的机关。")


def power_then(case: Case, act: Act, world: World) -> Stop | None:
    """Conferred, published and in force when the act ended."""
    if act.action in JUDGED and penalty(case, act) is None:
        return None
    return _standing(world, "on_act", "power_then", "违法行为发生时，", "本案不能由本镇处罚，请移送或者不予立案。")


def power_today(_case: Case, _act: Act, world: World) -> Stop | None:
    """And today: a power that was suspended or handed back meanwhile decides nothing more (17, 24)."""
    return _standing(world, "today", "power_today", "现在，", "请移送现在行使这项职权的机关；暂停的，恢复后再办。")


def _standing(world: World, when: str, code: str, since: str, then: str) -> Stop | None:
    if sure(world, "power", when, "in_force") is True:
        return None
    why = known(world, "power", when).get("why") or "本镇没有这项职权"
    return stop(code, f"{since}{ended(why)}{then}")


def too_late(case: Case, act: Act, world: World) -> Stop | None:
    """Two years, or five with harm, from the end of the act to its discovery (36; 法典 1054)."""
    wish = penalty(case, act)
    if act.action in JUDGED and wish is None:
        return None
    years = limitation(wish.factors, world) if wish else YEARS_WITH_HARM
    if not lapsed(case, years):
        return None
    return stop("too_late", f"违法行为终了 {years} 年后才发现，不再给予行政处罚，请按超过追责期限不予处罚。")


def lapsed(case: Case, years: int) -> bool:
    """Whether nobody discovered the act within so many years of its end. Raises Missing."""
    return opened_day(case, "discovered_on") > _years_after(opened_day(case, "acted_on"), years)


def limitation(factors: Factors, world: World) -> int:
    """For how many years the act may be punished: five for life, health and finance with harm; for the environment with harm; else two."""
    harmful = factors.get("harm") in {"slight", "some", "serious"}
    grave = factors.get("public_safety") is True or ENVIRONMENT in str(known(world, "power").get("field", ""))
    return YEARS_WITH_HARM if harmful and grave else YEARS


def _years_after(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 2, 28)


def fined_already(case: Case, act: Act, world: World) -> Stop | None:
    """一事不二罚 (29)."""
    wish = penalty(case, act)
    if case.party is None or (act.action in JUDGED and not (wish and _fines(wish))):
        return None
    if found := next((one for one in _same_act(case, world) if _was_fined(one)), None):
        fine = money.yuan(int(found["fine_fen"]))
        return stop(
            "fined_already", f"同一违法行为已在案件 {found['case']} 罚款 {fine}，不得再次罚款，请并案或者撤销立案。"
        )
    return None


def other_case_open(case: Case, _act: Act, world: World) -> Stop | None:
    """Nor are two cases led about it at once."""
    if case.party is None:
        return None
    under_way = {*BEFORE_DECISION, *BEFORE_FILING} - {State.SOURCE}
    if found := next((one for one in _same_act(case, world) if one["state"] in under_way), None):
        return stop("other_case_open", f"同一违法行为正在案件 {found['case']} 中办理，请并入那个案件，本案不予立案。")
    return None


def _same_act(case: Case, world: World) -> Iterator[Mapping[str, Any]]:
    """Cases of the party about the same power or matter, at the same place, on overlapping days."""
    since, until = opened_day(case, "acted_from"), opened_day(case, "acted_on")
    for one in sure(world, "same_party"):
        alike = one["power"] == case.power or (one["event"] and one["event"] == case.opened.get("event"))
        began, ended_on = (dt.date.fromisoformat(one[name] or one["acted_on"]) for name in ("acted_from", "acted_on"))
        if alike and began <= until and since <= ended_on and one["same_place"] is not False:
            yield one


def _was_fined(one: Mapping[str, Any]) -> bool:
    return bool(one["fine_fen"]) and one["state"] not in ENDED_WITHOUT_FINE


def _fines(wish: Proposal) -> bool:
    return "fine" in wish.kinds or wish.fine_fen > 0


def higher_fine(case: Case, act: Act, world: World) -> Stop | None:
    """Of several rules for one act the one with the higher fine (29), unless it is said why it does not fit."""
    if act.action in CITING and penalty(case, act) is None:
        return None
    if act.action is A.ASK_FILING and "summary" not in act.given:
        return None
    higher = known(world, "higher")
    if higher is None or act.given.get("higher_excluded") or case.higher_excluded:
        return None
    named = (
        f"「{higher['name']}」（罚款上限 {money.yuan(int(higher['high_fen']))}）"
        if "high_fen" in higher
        else higher["name"]
    )
    return stop(
        "higher_fine", f"同一行为还可能违反{named}，应当按罚款高的规定处罚。请改用那一项，或者写明它为什么不适用。"
    )


def no_provision(case: Case, act: Act, world: World) -> Stop | None:
    """没有依据，处罚无效 (38); what is lawful now has its own stop."""
    if penalty(case, act) is None or known(world, "law").get("lawful_now"):
        return None
    if known(world, "law", "provision"):
        return None
    why = ended(known(world, "law").get("why") or "没有条文处罚这种情形")
    return stop("no_provision", f"{why}没有可以适用的罚则，请核对认定的事实和罚则清单。")


def lawful_now(case: Case, act: Act, world: World) -> Stop | None:
    """从旧兼从轻 (37)."""
    if penalty(case, act) is None or sure(world, "law", "lawful_now") is not True:
        return None
    return stop("lawful_now", "作出决定时的规定已经不处罚这种行为，不得处罚，请按新规定不予处罚。")


AT_FILING = frozenset({A.ASK_FILING, A.FILE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.APPROVE_FAST})
DECIDING = AT_FILING | {A.APPROVE_NOTICE, A.DECIDE}
COERCING = frozenset({A.APPROVE_HOLD, A.APPROVE_SEIZURE, A.EXTEND_SEIZURE})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (outside_town, DECIDING),
    (power_then, DECIDING),
    (power_today, DECIDING | COERCING),
    (too_late, JUDGED | AT_FILING),
    (fined_already, JUDGED | AT_FILING),
    (other_case_open, AT_FILING),
    (higher_fine, AT_FILING | CITING),
    (no_provision, JUDGED),
    (lawful_now, JUDGED),
)
