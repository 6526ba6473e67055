"""What the forms from the conclusion to the decision (调查终结、审核、讨论、决定) need besides the common slots."""

from typing import Any

from enforcement.documents.slots import printed
from enforcement.rules import money, remedies
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Proposal
from enforcement.rules.cases.states import Outcome
from enforcement.services.cases.slots import notice
from enforcement.services.cases.slots.heard import (
    defence_told,
    discussion_told,
    hearing_told,
    notice_number,
    review_told,
)
from enforcement.services.cases.slots.proposal import (
    confiscated,
    corrected,
    discretion,
    facts_found,
    filed,
    for_paper,
    law,
    newest,
    penalty_texts,
    proofs_of,
    proposed,
    reasons,
    standing,
    terms,
    weighed,
    wish_of,
)
from enforcement.services.cases.slots.sources import actor, day_of, number_of, opinions, sentence
from enforcement.services.cases.slots.told import Builder, Told

A = Action
COURSE = frozenset(
    {A.INSPECT, A.QUESTION, A.SAMPLE, A.ADD_EVIDENCE, A.VERIFY_EVIDENCE, A.REVIEW_EVIDENCE, A.APPROVE_HOLD}
    | {A.SETTLE_HOLD, A.RETURN_GOODS, A.APPROVE_SEIZURE, A.LIFT_SEIZURE, A.ORDER_CORRECTION, A.RECHECK_CORRECTION}
    | {A.ASK_ASSISTANCE, A.CONFIRM_ADDRESS}
)
"""What an investigation consists of, as its report tells it."""
LAW = "《中华人民共和国行政处罚法》"
GROUNDS = {
    "under_14": ("实施违法行为时不满十四周岁", f"{LAW}第三十条", "责令监护人对当事人加以管教。"),
    "mental": (
        "在不能辨认或者不能控制自己行为时实施违法行为",
        f"{LAW}第三十一条",
        "责令监护人对当事人严加看管和治疗。",
    ),
    "minor_corrected": (
        "违法行为轻微并及时改正，没有造成危害后果",
        f"{LAW}第三十三条第一款、第五十七条第一款第二项",
        None,
    ),
    "first_offence": (
        "初次违法，危害后果轻微并及时改正",
        f"{LAW}第三十三条第一款、第五十七条第一款第二项",
        None,
    ),
    "no_fault": ("有证据足以证明没有主观过错", f"{LAW}第三十三条第二款", None),
    "lapsed": ("违法行为在法定的追责期限内未被发现", f"{LAW}第三十六条", None),
    "lawful_now": ("违法行为发生后规定已经修改或者废止，新的规定不再处罚这种行为", f"{LAW}第三十七条", None),
    "not_proven": ("违法事实不能成立", f"{LAW}第四十条、第五十七条第一款第三项", None),
}
"""不予行政处罚: what was found, under which articles, and what a guardian is ordered to do (30, 31)."""
BROKEN_NOTHING = {"lawful_now", "not_proven"}


def investigation_report(told: Told) -> dict[str, Any]:
    """From where the case came to what is proposed."""
    wish = wish_of(told)
    if wish is None:
        return {}
    return {
        **filed(told),
        "course": _course(told),
        "facts_found": facts_found(told),
        "proofs": proofs_of(told, wish),
        **_law_of(told, wish),
        **discretion(told, wish),
        "corrected": corrected(told),
        "proposed": proposed(wish),
        **terms(told, wish),
        "unfit": sentence(told.case.higher_excluded) if told.case.higher_excluded else None,
    }


def _course(told: Told) -> list[dict[str, Any]]:
    """Every day with what was done on it."""
    days: dict[Any, dict[str, None]] = {}
    for act in told.acts:
        if act.action in COURSE and act.sequence < told.act.sequence:
            days.setdefault(day_of(told, act), {})[_done(act)] = None
    return [{"day": day, "text": "；".join(done)} for day, done in days.items()]


def _done(act: Act) -> str:
    about = act.given.get("title") or act.given.get("asked_person")
    return DEEDS[act.action].name + (f"（{about}）" if about else "")


def _law_of(told: Told, wish: Proposal) -> dict[str, Any]:
    """Nothing is cited as broken where nothing was, or is not any more."""
    cited = law(told)
    if wish.outcome != Outcome.PENALTY:
        cited["law_cited"] = None
    if wish.outcome in (Outcome.NOT_PROVEN, Outcome.TRANSFER):
        return {"violated": None, "law_cited": None, "law_why": None}
    return cited


def legal_review_opinion(told: Told) -> dict[str, Any]:
    """Who reviews with what qualification, what was proposed and why it had to be reviewed (58)."""
    wish = wish_of(told)
    if wish is None:
        return {}
    known = told.act.known
    reviewer = (known.get("officers") or {}).get(str(known.get("actor"))) or {}
    due = weighed(told).get("review_due") or ["承办机构送请审核"]
    text = sentence(told.act.given["opinion"])
    return {
        **filed(told),
        "review_grounds": "；".join(due),
        "facts_found": facts_found(told),
        **_law_of(told, wish),
        "proposed": proposed(wish),
        "qualified": reviewer.get("qualified"),
        "result": "passed" if told.act.given["passed"] else "returned",
        "reviewer_opinion": {"text": text, "name": actor(told), "day": told.world.today},
    }


