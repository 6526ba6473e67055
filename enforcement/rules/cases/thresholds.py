"""What a proposal calls for besides (听证、法制审核、集体讨论): by its kinds and sums and the town's thresholds. Pure.

行政处罚法 57(2), 58, 63. A threshold the town has not confirmed is told as unknown, and a stop asks for it.
"""

from collections.abc import Mapping
from typing import Any

from enforcement.rules.cases.facts import Proposal
from enforcement.rules.local_rules import Absent, LocalRules

HEARING_KINDS = frozenset(
    {"lower_grade", "revoke_licence", "stop_business", "close_business", "restrict_work", "restrict_business"}
)


def due(rules: LocalRules, wish: Proposal, subject: str, weighed: Mapping[str, Any]) -> dict[str, Any]:
    """``hearing_due``, ``review_due`` and ``discussion_due``, with the grounds; ``unknown``: thresholds nobody confirmed."""
    if wish.outcome != "penalty":
        return {"hearing_due": False, "review_due": [], "discussion_due": [], "unknown": []}
    unknown: list[str] = []
    hearing = _hearing(rules, wish, subject, unknown)
    review = _reaching(rules, wish, subject, "review", unknown)
    discussion = _reaching(rules, wish, subject, "collective", unknown)
    if (weighed.get("nearest") or {}).get("beyond_band"):
        review.append("与同类案件处罚幅度相差较大")
    if _outside_tier(wish, weighed.get("bounds")):
        discussion.append("罚款不在裁量档次之内")
    return {"hearing_due": hearing, "review_due": review, "discussion_due": discussion, "unknown": unknown}


def _hearing(rules: LocalRules, wish: Proposal, subject: str, unknown: list[str]) -> bool:
    if HEARING_KINDS & set(wish.kinds):
        return True
    try:
        return (wish.fine_fen > 0 and rules.reaches_hearing("fine", subject, wish.fine_fen)) or (
            wish.confiscate_fen > 0 and rules.reaches_hearing("confiscation", subject, wish.confiscate_fen)
        )
    except Absent as absent:
        unknown.extend(absent.names)
        return False


def _reaching(rules: LocalRules, wish: Proposal, subject: str, what: str, unknown: list[str]) -> list[str]:
    """Grounds by sum and by kind."""
    try:
        grounds = ["罚款数额较大"] if wish.fine_fen >= rules.threshold(f"{what}_fine", subject) else []
        listed = rules.codes(f"{what}_kinds")
    except Absent as absent:
        unknown.extend(absent.names)
        return []
    return grounds + (["处罚种类较重"] if listed & set(wish.kinds) else [])


def _outside_tier(wish: Proposal, bounds: Mapping[str, Any] | None) -> bool:
    if not bounds or bounds.get("high_fen") is None or "fine" not in wish.kinds:
        return False
    return not (bounds.get("low_fen") or 0) <= wish.fine_fen <= bounds["high_fen"]
