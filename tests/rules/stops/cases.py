"""A case against a stall holder as rules see it, and acts that would be allowed in it; a test spoils one thing.

苏敏 and 林晓峰 investigate, 周正 approves, 许斐 reviews, 方宁 chairs hearings; 小林 is a 网格员, 小吴 an auxiliary, 赵海 of the
other squad has nothing to do with it. It is Monday, 23 November 2026, ten o'clock in 云溪镇.
"""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import (
    Act,
    Case,
    Contest,
    CorrectionOrder,
    Decision,
    EvidenceFact,
    Measure,
    Notice,
    PartyFact,
    Payment,
    Proposal,
    Served,
    World,
)
from enforcement.rules.cases.states import Lane, State
from enforcement.rules.stops import CATALOGUE, stops
from tests.rules import oracle
from town.days import Calendar, SpecialDay

A, S = Action, State
TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SU, LIN, XIAO_LIN, XIAO_WU, ZHAO = "sumin", "linxiaofeng", "xiaolin", "xiaowu", "zhaohai"
ZHOU, XU, FANG = "zhouzheng", "xufei", "fangning"
NAMES = {
    SU: "苏敏",
    LIN: "林晓峰",
    XIAO_LIN: "小林",
    XIAO_WU: "小吴",
    ZHAO: "赵海",
    ZHOU: "周正",
    XU: "许斐",
    FANG: "方宁",
}
TWO = [SU, LIN]
YUNXI = Calendar(
    ZoneInfo("Asia/Shanghai"),
    ((dt.time(9), dt.time(12)), (dt.time(13, 30), dt.time(17))),
    {day: SpecialDay(False, "放假") for day in oracle.YUNXI.off}
    | {day: SpecialDay(True, "调休") for day in oracle.YUNXI.on},
    {2026},
)


def day(text: str) -> dt.date:
    """``11-20`` of 2026, or a whole date."""
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def at(text: str, hour: int = 10) -> dt.datetime:
    """That day at an hour of the town."""
    return dt.datetime.combine(day(text), dt.time(hour), YUNXI.zone).astimezone(dt.UTC)


def moment(text: str, hour: int = 10) -> str:
    """The same as an act says it."""
    return at(text, hour).isoformat()


FACTS = {"conduct_minor": False, "corrected_promptly": True, "harm": "slight", "prior_penalties": 0}
"""裁量事实: enough to be punished for, and no ground for mercy."""
OPENED = {
    "power": "SR006",
    "event": "09006",
    "officers": TWO,
    "in_town": True,
    "acted_from": "2026-11-01",
    "acted_on": "2026-11-02",
    "discovered_on": "2026-11-02",
}
PAPER = EvidenceFact(1, "record", "现场检查笔录", "officer", (SU, LIN), 3, None, verified_by=(SU, LIN))
CAMERA = EvidenceFact(2, "audiovisual", "路口监控", "camera", (SU, LIN), 4, "f1", reviewed=True, verified_by=(SU, LIN))
STALL_HOLDER = PartyFact("party-1", 1, "person", 52)
INQUIRY = Case(
    state=S.INVESTIGATING,
    lane=Lane.ORDINARY,
    version=9,
    opened=OPENED,
    power="SR006",
    handlers=(SU, LIN),
    opened_at=at("11-02"),
    filed_at=at("11-03"),
    party=STALL_HOLDER,
    evidence=(PAPER,),
    corrections=(CorrectionOrder(5, day("11-05"), "corrected"),),
    last_at=at("11-20"),
    investigators=(SU, LIN),
)
FINE = Proposal(
    sequence=10,
    outcome="penalty",
    ground=None,
    kinds=("fine",),
    fine_fen=50_000,
    confiscate_fen=0,
    lighter=None,
    tier="usual",
    provision="SR006-1",
    factors=FACTS,
    evidence=(1,),
)
CONCLUDED = replace(INQUIRY, state=S.CONCLUDED, conclusion=FINE)
NOTICE_MADE = replace(
    CONCLUDED, state=S.TO_NOTIFY, notice=Notice(FINE, 11, hearing=False, made=day("11-09")), notices=1
)
TOLD = Notice(
    FINE,
    11,
    hearing=False,
    served=Served("penalty_notice", 12, "in_person", day("11-10")),
    defence_until=day("11-17"),
    made=day("11-09"),
)
NOTIFIED = replace(CONCLUDED, state=S.NOTIFIED, notice=TOLD, notices=1)
HEARD = replace(TOLD, hearing=True, hearing_until=day("11-17"))
"""With the right to a hearing told."""
DECIDING = replace(NOTIFIED, state=S.DECIDING, submitted=FINE)
DECISION = Decision(FINE, 15, at("11-18"), day("11-18"), on_spot=False, number="云综执罚决字〔2026〕第1号")
DECIDED = replace(DECIDING, state=S.DECIDED, decision=DECISION)
SERVED = replace(DECISION, served=Served("penalty_decision", 16, "in_person", day("11-19")))
PERFORMING = replace(DECIDED, state=S.PERFORMING, decision=SERVED)
PAID = replace(PERFORMING, payments=(Payment(17, day("11-20"), 50_000, "bank", "001"),))
SOURCE = replace(INQUIRY, state=S.SOURCE, filed_at=None, corrections=(CorrectionOrder(5, day("11-05")),))
TAKEN = replace(PERFORMING, decision=replace(SERVED, proposal=replace(FINE, kinds=("fine", "confiscate_goods"))))
"""The cart was confiscated."""
HELD = Measure("hold", ({"name": "推车"},), 6, since=at("11-20"))
SEIZED = Measure("seizure", ({"name": "推车"},), 6, since=at("11-10"))
ON_SPOT = replace(PERFORMING, lane=Lane.ON_SPOT, decision=replace(SERVED, on_spot=True))


