"""wangge grids: check a map, import it as an edition, activate it, and ask where a place lies."""

import datetime as dt
from typing import Any

import click

from grids import services as maps
from grids.models import BASE, Edition
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.grids_activate import ACTOR, activate, unschedule
from service.commands.grids_locate import locate
from service.commands.grids_survey import Asked, around, map_options, stop_if_refused, surveyed, tell, tell_json
from town import clock, profile


@click.group()
def grids() -> None:
    """网格: the town's map and its editions."""


@grids.command()
@map_options
@click.option("--epsg", type=int, help="Projection to measure in; the town's if not said.")
@json_option
def check(epsg: int | None, as_json: bool, **said: Any) -> None:
    """Say everything that is wrong with a map FILE (file, folder or zip); exit code 1 when it may not be imported."""
    asked = Asked(**said)
    survey = surveyed(asked, around(asked, epsg), as_json)
    tell_json(survey) if as_json else tell(survey, asked)
    stop_if_refused(survey)


@grids.command(name="import")
@map_options
@click.option("--name", required=True, help="What the edition shall be called, 2026 年 11 月版 for example.")
@commit_option
@json_option
def import_(name: str, commit: bool, as_json: bool, **said: Any) -> None:
    """Check a map FILE (file, folder or zip) and keep it as a new edition, not yet active."""
    asked = Asked(**said)
    survey = surveyed(asked, around(asked), as_json)
    if as_json and survey.refused:
        tell_json(survey)
    elif not as_json:
        tell(survey, asked)
    stop_if_refused(survey)
    with opened() as (_, database), database.write() as session:
        layer = asked.layer_name
        edition = maps.import_edition(session, survey, name, actor=ACTOR, now=clock.now(), layer=layer)
        if not commit:
            session.rollback()
    if as_json:
        return tell_json(survey, edition=str(edition.id), layer=layer, committed=commit)
    click.echo(f"新的一版「{name}」：{len(survey.areas)} 个片区，{len(survey.candidates)} 个网格。")
    if commit:
        click.echo(f"已导入，还没有启用。下一步：wangge grids activate {edition.id}")
    say_dry_run(commit)


@grids.command(name="list")
@click.option("--layer-name", help="Only editions of this professional layer; base for the base map.")
@json_option
def list_editions(layer_name: str | None, as_json: bool) -> None:
    """Every edition of the map, newest first."""
    with opened() as (_, database), database.read() as session:
        listed = maps.editions(session)
        zone = profile.current(session).zone
    rows = [_listing(one) for one in listed if layer_name in (None, one.edition.layer)]
    if as_json:
        return print_json(rows)
    table([("版次", "状态", "片区", "网格", "启用", "停用", "图层", "定于", "来源", "编号")])
    table([tuple(_local(cell, zone) for cell in row.values()) for row in rows])


for command in (activate, unschedule, locate):
    grids.add_command(command)


def _listing(one: maps.Listed) -> dict[str, Any]:
    edition = one.edition
    return {
        "name": edition.name,
        "state": _state(edition),
        "areas": one.areas,
        "grids": one.grids,
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "layer": edition.layer,
        "starts_at": edition.starts_at,
        "source": edition.source,
        "id": edition.id,
    }


def _state(edition: Edition) -> str:
    if edition.active:
        return "启用中"
    if edition.valid_to:
        return "已停用"
    return "定时启用" if edition.starts_at else "未启用"


def _local(cell: Any, zone: dt.tzinfo) -> Any:
    if cell == BASE:
        return "基础网格"
    return f"{cell.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(cell, dt.datetime) else cell


COMMANDS = (grids,)
