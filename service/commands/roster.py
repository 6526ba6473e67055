"""wangge roster: who is on duty, and a week's pattern written out over months."""

import datetime as dt
from pathlib import Path

import click

from service.commands.common import commit_option, json_option, opened, print_json, table
from service.commands.people_taken import take_in
from town import clock, profile, roster, staff
from town.people_file import pattern
from town.staff import ShiftCard

DATE = click.DateTime(["%Y-%m-%d"])


@click.group(name="roster")
def group() -> None:
    """值班: who is on duty when."""


@group.command(name="list")
@click.option("--day", type=DATE, help="Which day; today if not said.")
@json_option
def list_shifts(day: dt.datetime | None, as_json: bool) -> None:
    """The shifts of a day."""
    now = clock.now()
    with opened() as (_, database), database.read() as session:
        zone = profile.current(session).zone
        wanted = day.date() if day else now.astimezone(zone).date()
        shifts = staff.shifts_of_day(session, wanted, zone)
    if as_json:
        return print_json([{**vars(one.entry), "name": one.name, "leave": one.leave} for one in shifts])
    table([("中队", "开始", "结束", "账号", "姓名", ""), *(_row(one, zone) for one in shifts)])


@group.command(name="now")
@json_option
def on_duty_now(as_json: bool) -> None:
    """Who answers for each squad at this moment."""
    now = clock.now()
    with opened() as (_, database), database.read() as session:
        today = roster.read(session, now, now)
        squads = [one.entry for one in staff.squads(session) if one.active]
    answers = {squad.code: today.answering(squad.code, now) for squad in squads}
    stand_ins = {squad.code: squad.stand_in for squad in squads}
    if as_json:
        return print_json({"on_duty": answers, "stand_in": stand_ins})
    rows = (
        (code, next(iter(logins), None), stand_ins[code], "、".join(logins[1:])) for code, logins in answers.items()
    )
    table([("中队", "值班负责人", "无人时由谁负责", "还有谁在班"), *rows])


@group.command()
@click.option("--from", "first", type=DATE, required=True, help="The first day.")
@click.option("--to", "last", type=DATE, required=True, help="The last day, at most a year later.")
@click.option(
    "--pattern", "file", type=click.Path(path_type=Path, exists=True), required=True, help="周排班, CSV or XLSX."
)
@commit_option
@json_option
def fill(first: dt.datetime, last: dt.datetime, file: Path, commit: bool, as_json: bool) -> None:
    """Write a week's pattern out, day by day; shifts that stand already stay."""
    if not dt.timedelta() <= last - first <= pattern.LONGEST:
        raise click.UsageError("--to 不能早于 --from，最多排一年。")
    filed = pattern.written_out(file, first.date(), last.date())
    take_in(filed, clock.now(), closing=False, passwords=None, commit=commit, as_json=as_json)


def _row(one: ShiftCard, zone: dt.tzinfo) -> tuple[str, ...]:
    begins, ends = (f"{at.astimezone(zone):%m-%d %H:%M}" for at in (one.entry.starts_at, one.entry.ends_at))
    marks = "、".join(mark for mark, holds in (("带班", one.entry.leads), ("请假", one.leave)) if holds)
    return one.squad_name, begins, ends, one.entry.login, one.name, marks


COMMANDS = (group,)
