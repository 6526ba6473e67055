"""Days as the statutes count them (期间): the day of the start never counts, working days are the calendar's.

行政处罚法 85, 行政强制法 69 (working days); 民事诉讼法 85 (the day of the start, a last day that is a holiday).
"""

import calendar
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


class Days:
    """The calendar of a case: ``working`` weekend days that work, ``off`` weekdays that do not."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.zone = ZoneInfo(str(told["zone"]))
        self._working = {dt.date.fromisoformat(day) for day in told.get("working", ())}
        self._off = {dt.date.fromisoformat(day) for day in told.get("off", ())}

    def local(self, moment: dt.datetime) -> dt.date:
        """The local day of a moment."""
        return moment.astimezone(self.zone).date()

    def last_of(self, due: dt.datetime) -> dt.date:
        """The last local day of a term that is over at ``due``: 24:00 belongs to the day it ends."""
        return self.local(due - dt.timedelta(microseconds=1))

    def works(self, day: dt.date) -> bool:
        """Whether it is a working day."""
        if day in self._working:
            return True
        return day.weekday() < calendar.SATURDAY and day not in self._off

    def moved(self, day: dt.date) -> dt.date:
        """The day itself, or the next one that works."""
        while not self.works(day):
            day += DAY
        return day

    def working(self, start: dt.date, count: int) -> dt.date:
        """The last of so many working days after ``start``."""
        day = start
        while count:
            day += DAY
            count -= self.works(day)
        return day

    def calendar_days(self, start: dt.date, count: int) -> dt.date:
        """The last of so many days after ``start``, never a day off."""
        return self.moved(start + count * DAY)

    def months(self, start: dt.date, count: int) -> dt.date:
        """So many months after ``start``, never a day off."""
        return self.moved(months_later(start, count))


def months_later(start: dt.date, count: int) -> dt.date:
    """The day of the same number so many months later, or the last of that month (民法典 202)."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))
