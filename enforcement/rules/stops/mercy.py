"""Who may not be punished, and who must be less (年龄、责任能力、不予处罚、从轻减轻; 行政处罚法 30 to 33)."""

from collections.abc import Callable

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Proposal, World
from enforcement.rules.discretion.mercy import PUNISHABLE_AGE, mitigating, must_not_punish
from enforcement.rules.factors import FACTORS
from enforcement.rules.stops.asking import JUDGED, Guard, Missing, blank, known, penalty, sure, wish
from enforcement.rules.stops.catalogue import Stop, stop
from enforcement.rules.stops.powers import lapsed, limitation

A = Action
ALWAYS_ASKED = {"conduct_minor": True, "corrected_promptly": True, "harm": "none"}
"""The three facts of 33(1). One recorded otherwise settles it; until then all three must be recorded."""
WITHOUT_EDUCATION = {"lawful_now", "not_proven"}


def not_punishable(case: Case, act: Act, world: World) -> Stop | None:
    """不予行政处罚: under 14, unable, without fault, or minor, corrected and harmless (30, 31, 33)."""
    proposed = penalty(case, act)
    if proposed is None:
        return None
    found = must_not_punish(proposed.factors, _age(case))
    return stop(found.ground, f"{found.sentence}请改为不予处罚。") if found else None


def facts_unrecorded(case: Case, act: Act, _world: World) -> Stop | None:
    """A fact nobody recorded is unknown, never "no": 33(1) must have been asked."""
    proposed = penalty(case, act)
    if proposed is None or any(proposed.factors.get(code, met) != met for code, met in ALWAYS_ASKED.items()):
        return None
    if not (open_ones := [code for code in ALWAYS_ASKED if code not in proposed.factors]):
        return None
    labels = "、".join(f"「{FACTORS[code].label}」" for code in open_ones)
    return stop("facts_unrecorded", f"还没有记录{labels}，不能判断是否应当不予处罚，请在裁量事实中填写。")


def must_be_lighter(case: Case, act: Act, _world: World) -> Stop | None:
    """应当从轻或者减轻 (30, 32): the paper must say so."""
    proposed = penalty(case, act)
    if proposed is None or proposed.lighter:
        return None
    if not (musts := [one for one in mitigating(proposed.factors, _age(case)) if one.must]):
        return None
    return stop("must_be_lighter", f"{musts[0].sentence}，应当从轻或者减轻，请选择从轻或者减轻的理由并相应降低处罚。")


def not_lighter(case: Case, act: Act, world: World) -> Stop | None:
    """And the fine must be: the top of the range is not lighter."""
    proposed = penalty(case, act)
    if proposed is None or not proposed.lighter or not proposed.fine_fen:
        return None
    low, high = ((known(world, "bounds") or {}).get(name) for name in ("low_fen", "high_fen"))
    if high is None or proposed.fine_fen < high or low == high:
        return None
    return stop("not_lighter", "写明了从轻或者减轻，罚款却在幅度的最高处，请降低罚款。")


def lighter_unfounded(case: Case, act: Act, _world: World) -> Stop | None:
    """A ground stands on a recorded fact."""
    proposed = penalty(case, act)
    if proposed is None or not proposed.lighter:
        return None
    if proposed.lighter in {one.ground for one in mitigating(proposed.factors, _age(case))}:
        return None
    return stop("lighter_unfounded", "所选的从轻、减轻理由没有相应的裁量事实，请先查明并记录事实，或者改选理由。")


def ground_missing(case: Case, act: Act, _world: World) -> Stop | None:
    """不予处罚 has one of its grounds (57(1))."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome != "no_penalty" or (proposed.ground and proposed.ground != "not_proven"):
        return None
    return stop("ground_missing", "请选择不予处罚的理由；违法事实不能成立的，处理结果选「违法事实不能成立」。")


def ground_unfounded(case: Case, act: Act, world: World) -> Stop | None:
    """The ground follows from the facts; nobody is let off for none of them."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome != "no_penalty" or proposed.ground not in FOUNDED:
        return None
    if FOUNDED[proposed.ground](proposed, case, world):
        return None
    return stop("ground_unfounded", "所选的不予处罚理由与记录的事实不符，请核对裁量事实，或者改选理由。")


def not_first_offence(case: Case, act: Act, world: World) -> Stop | None:
    """首违不罚 (33(1)): on the list, the first, slight and corrected in time."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome != "no_penalty" or proposed.ground != "first_offence":
        return None
    found, facts = sure(world, "first_offence"), proposed.factors
    slight = facts.get("harm") in {"none", "slight"} and facts.get("corrected_promptly") is True
    if found.get("listed") is True and found.get("first") is True and slight:
        return None
    why = found.get("why", "") if slight else "没有记录「危害后果轻微」和「及时改正」。"
    return stop("not_first_offence", f"不符合首违不罚：{why}请核对，或者改选其他处理结果。")


def education_missing(case: Case, act: Act, _world: World) -> Stop | None:
    """不予处罚的，应当进行教育 (33(3)); whose act is no offence is not educated."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome != "no_penalty" or not blank(act, "education"):
        return None
    if proposed.ground in WITHOUT_EDUCATION:
        return None
    return stop("education_missing", "不予处罚的，应当对当事人（未成年人、精神病人的监护人）进行教育，请写明教育情况。")


def _age(case: Case) -> int | None:
    """In full years when the act was done; a person's must be known. Raises Missing."""
    if case.party is None:
        return None
    if case.party.kind == "person" and case.party.age is None:
        raise Missing("age")
    return case.party.age


Founded = Callable[[Proposal, Case, World], bool]
FOUNDED: dict[str | None, Founded] = {
    "under_14": lambda _wish, case, _world: (age := _age(case)) is not None and age < PUNISHABLE_AGE,
    "mental": lambda wish, _case, _world: wish.factors.get("mental") == "unable",
    "no_fault": lambda wish, _case, _world: wish.factors.get("subjective_fault_absent") is True,
    "minor_corrected": lambda wish, _case, _world: all(wish.factors.get(c) == met for c, met in ALWAYS_ASKED.items()),
    "lapsed": lambda wish, case, world: lapsed(case, limitation(wish.factors, world)),
    "lawful_now": lambda _wish, _case, world: known(world, "law", "lawful_now") is True,
}
PROPOSING = JUDGED - {A.APPROVE_NOTICE, A.APPROVE_FAST}
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (not_punishable, JUDGED),
    (facts_unrecorded, JUDGED),
    (must_be_lighter, JUDGED),
    (not_lighter, PROPOSING),
    (lighter_unfounded, JUDGED),
    (ground_missing, PROPOSING),
    (ground_unfounded, PROPOSING),
    (not_first_offence, PROPOSING),
    (education_missing, frozenset({A.SUBMIT_DECISION})),
)
