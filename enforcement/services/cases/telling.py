"""What acts say, in words (要素的说法): for the trace, the documents' fields, and whoever reads a case."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from enforcement.rules import money
from enforcement.rules.cases.fields import FIELDS, Field, Kind
from enforcement.rules.factors import FACTORS
from enforcement.schemas import ToldOut

TYPED = frozenset({Kind.TEXT, Kind.LINE, Kind.ANSWERS, Kind.MEMBERS, Kind.ITEMS, Kind.PARTY, Kind.FILE, Kind.PAPER})
"""What somebody typed may name anybody."""
WITHHELD = "（与岗位无关，不显示）"
OPENING = {"acted_from": "违法行为开始", "acted_on": "违法行为结束", "discovered_on": "发现日期", "source": "案件来源"}


def facts(given: Mapping[str, Any], names: Mapping[str, str], zone: ZoneInfo, *, whole: bool) -> list[ToldOut]:
    """Every fact of an act with its label. ``names``: of people by login. Not ``whole``: without what was typed."""
    told = []
    for name, value in given.items():
        field = FIELDS.get(name)
        if field:
            text = worded(field, value, names, zone) if whole or field.kind not in TYPED else WITHHELD
            told.append(ToldOut(name=name, label=field.label, text=text))
        elif name in OPENING:
            told.append(ToldOut(name=name, label=OPENING[name], text=str(value)))
    return told


def worded(field: Field, value: Any, names: Mapping[str, str], zone: ZoneInfo) -> str:
    """One fact as people read it. Sums in yuan, moments in the town's time."""
    match field.kind:
        case Kind.MONEY:
            return money.yuan(int(value))
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.CHOICE:
            return (field.choices or {}).get(value, str(value))
        case Kind.CHOICES:
            return "、".join((field.choices or {}).get(one, str(one)) for one in value)
        case Kind.MOMENT:
            return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}"
        case Kind.OFFICERS:
            return "、".join(names.get(one, one) for one in value)
        case Kind.PERSON:
            return names.get(value, str(value))
        case Kind.EVIDENCE:
            return "、".join(f"证据{number}" for number in value)
        case Kind.FACTORS:
            return "；".join(factors(value))
    return _listed(field.kind, value)


def printed(field: Field, value: Any, names: Mapping[str, str], zone: ZoneInfo) -> Any:
    """One fact for a document: days and moments in their own types, flags as they are, the rest in words."""
    match field.kind:
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.MOMENT:
            return datetime.fromisoformat(value).astimezone(zone)
        case Kind.FLAG:
            return value
    return worded(field, value, names, zone)


def factors(recorded: Mapping[str, Any]) -> list[str]:
    """裁量事实, each as a clause."""
    return [FACTORS[code].told(value) for code, value in recorded.items() if code in FACTORS]


def _listed(kind: Kind, value: Any) -> str:
    match kind:
        case Kind.ITEMS:
            return "；".join(f"{one['name']} {one['amount']}{one.get('unit') or ''}" for one in value)
        case Kind.ANSWERS:
            return "\n".join(f"问：{one['question']}\n答：{one['answer']}" for one in value)
        case Kind.MEMBERS:
            return "；".join(f"{one['name']}：{one['opinion']}" for one in value)
        case Kind.PARTS:
            return "；".join(f"{one['due']} 前 {money.yuan(one['fen'])}" for one in value)
    return str(value)
