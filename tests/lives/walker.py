"""A random legal life (随机一生): somebody does something that is allowed, time passes, until the case is over.

What the product refuses is not done; whatever it allows, the independent checker must find lawful.
"""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any, Protocol

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.procedure import FROM
from enforcement.rules.cases.states import Post, State
from enforcement.rules.cases.weighing import Past, weigh
from tests import usual_acts
from tests.lives.paper_town import PEOPLE, PaperCase, PaperTown, Stopped, lists_of

A, S = Action, State


class AnyCase(Protocol):
    """A case that somebody can act in."""

    @property
    def town(self) -> Any: ...
    @property
    def case(self) -> Case: ...
    @property
    def acts(self) -> Any: ...
    @property
    def documents(self) -> Any: ...
    def do(self, action: Action, by: str, **facts: Any) -> Any: ...


OVER = frozenset({S.ARCHIVED, S.DECLINED, S.WITHDRAWN})
LONGEST = 100
"""Tries in one life."""
SELDOM = 0.08
FORWARD: dict[Action, float] = {
    A.NAME_PARTY: 6, A.ADD_EVIDENCE: 4, A.VERIFY_EVIDENCE: 6, A.INSPECT: 3, A.QUESTION: 2, A.ORDER_CORRECTION: 3,
    A.RECHECK_CORRECTION: 3, A.NO_CORRECTION: 2, A.ASK_FILING: 4, A.FILE: 8, A.DECIDE_ON_SPOT: 5, A.REPORT_ON_SPOT: 8,
    A.PROPOSE_FAST: 3, A.APPROVE_FAST: 8, A.CONCLUDE: 6, A.APPROVE_NOTICE: 8, A.SERVE_NOTICE: 9, A.HEAR_DEFENCE: 2,
    A.WAIVE_DEFENCE: 2, A.WAIVE_HEARING: 2, A.REQUEST_HEARING: 2, A.CALL_HEARING: 6, A.HOLD_HEARING: 12, A.ANNOUNCE: 1,
    A.FORFEIT_HEARING: 1, A.REVIEW: 4, A.DISCUSS: 4, A.SUBMIT_DECISION: 8, A.DECIDE: 10, A.SERVE_DECISION: 10, A.PAY: 6,
    A.HAND_IN_CASH: 6, A.BANK_CASH: 6, A.APPROVE_DELAY: 1, A.PERFORM: 3, A.URGE: 2, A.SERVE_PAPER: 2,
    A.APPLY_TO_COURT: 4, A.COURT_RULED: 6, A.ASK_CLOSING: 8, A.CLOSE: 9, A.ARCHIVE: 9, A.SETTLE_HOLD: 3, A.APPROVE_HOLD: 4,
    A.RETURN_GOODS: 3, A.REVIEW_EVIDENCE: 4, A.DECLINE: 0.05, A.WITHDRAW: 0.02, A.TRANSFER: 0.03, A.REVOKE: 0.1,
    A.REFUSE_CLOSING: 0.6, A.REFUSE_FILING: 0.4, A.REFUSE_FAST: 0.5, A.RETURN_DECISION: 0.5, A.SEND_BACK: 0.5,
    A.SWITCH_TO_ORDINARY: 0.4, A.RENOTIFY: 0.2, A.CONTEST: 0.3, A.CONTEST_RULED: 4, A.PUBLISH: 1, A.UNPUBLISH: 3,
    A.REDECIDE: 3,
}  # fmt: skip
POWERS = {
    "SR001": (2_000, 5_000),
    "SR003": (10_000, 50_000),
    "HJ001": (500_000, 5_000_000),
    "HJ003": (50_000, 500_000),
}
"""Powers and what their articles allow, in fen."""
PUBLISHED = dt.date(2026, 1, 5)


def live(seed: int) -> PaperCase:
    """The life with this number."""
    chance = Random(seed)
    case = begin(town(chance.randrange(30)), chance)
    for _ in range(LONGEST):
        if case.case.state in OVER:
            break
        step(case, chance)
    return case


def town(days: int = 0) -> PaperTown:
    """The town on paper, so many days after Monday, 17 August 2026, 10:00."""
    return PaperTown(dt.datetime(2026, 8, 17, 2, 0, tzinfo=dt.UTC) + dt.timedelta(days=days))


