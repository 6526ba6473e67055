"""Who and what appears in the lives written by hand: people, parties, the calendar of 2026, the town's rules."""

from typing import Any

CALENDAR = {
    "zone": "Asia/Shanghai",
    "working": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
    "off": [
        *("2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"),
        *("2026-02-23", "2026-04-06", "2026-05-01", "2026-05-04", "2026-05-05", "2026-06-19", "2026-09-25"),
        *("2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"),
    ],
    "covered": [2026],
}
"""国办 2025-11-04: only days that are not what their weekday says."""
LIN, SU, CHEN, WU, ZHENG = "linxiaofeng", "sumin", "chenjing", "wuyue", "zhengyan"
PEOPLE: dict[str, dict[str, Any]] = {
    LIN: {"name": "林晓峰", "roles": ["officer", "squad_leader"], "ok": True, "number": "苏E-1001", "qualified": False},
    SU: {"name": "苏敏", "roles": ["officer"], "ok": True, "number": "苏E-1002", "qualified": False},
    CHEN: {"name": "陈静", "roles": ["approver"], "ok": False, "number": None, "qualified": False},
    WU: {"name": "吴越", "roles": ["legal_reviewer"], "ok": False, "number": None, "qualified": True},
    ZHENG: {"name": "郑严", "roles": ["legal_reviewer"], "ok": False, "number": None, "qualified": True},
}
BOTH = [LIN, SU]
IN_FORCE = {"in_force": True, "code": "in_force", "why": ""}
LOCAL = {
    "defence_days": 5,
    "decision_days": 90,
    "publish_days": 7,
    "sole_trader_as": "person",
    "hearing_fine_person_fen": 5_000_00,
    "hearing_fine_organisation_fen": 30_000_00,
    "hearing_inclusive": True,
}
PERSON = {
    "id": "p-1",
    "version": 1,
    "kind": "person",
    "name": "周春梅",
    "number_kind": "id_card",
    "number": "11010519491231002X",
    "birth": "1949-12-31",
    "gender": "female",
    "address": "云溪镇河西街 8 号",
    "phone": "13800000001",
    "head": None,
    "job": "摊主",
}
COMPANY = PERSON | {
    "id": "p-2",
    "kind": "organisation",
    "name": "云川县顺达渣土运输有限公司",
    "number_kind": "credit_code",
    "number": "91350200776049653A",
    "birth": None,
    "gender": None,
    "head": "何勇",
    "job": None,
}
