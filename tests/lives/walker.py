"""A random legal life (随机一生): somebody does something that is allowed, time passes, until the case is over.

What the product refuses is not done; whatever it allows, the independent checker must find lawful.
"""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.procedure import open_to
from enforcement.rules.cases.states import Post, State
from tests import usual_acts
from tests.lives.paper_town import PEOPLE, PaperCase, PaperTown, Stopped

A, S = Action, State
OVER = frozenset({S.ARCHIVED, S.DECLINED, S.WITHDRAWN, S.TRANSFERRED})
LONGEST = 260
"""Tries in one life."""
SELDOM = 0.08
FORWARD: dict[Action, float] = {
    A.NAME_PARTY: 6, A.ADD_EVIDENCE: 4, A.VERIFY_EVIDENCE: 6, A.INSPECT: 3, A.QUESTION: 2, A.ORDER_CORRECTION: 3,
    A.RECHECK_CORRECTION: 3, A.NO_CORRECTION: 2, A.ASK_FILING: 4, A.FILE: 8, A.DECIDE_ON_SPOT: 5, A.REPORT_ON_SPOT: 8,
    A.PROPOSE_FAST: 3, A.APPROVE_FAST: 8, A.CONCLUDE: 6, A.APPROVE_NOTICE: 8, A.SERVE_NOTICE: 9, A.HEAR_DEFENCE: 2,
    A.WAIVE_DEFENCE: 2, A.WAIVE_HEARING: 2, A.REQUEST_HEARING: 2, A.CALL_HEARING: 6, A.HOLD_HEARING: 8,
    A.FORFEIT_HEARING: 1, A.REVIEW: 4, A.DISCUSS: 4, A.SUBMIT_DECISION: 8, A.DECIDE: 10, A.SERVE_DECISION: 10, A.PAY: 6,
    A.HAND_IN_CASH: 6, A.BANK_CASH: 6, A.APPROVE_DELAY: 1, A.PERFORM: 3, A.URGE: 2, A.SERVE_PAPER: 2,
    A.APPLY_TO_COURT: 4, A.COURT_RULED: 6, A.ASK_CLOSING: 8, A.CLOSE: 9, A.ARCHIVE: 9, A.SETTLE_HOLD: 3, A.APPROVE_HOLD: 4,
    A.RETURN_GOODS: 3, A.REVIEW_EVIDENCE: 4, A.DECLINE: 0.05, A.WITHDRAW: 0.02, A.TRANSFER: 0.03, A.REVOKE: 0.1,
    A.REFUSE_CLOSING: 0.3, A.REFUSE_FILING: 0.4, A.REFUSE_FAST: 0.5, A.RETURN_DECISION: 0.5, A.SEND_BACK: 0.5,
    A.SWITCH_TO_ORDINARY: 0.4, A.RENOTIFY: 0.2, A.CONTEST: 0.3, A.CONTEST_RULED: 4, A.PUBLISH: 1, A.UNPUBLISH: 3,
    A.REDECIDE: 3,
}  # fmt: skip
POWERS = {
    "SR003": (10_000, 50_000),
    "HJ001": (500_000, 5_000_000),
    "HJ003": (50_000, 500_000),
}
"""Powers and what their articles allow, in fen."""
PUBLISHED = dt.date(2026, 1, 5)


def live(seed: int) -> PaperCase:
    """The life with this number."""
    chance = Random(seed)
    begun = dt.datetime(2026, 8, 17, 2, 0, tzinfo=dt.UTC) + dt.timedelta(days=chance.randrange(30))
    town = PaperTown(begun)
    case = begin(town, chance)
    for _ in range(LONGEST):
        if case.case.state in OVER:
            break
        step(case, chance)
    return case


