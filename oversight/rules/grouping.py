"""Gathering (合并) and quiet hours (免打扰): many alarms are one notice, and what can wait rings in the morning. Pure."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

TOGETHER = dt.timedelta(minutes=10)
"""So long after a notice rang, and as long as nobody has looked at it, more of its class joins it and does not ring."""
CLASSES: Mapping[str, str] = {"remind": "urge"}
"""The levels that are told under the name of another one. Worse is never told under the name of milder."""
CANNOT_WAIT = "account"
AT_ANY_HOUR = "urgent"


def class_of(level: str) -> str:
    """The class of levels that one notice gathers (通知类别), by the worst of them."""
    return CLASSES.get(level, level)


def can_wait(level: str, severity: str) -> bool:
    """Whether somebody may sleep on it: not on what is urgent, and not on the 问责 line."""
    return level != CANNOT_WAIT and severity != AT_ANY_HOUR


def rings_at(now: dt.datetime, zone: ZoneInfo, quiet_from: dt.time, quiet_until: dt.time) -> dt.datetime:
    """When something that can wait is rung: now, or at the end of the quiet hours that now lies in.

    Quiet hours are half-open local times, [from, until); over midnight when they end earlier than they begin; the same
    time twice means none. Gives back UTC.
    """
    local = now.astimezone(zone)
    if not _quiet(local.time(), quiet_from, quiet_until):
        return now
    day = local.date() if local.time() < quiet_until else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, quiet_until, zone).astimezone(dt.UTC)


def _quiet(time: dt.time, since: dt.time, until: dt.time) -> bool:
    if since <= until:
        return since <= time < until
    return time >= since or time < until
