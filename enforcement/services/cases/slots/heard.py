"""What was heard before the decision, in sentences (告知以后的情况): defence, hearing, legal review, discussion."""

from enforcement.documents.slots import printed
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Notice
from enforcement.rules.cases.reading import day
from enforcement.services.cases.slots.proposal import newest
from enforcement.services.cases.slots.sources import day_of, number_of, sentence
from enforcement.services.cases.slots.told import Told

A = Action
APPROVING = (A.APPROVE_NOTICE, A.APPROVE_FAST)
TAKEN = {"accepted": "予以采纳", "partly": "部分采纳", "not": "不予采纳"}
FORFEITED = {
    "absent": "当事人要求听证，经通知无正当理由没有到场，视为放弃听证权利，听证终止。",
    "left": "当事人未经许可中途退出听证，视为放弃听证权利，听证终止。",
    "withdrawn": "当事人要求听证后撤回申请，听证终止。",
}
"""行政处罚法 64(6)."""


def since_notice(told: Told, *actions: Action) -> list[Act]:
    """Acts of these kinds after the notice that stands was approved, oldest first."""
    notice = told.case.notice
    first = notice.approved if notice else told.act.sequence
    return [one for one in told.acts if first < one.sequence <= told.act.sequence and one.action in actions]


def since_conclusion(told: Told, action: Action) -> Act | None:
    """The newest act of this kind after the investigation ended; what came before a new investigation counts no more."""
    found, ended = newest(told, action), told.case.conclusion
    return found if found and ended and found.sequence > ended.sequence else None


def notice_number(told: Told, form: str = "penalty_notice") -> str | None:
    """The number of the notice that stands."""
    approved = newest(told, *APPROVING)
    return number_of(approved, form) if approved else None


def defence_told(told: Told) -> str | None:
    """陈述、申辩: what was said, what the re-check found, and how it was taken (45)."""
    notice = told.case.notice
    if notice is None or notice.served is None:
        return None
    if heard := since_notice(told, A.HEAR_DEFENCE):
        return "".join(_defence(one) for one in heard)
    if notice.defence_waived:
        return "当事人书面放弃陈述、申辩。"
    return "当事人在告知的期限内没有提出陈述、申辩意见。"


def _defence(act: Act) -> str:
    said, review = sentence(act.given["defence"]), sentence(act.given["defence_review"])
    return f"{printed(day(act, 'day'))}，当事人陈述、申辩称：{said}经复核，{review}对上述意见{TAKEN[act.given['accepted']]}。"


def hearing_told(told: Told) -> str | None:
    """听证: whether it was asked for, held, and what came of it (63 to 65)."""
    notice = told.case.notice
    if notice is None or not notice.hearing or notice.served is None:
        return None
    if notice.hearing_over:
        return _over(told, notice)
    if notice.hearing_waived:
        return "当事人书面放弃要求听证。"
    return "当事人在告知听证权利后五个工作日内没有要求听证。"


def _over(told: Told, notice: Notice) -> str:
    held = since_notice(told, A.HOLD_HEARING)
    if notice.hearing_over != "held" or not held:
        return FORFEITED.get(str(notice.hearing_over), "听证终止。")
    when = printed(day_of(told, held[-1]))
    return f"经当事人要求，本机关于{when}举行听证。听证主持人的意见：{sentence(held[-1].given['opinion'])}"


def review_told(told: Told) -> str | None:
    """法制审核: when, by whom, with what result (58)."""
    reviewed = since_conclusion(told, A.REVIEW)
    if reviewed is None:
        return None
    result = "审核通过" if reviewed.given["passed"] else "审核未通过"
    who = name_of(reviewed) or ""
    return f"{printed(day_of(told, reviewed))}，{who}{result}。{sentence(reviewed.given['opinion'])}"


def discussion_told(told: Told) -> str | None:
    """集体讨论: when and with what result (57(2))."""
    discussed = since_conclusion(told, A.DISCUSS)
    if discussed is None:
        return None
    result = "讨论通过" if discussed.given["passed"] else "讨论未通过"
    return f"{printed(day_of(told, discussed))}，{result}。{sentence(discussed.given['opinion'])}"


def name_of(act: Act) -> str | None:
    """Who took an act, by the name he had then."""
    who = (act.known.get("officers") or {}).get(str(act.known.get("actor")))
    return str(who["name"]) if who else None
