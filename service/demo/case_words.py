"""What the demo's people say in each act of a case (演示笔录): every fact the procedure asks for, in words that fit the case.

Used for the past, and by the crew over the public API; so everything here is plain JSON.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from service.demo.offences import AT_ONCE, Offence
from service.demo.offenders import Offender
from service.demo.people import CHAIR, LEGAL, MAYOR
from town.clock import Instant

DEVICE = "执法记录仪 YX-07"
CUSTODIAN = "云溪镇综合行政执法局暂存处"
GOODS = [{"name": "人力三轮车", "spec": "自制", "amount": "1", "unit": "辆", "state": "可用，车斗有残土"}]
A = Action


@dataclass(frozen=True)
class Scene:
    """现场: who acts where, when and about what. ``at``: of the act; ``today``: its local day; ``hearing_at``: a time to meet."""

    offence: Offence
    offender: Offender
    officers: tuple[str, ...]
    place: str
    at: Instant
    today: dt.date
    party: str | None = None
    file: str | None = None
    hearing_at: Instant | None = None
    number: int = 1


Said = Mapping[str, Any]
Saying = Callable[[Scene], Any]


def facts(action: Action, scene: Scene, changes: Said | None = None) -> dict[str, Any]:
    """The facts of an act; ``changes`` say otherwise, and None leaves a fact out."""
    deed = DEEDS[action]
    names = [*deed.requires, *(name for name in deed.takes if name in WILLINGLY)]
    common = {name: COMMON[name] for name in names if name in COMMON}
    said = {**common, **SPECIAL.get(action, {}), **(changes or {})}
    told = {name: value(scene) if callable(value) else value for name, value in said.items()}
    return {name: value for name, value in told.items() if value is not None}


def _ago(minutes: float) -> Saying:
    return lambda scene: (scene.at - dt.timedelta(minutes=minutes)).isoformat()


def _in(days: int) -> Saying:
    return lambda scene: (scene.today + dt.timedelta(days=days)).isoformat()


def _fine(scene: Scene) -> int:
    return scene.offence.fine_fen


def _answers(scene: Scene) -> list[dict[str, str]]:
    return [{"question": question, "answer": answer} for question, answer in scene.offence.asked]


def _summary(scene: Scene) -> str:
    return f"{scene.offence.found}有现场照片、检查笔录和询问笔录证明，建议依法处理。"


COMMON: Mapping[str, Any] = {
    "officers": lambda scene: list(scene.officers),
    "words": "按规定办理。",
    "opinion": "事实清楚，证据确凿，适用依据正确，程序合法，同意。",
    "summary": _summary,
    "begun": _ago(40),
    "ended": _ago(10),
    "taken_at": _ago(25),
    "place_words": lambda scene: scene.place,
    "day": _in(0),
    "signature": "signed",
    "certificate_shown": True,
    "avoidance_told": True,
    "rights_told": True,
    "told": True,
    "evidence": [1],
    "items": GOODS,
    "answers": _answers,
    "factors": lambda scene: dict(scene.offence.factors),
    "outcome": "penalty",
    "facts_found": lambda scene: scene.offence.found,
    "findings": lambda scene: scene.offence.seen,
    "passed": True,
    "device": DEVICE,
    "receiver": lambda scene: scene.offender.speaks,
    "higher_excluded": lambda scene: scene.offence.not_higher,
    "custodian": CUSTODIAN,
}
WILLINGLY = frozenset({"device", "receiver", "signature", "higher_excluded"})
"""Told wherever an act takes them."""
SPECIAL: Mapping[Action, Said] = {
    A.NAME_PARTY: {"party": lambda scene: scene.party},
    A.INSPECT: {"present": lambda scene: scene.offender.speaks},
    A.QUESTION: {"asked_person": lambda scene: scene.offender.speaks, "relation": "当事人本人或其法定代表人"},
    A.ADD_EVIDENCE: {
        "evidence_kind": "audiovisual",
        "title": "现场照片",
        "origin": "officer",
        "proves": lambda scene: scene.offence.seen,
        "file": lambda scene: scene.file,
    },
    A.NO_CORRECTION: {"no_correction_because": AT_ONCE},
    A.ORDER_CORRECTION: {"correction": lambda scene: scene.offence.correction, "until": _in(2)},
    A.RECHECK_CORRECTION: {"corrected": "corrected", "findings": "经复查，已按要求改正，现场恢复原状。"},
    A.ASK_HOLD: {"summary": "三轮车是倾倒装修垃圾的工具，可能灭失，以后难以取得。"},
    A.CONCLUDE: {"kinds": ["fine"], "fine_fen": _fine},
    A.PROPOSE_FAST: {"kinds": ["fine"], "fine_fen": _fine},
    A.DECIDE_ON_SPOT: {
        "kinds": ["fine"],
        "fine_fen": _fine,
        "pay_manner": "cash",
        "cash_ground": "small",
        "no_correction_because": AT_ONCE,
    },
    A.REPORT_ON_SPOT: {"words": "当场处罚决定书已交本机关备案。"},
    A.SERVE_NOTICE: {"manner": "in_person"},
    A.SERVE_DECISION: {"manner": "in_person"},
    A.HEAR_DEFENCE: {
        "defence": "车是租来的，密闭装置坏了不知情；事后马上派人清扫，请求从轻。",
        "accepted": "partly",
        "defence_review": "及时清扫属实，予以采纳；出车前应当检查密闭装置，其余不予采纳。",
    },
    A.REQUEST_HEARING: {"words": "对停用净化设施的时间有异议，要求听证。"},
    A.CALL_HEARING: {
        "held_at": lambda scene: scene.hearing_at and scene.hearing_at.isoformat(),
        "chair": CHAIR.login,
        "open_hearing": True,
        "place_words": "云溪镇人民政府二楼会议室",
    },
    A.DISCUSS: {"members": [{"name": one.name, "opinion": "同意拟处罚意见。"} for one in (MAYOR, LEGAL, CHAIR)]},
    A.SUBMIT_DECISION: {"kinds": ["fine"], "fine_fen": _fine},
    A.PAY: {
        "amount_fen": _fine,
        "pay_manner": "bank",
        "receipt_number": lambda scene: f"苏财（虚构）{scene.number:08}",
    },
    A.HAND_IN_CASH: {"amount_fen": _fine},
    A.BANK_CASH: {"amount_fen": _fine, "receipt_number": lambda scene: f"缴（虚构）{scene.number:06}"},
    A.TRANSFER: {
        "organ": "云川县公安局",
        "transfer_ground": "crime",
        "materials": "案卷一册，证据清单一份，涉案钢瓶清单一份",
        "words": "销售金额和存量较大，涉嫌危险作业罪，移送公安机关。",
    },
    A.ARCHIVE: {"archive_number": lambda scene: f"{scene.today.year}-{scene.number:03}"},
}