def begin(town: PaperTown, chance: Random) -> PaperCase:
    """A case of somebody under some power, sometimes long ago, sometimes out of town."""
    code = chance.choice(sorted(POWERS))
    kind = chance.choice(["person", "person", "organisation", "sole_trader"])
    age = chance.choice([13, 15, 17, 30, 30, 45, 45, 77, 77]) if kind != "organisation" else None
    acted = town.today - dt.timedelta(days=chance.choice([0, 0, 0, 3, 20, 60, 60, 60, 800]))
    case = town.open(
        power(code, acted),
        acted_from=acted.isoformat(),
        acted_on=acted.isoformat(),
        in_town=chance.random() > 0.03,
    )
    minor = age is not None and 14 <= age < 18
    case.party = {"id": "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "version": 1, "kind": kind, "age": age, "minor": minor}
    return case


def power(code: str, acted: dt.date) -> dict[str, Any]:
    """A power conferred by the province and published in January."""
    standing = {"in_force": True, "code": "in_force", "why": "已公布并在有效期内。"}
    before = {"in_force": False, "code": "not_published", "why": "还没有公布。"}
    return {
        "code": code,
        "name": "倾倒垃圾",
        "basis": "《某条例》第十条",
        "field": "市容环卫",
        "mode": "delegated",
        "grantor": None,
        "published_on": PUBLISHED.isoformat(),
        "verified": True,
        "on_act": standing if acted >= PUBLISHED else before,
        "today": standing,
    }


def step(case: AnyCase, chance: Random) -> bool:
    """One try: time passes or somebody acts. Whether something was done."""
    if chance.random() < 0.25:
        called = case.case.notice.hearing_at if case.case.notice else None
        if called and case.case.state is S.HEARING:
            case.town.later(seconds=max((called - case.town.now).total_seconds(), 0))
        case.town.later(hours=chance.choice([1, 1, 5, 5, 26, 26, 50, 100, 24 * 7, 24 * 12, 24 * 35, 24 * 70]))
        for one in case.town.cases:
            one.ring()
        return False
    login, action = choose(case, chance)
    if action is None:
        return False
    told = said(case, action, chance)
    try:
        case.do(action, login, **told)
    except Stopped:
        return False
    return True


def tier_of(case: AnyCase, action: Action, told: dict[str, Any]) -> dict[str, Any]:
    """The tier of what is said, as anybody can look it up in the published benchmark."""
    given = {name: value for name, value in told.items() if value is not None}
    act = Act(99, action, case.town.now, case.town.now, "somebody", given)
    weighed = weigh(lists_of(case.case.power), Past(), case.case, act, case.town.today)
    return weighed["tier"] or {}


def choose(case: AnyCase, chance: Random) -> tuple[str, Action | None]:
    """Something that may be done here, by somebody who may; what was done often is done again less."""
    done = Counter(act.action for act in case.acts)
    steps = [one for one in FROM[case.case.state] if case.case.lane in one.lanes and Post.SYSTEM not in one.deed.by]
    if not steps:
        return ACTING[0], None
    weights = [_weight(case, one.action) / (1 + done[one.action]) ** 2 for one in steps]
    step = chance.choices(steps, weights)[0]
    able = [login for login in ACTING if step.deed.by & case.town.posts(login, case.case)]
    return (chance.choice(able), step.action) if able else (ACTING[0], None)


ACTING = ("sumin", "linxiaofeng", "zhouzheng", "xufei", "fangning", "liwei")


def _weight(case: AnyCase, action: Action) -> float:
    """Nobody settles what was never held."""
    if action in OF_MEASURES and not any(one.ended is None for one in case.case.measures):
        return 0.001
    if action is A.REVIEW_EVIDENCE and not any(one.origin in ("camera", "sensor") for one in case.case.evidence):
        return 0.001
    return FORWARD.get(action, SELDOM)


OF_MEASURES = frozenset(
    {A.APPROVE_HOLD, A.SETTLE_HOLD, A.RETURN_GOODS, A.LIFT_SEIZURE, A.EXTEND_SEIZURE, A.APPROVE_SEIZURE}
)


def said(case: AnyCase, action: Action, chance: Random) -> dict[str, Any]:
    """What is said: mostly the usual, sometimes something else that people say."""
    told = usual_acts.facts(case, action)
    return told | VARIED.get(action, _nothing)(case, chance)


def _nothing(_case: AnyCase, _chance: Random) -> dict[str, Any]:
    return {}


def factors(chance: Random) -> dict[str, Any]:
    """裁量事实 as they happen."""
    return {
        "harm": chance.choice(["slight", "slight", "slight", "some", "some", "serious", "none"]),
        "corrected": chance.random() < 0.7,
        "corrected_promptly": chance.random() < 0.4,
        "obstructed": chance.random() < 0.05,
        "refused": chance.random() < 0.2,
        "conduct_minor": chance.random() < 0.2,
        "mental": "able",
        "harm_removed": chance.random() < 0.2,
        "coerced": False,
    }


def _proposal(case: AnyCase, chance: Random) -> dict[str, Any]:
    outcome = chance.choice(["penalty"] * 8 + ["no_penalty"] * 2 + ["not_proven"])
    told: dict[str, Any] = {"outcome": outcome, "factors": factors(chance), "evidence": _proven(case, chance)}
    if outcome == "penalty":
        return told | {"kinds": ["fine"], "ground": None, **_fine(case, A.CONCLUDE, told, chance)}
    ground = chance.choice(["minor_corrected", "first_offence", "under_14", "not_proven", "no_fault"])
    grounded = "not_proven" if outcome == "not_proven" else ground
    return told | {"ground": grounded, "kinds": None, "fine_fen": None, "education": "已当面教育。"}


def _fine(case: AnyCase, action: Action, told: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Mostly what the benchmark gives, sometimes what somebody would like."""
    low, high = POWERS[str(case.case.power)]
    tier = tier_of(case, action, {**told, "kinds": ["fine"], "fine_fen": low})
    if chance.random() < 0.15 or not tier.get("high_fen"):
        return {"fine_fen": int(round(chance.uniform(low * 0.8, high * 1.05), -3)), "lighter": None}
    age = case.case.party.age if case.case.party else None
    minor = age is not None and 14 <= age < 18
    lighter = "minor" if minor else "harm_removed" if told["factors"]["harm_removed"] else None
    least = tier["low_fen"] or low
    fine = least if lighter else chance.uniform(least, tier["high_fen"])
    return {"fine_fen": int(fine), "lighter": lighter}


def _proven(case: AnyCase, chance: Random) -> list[int] | None:
    """Evidence that may be cited; sometimes all there is."""
    every = [one.number for one in case.case.evidence]
    good = [
        one.number
        for one in case.case.usable_evidence
        if one.verified_by and (one.reviewed or one.origin not in ("camera", "sensor"))
    ]
    return (every if chance.random() < 0.1 else good) or None


def _on_spot(case: AnyCase, chance: Random) -> dict[str, Any]:
    told: dict[str, Any] = {"factors": factors(chance), "evidence": _proven(case, chance)}
    cash = chance.random() < 0.3
    paid = {"pay_manner": "cash", "cash_ground": chance.choice(["small", "hard_later", "remote"])} if cash else {}
    return told | _fine(case, A.DECIDE_ON_SPOT, told, chance) | paid


def _evidence(_case: AnyCase, chance: Random) -> dict[str, Any]:
    return {"origin": chance.choice(["officer", "officer", "recorder", "camera", "sensor", "party"])}


def _submit(case: AnyCase, chance: Random) -> dict[str, Any]:
    wish = case.case.conclusion
    if wish is None or wish.outcome != "penalty":
        return {"education": "已当面教育。"} if wish else {}
    cheaper = chance.choice([1, 1, 1, 0.9, 0.7, 1.1])
    return {"fine_fen": int(wish.fine_fen * cheaper), "opinion": "事实清楚。"}


def _serve(case: AnyCase, chance: Random) -> dict[str, Any]:
    manner = chance.choice(["in_person"] * 5 + ["left", "post", "electronic", "by_notice"])
    more = {"left": {"witness": "村委会张主任", "signature": "refused"}, "post": {"tracking": "EY123456789CN"}}
    return {"manner": manner} | more.get(manner, {})


def _announce(case: AnyCase, chance: Random) -> dict[str, Any]:
    wanted = [one["id"] for one in case.documents if one["kind"] in ("penalty_notice", "penalty_decision")]
    return {"paper": wanted[-1] if wanted else None}


def _serve_paper(case: AnyCase, chance: Random) -> dict[str, Any]:
    urging = [one["id"] for one in case.documents if one["kind"] == "urging_letter"]
    papers = urging or [one["id"] for one in case.documents]
    return _serve(case, chance) | {"paper": papers[-1] if papers else None}


def _call(case: AnyCase, chance: Random) -> dict[str, Any]:
    held = case.town.now + dt.timedelta(days=chance.choice([5, 9, 12, 15, 20]))
    return {"held_at": held.isoformat(), "chair": chance.choice(["fangning", "xufei", "sumin"])}


def _pay(case: AnyCase, chance: Random) -> dict[str, Any]:
    left = case.case.fine_fen - sum(one.fen for one in case.case.payments)
    part = chance.choice([1, 1, 1, 0.5])
    manner = chance.choice(["bank", "electronic", "cash"])
    more = {"cash_ground": "hard_later", "officers": ["sumin", "linxiaofeng"]} if manner == "cash" else {}
    return {"amount_fen": int(left * part), "pay_manner": manner} | more


def _hand_in(case: AnyCase, _chance: Random) -> dict[str, Any]:
    cash = sum(one.fen for one in case.case.payments if one.manner == "cash")
    return {"amount_fen": cash - case.case.cash_handed_fen}


def _bank(case: AnyCase, _chance: Random) -> dict[str, Any]:
    return {"amount_fen": case.case.cash_handed_fen - case.case.cash_banked_fen}


def _ruled(case: AnyCase, chance: Random) -> dict[str, Any]:
    """Mostly upheld; sometimes less is left of the sums, or nothing."""
    result = chance.choice(["upheld"] * 3 + ["changed"] * 3 + ["revoked", "withdrawn"])
    waiting = [one for one in case.case.contests if one.result is None]
    told: dict[str, Any] = {"contest_result": result, "contest_kind": waiting[-1].kind if waiting else "suit"}
    made = case.case.decision
    if len({one.decision for one in waiting}) > 1:
        told["earlier_decision"] = chance.random() < 0.5
    if result == "changed" and made and not told.get("earlier_decision"):
        part = chance.choice([1.1, 1, 0.5, 0.5, 0.2])
        told |= {"fine_fen": int(made.proposal.fine_fen * part), "confiscate_fen": made.proposal.confiscate_fen}
    return told


def _contest(_case: AnyCase, chance: Random) -> dict[str, Any]:
    return {"contest_kind": chance.choice(["reconsideration", "suit"])}


def _decide(_case: AnyCase, chance: Random) -> dict[str, Any]:
    return {"publish": chance.random() < 0.3}


def _passed(_case: AnyCase, chance: Random) -> dict[str, Any]:
    return {"passed": chance.random() < 0.85}


VARIED = {
    A.CONCLUDE: _proposal,
    A.PROPOSE_FAST: _proposal,
    A.DECIDE_ON_SPOT: _on_spot,
    A.ADD_EVIDENCE: _evidence,
    A.SUBMIT_DECISION: _submit,
    A.SERVE_NOTICE: _serve,
    A.SERVE_DECISION: _serve,
    A.SERVE_PAPER: _serve_paper,
    A.CALL_HEARING: _call,
    A.ANNOUNCE: _announce,
    A.PAY: _pay,
    A.HAND_IN_CASH: _hand_in,
    A.BANK_CASH: _bank,
    A.DECIDE: _decide,
    A.CONTEST: _contest,
    A.CONTEST_RULED: _ruled,
    A.REVIEW: _passed,
    A.DISCUSS: _passed,
    A.REVIEW_EVIDENCE: _passed,
    A.RECHECK_CORRECTION: lambda _case, chance: {
        "corrected": chance.choice(["corrected", "corrected", "not", "refused"])
    },
}
__all__ = ["PEOPLE", "live", "step"]