def discussion_record(told: Told) -> dict[str, Any]:
    """What was discussed, why, and how it ended (57(2))."""
    wish = wish_of(told)
    if wish is None:
        return {}
    due = weighed(told).get("discussion_due") or ["情节复杂或者重大"]
    return {
        "discussion_grounds": "；".join(due),
        "facts_found": facts_found(told),
        **_law_of(told, wish),
        **discretion(told, wish),
        "proposed": proposed(wish),
        "heard_told": "".join(filter(None, (defence_told(told), hearing_told(told)))) or None,
        "review_told": review_told(told),
        "opinion": sentence(told.act.given["opinion"]),
        "chairman": actor(told),
        "others": [one for one in told.act.given["members"] if one["name"] != actor(told)],
        "result": "passed" if told.act.given["passed"] else "returned",
    }


def decision_approval(told: Told) -> dict[str, Any]:
    """Everything the head of the organ needs to see before he decides."""
    wish = wish_of(told)
    if wish is None:
        return {}
    text = told.act.given.get("opinion") or "建议按上述意见作出决定。"
    return {
        **filed(told),
        "facts_found": facts_found(told),
        "proofs": proofs_of(told, wish),
        **_law_of(told, wish),
        **discretion(told, wish),
        "proposed": proposed(wish),
        **terms(told, wish),
        **_heard(told),
        "review_told": review_told(told),
        "discussion_told": discussion_told(told),
        "corrected": corrected(told),
        "handler_opinion": opinions(told, told.act, sentence(text)),
    }


def _heard(told: Told) -> dict[str, Any]:
    notice = told.case.notice
    return {
        "notice_number": notice_number(told) if notice else None,
        "notice_served_on": notice.served.day if notice and notice.served else None,
        "defence_told": defence_told(told),
        "hearing_told": hearing_told(told),
    }


def penalty_decision(told: Told) -> dict[str, Any]:
    """Article 59: facts and evidence, kinds and basis, how and until when to perform, remedies."""
    wish = wish_of(told)
    if wish is None:
        return {}
    return {
        **filed(told),
        "facts_found": facts_found(told),
        "evidence": proofs_of(told, wish),
        **_heard(told),
        **law(told),
        "reasons": reasons(told),
        "corrected": corrected(told),
        "penalties": penalty_texts(wish),
        **terms(told, wish),
        **confiscated(told, wish),
        **_money(wish),
        "bank": for_paper(told.common["bank"]),
        **standing(told),
        "remedy": _remedy(told),
    }


def _money(wish: Proposal) -> dict[str, Any]:
    sums = {
        "fine": wish.fine_fen,
        "confiscated_income": wish.confiscate_fen,
        "total": wish.fine_fen + wish.confiscate_fen,
    }
    return {name: in_words(fen) if fen else None for name, fen in sums.items()}


def in_words(fen: int) -> str:
    """人民币壹佰伍拾元整（150 元）."""
    return f"人民币{money.capitals(fen)}（{money.yuan(fen)}）"


def _remedy(told: Told) -> str:
    """Either way; where it is served over the internet, also over the internet (行政复议法 22)."""
    organ = told.author.facts
    return remedies.of_decision(organ.reconsideration_organ, organ.court_name, online=told.case.electronic is not None)


def no_penalty_decision(told: Told) -> dict[str, Any]:
    """Ground, article, education and correction (30, 31, 33, 36, 37, 57)."""
    wish = wish_of(told)
    if wish is None:
        return {}
    ground = "not_proven" if wish.outcome == Outcome.NOT_PROVEN else str(wish.ground)
    found, article, guardian = GROUNDS[ground]
    submitted = newest(told, A.SUBMIT_DECISION)
    education = submitted.given.get("education") if submitted else None
    cited = law(told)
    return {
        **filed(told),
        "facts_found": facts_found(told),
        "proofs": proofs_of(told, wish),
        "violated": None if ground in BROKEN_NOTHING else cited["violated"],
        "law_why": cited["law_why"] if ground == "lawful_now" else None,
        "ground_told": found,
        "ground_article": article,
        "guardian_told": guardian,
        "corrected": corrected(told),
        "education": sentence(education) if education else None,
        **standing(told),
        "remedy": _remedy(told),
    }


def payment_notice(told: Told) -> dict[str, Any]:
    """How much, where, until when (67, 72)."""
    wish, organ = told.case.decision.proposal if told.case.decision else None, told.author.facts
    if wish is None:
        return {}
    return {
        "decision_number": number_of(told.act, "penalty_decision"),
        "decided_on": printed(told.world.today),
        **_money(wish),
        "bank_name": organ.bank_name,
        "bank_account": organ.bank_account,
        "electronic_payment": for_paper(organ.electronic_payment),
    }


BUILDERS: dict[str, Builder] = {
    "investigation_report": investigation_report,
    "legal_review_opinion": legal_review_opinion,
    "discussion_record": discussion_record,
    "decision_approval": decision_approval,
    "penalty_decision": penalty_decision,
    "no_penalty_decision": no_penalty_decision,
    "payment_notice": payment_notice,
    **notice.BUILDERS,
}
