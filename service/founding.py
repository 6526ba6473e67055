"""Founding a town (建镇): its page, its working days. One town per database."""

import re
import zoneinfo
from dataclasses import dataclass

import pyproj
from pyproj.exceptions import CRSError
from sqlalchemy import select
from sqlalchemy.orm import Session

from town import backstops, holidays, journal, workdays
from town.clock import Instant
from town.errors import Refused
from town.profile import Town

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class NewTown:
    """What a founder must say. ``hours``: ``08:30-12:00,13:30-17:30``, local time, in order and apart.

    ``fallback``, ``last_resort``: a login and a partner's code, which may be given before there are people and partners.
    ``quiet``: ``21:00-07:00``, local time.
    """

    code: str
    name: str
    timezone: str = "Asia/Shanghai"
    epsg: int = 4549
    holidays: str = "CN"
    hours: str = "08:30-12:00,13:30-17:30"
    operator: str = ""
    filing_number: str = ""
    complaints_url: str = ""
    fallback: str = ""
    last_resort: str = ""
    quiet: str = "21:00-07:00"


def draft(new: NewTown, now: Instant) -> Town:
    """The town as it would be made. Raises Refused("invalid" | "region_unknown")."""
    quiet_from, quiet_until = backstops.quiet_hours(new.quiet)
    town = Town(
        id=1,
        code=_code(new.code),
        name=new.name,
        timezone=_timezone(new.timezone),
        epsg=_metric(new.epsg),
        holiday_region=new.holidays,
        office_hours=_hours(new.hours),
        operator=new.operator,
        filing_number=new.filing_number,
        complaints_url=new.complaints_url,
        fallback=new.fallback or None,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        last_resort=new.last_resort or None,
        created_at=now,
    )
    _years(town, now)
    return town


def found(session: Session, new: NewTown, now: Instant) -> Town:
    """Make the town. Raises Refused("town_exists" | "invalid" | "region_unknown")."""
    if existing := session.scalar(select(Town)):
        raise Refused("town_exists", name=existing.name)
    town = draft(new, now)
    session.add(town)
    session.flush()
    workdays.publish(session, workdays.seed(session, new.holidays, _years(town, now)), actor="system:cli", now=now)
    data = {"code": town.code, "epsg": town.epsg, "holidays": new.holidays, "fallback": town.fallback}
    journal.append(session, subject="town", version=1, kind="town.founded", actor="system:cli", at=now, data=data)
    return town


def _years(town: Town, now: Instant) -> range:
    return holidays.known_years(town.holiday_region, now.astimezone(town.zone).date())


def _invalid(field: str, why: str) -> Refused:
    return Refused("invalid", errors={field: [why]})


def _code(code: str) -> str:
    if not CODE.fullmatch(code):
        raise _invalid("code", "只能用小写字母、数字和连字符")
    return code


def _timezone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise _invalid("timezone", f"没有 {name} 这个时区")
    return name


def _metric(epsg: int) -> int:
    try:
        crs = pyproj.CRS.from_epsg(epsg)
    except CRSError:
        raise _invalid("epsg", f"没有 EPSG:{epsg}") from None
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise _invalid("epsg", f"EPSG:{epsg} 不是以米为单位的投影")
    return epsg


def _hours(text: str) -> list[list[str]]:
    spans = [part.strip() for part in text.split(",")]
    if not all(SPAN.fullmatch(span) for span in spans):
        raise _invalid("hours", "要写成 08:30-12:00,13:30-17:30")
    pairs = [span.split("-") for span in spans]
    moments = [moment for pair in pairs for moment in pair]
    if sorted(set(moments)) != moments:
        raise _invalid("hours", "各段要按先后，不能重叠")
    return pairs