def asked(kind: str) -> Measure:
    """A measure that waits for approval."""
    return Measure(kind, ({"name": "推车"},), 6)


def holding(one: Measure, before: Case = INQUIRY) -> Case:
    """The case with goods."""
    return replace(before, measures=(one,))


STATES: dict[Action, Case] = {
    **dict.fromkeys((A.ASK_FILING, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.DECLINE), SOURCE),
    A.FILE: replace(SOURCE, state=S.FILING),
    A.APPROVE_FAST: replace(SOURCE, state=S.FAST_FILING, lane=Lane.FAST, conclusion=FINE),
    **dict.fromkeys((A.REVIEW, A.DISCUSS, A.APPROVE_NOTICE, A.SEND_BACK), CONCLUDED),
    A.SERVE_NOTICE: NOTICE_MADE,
    **dict.fromkeys((A.HEAR_DEFENCE, A.WAIVE_DEFENCE, A.RENOTIFY, A.SUBMIT_DECISION), NOTIFIED),
    A.WAIVE_HEARING: replace(NOTIFIED, notice=HEARD),
    A.REQUEST_HEARING: replace(NOTIFIED, notice=replace(HEARD, hearing_until=day("11-24"))),
    A.CALL_HEARING: replace(NOTIFIED, state=S.HEARING, notice=replace(HEARD, hearing_asked=day("11-12"))),
    A.HOLD_HEARING: replace(
        NOTIFIED,
        state=S.HEARING,
        notice=replace(
            HEARD, hearing_asked=day("11-12"), hearing_called=day("11-12"), hearing_at=at("11-23", 9), chair=FANG
        ),
    ),
    A.DECIDE: DECIDING,
    A.RETURN_DECISION: DECIDING,
    A.SERVE_DECISION: DECIDED,
    A.APPROVE_HOLD: holding(asked("hold")),
    A.SETTLE_HOLD: holding(HELD),
    A.LAPSE_HOLD: holding(replace(HELD, since=at("11-11"))),
    A.RETURN_GOODS: holding(HELD),
    A.APPROVE_SEIZURE: holding(asked("seizure")),
    A.EXTEND_SEIZURE: holding(SEIZED),
    A.LIFT_SEIZURE: holding(SEIZED),
    A.LAPSE_SEIZURE: holding(replace(SEIZED, since=at("10-20"))),
    A.RULE_CHALLENGE: replace(INQUIRY, challenges=(SU,)),
    **dict.fromkeys((A.PAY, A.APPROVE_DELAY, A.PERFORM, A.CONTEST, A.PUBLISH), PERFORMING),
    A.DISPOSE_GOODS: TAKEN,
    A.HAND_IN_CASH: replace(PERFORMING, payments=(Payment(17, day("11-20"), 10_000, "cash", "001"),)),
    A.BANK_CASH: replace(
        PERFORMING, payments=(Payment(17, day("11-20"), 10_000, "cash", "001"),), cash_handed_fen=10_000
    ),
    A.UNPUBLISH: replace(PERFORMING, published=day("11-20")),
    **dict.fromkeys((A.ASK_CLOSING, A.REVOKE, A.TELL_CREDIT_REPAIR), PAID),
    A.CLOSE: replace(PAID, state=S.CLOSING),
    A.ARCHIVE: replace(PAID, state=S.CLOSED),
    A.TAKE_BACK: replace(INQUIRY, state=S.TRANSFERRED),
    A.ANNOUNCE: DECIDED,
}
STATES[A.FORFEIT_HEARING] = replace(
    STATES[A.HOLD_HEARING], served=(Served("hearing_call", 14, "in_person", day("11-12")),)
)
OVERDUE = replace(
    PERFORMING,
    decision=replace(SERVED, day=day("03-02"), served=Served("penalty_decision", 16, "in_person", day("03-03"))),
    urged=Served("urging_letter", 20, "in_person", day("11-05")),
    urging=19,
    last_at=at("11-05"),
)
"""Decided in March, never paid; urged on 5 November."""
STATES[A.APPLY_TO_COURT] = OVERDUE
STATES[A.URGE] = OVERDUE
STATES[A.REDECIDE] = replace(PAID, state=S.REVOKED, decision=replace(SERVED, revoked=day("11-20")))
STATES[A.COURT_RULED] = replace(OVERDUE, state=S.COURT)

