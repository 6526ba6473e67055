"""What is proposed or decided, as papers tell it (拟处理意见的说法): penalties, evidence, law, reasons, correction, goods."""

import re
from collections.abc import Container, Mapping
from typing import Any

from enforcement.documents.slots import printed
from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Proposal
from enforcement.rules.cases.fields import EVIDENCE_KINDS, FIELDS, LIGHTER_GROUNDS, NO_PENALTY_GROUNDS, PENALTY_KINDS
from enforcement.rules.cases.states import Outcome
from enforcement.rules.local_rules import LocalRules
from enforcement.rules.powers import Mode
from enforcement.services import local_rules
from enforcement.services.cases import telling
from enforcement.services.cases.slots.sources import before, day_of, number_of, sentence
from enforcement.services.cases.slots.told import Told

A = Action
CONCLUDING = (A.CONCLUDE, A.PROPOSE_FAST)
LAW_CHANGED = {"lighter", "not_lighter", "lawful_now"}
WITH_TERMS = frozenset(
    {"suspend_licence", "lower_grade", "revoke_licence", "restrict_business", "stop_business", "restrict_work"}
)
"""Kinds that say nothing without the licence they are about, or until when."""
ISO_DAY = re.compile(r" ?([0-9]{4})-([0-9]{2})-([0-9]{2}) ?")
QUOTES = str.maketrans("「」", "“”")


def newest(told: Told, *actions: Action) -> Act | None:
    """The newest act of one of these kinds, the act at hand included."""
    return told.act if told.act.action in actions else before(told, *actions)


def wish_of(told: Told) -> Proposal | None:
    """What is on the table, or was decided."""
    case = told.case
    found = [one for one in (case.conclusion, case.submitted) if one]
    return max(found, key=lambda one: one.sequence, default=None)


def weighed(told: Told) -> Mapping[str, Any]:
    """What law and benchmarks said when something was last proposed or decided."""
    done = (one for one in reversed(told.acts) if one.sequence <= told.act.sequence and "law" in one.known)
    return next((one.known for one in done), {})


def for_paper(text: object) -> str:
    """A sentence that was written for a screen, as it stands on paper: days and quotation marks."""
    days = ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", str(text))
    return days.translate(QUOTES)


def facts_found(told: Told) -> str | None:
    """认定的事实, as the investigation ended with it."""
    ended = newest(told, *CONCLUDING)
    return sentence(ended.given["facts_found"]) if ended else None


def cited(known: Mapping[str, Any]) -> str | None:
    """《…》第…条: the provision that was chosen when the act was taken."""
    one = (known.get("law") or {}).get("provision")
    return f"《{one['law']}》{one['article']}" if one else None


