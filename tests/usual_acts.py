"""What people usually say in each act of a case: complete, lawful, and about a bucket of kitchen waste on the pavement."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS

OFFICERS = ["sumin", "linxiaofeng"]
PLACE = "云溪镇人民路 88 号门前人行道"
GOODS = [{"name": "三轮车", "spec": "人力", "amount": "1", "unit": "辆", "state": "完好"}]
FACTORS: dict[str, Any] = {
    "prior_penalties": 0,
    "harm": "slight",
    "corrected": True,
    "obstructed": False,
    "refused": False,
}
SAID = [{"question": "这桶厨余垃圾是你倒的吗？", "answer": "是我倒的，图方便。"}]
A = Action


def facts(life: Any, action: Action) -> dict[str, Any]:
    """The usual facts of an action in this case at this hour."""
    told: dict[str, Any] = {}
    for source in (_common(action), USUAL.get(action, {})):
        told |= source
    said = {name: value(life) if callable(value) else value for name, value in told.items()}
    return {name: value for name, value in said.items() if value is not None}


def _common(action: Action) -> dict[str, Any]:
    return {name: COMMON[name] for name in DEEDS[action].requires if name in COMMON}


def _hours_ago(hours: float) -> Callable[[Any], str]:
    return lambda life: (life.bureau.now - dt.timedelta(hours=hours)).isoformat()


def _in_days(days: int) -> Callable[[Any], str]:
    return lambda life: (life.bureau.today + dt.timedelta(days=days)).isoformat()


def _evidence(life: Any) -> list[int]:
    return [one.number for one in life.case.usable_evidence] or [1]


def _party(life: Any) -> str:
    return str(life.bureau.party())


def _fine(life: Any) -> int:
    wish = life.case.conclusion
    return wish.fine_fen if wish else 15_000


def receipt(life: Any) -> str:
    """The number of this case's receipt: every case of the town has its own."""
    return f"苏财 {uuid.UUID(str(life.id)).int % 10**8:08}"


def _of_conclusion(name: str, otherwise: Any) -> Callable[[Any], Any]:
    return lambda life: getattr(life.case.conclusion, name) if life.case.conclusion else otherwise


