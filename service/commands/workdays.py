"""wangge workdays: which days the office works."""

import datetime as dt
from collections.abc import Callable

import click
from sqlalchemy.orm import Session

from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from town import clock, holidays, profile, terms, workdays
from town.watch import Revised
from town.workdays import Change, Edit

ACTOR = "system:cli"
LISTED = 50


@click.group(name="workdays")
def group() -> None:
    """工作日: holidays and weekend days that work."""


@group.command(name="list")
@click.option("--year", type=int, help="Which year; this one if not said.")
@json_option
def list_days(year: int | None, as_json: bool) -> None:
    """The named days of a year, and the years that are known."""
    with opened() as (_, database), database.read() as session:
        days = workdays.listed(session, year or clock.now().year)
        covered = sorted(workdays.covered_years(session))
    if as_json:
        named = [{"day": d.day, "working": d.working, "name": d.name, "source": d.source} for d in days]
        return print_json({"covered": covered, "days": named})
    table([(_dated(d.day), "上班" if d.working else "放假", d.name, d.source) for d in days])
    click.echo(f"已录入的年份：{'、'.join(map(str, covered)) or '无'}")


@group.command()
@click.option("--year", "years", type=int, multiple=True, help="Which years; all that are published if not said.")
@commit_option
def seed(years: tuple[int, ...], commit: bool) -> None:
    """Fill in the published holidays of the town's region; days entered by hand stay."""

    def edit(session: Session) -> Edit:
        region = profile.current(session).holiday_region
        return workdays.seed(session, region, years or holidays.known_years(region, clock.now().date()))

    _edit(edit, commit)


@group.command(name="set")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last of several days in a row.")
@click.option("--working/--off", default=None, help="Whether the office works on that day.")
@click.option("--name", required=True, help="What people call it: 国庆节, 调休, 台风停工.")
@commit_option
def set_days(day: dt.datetime, until: dt.datetime | None, working: bool | None, name: str, commit: bool) -> None:
    """Say of a day, or of several in a row, whether they work."""
    if working is None:
        raise click.UsageError("请写明 --working（上班）还是 --off（放假）。")
    first, last = day.date(), (until or day).date()
    _edit(lambda session: workdays.set_days(session, first, last, working=working, name=name), commit)


@group.command()
@click.argument("year", type=int)
@commit_option
def complete(year: int, commit: bool) -> None:
    """Declare that every holiday of YEAR has been entered by hand."""
    _edit(lambda session: workdays.complete(session, year), commit)


def _edit(change: Callable[[Session], Edit], commit: bool) -> None:
    """Do it and show it; without ``--commit`` take it back, so that the preview is the real thing."""
    with opened() as (_, database), database.write() as session:
        edit = change(session)
        revised = workdays.publish(session, edit, actor=ACTOR, now=clock.now())
        _show(edit, revised)
        if not commit:
            session.rollback()
    say_dry_run(commit)


def _show(edit: Edit, revised: list[Revised]) -> None:
    table([_change_row(change) for change in edit.days[-LISTED:]])
    click.echo(f"改动 {len(edit.days)} 天；新录入 {len(edit.years)} 年；重算后有变化的时限 {len(revised)} 个。")
    table([(one.subject, one.kind, one.was.isoformat(), "→", one.due.isoformat()) for one in revised[:LISTED]])
    if edit.unpublished:
        click.echo(workdays.warning(edit.unpublished))


def _change_row(change: Change) -> tuple[str, str, str, str]:
    return _dated(change.day), _said(change.before), "→", _said(change.after)


def _said(special: terms.SpecialDay | None) -> str:
    if special is None:
        return "按星期"
    return f"{special.name}{'上班' if special.working else '放假'}"


def _dated(day: dt.date) -> str:
    return f"{day.isoformat()} 周{terms.WEEKDAYS[day.weekday()]}"


COMMANDS = (group,)