PROPOSED = {"outcome": "penalty", "kinds": ["fine"], "fine_fen": 50_000}
SCENE = {"begun": moment("11-23", 9), "ended": moment("11-23", 9), "place_words": "人民路", "certificate_shown": True}
HANDED = {"manner": "in_person", "day": "2026-11-23", "signature": "signed", "receiver": "周国英"}
SAID_WHY = {"words": "理由充分"}
FORMS: dict[Action, dict[str, Any]] = {
    A.INSPECT: SCENE | {"avoidance_told": True, "findings": "占道经营", "signature": "signed"},
    A.QUESTION: SCENE
    | {"rights_told": True, "answers": [{"question": "你摆的摊？", "answer": "是。"}], "signature": "signed"},
    A.ADD_EVIDENCE: {"evidence_kind": "record", "origin": "officer", "taken_at": moment("11-23", 9)},
    A.OPEN: OPENED | {"summary": "占道经营"},
    A.NAME_PARTY: {"party": "party-1"},
    A.ASK_FILING: {"summary": "占道经营", "opinion": "建议立案"},
    A.REVIEW_EVIDENCE: {"number": 2, "passed": True, "marked": True, "words": "清晰完整"},
    A.VERIFY_EVIDENCE: {"evidence": [1]},
    A.EXCLUDE_EVIDENCE: {"number": 1, "words": "没有两人签字"},
    A.CONCLUDE: PROPOSED | {"facts_found": "占道经营", "evidence": [1], "factors": FACTS},
    A.PROPOSE_FAST: PROPOSED | {"facts_found": "占道经营", "evidence": [1], "factors": FACTS},
    A.SUBMIT_DECISION: PROPOSED,
    A.DECIDE_ON_SPOT: {
        "kinds": ["fine"],
        "fine_fen": 20_000,
        "evidence": [1],
        "factors": FACTS,
        "told": True,
        "certificate_shown": True,
        "pay_manner": "bank",
        "signature": "signed",
    },
    **dict.fromkeys((A.SERVE_NOTICE, A.SERVE_DECISION), HANDED),
    A.SERVE_PAPER: HANDED | {"paper": "d1"},
    A.ANNOUNCE: {"paper": "d1", "day": "2026-11-23", "words": "下落不明"},
    A.ASK_HOLD: {"items": [{"name": "推车"}]},
    A.ASK_SEIZURE: {"items": [{"name": "推车"}]},
    A.SETTLE_HOLD: {"settlement": "returned", "words": "退还"},
    A.LIFT_SEIZURE: {"release_ground": "decided", "signature": "signed"},
    A.EXTEND_SEIZURE: {"words": "情况复杂"},
    A.ORDER_CORRECTION: {"until": "2026-11-26", "correction": "清理", "signature": "signed"},
    A.NO_CORRECTION: {"no_correction_because": "已经清理"},
    A.RECHECK_CORRECTION: {"corrected": "corrected", "findings": "已清理"},
    A.CONFIRM_ADDRESS: {
        "address": "人民路",
        "signature": "signed",
        "electronic_consent": True,
        "channel": "a@b.example",
    },
    A.CHALLENGE: {"challenged": SU, "words": "是邻居"},
    A.RULE_CHALLENGE: {"challenged": SU, "passed": False, "words": "没有利害关系"},
    A.HEAR_DEFENCE: {"day": "2026-11-12", "defence": "初次", "accepted": "not", "defence_review": "已考虑"},
    A.WAIVE_DEFENCE: {"day": "2026-11-12", "signature": "signed"},
    A.WAIVE_HEARING: {"day": "2026-11-12", "signature": "signed"},
    A.REQUEST_HEARING: {"day": "2026-11-23", "words": "要求听证"},
    A.CALL_HEARING: {"day": "2026-11-23", "held_at": moment("12-02"), "chair": FANG, "open_hearing": True},
    A.HOLD_HEARING: {"begun": moment("11-23", 9), "ended": moment("11-23", 10), "signature": "signed"},
    A.FORFEIT_HEARING: {"forfeit": "absent", "words": "没有到场"},
    A.DISCUSS: {"members": [{"name": "周正"}, {"name": "王镇长"}], "passed": True, "begun": moment("11-23", 9)},
    A.REVIEW: {"passed": True, "opinion": "合法"},
    A.PAY: {"amount_fen": 50_000, "day": "2026-11-23", "pay_manner": "bank", "receipt_number": "001"},
    A.HAND_IN_CASH: {"amount_fen": 10_000, "day": "2026-11-23"},
    A.BANK_CASH: {"amount_fen": 10_000, "day": "2026-11-23", "receipt_number": "002"},
    A.APPROVE_DELAY: {
        "words": "低保户",
        "parts": [{"due": "2026-12-10", "fen": 20_000}, {"due": "2027-01-10", "fen": 30_000}],
    },
    A.PERFORM: {"kinds": ["stop_business"], "day": "2026-11-23", "words": "已停业"},
    A.APPLY_TO_COURT: {"day": "2026-11-23", "organ": "云川县人民法院", "opinion": "申请"},
    A.COURT_RULED: {"ruling": "refused", "day": "2026-11-23", "words": "不准"},
    A.CONTEST: {"contest_kind": "reconsideration", "day": "2026-11-23", "organ": "云川县人民政府"},
    A.CONTEST_RULED: {
        "contest_kind": "reconsideration",
        "contest_result": "upheld",
        "day": "2026-11-23",
        "words": "维持",
    },
    A.PUBLISH: {"day": "2026-11-23", "place_words": "镇政府网站"},
    A.UNPUBLISH: {"day": "2026-11-23", "words": "已撤销"},
    A.TRANSFER: {"transfer_ground": "crime", "organ": "县公安局", "words": "涉嫌犯罪"},
    **dict.fromkeys((A.TAKE_BACK, A.WITHDRAW, A.REVOKE, A.DECLINE, A.APPROVE_REASON, A.RENOTIFY), SAID_WHY),
}
WITHOUT_OFFICERS = {A.CONFIRM_ADDRESS, A.PAY, A.LIFT_SEIZURE}
"""Their forms may name officers, and need not."""


