"""What may be imposed (处罚内容): kinds and sums the law gives, the tier the facts give, review and discussion where due."""

from collections.abc import Mapping
from typing import Any

from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Proposal, World
from enforcement.rules.cases.fields import PENALTY_KINDS
from enforcement.rules.factors import FACTORS
from enforcement.rules.local_rules import CATALOGUE as RULES
from enforcement.rules.stops.asking import JUDGED, Guard, Missing, ended, known, penalty, sure, wish
from enforcement.rules.stops.catalogue import Stop, stop

A = Action
SETTLED = {"found", "none"}
BY_ARTICLE_28 = "confiscate_income"
"""违法所得应当予以没收 (28(2)), whether or not the provision says so."""


def kinds_missing(case: Case, act: Act, _world: World) -> Stop | None:
    """A penalty is of some kind (9)."""
    proposed = penalty(case, act)
    if proposed is None or proposed.kinds:
        return None
    return stop("kinds_missing", "请选择处罚种类；责令改正不是处罚。")


def kind_not_allowed(case: Case, act: Act, world: World) -> Stop | None:
    """Only kinds the provision gives (38)."""
    proposed, provision = penalty(case, act), known(world, "law", "provision") if penalty(case, act) else None
    if proposed is None or provision is None:
        return None
    allowed_kinds = {*provision["kinds"], BY_ARTICLE_28}
    if not (strange := [kind for kind in proposed.kinds if kind not in allowed_kinds]):
        return None
    named = "、".join(PENALTY_KINDS.get(kind, kind) for kind in strange)
    allowed = "、".join(PENALTY_KINDS.get(kind, kind) for kind in provision["kinds"])
    return stop("kind_not_allowed", f"适用的罚则没有{named}，只能给予{allowed}，请改选。")


def sum_without_kind(case: Case, act: Act, _world: World) -> Stop | None:
    """A sum has its kind, and a fine its sum."""
    proposed = penalty(case, act)
    if proposed is None:
        return None
    if ("fine" in proposed.kinds) != (proposed.fine_fen > 0):
        return stop("sum_without_kind", "选了罚款就要填金额，填了金额就要选罚款，请补全。")
    if ("confiscate_income" in proposed.kinds) != (proposed.confiscate_fen > 0):
        return stop("sum_without_kind", "选了没收违法所得就要填金额，填了金额就要选没收违法所得，请补全。")
    return None


def transfer_is_no_decision(case: Case, act: Act, _world: World) -> Stop | None:
    """移送 has an act of its own (57(1)4)."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome != "transfer":
        return None
    return stop("transfer_is_no_decision", "移送不用作处罚决定，请由负责人办理「移送」。")


def penalty_in_no_penalty(case: Case, act: Act, _world: World) -> Stop | None:
    """不予处罚 imposes nothing."""
    proposed = wish(case, act)
    if proposed is None or proposed.outcome == "penalty":
        return None
    if not (proposed.kinds or proposed.fine_fen or proposed.confiscate_fen):
        return None
    return stop("penalty_in_no_penalty", "不予处罚的，不能再写处罚种类和金额，请清空；要处罚的，改选处理结果。")


def above_provision(case: Case, act: Act, world: World) -> Stop | None:
    """Never above the statute."""
    proposed = _fine(case, act)
    bounds = _bounds(world) if proposed else None
    if proposed is None or bounds is None:
        return None
    high = bounds.get("statute_high_fen")
    if high is None:
        raise Missing("bounds")
    if proposed.fine_fen <= high:
        return None
    return stop("above_provision", f"法定罚款上限是 {money.yuan(high)}，请把罚款降到上限以内。")


def below_provision(case: Case, act: Act, world: World) -> Stop | None:
    """减轻 only on a ground of 30 to 32."""
    proposed = _fine(case, act)
    bounds = _bounds(world) if proposed else None
    if proposed is None or bounds is None:
        return None
    low = bounds.get("statute_low_fen") or 0
    if proposed.fine_fen >= low or (proposed.lighter and bounds.get("floor_may_be_left") is True):
        return None
    return stop(
        "below_provision", f"法定罚款下限是 {money.yuan(low)}，没有减轻的法定理由不能更低，请提高罚款或者记录理由。"
    )


def bounds_unmeasured(case: Case, act: Act, world: World) -> Stop | None:
    """A share of the cost needs the cost."""
    proposed = _fine(case, act)
    if proposed is None or not (open_ones := (known(world, "bounds") or {}).get("missing")):
        return None
    labels = "、".join(f"「{FACTORS[code].label}」" if code in FACTORS else code for code in open_ones)
    return stop("facts_unrecorded", f"罚款按{labels}计算，还没有记录，请在裁量事实中填写。")


def tier_open(case: Case, act: Act, world: World) -> Stop | None:
    """The tier follows from the facts (34); while it does not, nothing is weighed."""
    if _fine(case, act) is None or sure(world, "tier_outcome") in SETTLED:
        return None
    why = world.known.get("tier_why") or "裁量档次还没有确定"
    return stop("tier_open", f"{ended(why)}裁量档次由记录的事实得出，不能自选，请先补全事实。")


def outside_tier(case: Case, act: Act, world: World) -> Stop | None:
    """Out of the tier only for a named ground, and never on the spot (34, 57(2))."""
    proposed = _fine(case, act)
    if proposed is None or not (outside := _outside(proposed, world)):
        return None
    named = proposed.deviation_reason or (proposed.lighter if outside == BELOW else None)
    if named and act.action is not A.DECIDE_ON_SPOT:
        return None
    return stop(
        "outside_tier", "罚款不在裁量档次以内。请改在档次以内；确有理由的，按普通程序写明理由，并由负责人集体讨论。"
    )


def deviation_unexplained(case: Case, act: Act, world: World) -> Stop | None:
    """同案同罚: beyond the town's band it needs a reason."""
    proposed = _fine(case, act)
    if proposed is None or not _deviates(world) or proposed.deviation_reason:
        return None
    return stop("deviation_unexplained", "罚款与同类案件相差超过本镇规定的幅度，请调整，或者写明不一致的理由。")


