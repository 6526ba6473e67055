"""Notice before decision (事先告知、陈述申辩): told, served, heard, and never heavier for having spoken (44, 45, 62)."""

from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Notice, Proposal, World
from enforcement.rules.cases.fields import PENALTY_KINDS
from enforcement.rules.cases.states import State
from enforcement.rules.stops.asking import Guard, awaited, blank, penalty, told
from enforcement.rules.stops.catalogue import Stop, stop

A = Action


def nothing_to_tell(case: Case, _act: Act, _world: World) -> Stop | None:
    """The notice is of a penalty."""
    if case.conclusion is None or case.conclusion.outcome == "penalty":
        return None
    return stop("nothing_to_tell", "拟不予处罚的案件不用事先告知，请直接报请决定。")


def not_notified(case: Case, act: Act, _world: World) -> Stop | None:
    """未告知的，不得作出行政处罚决定 (62)."""
    if awaited(case, act) is None or (case.notice and case.notice.served):
        return None
    return stop("not_notified", "还没有送达行政处罚事先告知书，不得决定处罚，请先批准告知并送达。")


def notice_outdated(case: Case, act: Act, _world: World) -> Stop | None:
    """Facts found anew are told anew."""
    notice = _notice(case, act)
    if notice is None or case.conclusion is None or notice.approved > case.conclusion.sequence:
        return None
    return stop("notice_outdated", "告知以后重新调查过，原来的告知不算数，请重新批准告知并送达。")


def heavier_than_notified(case: Case, act: Act, _world: World) -> Stop | None:
    """不得因陈述、申辩而给予更重的处罚 (45(2))."""
    proposed, notice = awaited(case, act), _notice(case, act)
    if proposed is None or notice is None:
        return None
    if not (worse := _worse(proposed, notice.proposal)):
        return None
    return stop("heavier_than_notified", f"{worse}，不得比告知的更重。请降到告知的范围内；有新事实的，重新调查告知。")


def heavier_without_facts(case: Case, act: Act, _world: World) -> Stop | None:
    """Nor by way of a new notice (45(2)): once the party spoke, more than was told takes evidence that came after."""
    proposed, told_before = penalty(case, act), case.notice
    if proposed is None or told_before is None or told_before.served is None:
        return None
    spoke = bool(told_before.defended or told_before.heard)
    if not spoke or not (worse := _worse(proposed, told_before.proposal)):
        return None
    cited = [one for one in case.evidence if one.number in proposed.evidence and one.excluded is None]
    if any(one.sequence > told_before.served.sequence for one in cited):
        return None
    return stop(
        "heavier_without_facts",
        f"{worse}。当事人申辩以后没有新的证据，不得加重。请降到告知的范围内，或者引用新查明的证据。",
    )


def defence_open(case: Case, act: Act, world: World) -> Stop | None:
    """The party has let the term pass or waived the rest of it; to have spoken once does not end it (45, 62)."""
    notice = _notice(case, act)
    if notice is None or notice.served is None or notice.defence_waived:
        return None
    until = told(notice.defence_until, "notice")
    if world.today > until:
        return None
    return stop("defence_open", f"当事人可以陈述、申辩到 {until}，请等期限届满，或者当事人签字放弃以后再办。")


def waiver_unsigned(_case: Case, act: Act, _world: World) -> Stop | None:
    """明确放弃 (62)."""
    if act.given.get("signature", "signed") == "signed":
        return None
    return stop("waiver_unsigned", "放弃陈述申辩或者听证要由当事人签字；没有签字的，请等期限届满。")


def defence_unreviewed(_case: Case, act: Act, _world: World) -> Stop | None:
    """应当进行复核 (45(1))."""
    said = act.action is A.HEAR_DEFENCE or not blank(act, "defence")
    complete = not blank(act, "defence_review") and act.given.get("accepted")
    if not said or complete or "officers" not in act.given:
        return None
    return stop("defence_unreviewed", "当事人陈述、申辩的，应当复核。请写明复核意见和理由，以及是否采纳。")


def party_was_told(case: Case, act: Act, _world: World) -> Stop | None:
    """What one party was told is not decided against another."""
    chosen = act.given.get("party")
    if chosen is None or case.state is not State.CONCLUDED or case.notice is None or case.party is None:
        return None
    if chosen == case.party.id:
        return None
    return stop("party_was_told", "已经向原来的当事人告知，不能直接更换。请退回补充调查，查明后重新告知。")


def _notice(case: Case, act: Act) -> Notice | None:
    """The notice a penalty rests on."""
    return case.notice if awaited(case, act) else None


def _worse(proposed: Proposal, notified: Proposal) -> str:
    if proposed.fine_fen > notified.fine_fen:
        return f"告知的罚款是 {money.yuan(notified.fine_fen)}，现在是 {money.yuan(proposed.fine_fen)}"
    if proposed.confiscate_fen > notified.confiscate_fen:
        return f"告知没收 {money.yuan(notified.confiscate_fen)}，现在是 {money.yuan(proposed.confiscate_fen)}"
    added = [PENALTY_KINDS.get(kind, kind) for kind in proposed.kinds if kind not in notified.kinds]
    return f"没有告知过{'、'.join(added)}" if added else ""


TO_DECIDE = frozenset({A.SUBMIT_DECISION, A.DECIDE})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (nothing_to_tell, frozenset({A.APPROVE_NOTICE, A.APPROVE_FAST})),
    (not_notified, TO_DECIDE),
    (notice_outdated, TO_DECIDE),
    (heavier_than_notified, TO_DECIDE),
    (heavier_without_facts, frozenset({A.CONCLUDE, A.APPROVE_NOTICE})),
    (defence_open, TO_DECIDE),
    (party_was_told, frozenset({A.NAME_PARTY})),
    (waiver_unsigned, frozenset({A.WAIVE_DEFENCE, A.WAIVE_HEARING})),
    (defence_unreviewed, frozenset({A.HEAR_DEFENCE, A.DECIDE_ON_SPOT})),
)
