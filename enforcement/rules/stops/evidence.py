"""How facts were found (证据): rights told, evidence reviewed, verified and not excluded, a party that is known."""

from collections.abc import Iterable

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, EvidenceFact, World
from enforcement.rules.cases.fields import ELECTRONIC_MONITORING
from enforcement.rules.stops.asking import CITING, JUDGED, Guard, blank, penalty, taking, wish
from enforcement.rules.stops.catalogue import Stop, stop

A = Action


def certificate_not_shown(_case: Case, act: Act, _world: World) -> Stop | None:
    """主动出示执法证件 (52, 55)."""
    if act.given.get("certificate_shown", True) is True:
        return None
    return stop("certificate_not_shown", "没有出示执法证件，当事人有权拒绝。请先出示证件，再办理这一步。")


def avoidance_not_told(_case: Case, act: Act, _world: World) -> Stop | None:
    """申请回避的权利 (43, 44)."""
    if act.given.get("avoidance_told", True) is True:
        return None
    return stop("avoidance_not_told", "没有告知当事人可以申请回避，请当场告知后再检查。")


def rights_not_told(_case: Case, act: Act, _world: World) -> Stop | None:
    """询问笔录 begins with them."""
    if act.given.get("rights_told", True) is True:
        return None
    return stop("rights_not_told", "没有告知被询问人的权利和义务，请告知后再询问。")


def refusal_unnoted(_case: Case, act: Act, _world: World) -> Stop | None:
    """Who does not sign: before whom, or why, is noted (52, 55)."""
    if act.given.get("signature") not in {"refused", "absent"} or not (blank(act, "witness") and blank(act, "words")):
        return None
    return stop("refusal_unnoted", "当事人没有签字，请写明见证人，或者在说明里注明没有签字的情况。")


def no_such_evidence(case: Case, act: Act, _world: World) -> Stop | None:
    """Numbers are those of this case."""
    there = {one.number for one in case.evidence}
    if strange := [number for number in _named(act) if number not in there]:
        return stop("no_such_evidence", f"本案没有证据 {_numbers(strange)}，请先登记证据，或者核对序号。")
    return None


def party_missing(case: Case, act: Act, _world: World) -> Stop | None:
    """A penalty is somebody's (40, 59)."""
    if case.party or penalty(case, act) is None:
        return None
    return stop("party_missing", "还没有确认当事人，请先登记并确认当事人。")


def no_evidence(case: Case, act: Act, _world: World) -> Stop | None:
    """证据不足的，不得给予行政处罚 (40); what is seen on the spot may stand on everything in the case."""
    proposed = penalty(case, act)
    if proposed is None:
        return None
    cited = _cited(case, act)
    seen = [one for one in case.usable_evidence if not _monitored(one) or one.reviewed]
    if [one for one in cited if one.excluded is None] or (act.action is A.DECIDE_ON_SPOT and seen):
        return None
    return stop("no_evidence", "没有可用的证据，不得处罚。请先登记证据并在认定事实时引用。")


def evidence_excluded(case: Case, act: Act, _world: World) -> Stop | None:
    """以非法手段取得的证据 (46(3)); who cites it must find the facts again without it."""
    if excluded := [one.number for one in _cited(case, act) if one.excluded is not None]:
        return stop("evidence_excluded", f"证据 {_numbers(excluded)} 已经排除，不能引用。请去掉以后重新认定事实。")
    return None


def camera_unreviewed(case: Case, act: Act, _world: World) -> Stop | None:
    """未经审核的，不得作为证据 (41)."""
    unreviewed = [one.number for one in _cited(case, act) if _monitored(one) and one.reviewed is not True]
    if not unreviewed:
        return None
    return stop(
        "camera_unreviewed", f"监控记录（证据 {_numbers(unreviewed)}）没有经法制和技术审核通过，请先审核或者不引用。"
    )


def evidence_unverified(case: Case, act: Act, _world: World) -> Stop | None:
    """必须经查证属实 (46(2)). On the spot the two officers saw it themselves."""
    if act.action is A.DECIDE_ON_SPOT:
        return None
    if unverified := [one.number for one in _cited(case, act) if not one.verified_by]:
        return stop("evidence_unverified", f"证据 {_numbers(unverified)} 还没有查证，请由两名执法人员核实后再引用。")
    return None


def not_monitoring(case: Case, act: Act, _world: World) -> Stop | None:
    """The review of 41 is for cameras and sensors."""
    number = act.given.get("number")
    if number is None or any(_monitored(one) for one in case.evidence if one.number == number):
        return None
    return stop("not_monitoring", "这项审核只用于固定监控和传感设备的记录，其他证据请用「核实证据」。")


def _cited(case: Case, act: Act) -> Iterable[EvidenceFact]:
    """The evidence that facts against the party stand on, whether he is punished for them or let off."""
    proposed = wish(case, act)
    numbers = proposed.evidence if proposed and proposed.outcome in {"penalty", "no_penalty"} else ()
    return [one for one in case.evidence if one.number in numbers]


def _named(act: Act) -> list[int]:
    single = [act.given["number"]] if act.given.get("number") is not None else []
    return [int(number) for number in (*act.given.get("evidence", ()), *single)]


def _monitored(one: EvidenceFact) -> bool:
    return one.origin in ELECTRONIC_MONITORING


def _numbers(numbers: Iterable[int]) -> str:
    return "、".join(str(number) for number in numbers)


GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (certificate_not_shown, taking("certificate_shown")),
    (avoidance_not_told, taking("avoidance_told")),
    (rights_not_told, taking("rights_told")),
    (refusal_unnoted, frozenset({A.INSPECT, A.QUESTION, A.ORDER_CORRECTION, A.SAMPLE})),
    (no_such_evidence, taking("evidence", "number")),
    (party_missing, JUDGED),
    (no_evidence, JUDGED),
    (evidence_excluded, JUDGED),
    (camera_unreviewed, JUDGED),
    (evidence_unverified, CITING | {A.SUBMIT_DECISION, A.DECIDE}),
    (not_monitoring, frozenset({A.REVIEW_EVIDENCE})),
)
