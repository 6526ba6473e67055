"""The short ways (当场处罚、简案快办): what may be decided on the spot, when cash may be taken, and what the fast lane is for."""

from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.conditions import holds, missing, worded
from enforcement.rules.factors import FACTORS
from enforcement.rules.stops.asking import Guard, known, penalty, sure, wish
from enforcement.rules.stops.catalogue import Stop, stop

A = Action
SPOT_LIMITS = {"person": 20_000, "organisation": 300_000}
"""行政处罚法 51, in fen: 200 and 3,000 yuan, these sums included."""
SPOT_KINDS = {"warning", "fine"}
SMALL = 10_000
"""行政处罚法 68(1), in fen."""


def over_spot_limit(case: Case, act: Act, world: World) -> Stop | None:
    """二百元、三千元以下 (51); a sole trader as the town's rule says."""
    proposed = penalty(case, act)
    if proposed is None or case.party is None:
        return None
    subject = str(sure(world, "local", "sole_trader_as")) if case.party.kind == "sole_trader" else case.party.kind
    if proposed.fine_fen <= SPOT_LIMITS[subject]:
        return None
    limit = money.yuan(SPOT_LIMITS[subject])
    return stop("over_spot_limit", f"当场处罚的罚款不能超过 {limit}，请降到限额以内，或者按普通程序报请立案。")


def not_for_spot(case: Case, act: Act, _world: World) -> Stop | None:
    """罚款或者警告 and nothing else."""
    proposed = penalty(case, act)
    if proposed is None or (set(proposed.kinds) <= SPOT_KINDS and not proposed.confiscate_fen):
        return None
    return stop("not_for_spot", "当场只能给予警告和罚款，其他处罚请按普通程序报请立案。")


def not_told(_case: Case, act: Act, _world: World) -> Stop | None:
    """44 holds on the spot too."""
    if act.given.get("told", True) is True:
        return None
    return stop("not_told", "还没有告知事实、理由、依据和陈述申辩的权利，请当场告知后再决定。")


def absent_on_spot(_case: Case, act: Act, _world: World) -> Stop | None:
    """当场交付当事人 (52(1)): who is not there is told nothing and handed nothing."""
    if act.given.get("signature") != "absent":
        return None
    return stop("absent_on_spot", "当事人不在场，不能当场处罚和交付决定书，请按普通程序报请立案。")


def cash_not_allowed(case: Case, act: Act, _world: World) -> Stop | None:
    """罚缴分离 (67), but for 68 and 69."""
    if act.given.get("pay_manner") != "cash":
        return None
    on_spot = act.action is A.DECIDE_ON_SPOT or bool(case.decision and case.decision.on_spot)
    fine = int(act.given.get("fine_fen") or 0) if act.action is A.DECIDE_ON_SPOT else case.fine_fen
    allowed = {"small": on_spot and fine <= SMALL, "hard_later": on_spot, "remote": True}
    if allowed.get(str(act.given.get("cash_ground")), False):
        return None
    return stop(
        "cash_not_allowed",
        "不能收现金：只有当场处罚一百元以下、事后难以执行，或者交通不便当事人提出的可以。请到银行或者用电子支付缴纳。",
    )


def cash_taken_alone(case: Case, act: Act, world: World) -> Stop | None:
    """Two officers take cash (42): those who decided on the spot, or others who are named."""
    on_spot = case.decision and case.decision.on_spot
    if act.given.get("pay_manner") != "cash" or on_spot or act.given.get("officers"):
        return None
    return stop("two_officers", "现金由两名执法人员当场收取，请填写两名执法人员。")


def not_fast(case: Case, act: Act, world: World) -> Stop | None:
    """Only matters the town listed."""
    if sure(world, "fast", "listed") is True:
        return None
    return stop("not_fast", "这一事项不在本镇简案快办清单里，请按普通程序报请立案。")


def fast_excluded(case: Case, act: Act, world: World) -> Stop | None:
    """And none of the facts that take a case out of it."""
    proposed = wish(case, act)
    if proposed is None:
        return None
    factors = {**proposed.factors, **known(world, "factors")}
    for condition in known(world, "fast").get("exclusions", ()):
        if (met := holds(condition, factors)) is True:
            return stop("fast_excluded", f"有「{worded(condition)}」的情形，不能简案快办，请按普通程序办理。")
        if met is None:
            labels = "、".join(f"「{FACTORS[code].label}」" for code in missing([condition], factors))
            return stop("facts_unrecorded", f"还没有记录{labels}，不能判断能否简案快办，请在裁量事实中填写。")
    return None


def fast_left(case: Case, _act: Act, _world: World) -> Stop | None:
    """One way only."""
    if not case.switched:
        return None
    return stop("fast_left", "本案已经转为普通程序，不能再转回简案快办，请按普通程序办理。")


SPOT = frozenset({A.DECIDE_ON_SPOT})
TO_FAST = frozenset({A.PROPOSE_FAST, A.APPROVE_FAST})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (over_spot_limit, SPOT),
    (not_for_spot, SPOT),
    (not_told, SPOT),
    (absent_on_spot, SPOT),
    (cash_not_allowed, SPOT | {A.PAY}),
    (cash_taken_alone, frozenset({A.PAY})),
    (not_fast, TO_FAST),
    (fast_excluded, TO_FAST),
    (fast_left, TO_FAST),
)
