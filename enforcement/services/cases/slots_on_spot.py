"""What a penalty on the spot (当场处罚决定书, 行政处罚法 52) needs besides the common slots."""

from collections.abc import Mapping
from typing import Any

from enforcement.documents.slots import printed
from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act
from enforcement.rules.cases.fields import EVIDENCE_KINDS, PENALTY_KINDS
from enforcement.services.cases.slot_facts import Builder, Told
from enforcement.services.cases.slot_sources import before, day_of, number_of, sentence

HANDED_OVER = {
    "signed": "本决定书已当场宣告并交付当事人。",
    "refused": "本决定书已当场宣告并交付，当事人拒绝签收，特此注明。",
}
"""行政处罚法 52(1): there is no decision on the spot that could not be handed over there."""


def on_spot_decision(told: Told) -> dict[str, Any]:
    """Article 52: the act, kind and basis, sum, time and place, how to pay, remedies, who decided and who signed."""
    given, known = told.act.given, told.act.known
    return {
        "facts_found": sentence(given["facts_found"]),
        "decided_at": told.act.at.astimezone(told.world.calendar.zone),
        "law_cited": cited(known) or told.power.basis,
        "reasons": known.get("reasons") or None,
        "penalties": penalties(given),
        "fine": bool(given.get("fine_fen")),
        "proofs": proofs(told),
        "heard": _heard(given),
        "corrected": _corrected(told),
        "handed_over": HANDED_OVER.get(str(given.get("signature"))),
    }


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


def proofs(told: Told) -> list[dict[str, str]]:
    """The evidence the act stands on, or all that holds: what each piece is called, its kind, and what it proves."""
    taken = {one.sequence: one for one in told.acts}
    wanted = told.act.given.get("evidence") or [one.number for one in told.case.usable_evidence]
    return [
        {
            "name": one.title,
            "kind": EVIDENCE_KINDS[one.kind],
            "proves": str(taken[one.sequence].given["proves"]).rstrip("。；"),
        }
        for one in told.case.evidence
        if one.number in wanted
    ]


def _heard(given: Mapping[str, Any]) -> str | None:
    if not given.get("defence"):
        return None
    taken = {"accepted": "予以采纳", "partly": "部分采纳", "not": "不予采纳"}.get(str(given.get("accepted")))
    reviewed = given.get("defence_review")
    rest = f"经复核，{sentence(reviewed)}" if reviewed else ""
    return f"当事人提出：{sentence(given['defence'])}{rest}" + (f"对上述意见{taken}。" if taken else "")


def _corrected(told: Told) -> str | None:
    """责令改正 (行政处罚法 28): ordered by which paper, or why it was not needed."""
    ordered: Act | None = before(told, Action.ORDER_CORRECTION)
    if ordered:
        number = number_of(ordered, "correction_order") or ""
        return f"本机关已于{printed(day_of(told, ordered))}责令改正（{number}）。"
    because = told.act.given.get("no_correction_because") or told.case.no_correction
    return f"不需要另行责令改正的理由：{sentence(because)}" if because else None


BUILDERS: dict[str, Builder] = {"on_spot_decision": on_spot_decision}