def threshold_unconfirmed(case: Case, act: Act, world: World) -> Stop | None:
    """Nobody knows whether a hearing is due while the town has not said from what sum."""
    if penalty(case, act) is None or not (names := known(world, "unknown")):
        return None
    labels = "、".join(f"「{RULES[name].label}」" if name in RULES else str(name) for name in names)
    return stop(
        "threshold_unconfirmed",
        f"本镇还没有确认{labels}，不能判断要不要听证、审核或者集体讨论，请先在本地程序规定里确认。",
    )


def review_missing(case: Case, act: Act, world: World) -> Stop | None:
    """未经法制审核或者审核未通过的，不得作出决定 (58): passed after the last notice and hearing, by somebody else."""
    held = case.notice is not None and case.notice.hearing_over == "held"
    if penalty(case, act) is None or not (known(world, "review_due") or held or _deviates(world)):
        return None
    fresh = [(passed, who) for sequence, passed, who in case.reviews if sequence > _last_heard(case)]
    if fresh and fresh[-1][0] and fresh[-1][1] not in {*case.handlers, *case.investigators, sure(world, "actor")}:
        return None
    why = "、".join(map(str, known(world, "review_due"))) or ("经过听证" if held else "与同类案件相差较大")
    return stop(
        "review_missing", f"本案要经法制审核（{why}），告知或者听证以后还没有由他人审核通过，请送法制审核人员审核。"
    )


def discussion_missing(case: Case, act: Act, world: World) -> Stop | None:
    """情节复杂或者重大的，集体讨论决定 (57(2)); so is whatever leaves the tier."""
    proposed = penalty(case, act)
    if proposed is None:
        return None
    found, said = case.conclusion.sequence if case.conclusion else 0, _last_said(case)
    talks = [(sequence > said and passed) for sequence, passed in case.discussions if sequence > found]
    outside = _fine(case, act) and _outside(proposed, world)
    if not (known(world, "discussion_due") or outside or talks) or (talks and talks[-1]):
        return None
    return stop(
        "discussion_missing", "本案要由负责人集体讨论，听取申辩、听证以后还没有讨论通过，请组织集体讨论并登记。"
    )


def discussed_alone(_case: Case, act: Act, _world: World) -> Stop | None:
    """集体 is more than one."""
    members = act.given.get("members")
    if members is None or len({one.get("name") for one in members}) > 1:
        return None
    return stop("discussed_alone", "集体讨论要有两名以上负责人参加，请登记全部参加人和各自的意见。")


def _fine(case: Case, act: Act) -> Proposal | None:
    proposed = penalty(case, act)
    return proposed if proposed and proposed.fine_fen > 0 else None


def _bounds(world: World) -> Mapping[str, Any] | None:
    """What a fine may be; nothing where no provision or no measure leaves one, which has its own stop."""
    found: Mapping[str, Any] | None = known(world, "bounds")
    return None if not found or found.get("missing") or "fine" not in _kinds(world) else found


def _kinds(world: World) -> list[str]:
    return list((known(world, "law", "provision") or {}).get("kinds", ()))


def _outside(proposed: Proposal, world: World) -> str | None:
    """Whether a fine lies outside the tier that the facts give, and where."""
    tier, bounds = known(world, "tier"), _bounds(world)
    if not tier or bounds is None:
        return None
    low, high = bounds.get("low_fen") or 0, bounds.get("high_fen")
    if tier.get("no_penalty") or (high is not None and proposed.fine_fen > high):
        return ABOVE
    return BELOW if proposed.fine_fen < low else None


ABOVE, BELOW = "above", "below"


def _deviates(world: World) -> bool:
    return bool((known(world, "nearest") or {}).get("beyond_band"))


def _last_said(case: Case) -> int:
    """When the party last spoke to it, in defence or at the hearing."""
    return max(case.notice.heard, case.notice.defended) if case.notice else 0


def _last_heard(case: Case) -> int:
    notice = case.notice
    served = notice.served.sequence if notice and notice.served else 0
    return max(served, notice.heard if notice else 0)


PROPOSING = JUDGED - {A.APPROVE_NOTICE, A.APPROVE_FAST}
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (kinds_missing, JUDGED),
    (kind_not_allowed, JUDGED),
    (sum_without_kind, JUDGED),
    (transfer_is_no_decision, frozenset({A.SUBMIT_DECISION, A.DECIDE})),
    (penalty_in_no_penalty, PROPOSING),
    (above_provision, JUDGED),
    (below_provision, JUDGED),
    (bounds_unmeasured, JUDGED),
    (tier_open, JUDGED),
    (outside_tier, JUDGED),
    (deviation_unexplained, PROPOSING),
    (threshold_unconfirmed, frozenset({A.APPROVE_NOTICE, A.APPROVE_FAST, A.SUBMIT_DECISION, A.DECIDE})),
    (review_missing, frozenset({A.DECIDE})),
    (discussion_missing, frozenset({A.DECIDE})),
    (discussed_alone, frozenset({A.DISCUSS})),
)
