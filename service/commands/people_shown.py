"""How a plan for people is shown: in Chinese lines on the terminal, and as data for scripts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from town.people import ROLE_NAMES, Role
from town.people_file import TABLES, Difference, Filed, Plan
from town.people_file.plan import SERVICES
from town.staff import fields_that_differ

SHOWN = 40
"""Lines of one list; the rest is counted."""

HEADERS = {table.title: {field.name: field.header for field in table.fields} for table in TABLES}


def told(plan: Plan, filed: Filed, zone: ZoneInfo) -> Iterator[str]:
    """The plan in lines: what is wrong first, then list by list what changes."""
    for skipped in filed.skipped:
        yield f"跳过工作表「{skipped}」（隐藏或说明）"
    for complaint in plan.complaints:
        yield f"{'必须改' if complaint.refuses else '请留意'}　{complaint.where}：{complaint.sentence}"
    for title, section in plan.sections.items():
        if section != Difference():
            yield from _section(title, section, zone, ending=plan.closing or title == SERVICES)


def as_data(plan: Plan, filed: Filed, *, committed: bool) -> dict[str, Any]:
    """The plan for scripts."""
    return {
        "refused": plan.refused,
        "committed": committed,
        "sheets": filed.titles,
        "complaints": [complaint.facts() for complaint in plan.complaints],
        "lists": {title: _counted(section) for title, section in plan.sections.items()},
        "new_accounts": [person.login for person in plan.newcomers],
    }


def _section(title: str, section: Difference[Any], zone: ZoneInfo, *, ending: bool) -> Iterator[str]:
    missing = "停用" if ending else "文件里没有，不动"
    yield (
        f"{title}：新增 {len(section.added)}，变更 {len(section.changed)}，"
        f"不变 {section.unchanged}，{missing} {len(section.missing)}"
    )
    headers = HEADERS.get(title, {})
    lines = [
        *(f"  + {_entry(one, headers, zone)}" for one in section.added),
        *(
            f"  ~ {_named(one.after, zone)}：{_changed(one.before, one.after, headers, zone)}"
            for one in section.changed
        ),
        *(f"  {'-' if ending else '?'} {_named(one, zone)}" for one in section.missing),
    ]
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"  …… 还有 {len(lines) - SHOWN} 行"


def _counted(section: Difference[Any]) -> dict[str, Any]:
    return {
        "added": [asdict(one) for one in section.added],
        "changed": [{"before": asdict(one.before), "after": asdict(one.after)} for one in section.changed],
        "unchanged": section.unchanged,
        "missing": [asdict(one) for one in section.missing],
    }


def _named(entry: Any, zone: ZoneInfo) -> str:
    return " ".join(_said(part, zone) for part in entry.key)


def _entry(entry: Any, headers: Mapping[str, str], zone: ZoneInfo) -> str:
    rest = {name: value for name, value in asdict(entry).items() if value not in (*entry.key, None, (), False)}
    told = "，".join(f"{headers.get(name, name)} {_said(value, zone)}" for name, value in rest.items())
    return f"{_named(entry, zone)}　{told}".rstrip()


def _changed(before: Any, after: Any, headers: Mapping[str, str], zone: ZoneInfo) -> str:
    return "；".join(
        f"{headers.get(name, name)} {_said(getattr(before, name), zone)} → {_said(getattr(after, name), zone)}"
        for name in fields_that_differ(before, after)
    )


def _said(value: Any, zone: ZoneInfo) -> str:
    match value:
        case None | ():
            return "空"
        case bool():
            return "是" if value else "否"
        case dt.datetime():
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case tuple():
            return "、".join(ROLE_NAMES[Role(part)] if part in ROLE_NAMES else str(part) for part in value)
    return str(value)
