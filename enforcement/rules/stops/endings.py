"""How a case ends (救济、公开、移送、结案、归档): nothing is left undone, and no ground is only said."""

from enforcement.rules import money
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.contests import ruled_on
from enforcement.rules.cases.facts import Act, Case, Proposal, World
from enforcement.rules.cases.fields import PENALTY_KINDS
from enforcement.rules.cases.states import State
from enforcement.rules.cases.sums import owed_fen, paid_fen
from enforcement.rules.stops.asking import Guard, sure, told
from enforcement.rules.stops.catalogue import Stop, stop

A = Action
DONE_BY_SERVICE = {"warning", "criticism", "fine", "confiscate_income"}
"""Kinds that need no act of performance of their own: served, or paid."""


def reconsider_first(case: Case, act: Act, _world: World) -> Stop | None:
    """对当场作出的行政处罚决定不服 (复议法 23)."""
    if act.given.get("contest_kind") != "suit" or case.decision is None or not case.decision.on_spot:
        return None
    if any(one.kind == "reconsideration" and one.result not in {None, "withdrawn"} for one in case.contests_now):
        return None
    return stop("reconsider_first", "对当场处罚不服的，要先申请行政复议，对复议决定不服才能起诉。请先登记行政复议。")


def suit_waits(case: Case, act: Act, _world: World) -> Stop | None:
    """在行政复议期间不得提起行政诉讼, nor the other way round (复议法 29)."""
    if act.given.get("contest_kind") is None or all(one.result for one in case.contests_now):
        return None
    return stop("suit_waits", "已经登记的复议或者诉讼还没有结果，期间不能再申请另一种救济，请先登记结果。")


def no_contest(case: Case, act: Act, _world: World) -> Stop | None:
    """A result is of something that was begun."""
    waiting = any(one.result is None for one in case.contests)
    if ruled_on(case, act) if act.given.get("contest_kind") else waiting:
        return None
    return stop("no_contest", "没有等待结果的这种救济，请先登记复议或者诉讼。")


def ruled_before_asked(case: Case, act: Act, _world: World) -> Stop | None:
    """No result comes before what was asked for."""
    day, asked = act.given.get("day"), ruled_on(case, act)
    if day is None or asked is None or str(day) >= asked.day.isoformat():
        return None
    return stop("ruled_before_asked", f"登记的救济是 {asked.day} 提起的，结果的日期不能更早，请核对文书。")


def contest_unclear(case: Case, act: Act, _world: World) -> Stop | None:
    """Two decisions are contested in the same way: a result says which it is about (处罚法 73)."""
    kind = act.given.get("contest_kind")
    attacked = {one.decision for one in case.contests if one.result is None and one.kind == kind}
    if len(attacked) < TWO or "earlier_decision" in act.given:
        return None
    return stop("contest_unclear", "原决定和新决定的同一种救济都在等结果，请填明这次的结果是不是针对已经撤销的原决定。")


def changed_sum(case: Case, act: Act, _world: World) -> Stop | None:
    """变更 says what is left of every sum (复议法 63; 行政诉讼法 77), and nothing else does."""
    result, wish = act.given.get("contest_result"), _contested(case, act)
    said = {name for name in SUMS if act.given.get(name) is not None}
    if wish is None or result is None:
        return None
    if result != "changed" and said:
        return stop("changed_sum", "只有变更才填写变更后的金额，请核对结果，或者去掉金额。")
    due = {name for name in SUMS if getattr(wish, name)} if result == "changed" else set()
    if missing := [SUMS[name] for name in sorted(due - said, key=tuple(SUMS).index)]:
        return stop(
            "changed_sum", f"变更以后的{'、'.join(missing)}是多少没有写明，请按文书填写；没有变的填原来的数额。"
        )
    return None


def changed_heavier(case: Case, act: Act, _world: World) -> Stop | None:
    """不得作出更为不利的变更、不得加重 (复议法 63(2); 行政诉讼法 77(2))."""
    wish = _contested(case, act)
    if wish is None or act.given.get("contest_result") != "changed":
        return None
    heavier = [name for name in SUMS if int(act.given.get(name) or 0) > getattr(wish, name)]
    if not heavier:
        return None
    before = "、".join(f"{SUMS[name]} {money.yuan(getattr(wish, name))}" for name in heavier)
    return stop("changed_heavier", f"变更不能比原决定更重（原来{before}），请核对复议决定书或者判决书上的金额。")


SUMS = {"fine_fen": "罚款", "confiscate_fen": "没收违法所得"}
TWO = 2


def _contested(case: Case, act: Act) -> Proposal | None:
    """What was decided, where the result is about the decision that stands."""
    made, asked = case.decision, ruled_on(case, act)
    return made.proposal if made and asked and asked.decision == made.sequence else None


def nothing_to_publish(case: Case, _act: Act, _world: World) -> Stop | None:
    """Only a decision that stands (处罚法 48)."""
    if case.decision and not case.decision.revoked:
        return None
    return stop("nothing_to_publish", "没有有效的决定可以公开；已经撤销的决定不得公开。")


def no_decision(case: Case, _act: Act, _world: World) -> Stop | None:
    """Nothing is contested or revoked twice (处罚法 73, 75)."""
    if case.decision and not case.decision.revoked:
        return None
    return stop("no_decision", "决定已经撤销，不用再办这一步；需要重新处理的，请重新调查。")


