"""wangge grids: check a map, import it as an edition, activate it, and ask where a place lies."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from grids import files
from grids import services as maps
from grids.files import Fields, FieldSample, Layer
from grids.models import Edition
from grids.rules.coverage import STEPS, Limits
from grids.rules.faults import Severity
from grids.services import Survey
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.grids_locate import locate
from town import clock, profile

ACTOR = "system:cli"
SHOWN = 40
MARKS = {Severity.REFUSE: "必须改", Severity.WARN: "请留意"}

Command = Callable[..., Any]


def map_options(command: Command) -> Command:
    """What every command that reads a map file asks."""
    options = (
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--code-field", help="Property that holds the grid's code; asked for if not said."),
        click.option("--area-field", help="Property that holds the area's code (片区); asked for if not said."),
        click.option("--name-field", help="Property that holds the grid's name; the code if not said."),
        click.option("--area-name-field", help="Property that holds the area's name; the area's code if not said."),
        click.option("--declare", metavar="EPSG:CODE", help="The file's coordinate system, in place of what it says."),
        click.option("--holes-are-meant", is_flag=True, help="Lakes and enclaves are left out on purpose: only warn."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def grids() -> None:
    """网格: the town's map and its editions."""


@grids.command()
@map_options
@click.option("--epsg", type=int, help="Projection to measure in; the town's if not said.")
@json_option
def check(epsg: int | None, as_json: bool, **asked: Any) -> None:
    """Say everything that is wrong with a map FILE; exit code 1 when it may not be imported."""
    survey = _survey(epsg or _town_epsg(), as_json, **asked)
    if as_json:
        print_json(_as_json(survey))
    else:
        _tell(survey)
    _stop_if_refused(survey)


@grids.command(name="import")
@map_options
@click.option("--name", required=True, help="What the edition shall be called, 2026 年 11 月版 for example.")
@commit_option
@json_option
def import_(name: str, commit: bool, as_json: bool, **asked: Any) -> None:
    """Check a map FILE and keep it as a new edition, not yet active."""
    survey = _survey(_town_epsg(), as_json, **asked)
    if as_json and survey.refused:
        print_json(_as_json(survey))
    elif not as_json:
        _tell(survey)
    _stop_if_refused(survey)
    with opened() as (_, database), database.write() as session:
        edition = maps.import_edition(session, survey, name, actor=ACTOR, now=clock.now())
        if not commit:
            session.rollback()
    if as_json:
        return print_json({**_as_json(survey), "edition": str(edition.id), "committed": commit})
    click.echo(f"新的一版「{name}」：{len(survey.areas)} 个片区，{len(survey.candidates)} 个网格。")
    if commit:
        click.echo(f"已导入，还没有启用。下一步：wangge grids activate {edition.id}")
    say_dry_run(commit)


@grids.command()
@click.argument("edition")
@commit_option
@json_option
def activate(edition: str, commit: bool, as_json: bool) -> None:
    """Put an EDITION (name or id) in force from now on; older orders keep theirs."""
    with opened() as (_, database), database.write() as session:
        chosen, former = maps.find(session, edition), maps.active(session)
        codes = [{fact.code for fact in maps.facts(session, one.id)} if one else set() for one in (chosen, former)]
        maps.activate(session, chosen, actor=ACTOR, now=clock.now())
        picture = _activation(chosen, former, *codes)
        if not commit:
            session.rollback()
    if as_json:
        return print_json({**picture, "committed": commit})
    table([("启用", picture["name"]), ("停用", picture["former"] or "无")])
    table([("新增网格", _listed(picture["added"])), ("取消网格", _listed(picture["removed"]))])
    if commit:
        click.echo("已启用。下一步：wangge squads per-area 给没有中队的片区配上中队。")
    say_dry_run(commit)


