"""wangge simulate: a past month under other handling times, another roster or another map."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.rules.times_table import TimeLine
from dispatch.services import handling_times
from grids import services as grids
from oversight.rules import periods
from oversight.rules.periods import Period
from oversight.services.simulation import simulated, simulating
from oversight.services.simulation.simulated import NOW, THEN, Line
from oversight.services.simulation.simulating import Asked
from service.commands.common import json_option, opened, print_json
from town import clock, profile, sheets
from town.errors import Refused
from town.people import Account, Squad
from town.people_file import pattern
from town.people_file.tables import SHIFTS
from town.staff import ShiftEntry

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--month", required=True, help="Which month, as 2026-10; one that is over.")
@click.option("--times", type=FILE, help="办理时限, CSV or XLSX, as `wangge times template` writes it.")
@click.option("--roster", type=FILE, help="周排班, CSV or XLSX: one week's pattern for the whole month.")
@click.option("--grids", "edition", help="Name or id of an edition of the map, in force or not.")
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), help="Draw it into this SVG file.")
@json_option
def simulate(
    month: str, times: Path | None, roster: Path | None, edition: str | None, chart: Path | None, as_json: bool
) -> None:
    """推演: a past month replayed; on-time rates as they were and as they would have been. Writes nothing to the town."""
    with opened() as (_, database), database.read() as session:
        town = profile.current(session)
        period = _past(month, clock.now().astimezone(town.zone).date())
        asked = Asked(
            times=_times(session, times, period) if times else None,
            shifts=_shifts(session, roster, period, town.zone) if roster else None,
            edition=_edition(session, edition) if edition else None,
        )
        found = simulating.simulate(session, town, period, asked)
        told = simulated.lines(session, found)
    title = f"{town.name} {month} 按期率：{_changes(times, roster, edition)}"
    if chart:
        chart.write_bytes(simulated.picture(title, told))
    if as_json:
        about: dict[str, Any] = {"month": month, "orders": found.orders, "changed": found.changed}
        return print_json(about | {"rows": simulated.as_data(told)})
    _show(title, told)
    click.echo(f"共 {found.orders} 件工单，{found.changed} 件会有不同。只是推演，没有改动任何数据。")
    if chart:
        click.echo(f"图在 {chart}")


def _past(month: str, today: dt.date) -> Period:
    try:
        period = periods.month(month)
    except ValueError:
        raise click.UsageError("--month 要写成 2026-10 这样。") from None
    if period.last >= today:
        raise click.UsageError("这个月还没有过完，只能推演过去的月份。")
    return period


def _edition(session: Session, named: str) -> uuid.UUID:
    try:
        return grids.find(session, named).id
    except Refused:
        raise click.UsageError(f"没有名为「{named}」的网格版次；wangge grids list 列出各版。") from None


def _times(session: Session, file: Path, period: Period) -> list[TimeLine]:
    previewed = handling_times.preview(session, sheets.read(file), period.last)
    previewed.must_pass()
    return [row.line() for row in previewed.rows]


def _shifts(session: Session, file: Path, period: Period, zone: ZoneInfo) -> list[ShiftEntry]:
    """A night shift of the last day before the month still counts on its first."""
    around = simulating.with_ends(period)
    filed = pattern.written_out(file, around.first, around.last)
    if filed.complaints:
        raise Refused("people_refused", why="；".join(str(one) for one in filed.complaints[:5]))
    shifts: list[ShiftEntry] = [line.value.entry(zone) for line in filed.of(SHIFTS)]
    _refuse_strangers(session, shifts)
    return shifts


def _refuse_strangers(session: Session, shifts: list[ShiftEntry]) -> None:
    """A shift of somebody unknown would count for nobody."""
    squads, logins = set(session.scalars(select(Squad.code))), set(session.scalars(select(Account.login)))
    for one in shifts:
        if one.squad not in squads:
            raise Refused("squad_unknown", squad=one.squad)
        if one.login not in logins:
            raise Refused("person_unknown", login=one.login)


def _changes(times: Path | None, roster: Path | None, edition: str | None) -> str:
    told = [
        *([f"按「{times.name}」的时限"] if times else []),
        *([f"按「{roster.name}」排班"] if roster else []),
        *([f"按网格「{edition}」"] if edition else []),
    ]
    return "、".join(told) or "没有改动"


def _show(title: str, told: list[Line]) -> None:
    shown = Table(title=title)
    for head in ("", "名称", "指标"):
        shown.add_column(head)
    for head in (NOW, THEN, "变化（点）"):
        shown.add_column(head, justify="right", no_wrap=True)
    section = None
    for line in told:
        shown.add_row(
            line.section if line.section != section else "",
            line.name,
            line.measure,
            simulated.text(line.row.now),
            simulated.text(line.row.then),
            _change(line.row.change),
            style=None if not line.row.change else "green" if line.row.change > 0 else "red",
        )
        section = line.section
    Console().print(shown)


def _change(change: float | None) -> str:
    return "n/a" if change is None else f"{change:+.1f}" if change else "—"


COMMANDS = (simulate,)
