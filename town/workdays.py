"""Working days (工作日): a table that an administrator can edit, seeded from the published holiday calendars.

Every change makes a new edition of the table; ``publish`` journals it and moves the clocks that it touches.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from town import calendars, ids, journal, watch
from town.calendars import CoveredYear, Edition, Workday, calendar
from town.clock import Instant
from town.days import DAY, SpecialDay
from town.errors import Refused
from town.holidays import special_days

__all__ = [
    "BY_HAND",
    "Change",
    "CoveredYear",
    "Edit",
    "Edition",
    "Workday",
    "calendar",
    "complete",
    "covered_years",
    "listed",
    "publish",
    "seed",
    "set_day",
    "set_days",
    "uncovered_soon",
    "warning",
]

SUBJECT = "workdays"
BY_HAND = "手工录入"
WARNED_AHEAD = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Change:
    """A day before and after; None where it is a plain day of its week."""

    day: dt.date
    before: SpecialDay | None
    after: SpecialDay | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done to the table: days changed, years now covered, years that nobody has published yet."""

    days: tuple[Change, ...] = ()
    years: tuple[int, ...] = ()
    unpublished: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.days or self.years)


def seed(session: Session, region: str, years: Iterable[int]) -> Edit:
    """Fill in the holidays of those years as published for a region; what was entered by hand stays.

    ``town.holidays.known_years`` says which years are worth asking for. Raises Refused("region_unknown").
    """
    published = {year: special_days(region, year) for year in years}
    known = {year: days for year, days in published.items() if days is not None}
    changes = _differences(
        _stored(session, known), {day: special for days in known.values() for day, special in days.items()}
    )
    covered = _cover(session, known, region)
    unpublished = tuple(sorted(published.keys() - known.keys()))
    return _keep(session, Edit(changes, covered, unpublished), source=region)


def set_day(session: Session, day: dt.date, *, working: bool, name: str) -> Edit:
    """Say of one day whether it works, and what it is called (放假、调休、停工)."""
    return set_days(session, day, day, working=working, name=name)


def set_days(session: Session, first: dt.date, last: dt.date, *, working: bool, name: str) -> Edit:
    """Say it of every day from first to last; nothing when last is before first."""
    days = [first + offset * DAY for offset in range((last - first).days + 1)]
    rows = session.scalars(select(Workday).where(Workday.day.between(first, last)))
    before, after = {row.day: row.special for row in rows}, SpecialDay(working, name)
    changes = [Change(day, before.get(day), after) for day in days if before.get(day) != after]
    return _keep(session, Edit(tuple(changes)), source=BY_HAND)


def complete(session: Session, year: int) -> Edit:
    """Declare that every holiday of a year has been entered by hand: its due dates are no longer provisional."""
    return _keep(session, Edit(years=_cover(session, [year], BY_HAND)), source=BY_HAND)


def publish(session: Session, edit: Edit, *, actor: str, now: Instant) -> list[watch.Revised]:
    """Journal an edit and reckon anew the clocks that it touches; says which run out at another moment."""
    if not edit:
        return []
    calendar_now = calendars.current(session)
    data = {"days": {c.day.isoformat(): c.after and c.after.working for c in edit.days}, "years": list(edit.years)}
    version = calendar_now.edition
    journal.append(session, subject=SUBJECT, version=version, kind="workdays.changed", actor=actor, at=now, data=data)
    return watch.revise(session, calendar_now, now)


def covered_years(session: Session) -> set[int]:
    """The years whose holidays are known."""
    return set(session.scalars(select(CoveredYear.year)))


def listed(session: Session, year: int) -> list[Workday]:
    """The named days of a year, in order."""
    return list(_stored(session, [year]).values())


def uncovered_soon(session: Session, today: dt.date) -> tuple[int, ...]:
    """Years that terms started in the next 90 days may run into, and whose holidays are not known."""
    known = calendars.current(session)
    return tuple(sorted({day.year for day in (today, today + WARNED_AHEAD) if not known.is_covered(day)}))


def warning(years: Iterable[int]) -> str:
    """What to tell the administrator about uncovered years."""
    return (
        f"{'、'.join(map(str, years))} 年的放假安排还没有录入，涉及的时限暂按周一至周五计算。"
        "放假通知公布后，请运行 wangge workdays seed；若还没有收录，请用 wangge workdays set 逐日录入，"
        "再用 wangge workdays complete 确认录完。"
    )


def _differences(stored: Mapping[dt.date, Workday], published: Mapping[dt.date, SpecialDay]) -> tuple[Change, ...]:
    by_hand = {day for day, row in stored.items() if row.source == BY_HAND}
    before = {day: row.special for day, row in stored.items()}
    days = sorted((before.keys() | published.keys()) - by_hand)
    changes = (Change(day, before.get(day), published.get(day)) for day in days)
    return tuple(change for change in changes if change.before != change.after)


def _cover(session: Session, years: Iterable[int], source: str) -> tuple[int, ...]:
    gained = tuple(sorted(set(years) - covered_years(session)))
    session.add_all(CoveredYear(year=year, source=source) for year in gained)
    return gained


def _keep(session: Session, edit: Edit, source: str) -> Edit:
    """Write the changed days and count up the edition."""
    if not edit:
        return edit
    session.execute(delete(Workday).where(Workday.day.in_([change.day for change in edit.days])))
    session.add_all(
        Workday(day=change.day, working=change.after.working, name=change.after.name, source=source)
        for change in edit.days
        if change.after
    )
    number = calendars.newest(session)[0] + 1
    session.add(Edition(number=number, id=ids.new_id()))
    try:
        session.flush()
    except IntegrityError as taken:
        raise Refused("stale", current=number) from taken
    return edit


def _stored(session: Session, years: Iterable[int]) -> dict[dt.date, Workday]:
    inside = func.extract("year", Workday.day).in_(list(years))
    return {row.day: row for row in session.scalars(select(Workday).where(inside).order_by(Workday.day))}
