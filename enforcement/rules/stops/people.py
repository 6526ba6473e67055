"""Who may act (办案人员): two officers with certificates of their own, nobody with an interest, nobody on his own case."""

from collections.abc import Mapping
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.stops.asking import Guard, Missing, blank, known, names, sure, taking
from enforcement.rules.stops.catalogue import Stop, stop
from town.qualification import FEWEST, NEVER

A = Action


def two_officers(_case: Case, act: Act, _world: World) -> Stop | None:
    """At least two, and different ones (42)."""
    officers = set(_officers(act))
    if "officers" not in act.given or len(officers) >= FEWEST:
        return None
    return stop("two_officers", "执法人员不得少于两人，请再选一名有执法证的人员一起办理。")


def not_qualified(_case: Case, act: Act, world: World) -> Stop | None:
    """Each with a certificate that is valid that day (42); 网格员 and auxiliaries never (国办发〔2024〕54号)."""
    for login in _officers(act):
        one = _person(world, login)
        if one.get("code") in NEVER:
            return stop("auxiliary", f"{names(world, [login])}：{one.get('why')}。请换一名执法人员。")
        if one.get("ok") is not True:
            return stop(
                "not_qualified", f"{names(world, [login])}：{one.get('why') or '没有有效的执法证'}。请换一名执法人员。"
            )
    return None


def same_certificate(_case: Case, act: Act, world: World) -> Stop | None:
    """Two people, two certificates."""
    people = {login: _person(world, login) for login in _officers(act)}
    numbers = [one.get("number") for one in people.values() if one.get("ok") is True]
    if all(numbers) and len(set(numbers)) == len(numbers):
        return None
    return stop("same_certificate", "每名执法人员要有自己的执法证号，请核对证件登记后再办理。")


def other_squad(case: Case, act: Act, world: World) -> Stop | None:
    """The squad's own people handle its cases; who is lent is assigned by its leader, with the reason on record (42, 47)."""
    if act.action is A.ASSIGN and not blank(act, "loan_words"):
        return None
    others = [login for login in _officers(act) if login not in case.handlers]
    if strange := [login for login in others if _person(world, login).get("squad") != known(world, "squad")]:
        return strangers(names(world, strange))
    return None


def strangers(named: str) -> Stop:
    """Who is not of the squad that handles the case."""
    return stop(
        "other_squad",
        f"{named}不是承办中队的人员。请换本中队的人员，"
        "或者由中队长先办理「更换承办人」，写明借调理由和出借中队负责人的意见。",
    )


def conflict(_case: Case, act: Act, world: World) -> Stop | None:
    """直接利害关系 (43): of an officer, the chair, or whoever approves."""
    involved = _involved(act, world)
    standing = {str(one["login"]) for one in known(world, "conflicts")} if involved else set()
    if found := [login for login in involved if login in standing]:
        return stop("conflict", f"{names(world, found)}与本案有利害关系，应当回避，请由中队长更换人员。")
    return None


def withdrawn(case: Case, act: Act, world: World) -> Stop | None:
    """Whose withdrawal was granted has nothing more to do with the case (43)."""
    involved = _involved(act, world)
    if found := [login for login in involved if login in case.withdrawn_officers]:
        return stop("withdrawn", f"{names(world, found)}已经决定回避，不能再办理本案，请更换人员。")
    return None


def challenge_pending(case: Case, _act: Act, world: World) -> Stop | None:
    """The inquiry goes on meanwhile (43(3)), but nothing is decided."""
    if not case.challenges:
        return None
    who = names(world, case.challenges)
    return stop("challenge_pending", f"对{who}的回避申请还没有决定，请负责人先作出回避决定，再作处理决定。")


def chair_challenged(case: Case, act: Act, world: World) -> Stop | None:
    """The party may apply for the chair's withdrawal too (64(4))."""
    if not case.notice or case.notice.chair not in case.challenges:
        return None
    return challenge_pending(case, act, world)


def not_challenged(case: Case, act: Act, world: World) -> Stop | None:
    """A ruling needs an application."""
    who = act.given.get("challenged")
    if who is None or who in case.challenges:
        return None
    return stop("not_challenged", f"没有登记过对{names(world, [who])}的回避申请，请先登记申请。")