def penalties(given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Every penalty of an act in words, sums in capitals and figures."""
    return [{"text": _penalty(kind, given)} for kind in given["kinds"]]


def _penalty(kind: str, given: Mapping[str, Any]) -> str:
    fen = {"fine": given.get("fine_fen"), "confiscate_income": given.get("confiscate_fen")}.get(kind)
    return PENALTY_KINDS[kind] + (f"人民币{money.capitals(fen)}（{money.yuan(fen)}）" if fen else "")


def penalty_texts(wish: Proposal) -> list[dict[str, str]]:
    """Every penalty in words, sums in capitals and figures."""
    return penalties({"kinds": wish.kinds, "fine_fen": wish.fine_fen, "confiscate_fen": wish.confiscate_fen})


def proposed(wish: Proposal) -> list[dict[str, str]]:
    """处理意见, whatever the outcome."""
    if wish.outcome == Outcome.PENALTY:
        return penalty_texts(wish)
    if wish.outcome == Outcome.NO_PENALTY:
        return [{"text": f"不予行政处罚：{NO_PENALTY_GROUNDS[wish.ground]}" if wish.ground else "不予行政处罚"}]
    if wish.outcome == Outcome.NOT_PROVEN:
        return [{"text": "违法事实不能成立，不予行政处罚"}]
    return [{"text": (FIELDS["outcome"].choices or {})[wish.outcome]}]


def terms(told: Told, wish: Proposal) -> dict[str, Any]:
    """Licence, range and length of penalties that have them; the acts keep them among the words."""
    submitted = newest(told, A.SUBMIT_DECISION, *CONCLUDING)
    words = submitted.given.get("words") if submitted else None
    needed = bool(WITH_TERMS & set(wish.kinds))
    return {"with_terms": needed, "penalty_terms": sentence(words) if needed and words else None}


def proofs_of(told: Told, wish: Proposal) -> list[dict[str, str]]:
    """The evidence the proposal stands on."""
    return proofs(told, wish.evidence)


def proofs(told: Told, numbers: Container[int]) -> list[dict[str, str]]:
    """The evidence of these numbers that still counts: what each piece is called, its kind, and what it proves."""
    taken = {one.sequence: one for one in told.acts}
    wanted = [one for one in told.case.usable_evidence if one.number in numbers]
    return [
        {
            "number": f"证据{one.number}",
            "name": one.title,
            "kind": EVIDENCE_KINDS[one.kind],
            "proves": sentence(taken[one.sequence].given["proves"]).rstrip("。"),
        }
        for one in wanted
    ]


def law(told: Told) -> dict[str, Any]:
    """适用的法律: what was broken, what it is punished by, and why it is this law where the law has changed (37)."""
    known = weighed(told)
    found: Mapping[str, Any] = known.get("law") or {}
    changed = found.get("because") in LAW_CHANGED
    return {
        "violated": _article(found.get("old")) if changed else basis(told, known),
        "law_cited": cited(known),
        "law_why": f"{for_paper(found['why']).rstrip('。')}（{found['article']}）。" if changed else None,
    }


def basis(told: Told, known: Mapping[str, Any]) -> str:
    """The articles of the power, as the list gives them."""
    listed = (known.get("power") or {}).get("basis") or told.power.basis
    return for_paper(listed).replace("；", "、").rstrip("、。")


def _article(provision: Mapping[str, Any] | None) -> str | None:
    return f"《{provision['law']}》{provision['article']}" if provision else None


def reasons(told: Told) -> str | None:
    """裁量理由, as they followed from the recorded facts."""
    written = weighed(told).get("reasons")
    return for_paper(written) if written else None


def discretion(told: Told, wish: Proposal) -> dict[str, Any]:
    """裁量: the facts, the reasons of a penalty, why it is lighter, like cases, and why it differs from them."""
    known = weighed(told)
    clauses = [one for code, value in (known.get("factors") or {}).items() for one in telling.factors({code: value})]
    return {
        "factors_told": "；".join(clauses) or None,
        "reasons": reasons(told) if wish.outcome == Outcome.PENALTY else None,
        "lighter_told": LIGHTER_GROUNDS[wish.lighter] if wish.lighter else None,
        "nearest_told": nearest(known, wish),
        "deviation_reason": sentence(wish.deviation_reason) if wish.deviation_reason else None,
    }


def nearest(known: Mapping[str, Any], wish: Proposal) -> str | None:
    """同案同罚: how the fine lies to those of like cases."""
    like = known.get("nearest") or {}
    if not like.get("count") or not wish.fine_fen:
        return None
    off = like.get("deviation_percent")
    how = "持平" if not off else f"{'高' if off > 0 else '低'} {abs(off):g}%"
    median = money.yuan(like["median_fen"])
    return f"最近 {like['count']} 件同类案件罚款的中位数为 {median}，本案与之相比{how}。"


def corrected(told: Told) -> str | None:
    """责令改正 (28): ordered by which paper and what a re-check found, or why it was not needed."""
    ordered, checked = newest(told, A.ORDER_CORRECTION), newest(told, A.RECHECK_CORRECTION)
    if ordered:
        number = number_of(ordered, "correction_order")
        known = f"本机关于{printed(day_of(told, ordered))}责令改正" + (f"（{number}）" if number else "")
        found = checked if checked and checked.sequence > ordered.sequence else None
        return f"{known}{_rechecked(told, found)}。"
    because = told.case.no_correction
    return f"不需要责令改正，理由：{sentence(because)}" if because else None


def _rechecked(told: Told, checked: Act | None) -> str:
    if checked is None:
        return ""
    result = (FIELDS["corrected"].choices or {})[checked.given["corrected"]]
    return f"，{printed(day_of(told, checked))}复查，{result}"


def confiscated(told: Told, wish: Proposal) -> dict[str, Any]:
    """没收非法财物: the goods that were held and not given back, as a list."""
    if "confiscate_goods" not in wish.kinds:
        return {"goods_taken": False, "items": None}
    held = [item for one in told.case.measures if one.ended != "returned" for item in one.items]
    return {"goods_taken": True, "items": held}


def standing(told: Told) -> dict[str, Any]:
    """By what right: the body that acts in the entrusting organ's name, or what conferred the power. Raises Absent."""
    document = told.power.document
    if told.author.entrusted:
        rules = local_rules.on(told.session, told.world.today) or LocalRules()
        return {"entrusted_to": rules.require("organ_name"), "letter": document}
    return {"granted_by": document if told.power.mode == Mode.DELEGATED else None}


def filed(told: Told) -> dict[str, Any]:
    """When the case was filed."""
    at = told.case.filed_at
    return {"filed_on": at.astimezone(told.world.calendar.zone).date() if at else None}