COMMON: dict[str, Any] = {
    "officers": OFFICERS,
    "words": "按规定办理。",
    "opinion": "事实清楚，证据确凿，同意。",
    "summary": "当事人在人行道上倾倒厨余垃圾，事实清楚，建议依法处理。",
    "begun": _hours_ago(1),
    "ended": _hours_ago(0.5),
    "taken_at": _hours_ago(0.7),
    "place_words": PLACE,
    "day": _in_days(0),
    "signature": "signed",
    "certificate_shown": True,
    "avoidance_told": True,
    "rights_told": True,
    "told": True,
    "evidence": _evidence,
    "items": GOODS,
    "answers": SAID,
    "factors": FACTORS,
    "outcome": "penalty",
    "facts_found": "当事人于当日在人民路 88 号门前人行道倾倒厨余垃圾一桶。",
    "findings": "人行道上有厨余垃圾约一桶，污水流向路边雨水口。",
    "passed": True,
}
USUAL: dict[Action, dict[str, Any]] = {
    A.NAME_PARTY: {"party": _party},
    A.ASSIGN: {"officers": ["liwei", "linxiaofeng"]},
    A.QUESTION: {"asked_person": "周国英", "relation": "当事人本人"},
    A.ADD_EVIDENCE: {
        "evidence_kind": "audiovisual",
        "title": "现场照片",
        "origin": "officer",
        "proves": "人行道上有当事人倾倒的厨余垃圾",
    },
    A.REVIEW_EVIDENCE: {"number": 1, "marked": True},
    A.EXCLUDE_EVIDENCE: {"number": 1},
    A.ASK_HOLD: {"custodian": "云溪镇综合行政执法局暂存处"},
    A.ASK_SEIZURE: {"measure": "seize", "custodian": "云溪镇综合行政执法局暂存处"},
    A.SETTLE_HOLD: {"settlement": "returned"},
    A.LIFT_SEIZURE: {"release_ground": "decided"},
    A.ORDER_CORRECTION: {"correction": "立即清除倾倒的垃圾并冲洗路面。", "until": _in_days(2)},
    A.RECHECK_CORRECTION: {"corrected": "corrected"},
    A.NO_CORRECTION: {"no_correction_because": "垃圾已由当事人当场清除，无需再责令改正。"},
    A.CONFIRM_ADDRESS: {"address": "云溪镇河东村 12 号", "electronic_consent": False},
    A.APPOINT_AGENT: {"agent": "周大伟", "relation": "当事人的儿子"},
    A.CHALLENGE: {"challenged": "sumin"},
    A.RULE_CHALLENGE: {"challenged": "sumin"},
    A.ASK_ASSISTANCE: {"organ": "云川县公安局云溪派出所"},
    A.APPROVE_REASON: {"clock": "decide"},
    A.CONCLUDE: {"kinds": ["fine"], "fine_fen": 15_000},
    A.PROPOSE_FAST: {"kinds": ["fine"], "fine_fen": 15_000},
    A.DECIDE_ON_SPOT: {"kinds": ["fine"], "fine_fen": 15_000, "pay_manner": "bank"},
    A.DISCUSS: {
        "members": [
            {"name": "周正", "opinion": "同意拟处罚意见。"},
            {"name": "许斐", "opinion": "同意。"},
            {"name": "方宁", "opinion": "同意。"},
        ]
    },
    A.SERVE_NOTICE: {"manner": "in_person", "receiver": "周国英", "signature": "signed"},
    A.SERVE_DECISION: {"manner": "in_person", "receiver": "周国英", "signature": "signed"},
    A.SERVE_PAPER: {"manner": "in_person", "receiver": "周国英", "signature": "signed"},
    A.HEAR_DEFENCE: {
        "defence": "家里没有分类桶，一时糊涂。",
        "accepted": "not",
        "defence_review": "不影响违法事实的认定。",
    },
    A.CALL_HEARING: {"held_at": _hours_ago(-24 * 14), "chair": "fangning", "open_hearing": True},
    A.HOLD_HEARING: {"present": "当事人周国英，调查人员苏敏、林晓峰"},
    A.FORFEIT_HEARING: {"forfeit": "withdrawn"},
    A.SUBMIT_DECISION: {
        "outcome": _of_conclusion("outcome", "penalty"),
        "kinds": lambda life: list(life.case.conclusion.kinds) or None,
        "fine_fen": _fine,
        "confiscate_fen": _of_conclusion("confiscate_fen", 0),
        "ground": _of_conclusion("ground", None),
        "lighter": _of_conclusion("lighter", None),
    },
    A.PAY: {"amount_fen": lambda life: life.case.fine_fen, "pay_manner": "bank", "receipt_number": receipt},
    A.HAND_IN_CASH: {"amount_fen": lambda life: life.case.fine_fen},
    A.BANK_CASH: {"amount_fen": lambda life: life.case.fine_fen, "receipt_number": "缴 000123"},
    A.APPROVE_DELAY: {"parts": lambda life: [{"due": _in_days(30)(life), "fen": life.case.fine_fen}]},
    A.DISPOSE_GOODS: {"witness": "河东村委会 张主任"},
    A.PERFORM: {"kinds": ["warning"]},
    A.APPLY_TO_COURT: {"organ": "云川县人民法院"},
    A.COURT_RULED: {"ruling": "granted"},
    A.CONTEST: {"contest_kind": "reconsideration", "organ": "云川县人民政府"},
    A.CONTEST_RULED: {"contest_kind": "reconsideration", "contest_result": "upheld"},
    A.PUBLISH: {"place_words": "云溪镇政务公开栏"},
    A.TRANSFER: {"organ": "云川县公安局", "transfer_ground": "crime", "materials": "案卷一册，证据清单一份"},
    A.ARCHIVE: {"archive_number": "2026-001"},
    A.ANNOUNCE: {"place_words": "云溪镇政府公告栏和门户网站"},
}
