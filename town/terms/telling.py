"""Telling (说明): a term in words that a reporter understands. Pure."""

import datetime as dt

from town.days import DAY, WEEKEND
from town.terms.counting import Due, Reason
from town.terms.units import BY_DAY, UNIT_NAMES, Span, Unit, unit_name

WEEKDAYS = "一二三四五六日"
WEEKENDS_TOLD_ONE_BY_ONE = 2
PAUSES_TOLD_ONE_BY_ONE = 3


def explain(due: Due) -> str:
    """The term in words: its length, what did not count, what did, until when, and whether it may change."""
    parts = [_length(due), *_stood_still(due), *_told(due), *_until(due)]
    if due.provisional:
        years = "、".join(f"{year}年" for year in due.uncovered)
        parts.append(f"{years}的放假安排还没有录入，暂按周一至周五计算，录入后会自动重算")
    return "；".join(parts) + "。"


def _length(due: Due) -> str:
    granted = f"，延长 {due.extended} {unit_name(due.term.unit)}" if due.extended else ""
    return f"{due.term.amount} {UNIT_NAMES[due.term.unit]}{granted}"


def _stood_still(due: Due) -> list[str]:
    told = [words for pause in due.pauses if (words := _pause(pause, due))]
    return told if len(told) <= PAUSES_TOLD_ONE_BY_ONE else [f"其间暂停{len(told)}次，不算"]


def _pause(pause: Span, due: Due) -> str:
    """Days for a count of days, hours for one of hours; nothing for a pause that took nothing out."""
    if pause.until is None:
        return ""
    since, until = pause.since.astimezone(due.start.tzinfo), pause.until.astimezone(due.start.tzinfo)
    if due.term.unit not in BY_DAY:
        end = f"{until:%H:%M}" if since.date() == until.date() else _moment(until, due)
        return f"{_moment(since, due)}至{end}暂停，不算"
    if since.date() == until.date():
        return ""
    return f"{_span(since.date() + DAY, until.date(), due)}暂停，不算"


def _told(due: Due) -> list[str]:
    if due.term.unit in (Unit.DAYS, Unit.MONTHS):
        return _moved(due)
    weekends = [reason for reason in due.reasons if reason.name == WEEKEND]
    if len(weekends) <= WEEKENDS_TOLD_ONE_BY_ONE:
        return [_clause(reason, due) for reason in due.reasons]
    days = sum((reason.last - reason.first).days + 1 for reason in weekends)
    return [f"其间周末{days}天，不算", *(_clause(reason, due) for reason in due.reasons if reason not in weekends)]


def _moved(due: Due) -> list[str]:
    """A term of calendar days has something to tell only when its last day was a day off."""
    met = [f"{_dates(reason, due)}{_kind(reason)}" for reason in due.reasons if not reason.working]
    works = [_clause(reason, due) for reason in due.reasons if reason.working]
    return [*([f"最后一天赶上{'、'.join(met)}，顺延到下一个工作日"] if met else []), *works]


def _clause(reason: Reason, due: Due) -> str:
    dates = _dates(reason, due)
    if reason.working:
        return f"{dates}调休上班，算工作日"
    return f"{dates}是周末，不算" if reason.name == WEEKEND else f"{dates}{_kind(reason)}"


def _kind(reason: Reason) -> str:
    return reason.name if reason.name == WEEKEND else f"{reason.name}放假"


def _dates(reason: Reason, due: Due) -> str:
    return _span(reason.first, reason.last, due)


def _span(first: dt.date, last: dt.date, due: Due) -> str:
    """``10月1日至7日``, ``11月21、22日``, ``10月10日（周六）``; the year only where it is another one."""
    if first == last:
        return _date(first, due)
    tail = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    if last - first > DAY:
        return f"{_month(first, due)}{first.day}日至{tail}"
    return f"{_month(first, due)}{first.day}{'' if last.month == first.month else '日'}、{tail}"


def _until(due: Due) -> list[str]:
    lasting = [pause.since for pause in due.pauses if pause.until is None]
    if lasting:
        return [f"{_moment(lasting[0].astimezone(due.start.tzinfo), due)}起暂停，恢复计时后再推算截止时间"]
    if due.term.unit in BY_DAY:
        return [f"{_date(due.last_day, due)}24时截止"]
    local = due.at.astimezone(due.start.tzinfo)
    return [f"{_date(local.date(), due)}{local:%H:%M}截止"]


def _moment(local: dt.datetime, due: Due) -> str:
    return f"{_month(local.date(), due)}{local.day}日{local:%H:%M}"


def _date(day: dt.date, due: Due) -> str:
    return f"{_month(day, due)}{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _month(day: dt.date, due: Due) -> str:
    return f"{day.month}月" if day.year == due.start.year else f"{day.year}年{day.month}月"