def act(action: Action, when: Any = NOW, **given: Any) -> Act:
    """An act that would be allowed, with some facts told differently; None leaves a fact out."""
    takes = {"officers": TWO} if {*asked_by(action)} & {"officers"} and action not in WITHOUT_OFFICERS else {}
    told = {**takes, **FORMS.get(action, {}), **given}
    return Act(30, action, when, NOW, f"account:{actor_of(action)}", {k: v for k, v in told.items() if v is not None})


def empty(action: Action) -> Act:
    """The act while its form is still empty."""
    return Act(30, action, NOW, NOW, f"account:{actor_of(action)}", {})


def asked_by(action: Action) -> tuple[str, ...]:
    """Every fact its form asks for."""
    deed = DEEDS[action]
    return (*deed.requires, *deed.takes)


def actor_of(action: Action) -> str:
    """Who usually does it."""
    if action in (A.HOLD_HEARING, A.FORFEIT_HEARING):
        return FANG
    posts = DEEDS[action].by
    return SU if "officer" in posts else XU if "legal_reviewer" in posts else LIN if posts == {"leader"} else ZHOU


def person(login: str, **told: Any) -> dict[str, Any]:
    """Somebody with a certificate."""
    good = {"name": NAMES[login], "roles": ["officer"], "ok": True, "code": "certified", "why": "", "qualified": False}
    good["squad"] = "CD" if login == ZHAO else "CZ"
    return good | {"number": f"云执 {login}"} | told


