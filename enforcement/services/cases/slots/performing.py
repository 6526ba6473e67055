"""What papers about performance (延期分期、罚没物品、催告、申请法院) need besides the common slots."""

import datetime as dt
from typing import Any

from enforcement.documents.slots import printed
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.fields import FIELDS
from enforcement.services.cases.slots import proposal
from enforcement.services.cases.slots.decided import act_at, decided, duties, owed, served_with, worded
from enforcement.services.cases.slots.sources import actor, before, number_of, sentence
from enforcement.services.cases.slots.told import Builder, Told

A = Action
AGREED = "同意按上列安排延期（分期）缴纳罚款。"
NEVER_HEARD = "被申请人在告知以后没有提出陈述、申辩意见。"
NOTHING_SAID = "被申请人收到催告书后，案卷中没有其陈述、申辩的记录。"
NO_CONTEST = "被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼。"


def payment_approval(told: Told) -> dict[str, Any]:
    """The fine, what was paid of it, and the parts that are approved (行政处罚法 66(2))."""
    parts = told.act.given["parts"]
    paid = owed(told).get("paid")
    return decided(told) | {
        "fine": worded(told.case.fine_fen),
        "paid": paid or "尚未缴纳",
        "schedule": [{"due": dt.date.fromisoformat(one["due"]), "sum": worded(int(one["fen"]))} for one in parts],
        "approver_opinion": {"text": AGREED, "name": actor(told), "day": told.world.today},
    }


def goods_disposal(told: Told) -> dict[str, Any]:
    """By which decision the goods were taken (行政处罚法 74)."""
    return decided(told) | {"words": sentence(told.act.given["words"])}


def urging_letter(told: Told) -> dict[str, Any]:
    """What is to be done, what is owed today, and until when (行政强制法 35, 54)."""
    said = told.act.given.get("words")
    return decided(told) | owed(told) | {"duties": duties(told), "words": sentence(said) if said else None}


def court_application(told: Told) -> dict[str, Any]:
    """What the court is asked for, and everything article 55 of 行政强制法 wants told."""
    urged = before(told, A.URGE)
    handed = told.case.urged
    sums = owed(told)
    return (
        decided(told)
        | _found(told)
        | {
            "wishes": duties(told) + _late(sums),
            "object_told": _object(sums),
            "heard_told": _heard(told),
            "contest_told": _contests(told) or NO_CONTEST,
            "urging_number": number_of(urged, "urging_letter") if urged else None,
            "urged_on": handed.day if handed else None,
            "enclosed": _enclosed(told),
        }
    )


def _found(told: Told) -> dict[str, Any]:
    """What was found and by which articles it was decided; on the spot both stand in the decision's own act."""
    made = told.case.decision
    act = act_at(told, made.sequence) if made else None
    on_spot = act.given.get("facts_found") if act else None
    law = proposal.law(told)
    return {
        "facts_found": sentence(on_spot) if on_spot else proposal.facts_found(told),
        "law_cited": law["law_cited"] or proposal.basis(told, proposal.weighed(told)),
    }


def _late(sums: dict[str, Any]) -> list[dict[str, str]]:
    if not sums.get("late_fee"):
        return []
    growing = "，并按每日百分之三计算至缴清之日（总额不超过罚款数额）" if sums["still_growing"] else ""
    return [{"text": f"加处罚款，截至本申请书作出之日为{sums['late_fee']}{growing}"}]


def _object(sums: dict[str, Any]) -> str:
    if not sums.get("left"):
        return "执行标的为上列行为义务，被申请人至今没有履行。"
    late = f"加处罚款{sums['late_fee']}，" if sums["late_fee"] else ""
    paid = f"已缴纳{sums['paid']}，" if sums["paid"] else "至今没有缴纳，"
    return f"决定确定的款项为{sums['principal']}，{late}被申请人{paid}截至本申请书作出之日尚欠{sums['left']}。"


def _heard(told: Told) -> str:
    """What the party had to say before the decision, and on being urged."""
    heard = [one for one in told.acts if one.action is A.HEAR_DEFENCE]
    choices = FIELDS["accepted"].choices or {}
    said = [f"被申请人提出：{sentence(one.given['defence'])}申请人{choices[one.given['accepted']]}。" for one in heard]
    return "".join(said or [NEVER_HEARD]) + _answered(told)


def _answered(told: Told) -> str:
    """What was noted when the letter that urges was handed over."""
    handed = served_with(told, "urging_letter")
    words = handed.given.get("words") if handed else None
    return f"送达催告书时的情况：{sentence(words)}" if words else NOTHING_SAID


def _contests(told: Told) -> str:
    """复议、诉讼, each with its result."""
    kinds, results = FIELDS["contest_kind"].choices or {}, FIELDS["contest_result"].choices or {}
    return "".join(
        f"被申请人于{printed(one.day)}提起{kinds[one.kind]}，结果：{results[one.result] if one.result else '尚未审结'}。"
        for one in told.case.contests_now
    )


def _enclosed(told: Told) -> list[dict[str, str]]:
    """附送材料, in the order of article 55."""
    facts = decided(told)
    names = [
        f"《{facts.get('decision_title')}》及送达回证",
        "作出决定的事实、理由和依据的材料（调查终结报告、证据、法律依据）",
        "当事人的意见（陈述、申辩材料）和催告书及送达回证",
        "申请强制执行标的情况说明（缴款记录、欠缴计算）",
        "机关身份证明和委托代理手续",
    ]
    return [{"text": f"{name}；"} for name in names[:-1]] + [{"text": f"{names[-1]}。"}]


BUILDERS: dict[str, Builder] = {
    "payment_approval": payment_approval,
    "goods_disposal": goods_disposal,
    "urging_letter": urging_letter,
    "court_application": court_application,
}