def published_before(case: Case, _act: Act, _world: World) -> Stop | None:
    """Once is enough."""
    if case.published is None or case.unpublished:
        return None
    return stop("published_before", f"本案已于 {case.published} 公开，不用再次公开。")


def not_published(case: Case, _act: Act, _world: World) -> Stop | None:
    """Nothing is withdrawn that was not out."""
    if case.published and case.unpublished is None:
        return None
    return stop("not_published", "本案的决定没有公开，不用撤回。")


def transfer_unfounded(case: Case, act: Act, world: World) -> Stop | None:
    """The ground must be so: outside the town, no power, or handed back."""
    match act.given.get("transfer_ground"):
        case "place":
            founded = told(case.opened.get("in_town"), "opened") is False
        case "handed_back":
            founded = sure(world, "power", "today", "code") == "handed_back"
        case "no_power":
            founded = not (sure(world, "power", "today", "in_force") and sure(world, "power", "on_act", "in_force"))
        case _:
            return None
    return None if founded else stop("transfer_unfounded", "移送理由与记录的地点、职权不符，请核对，或者改选移送理由。")


def not_filed(case: Case, _act: Act, _world: World) -> Stop | None:
    """Only a case that had been filed comes back into the inquiry."""
    if case.filed_at:
        return None
    return stop("not_filed", "本案没有立过案，不能接着调查，请重新登记线索、报请立案。")


def not_served(case: Case, _act: Act, _world: World) -> Stop | None:
    """Not closed before the party has it."""
    if case.state is State.REVOKED or (case.decision and case.decision.served):
        return None
    return stop("not_served", "决定书还没有送达，请先送达再结案。")


def not_paid(case: Case, _act: Act, _world: World) -> Stop | None:
    """Fine and confiscated income are paid (the organ need not ask for the 3 %, 72), or it ended lawfully."""
    if _ended_lawfully(case) or paid_fen(case) >= owed_fen(case):
        return None
    return stop("not_paid", "罚没款还没有缴清，请先收缴；逾期不缴的，催告后申请法院强制执行。")


def not_performed(case: Case, _act: Act, _world: World) -> Stop | None:
    """Licences, closures and goods take an act of their own."""
    if case.decision is None or _ended_lawfully(case):
        return None
    undone = [kind for kind in case.decision.proposal.kinds if kind not in DONE_BY_SERVICE | set(case.performed)]
    if not undone:
        return None
    named = "、".join(PENALTY_KINDS.get(kind, kind) for kind in undone)
    return stop("not_performed", f"{named}还没有登记履行，请登记履行情况（没收的物品登记处理情况）再结案。")


def not_rechecked(case: Case, _act: Act, _world: World) -> Stop | None:
    """责令改正 is followed up."""
    if not case.corrections or case.corrections[-1].result:
        return None
    return stop("not_rechecked", "责令改正还没有复查，请先复查改正情况再结案。")


def goods_held(case: Case, _act: Act, _world: World) -> Stop | None:
    """What was taken is settled, lifted or given back; a seizure nobody approved took nothing."""
    if all(one.ended or (one.kind == "seizure" and one.since is None) for one in case.measures):
        return None
    return stop("goods_held", "还有登记保存或者查封、扣押的物品没有处理，请先处理、解除或者退还。")


def cash_not_banked(case: Case, _act: Act, _world: World) -> Stop | None:
    """Cash is at the bank (71)."""
    if sum(one.fen for one in case.payments if one.manner == "cash") <= case.cash_banked_fen:
        return None
    return stop("cash_not_banked", "当场收缴的现金还没有全部缴付银行，请先登记缴付。")


def still_published(case: Case, _act: Act, _world: World) -> Stop | None:
    """A revoked decision does not stay public (48(2))."""
    gone = case.decision is not None and case.decision.revoked is not None
    if not gone or case.published is None or case.unpublished:
        return None
    return stop("still_published", "决定已经撤销，公开的信息还没有撤回，请先撤回公开并说明理由。")


def _ended_lawfully(case: Case) -> bool:
    return case.state is State.REVOKED or case.ruling == "refused"


CLOSING = frozenset({A.ASK_CLOSING, A.CLOSE})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (reconsider_first, frozenset({A.CONTEST})),
    (suit_waits, frozenset({A.CONTEST})),
    (no_contest, frozenset({A.CONTEST_RULED})),
    (ruled_before_asked, frozenset({A.CONTEST_RULED})),
    (contest_unclear, frozenset({A.CONTEST_RULED})),
    (changed_sum, frozenset({A.CONTEST_RULED})),
    (changed_heavier, frozenset({A.CONTEST_RULED})),
    (nothing_to_publish, frozenset({A.PUBLISH})),
    (no_decision, frozenset({A.CONTEST, A.REVOKE})),
    (published_before, frozenset({A.PUBLISH})),
    (not_published, frozenset({A.UNPUBLISH})),
    (transfer_unfounded, frozenset({A.TRANSFER})),
    (not_filed, frozenset({A.TAKE_BACK, A.REDECIDE})),
    (not_served, CLOSING),
    (not_paid, CLOSING),
    (not_performed, CLOSING),
    (not_rechecked, CLOSING),
    (goods_held, CLOSING | {A.ARCHIVE}),
    (cash_not_banked, CLOSING),
    (still_published, frozenset({A.ASK_CLOSING, A.CLOSE, A.REDECIDE})),
)