PEOPLE = {
    SU: person(SU),
    LIN: person(LIN),
    ZHAO: person(ZHAO),
    XIAO_LIN: person(XIAO_LIN, ok=False, code="grid_worker", why="网格员不得承担执法", number=None),
    XIAO_WU: person(XIAO_WU, ok=False, code="auxiliary", why="辅助人员不得执法", number=None),
    **{login: person(login, ok=False, code="no_post", number=None, qualified=True) for login in (ZHOU, XU, FANG)},
}
IN_FORCE = {"in_force": True, "code": "in_force", "why": ""}
POWER = {
    "code": "SR006",
    "name": "占道经营",
    "field": "市容环卫",
    "mode": "delegated",
    "on_act": IN_FORCE,
    "today": IN_FORCE,
}
PROVISION = {"code": "SR006-1", "stage": "base", "kinds": ["warning", "fine", "confiscate_income"]}
BOUNDS = {
    "low_fen": 20_000,
    "high_fen": 60_000,
    "statute_low_fen": 5_000,
    "statute_high_fen": 100_000,
    "floor_may_be_left": False,
    "missing": [],
}
KNOWN: dict[str, Any] = {
    "officers": PEOPLE,
    "squad": "CZ",
    "receipt_used_by": None,
    "conflicts": [],
    "power": POWER,
    "higher": None,
    "law": {"provision": PROVISION, "why": "", "lawful_now": False},
    "tier": {"code": "usual", "name": "一般", "no_penalty": False},
    "tier_outcome": "found",
    "tier_why": "",
    "bounds": BOUNDS,
    "nearest": {"count": 3, "beyond_band": False},
    "first_offence": {"listed": True, "first": True, "why": "没有记录。"},
    "factors": {},
    "same_party": [],
    "local": {"sole_trader_as": "person", "seizure_allowed": True, "notice_service_days": 30},
    "fast": {"listed": True, "exclusions": []},
    "hearing_due": False,
    "review_due": [],
    "discussion_due": [],
    "unknown": [],
    "dates": {"today": "2026-11-23", "suit_until": "2026-09-03", "pay_until": "2026-03-18"},
    "paper_kind": "urging_letter",
    "paper_made": "2026-11-16",
    "paper_newest": True,
}


def world(today: Any = TODAY, without: Any = None, **known: Any) -> World:
    """Everything the service knows, some of it different, or one thing not known at all."""
    told = {**KNOWN, **known}
    return World(today, YUNXI, {name: value for name, value in told.items() if name != without})


def case(action: Action) -> Any:
    """A case in which the act is due."""
    if action is A.REVIEW_EVIDENCE:
        return replace(INQUIRY, evidence=(PAPER, replace(CAMERA, reviewed=None)))
    if action is A.CONTEST_RULED:
        return replace(PERFORMING, contests=(Contest("reconsideration", 15, day("11-20")),))
    return STATES.get(action, INQUIRY)


def codes(told: Act, before: Case | None = None, outside: World | None = None) -> list[str]:
    """What stands against an act."""
    outside = outside or world()
    outside = replace(outside, known={"actor": told.actor.removeprefix("account:"), **outside.known})
    return [one.code for one in stops(before or case(told.action), told, outside)]


def forbids(code: str, told: Act, before: Case | None = None, outside: World | None = None) -> bool:
    """Whether this stop stands against it."""
    assert code in CATALOGUE
    return code in codes(told, before, outside)


def allows(code: str, told: Act, before: Case | None = None, outside: World | None = None) -> bool:
    """Whether nothing at all stands against it, this stop included."""
    assert code in CATALOGUE
    found = codes(told, before, outside)
    assert found == []
    return True