def begin(town: PaperTown, chance: Random) -> PaperCase:
    """A case of somebody under some power, sometimes long ago, sometimes out of town."""
    code = chance.choice(sorted(POWERS))
    kind = chance.choice(["person", "person", "organisation", "sole_trader"])
    age = chance.choice([13, 15, 17, 30, 45, 77, 77]) if kind != "organisation" else None
    acted = town.today - dt.timedelta(days=chance.choice([0, 0, 0, 3, 20, 60, 800]))
    case = town.open(
        power(code, acted),
        acted_from=acted.isoformat(),
        acted_on=acted.isoformat(),
        in_town=chance.random() > 0.05,
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


def step(case: PaperCase, chance: Random) -> bool:
    """One try: time passes or somebody acts. Whether something was done."""
    if chance.random() < 0.25:
        case.town.later(hours=chance.choice([1, 1, 5, 5, 26, 26, 50, 100, 24 * 7, 24 * 12, 24 * 35]))
        for one in case.town.cases:
            one.ring()
        return False
    login, action = choose(case, chance)
    if action is None:
        return False
    told = said(case, action, chance)
    try:
        case.do(action, login, **told)
    except Stopped as stopped:
        return thought_better(case, action, login, told, stopped, chance)
    return True


def thought_better(
    case: PaperCase, action: Action, login: str, told: dict[str, Any], stopped: Stopped, chance: Random
) -> bool:
    """Somebody who read what stood against it: a fine within the tier."""
    tier = stopped.known.get("tier") or {}
    if told.get("outcome", "penalty") != "penalty" or not tier.get("high_fen") or chance.random() < 0.2:
        return False
    fine = int(chance.uniform(tier["low_fen"] or 0, tier["high_fen"]))
    try:
        case.do(action, login, **{**told, "fine_fen": fine, "lighter": None})
    except Stopped:
        return False
    return True


def choose(case: PaperCase, chance: Random) -> tuple[str, Action | None]:
    """Somebody, and something his posts may do here."""
    login = chance.choice(["sumin"] * 5 + ["zhouzheng"] * 4 + ["xufei"] * 2 + ["linxiaofeng", "fangning", "liwei"])
    posts = case.town.posts(login, case.case)
    steps = [one for one in open_to(case.case.state, case.case.lane, posts) if Post.SYSTEM not in one.deed.by]
    if not steps:
        return login, None
    done = Counter(act.action for act in case.acts)
    weights = [FORWARD.get(one.action, SELDOM) / (1 + done[one.action]) ** 2 for one in steps]
    return login, chance.choices([one.action for one in steps], weights)[0]


def said(case: PaperCase, action: Action, chance: Random) -> dict[str, Any]:
    """What is said: mostly the usual, sometimes something else that people say."""
    told = usual_acts.facts(case, action)
    return told | VARIED.get(action, _nothing)(case, chance)


def _nothing(_case: PaperCase, _chance: Random) -> dict[str, Any]:
    return {}


def factors(chance: Random) -> dict[str, Any]:
    """裁量事实 as they happen."""
    return {
        "harm": chance.choice(["none", "slight", "slight", "some", "serious"]),
        "corrected": chance.random() < 0.7,
        "corrected_promptly": chance.random() < 0.4,
        "obstructed": chance.random() < 0.1,
        "refused": chance.random() < 0.2,
        "conduct_minor": chance.random() < 0.2,
        "mental": "able",
        "harm_removed": chance.random() < 0.2,
        "coerced": False,
    }


def _proposal(case: PaperCase, chance: Random) -> dict[str, Any]:
    low, high = POWERS[str(case.case.power)]
    outcome = chance.choice(["penalty"] * 7 + ["no_penalty"] * 2 + ["not_proven"])
    told: dict[str, Any] = {"outcome": outcome, "factors": factors(chance)}
    if outcome == "penalty":
        fine = round(chance.uniform(low * 0.8, high * 1.05), -3)
        return told | {"kinds": ["fine"], "fine_fen": int(fine), "ground": None}
    ground = chance.choice(["minor_corrected", "first_offence", "under_14", "not_proven", "no_fault"])
    grounded = "not_proven" if outcome == "not_proven" else ground
    return told | {"ground": grounded, "kinds": None, "fine_fen": None, "education": "已当面教育。"}


def _conclude(case: PaperCase, chance: Random) -> dict[str, Any]:
    lighter = chance.choice([None, None, None, "harm_removed", "minor"])
    return _proposal(case, chance) | {"lighter": lighter}


def _on_spot(case: PaperCase, chance: Random) -> dict[str, Any]:
    low, _high = POWERS[str(case.case.power)]
    fine = int(round(chance.uniform(low, low * 3), -3))
    cash = chance.random() < 0.3
    told = {"factors": factors(chance), "fine_fen": fine, "no_correction_because": "已当场清除。"}
    return told | (
        {"pay_manner": "cash", "cash_ground": chance.choice(["small", "hard_later", "remote"])} if cash else {}
    )


def _evidence(_case: PaperCase, chance: Random) -> dict[str, Any]:
    return {"origin": chance.choice(["officer", "officer", "recorder", "camera", "sensor", "party"])}


def _submit(case: PaperCase, chance: Random) -> dict[str, Any]:
    wish = case.case.conclusion
    if wish is None or wish.outcome != "penalty":
        return {"education": "已当面教育。"} if wish else {}
    cheaper = chance.choice([1, 1, 1, 0.9, 0.7, 1.1])
    return {"fine_fen": int(wish.fine_fen * cheaper), "opinion": "事实清楚。"}


def _serve(case: PaperCase, chance: Random) -> dict[str, Any]:
    manner = chance.choice(["in_person"] * 5 + ["left", "post", "electronic", "by_notice"])
    more = {"left": {"witness": "村委会张主任", "signature": "refused"}, "post": {"tracking": "EY123456789CN"}}
    return {"manner": manner} | more.get(manner, {})


def _serve_paper(case: PaperCase, chance: Random) -> dict[str, Any]:
    urging = [one["id"] for one in case.documents if one["kind"] == "urging_letter"]
    papers = urging or [one["id"] for one in case.documents]
    return _serve(case, chance) | {"paper": papers[-1] if papers else None}


def _call(case: PaperCase, chance: Random) -> dict[str, Any]:
    held = case.town.now + dt.timedelta(days=chance.choice([5, 9, 12, 15, 20]))
    return {"held_at": held.isoformat(), "chair": chance.choice(["fangning", "xufei", "sumin"])}


def _pay(case: PaperCase, chance: Random) -> dict[str, Any]:
    left = case.case.fine_fen - sum(one.fen for one in case.case.payments)
    part = chance.choice([1, 1, 1, 0.5])
    manner = chance.choice(["bank", "electronic", "cash"])
    more = {"cash_ground": "hard_later", "officers": ["sumin", "linxiaofeng"]} if manner == "cash" else {}
    return {"amount_fen": int(left * part), "pay_manner": manner} | more


def _hand_in(case: PaperCase, _chance: Random) -> dict[str, Any]:
    cash = sum(one.fen for one in case.case.payments if one.manner == "cash")
    return {"amount_fen": cash - case.case.cash_handed_fen}


def _bank(case: PaperCase, _chance: Random) -> dict[str, Any]:
    return {"amount_fen": case.case.cash_handed_fen - case.case.cash_banked_fen}


def _decide(_case: PaperCase, chance: Random) -> dict[str, Any]:
    return {"publish": chance.random() < 0.3}


def _passed(_case: PaperCase, chance: Random) -> dict[str, Any]:
    return {"passed": chance.random() < 0.85}


VARIED = {
    A.CONCLUDE: _conclude,
    A.PROPOSE_FAST: _proposal,
    A.DECIDE_ON_SPOT: _on_spot,
    A.ADD_EVIDENCE: _evidence,
    A.SUBMIT_DECISION: _submit,
    A.SERVE_NOTICE: _serve,
    A.SERVE_DECISION: _serve,
    A.SERVE_PAPER: _serve_paper,
    A.CALL_HEARING: _call,
    A.PAY: _pay,
    A.HAND_IN_CASH: _hand_in,
    A.BANK_CASH: _bank,
    A.DECIDE: _decide,
    A.REVIEW: _passed,
    A.DISCUSS: _passed,
    A.REVIEW_EVIDENCE: _passed,
    A.RECHECK_CORRECTION: lambda _case, chance: {
        "corrected": chance.choice(["corrected", "corrected", "not", "refused"])
    },
}
__all__ = ["PEOPLE", "live", "step"]
