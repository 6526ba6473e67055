"""The demo's roster (演示值班表): who is on duty in the weeks round a day, who is on leave, who must keep away from what.

Pure: the same day gives the same roster. Squads of an area serve round the clock in three shifts, the planning squad in
office hours; each shift has one leader, who comes from the people who may answer for the squad.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from service.demo import land
from service.demo.people import LAWYERS, PLANNING, TEAMS, Colleague, Team
from town.staff import CertificateEntry, ConflictEntry, LeaveEntry, ShiftEntry

AROUND = 31
"""Days of the roster before and after the day."""
DAY = dt.timedelta(days=1)
SHIFTS = ((dt.time(6, 30), 8), (dt.time(14, 30), 8), (dt.time(22, 30), 8))
"""早班, 晚班, 夜班: when it begins, and how many hours it lasts."""
OFFICE = (dt.time(8, 30), 9)
ISSUER = "云川县人民政府"
LEGAL = "法律职业资格证"
EXPIRES_SOON, RUN_OUT = "daiyan", "dongchao"


def shifts(today: dt.date, zone: ZoneInfo) -> Iterator[ShiftEntry]:
    """Everybody's shifts, day by day."""
    for day in _days(today):
        for team in TEAMS:
            yield from _planning(team, day, zone) if team.code == PLANNING else _round_the_clock(team, day, zone)


def leaves(today: dt.date, zone: ZoneInfo) -> list[LeaveEntry]:
    """Who is away: for each a login, from which day on, for how many days, and why."""
    away = (
        ("chenggang", -2, 5, "年休假"),
        ("hejia", 1, 2, "产检"),
        ("xiajun", 6, 3, "参加县里培训"),
        ("sumin", 12, 1, "调休"),
    )
    return [
        LeaveEntry(
            login, _at(today + first * DAY, dt.time(), zone), _at(today + (first + days) * DAY, dt.time(), zone), why
        )
        for login, first, days, why in away
    ]


def conflicts(since: dt.date) -> list[ConflictEntry]:
    """Who lives where he would have to enforce (行政处罚法 43)."""
    home, shop = (next(grid.code for grid in land.draw() if grid.area.code == code) for code in ("CZ", "NW"))
    return [
        ConflictEntry("linxiaofeng", f"grid:{home}", "本人住在该网格", since),
        ConflictEntry("gaoyuan", f"grid:{shop}", "配偶在该网格开店", since),
    ]


def certificates(today: dt.date) -> list[CertificateEntry]:
    """Everybody's who may answer for a squad: most have years to go, one runs out soon, one has run out already.

    Lawyers have theirs for life: without it nobody reviews a penalty or leads a hearing (行政处罚法 58).
    """
    found = [
        CertificateEntry(f"A2014{number:07}", one.login, LEGAL, "司法部", dt.date(2015, 3, 1), dt.date(2099, 12, 31))
        for number, one in enumerate(LAWYERS, 1)
    ]
    for number, one in enumerate((one for team in TEAMS for one in team.answering), 1):
        last = {EXPIRES_SOON: today + 21 * DAY, RUN_OUT: today - 9 * DAY}.get(
            one.login, today + (400 + 17 * number) * DAY
        )
        found.append(CertificateEntry(f"YC{2100 + number}", one.login, "行政执法证", ISSUER, last - 1825 * DAY, last))
    return found


def _days(today: dt.date) -> Iterator[dt.date]:
    return (today + number * DAY for number in range(-AROUND, AROUND + 1))


def _round_the_clock(team: Team, day: dt.date, zone: ZoneInfo) -> Iterator[ShiftEntry]:
    """Turns move on by one every day; the leader leads early, the auxiliary helps late."""
    turn = day.toordinal()
    officers = [team.officers[(turn + place) % len(team.officers)] for place in range(len(team.officers))]
    early = team.leader if day.weekday() < 5 else officers[0]
    crews: tuple[tuple[Colleague, ...], ...] = ((early,), (officers[1], team.auxiliary), (officers[2],))
    for (starts, hours), crew in zip(SHIFTS, crews, strict=True):
        yield from _shift(team, day, starts, hours, crew, zone)


def _planning(team: Team, day: dt.date, zone: ZoneInfo) -> Iterator[ShiftEntry]:
    if day.weekday() < 5:
        yield from _shift(team, day, *OFFICE, (team.leader, team.officers[day.toordinal() % 2]), zone)


def _shift(
    team: Team, day: dt.date, starts: dt.time, hours: int, crew: tuple[Colleague, ...], zone: ZoneInfo
) -> Iterator[ShiftEntry]:
    begins = _at(day, starts, zone)
    for place, one in enumerate(crew):
        yield ShiftEntry(team.code, one.login, begins, begins + dt.timedelta(hours=hours), leads=place == 0)


def _at(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)