@grids.command(name="list")
@json_option
def list_editions(as_json: bool) -> None:
    """Every edition of the map, newest first."""
    with opened() as (_, database), database.read() as session:
        rows = [_listing(one) for one in maps.editions(session)]
        zone = profile.current(session).zone
    if as_json:
        return print_json(rows)
    table([("版次", "状态", "片区", "网格", "启用", "停用", "来源", "编号")])
    table([tuple(_local(cell, zone) for cell in row.values()) for row in rows])


grids.add_command(locate)


def _town_epsg() -> int:
    with opened() as (_, database), database.read() as session:
        return profile.current(session).epsg


def _survey(
    epsg: int,
    quiet: bool,
    *,
    file: Path,
    code_field: str | None,
    area_field: str | None,
    name_field: str | None,
    area_name_field: str | None,
    declare: str | None,
    holes_are_meant: bool,
) -> Survey:
    layer = files.read(file, declare=declare)
    if not (code_field and area_field):
        _show_fields(layer.fields(), quiet)
        code_field = code_field or _ask("网格代码", layer)
        area_field = area_field or _ask("片区代码", layer)
    fields = Fields(code_field, area_field, name_field, area_name_field)
    with _steps(quiet) as step:
        return maps.check(layer, fields, epsg, Limits(holes_are_meant=holes_are_meant), step)


def _show_fields(fields: list[FieldSample], quiet: bool) -> None:
    if quiet:
        names = "、".join(field.name for field in fields)
        raise click.UsageError(f"请用 --code-field 和 --area-field 写明字段；文件里有：{names}")
    click.echo("文件里有这些字段：")
    table([("字段", "有值", "不同的值", "例子")])
    table([(field.name, field.filled, field.distinct, "、".join(field.samples)) for field in fields])


def _ask(what: str, layer: Layer) -> str:
    names = [field.name for field in layer.fields()]
    answer: str = click.prompt(f"{what}在哪个字段", type=click.Choice(names), show_choices=False)
    return answer


@contextmanager
def _steps(quiet: bool) -> Iterator[Callable[[str], None]]:
    with Progress(console=Console(stderr=True), transient=True, disable=quiet) as progress:
        task = progress.add_task("检查", total=len(STEPS))

        def step(name: str) -> None:
            progress.update(task, description=f"检查{name}", completed=STEPS.index(name))

        yield step


def _tell(survey: Survey) -> None:
    click.echo(f"{survey.source}：{len(survey.candidates)} 个要素。")
    table([(MARKS[fault.severity], fault.sentence) for fault in survey.faults[:SHOWN]])
    if len(survey.faults) > SHOWN:
        click.echo(f"另有 {len(survey.faults) - SHOWN} 处，加 --json 看完整清单。")
    click.echo("没有通过检查，不能导入。" if survey.refused else "通过检查，可以导入。")


def _stop_if_refused(survey: Survey) -> None:
    if survey.refused:
        click.get_current_context().exit(1)


def _as_json(survey: Survey) -> dict[str, Any]:
    return {
        "source": survey.source,
        "sha256": survey.sha256,
        "grids": len(survey.candidates),
        "areas": len(survey.areas),
        "refused": survey.refused,
        "faults": [fault.facts() for fault in survey.faults],
    }


def _activation(chosen: Edition, former: Edition | None, new: set[str], old: set[str]) -> dict[str, Any]:
    return {
        "edition": str(chosen.id),
        "name": chosen.name,
        "former": former.name if former else None,
        "added": sorted(new - old),
        "removed": sorted(old - new),
    }


def _listing(one: maps.Listed) -> dict[str, Any]:
    edition = one.edition
    state = "启用中" if edition.active else "已停用" if edition.valid_to else "未启用"
    return {
        "name": edition.name,
        "state": state,
        "areas": one.areas,
        "grids": one.grids,
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "source": edition.source,
        "id": edition.id,
    }


def _local(cell: Any, zone: dt.tzinfo) -> Any:
    return f"{cell.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(cell, dt.datetime) else cell


def _listed(codes: list[str]) -> str:
    return f"{len(codes)} 个" + (f"：{'、'.join(codes[:10])}{' 等' if len(codes) > 10 else ''}" if codes else "")


COMMANDS = (grids,)
