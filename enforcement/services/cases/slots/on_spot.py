"""What a penalty on the spot (当场处罚决定书, 行政处罚法 52) needs besides the common slots."""

from collections.abc import Mapping
from typing import Any

from enforcement.services.cases.slots.proposal import cited, corrected, penalties, proofs
from enforcement.services.cases.slots.sources import sentence
from enforcement.services.cases.slots.told import Builder, Told

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
        "proofs": proofs(told, given.get("evidence") or [one.number for one in told.case.usable_evidence]),
        "heard": _heard(given),
        "corrected": corrected(told),
        "handed_over": HANDED_OVER.get(str(given.get("signature"))),
    }


def _heard(given: Mapping[str, Any]) -> str | None:
    if not given.get("defence"):
        return None
    taken = {"accepted": "予以采纳", "partly": "部分采纳", "not": "不予采纳"}.get(str(given.get("accepted")))
    reviewed = given.get("defence_review")
    rest = f"经复核，{sentence(reviewed)}" if reviewed else ""
    return f"当事人提出：{sentence(given['defence'])}{rest}" + (f"对上述意见{taken}。" if taken else "")


BUILDERS: dict[str, Builder] = {"on_spot_decision": on_spot_decision}