def rules_on_himself(_case: Case, act: Act, world: World) -> Stop | None:
    """Nobody rules on his own withdrawal."""
    if act.given.get("challenged") != sure(world, "actor"):
        return None
    return stop("rules_on_himself", "不能决定自己的回避，请由其他负责人决定。")


def approves_own_case(case: Case, _act: Act, world: World) -> Stop | None:
    """Who investigates does not decide (57)."""
    return _took_part(case, sure(world, "actor"), "approves_own_case", "请由没有参加办案的负责人审批。", world)


def reviews_own_case(case: Case, _act: Act, world: World) -> Stop | None:
    """Legal review by somebody else (58)."""
    return _took_part(case, sure(world, "actor"), "reviews_own_case", "请由没有参加办案的法制审核人员审核。", world)


def hears_own_case(case: Case, act: Act, world: World) -> Stop | None:
    """指定的非本案调查人员主持 (64(4))."""
    chair = act.given.get("chair") if act.action is A.CALL_HEARING else sure(world, "actor")
    if chair is None:
        return None
    return _took_part(case, chair, "hears_own_case", "听证主持人不能是本案调查人员，请另外指定。", world)


def reviewer_unqualified(_case: Case, _act: Act, world: World) -> Stop | None:
    """法律职业资格 (58(2))."""
    actor = sure(world, "actor")
    if _person(world, actor).get("qualified") is True:
        return None
    return stop("reviewer_unqualified", f"{names(world, [actor])}没有登记法律职业资格，请由有资格的法制审核人员审核。")


def _officers(act: Act) -> tuple[str, ...]:
    return tuple(act.given.get("officers", ()))


def _involved(act: Act, world: World) -> tuple[str, ...]:
    """Officers, a chair, and who does it; a clock has neither interest nor name."""
    chair = (act.given["chair"],) if act.given.get("chair") else ()
    actor = known(world, "actor")
    return (*_officers(act), *chair, *((actor,) if actor else ()))


def _person(world: World, login: str) -> Mapping[str, Any]:
    found = known(world, "officers").get(login)
    if found is None:
        raise Missing("officers")
    return found  # type: ignore[no-any-return]


def _took_part(case: Case, login: str, code: str, then: str, world: World) -> Stop | None:
    if login not in {*case.handlers, *case.investigators}:
        return None
    return stop(code, f"{names(world, [login])}参加过本案的调查。{then}")


APPROVING = frozenset(
    {
        A.DECLINE,
        A.FILE,
        A.APPROVE_FAST,
        A.APPROVE_HOLD,
        A.APPROVE_SEIZURE,
        A.EXTEND_SEIZURE,
        A.RULE_CHALLENGE,
        A.APPROVE_REASON,
        A.APPROVE_NOTICE,
        A.DISCUSS,
        A.DECIDE,
        A.APPROVE_DELAY,
        A.APPLY_TO_COURT,
        A.REVOKE,
        A.TRANSFER,
        A.WITHDRAW,
        A.REDECIDE,
        A.TAKE_BACK,
        A.CLOSE,
    }
)
"""Acts of the head of the organ (负责人) that bring something about."""
REVIEWING = frozenset({A.REVIEW, A.REVIEW_EVIDENCE})
HEARING = frozenset({A.CALL_HEARING, A.HOLD_HEARING})
WITH_OFFICERS = taking("officers")
INVOLVED = frozenset(Action)
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (two_officers, WITH_OFFICERS),
    (not_qualified, WITH_OFFICERS),
    (same_certificate, WITH_OFFICERS),
    (other_squad, WITH_OFFICERS),
    (conflict, INVOLVED),
    (withdrawn, INVOLVED),
    (challenge_pending, frozenset({A.DECIDE, A.DECIDE_ON_SPOT})),
    (chair_challenged, frozenset({A.HOLD_HEARING})),
    (not_challenged, frozenset({A.RULE_CHALLENGE})),
    (rules_on_himself, frozenset({A.RULE_CHALLENGE})),
    (approves_own_case, APPROVING),
    (reviews_own_case, REVIEWING),
    (hears_own_case, HEARING),
    (reviewer_unqualified, frozenset({A.REVIEW})),
)
