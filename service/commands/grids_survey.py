"""What the commands that read a map share: asking for what the file does not say, checking it, and telling the result."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from grids import files
from grids import services as maps
from grids.files import Fields, FieldSample, Layer
from grids.models import BASE
from grids.rules.coverage import STEPS
from grids.rules.faults import Severity
from grids.rules.frames import Frame, town_outline
from grids.rules.measures import Limits
from grids.services import Survey
from maps import fault_map
from service.commands.common import opened, print_json, table
from service.commands.grids_beside import areas_without_squad
from town import clock, profile

SHOWN = 40
PREVIEWED = 5
WIDEST_M = 100.0
"""A tolerance beyond the width of a road would let whole yards belong to nobody."""

MARKS = {Severity.REFUSE: "必须改", Severity.WARN: "请留意"}

Command = Callable[..., Any]


def map_options(command: Command) -> Command:
    """What every command that reads a map file asks."""
    path = click.Path(path_type=Path)
    width = click.FloatRange(0.001, WIDEST_M)
    options = (
        click.argument("file", type=path),
        click.option(
            "--code-field", help="Property that holds the grid's code (A+B joins two); asked for if not said."
        ),
        click.option("--area-field", help="Property that holds the area's code (片区); asked for if not said."),
        click.option("--name-field", help="Property that holds the grid's name; the code if not said."),
        click.option("--area-name-field", help="Property that holds the area's name; the area's code if not said."),
        click.option("--declare", metavar="EPSG:CODE", help="The file's coordinate system, in place of what it says."),
        click.option("--layer", "inside", help="Which layer, of a file that holds several."),
        click.option("--encoding", help="How a Shapefile's texts are written (GBK, UTF-8), in place of what is seen."),
        click.option("--holes-are-meant", is_flag=True, help="Lakes and enclaves are left out on purpose: only warn."),
        click.option("--tolerance", type=width, default=1.0, help="Up to this width in metres faults only warn (1)."),
        click.option("--outline", type=path, help="The town's outline (镇界), which the grids must fill."),
        click.option("--outline-declare", metavar="EPSG:CODE", help="The outline's coordinate system."),
        click.option("--layer-name", default=BASE, help="A professional layer (综治, 城管 …) over the base map."),
        click.option("--report", type=path, help="Write the whole result to this JSON file."),
        click.option("--map", "picture", type=path, help="Draw the faults on this HTML page; opens without a network."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True)
class Asked:
    """What was said of a map on the command line."""

    file: Path
    code_field: str | None
    area_field: str | None
    name_field: str | None
    area_name_field: str | None
    declare: str | None
    inside: str | None
    encoding: str | None
    holes_are_meant: bool
    tolerance: float
    outline: Path | None
    outline_declare: str | None
    layer_name: str
    report: Path | None
    picture: Path | None

    @property
    def limits(self) -> Limits:
        """A professional layer may leave gaps."""
        return Limits(sliver_m=self.tolerance, holes_are_meant=self.holes_are_meant or self.layer_name != BASE)


@dataclass(frozen=True)
class Around:
    """What the town's database knows that a map is judged by; ``name`` is empty where none was asked."""

    epsg: int
    name: str
    zone: dt.tzinfo
    frame: Frame | None


def around(asked: Asked, epsg: int | None = None) -> Around:
    """The town as far as the check needs it; with ``epsg`` given and nothing else to ask, no database is opened."""
    if epsg and asked.layer_name == BASE:
        return Around(epsg, "", dt.UTC, _outline(asked))
    with opened() as (_, database), database.read() as session:
        town = profile.current(session)
        frame = _outline(asked) or maps.frame_for(session, asked.layer_name)
        return Around(epsg or town.epsg, town.name, town.zone, frame)


def surveyed(asked: Asked, town: Around, quiet: bool) -> Survey:
    """Read and check a map, asking for its fields when nobody said them; write the report and the map."""
    layer = files.read(asked.file, declare=asked.declare, layer=asked.inside, encoding=asked.encoding)
    fields = _fields(layer, asked, quiet)
    with _steps(quiet) as step:
        survey = maps.check(layer, fields, town.epsg, asked.limits, step, town.frame)
    survey = _beside(survey, asked, town)
    _write_down(survey, asked, town)
    return survey


def tell(survey: Survey, asked: Asked) -> None:
    """The result for a person."""
    click.echo(f"{survey.source}：{len(survey.candidates)} 个要素。")
    said = [("坐标系", survey.declared), ("文字", survey.encoding), *(("请留意", note) for note in survey.notes)]
    table([(name, words) for name, words in said if words])
    click.echo("前几个网格（代码、名称、片区），请看名字有没有乱码：")
    table([(one.code, one.name, one.area_code, one.area_name) for one in survey.candidates[:PREVIEWED]])
    table([(MARKS[fault.severity], fault.sentence) for fault in survey.faults[:SHOWN]])
    if len(survey.faults) > SHOWN:
        click.echo(f"另有 {len(survey.faults) - SHOWN} 处，加 --report 或 --map 看完整清单。")
    click.echo("没有通过检查，不能导入。" if survey.refused else "通过检查，可以导入。")
    for written in (asked.report, asked.picture):
        if written:
            click.echo(f"已写到 {written}。")


def stop_if_refused(survey: Survey) -> None:
    """Exit code 1 for a map that may not be imported."""
    if survey.refused:
        click.get_current_context().exit(1)


def tell_json(survey: Survey, **more: Any) -> None:
    """The result for a script."""
    print_json({**survey.report(), **more})


def _outline(asked: Asked) -> Frame | None:
    if asked.outline is None:
        return None
    return town_outline(files.read_outline(asked.outline, declare=asked.outline_declare))


def _beside(survey: Survey, asked: Asked, town: Around) -> Survey:
    """With what only the database knows, once the map itself is in order."""
    if not town.name or survey.refused or asked.layer_name != BASE:
        return survey
    with opened() as (_, database), database.read() as session:
        return maps.seen_beside(session, survey).with_more(*areas_without_squad(session, survey))


def _write_down(survey: Survey, asked: Asked, town: Around) -> None:
    if asked.report:
        text = json.dumps(survey.report(), ensure_ascii=False, indent=2)
        asked.report.write_text(text + "\n", encoding="utf-8")
    if asked.picture:
        checked = f"{clock.now().astimezone(town.zone):%Y-%m-%d %H:%M %Z}"
        asked.picture.write_text(fault_map.page(survey, town.name, checked), encoding="utf-8")


def _fields(layer: Layer, asked: Asked, quiet: bool) -> Fields:
    code, area = asked.code_field, asked.area_field
    needs_area = area is None and asked.layer_name == BASE
    if code is None or needs_area:
        _show_fields(layer.fields(), quiet)
        code = code or _ask("网格代码", layer)
        area = _ask("片区代码", layer) if needs_area else area
    return Fields(code, area, asked.name_field, asked.area_name_field)


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
