"""wangge replay: reports out of a CSV file through the real intake."""

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from grids import services as grids
from grids.rules import coordinates
from service.commands.common import json_option, opened, print_json
from service.replay import Outcome, Replay, Tally, results_file
from service.replay_rows import FIELDS, REQUIRED, Columns, Reading, Row, rows
from service.unhurried import unhurried
from town import clock, profile
from town.database import Database
from town.errors import Refused
from town.profile import Town

SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")
SEVERAL = "words"
SAID_EVERY = 5000
INTERRUPTED = 130
TITLES = {"outcomes": "结果", "squads": "中队", "table": "派单规则", "reasons": "原因"}

Step = Callable[[], None]


class Mapped(click.ParamType[tuple[str, str]]):
    """``field=column``."""

    name = "field=column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split it. Fails for a field that reports do not have."""
        field, _, column = str(value).partition("=")
        if field not in FIELDS or not column:
            self.fail(f"{value}：要写成 项目=列名，项目是 {'、'.join(FIELDS)} 之一。", param, ctx)
        return field, column


def a_source(_context: click.Context, param: click.Parameter, value: str) -> str:
    """The source's name as it is stored."""
    if not SOURCE.fullmatch(value):
        raise click.BadParameter("1 到 20 个小写字母、数字、连字符或下划线。", param=param)
    return value


def a_place_for_results(context: click.Context, param: click.Parameter, value: Path) -> Path:
    """Somewhere to write, known before the first report is taken in, and not the file that is read."""
    if not value.absolute().parent.is_dir():
        raise click.BadParameter(f"没有 {value.absolute().parent} 这个文件夹。", param=param)
    if value.absolute() == context.params["file"].absolute():
        raise click.BadParameter("不能写在正在读的文件上。", param=param)
    return value


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), is_eager=True)
@click.option("--map", "mapped", type=Mapped(), multiple=True, help="Which column is what; words may have several.")
@click.option("--source", required=True, callback=a_source, help="来源: whose keys these are, e.g. boston311.")
@click.option("--crs", required=True, type=click.Choice(coordinates.KNOWN), help="What the coordinates are.")
@click.option("--time-format", default="", help="As Python's strptime; ISO 8601 if not said.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=a_place_for_results,
    help="Where to write what became of each row, as CSV.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many rows.")
@json_option
@click.pass_context
def replay(
    context: click.Context,
    file: Path,
    mapped: tuple[tuple[str, str], ...],
    source: str,
    crs: str,
    time_format: str,
    out: Path,
    limit: int | None,
    as_json: bool,
) -> None:
    """回放: take in every report of a CSV FILE (plain or gzipped), with its own time.

    A row is known by its source and key: what came in before stays as it is, so that a replay can be run again.
    """
    columns = _columns(mapped)
    with opened() as (given, database), unhurried(database):
        town = _ready(database)
        total = sum(1 for _ in islice(rows(file, columns), limit))
        reading = Reading(source, crs, town.zone, time_format)
        replaying = Replay(database, town, given.master_key, reading, clock.now)
        tally, began = Tally(), clock.elapsed()
        try:
            _run(replaying, islice(rows(file, columns), limit), out, total, tally)
        except KeyboardInterrupt:
            click.echo(f"已停下：{tally.rows} 行已经完整处理，没有写 {out}。再运行一次同样的命令，就接着做。", err=True)
            context.exit(INTERRUPTED)
    _tell(tally, clock.elapsed() - began, out, as_json)


def _columns(mapped: tuple[tuple[str, str], ...]) -> Columns:
    """What was said; a field that nobody mapped is looked for under its own name, unless it is optional."""
    said: dict[str, list[str]] = {}
    for field, column in mapped:
        said.setdefault(field, []).append(column)
    if double := [field for field, names in said.items() if len(names) > 1 and field != SEVERAL]:
        raise click.UsageError(f"{'、'.join(double)} 只能有一列；只有 {SEVERAL} 可以由几列连成。")
    return {field: [field] for field in REQUIRED} | said


def _ready(database: Database) -> Town:
    """The town, if it can take reports. Raises Refused("town_missing" | "no_grids")."""
    with database.read() as session:
        town = profile.current(session)
        if grids.active(session) is None:
            raise Refused("no_grids")
        return town


def _run(replaying: Replay, wanted: Iterator[Row], out: Path, total: int, tally: Tally) -> None:
    with _stoppable() as stop, results_file(out) as write, _progress(total) as step:
        for done in replaying.run(wanted):
            write(done.result)
            tally.add(done)
            step()
            if stop():
                raise KeyboardInterrupt


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl-C (or SIGTERM) is heard between two rows; a second one breaks off at once."""
    heard = threading.Event()

    def hear(*_: object) -> None:
        heard.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    former = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard.is_set
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def _progress(total: int) -> Iterator[Step]:
    """A bar for people, a line now and then for logs; both on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _counter(total)
        return
    with Progress(console=console) as bar:
        task = bar.add_task("回放", total=total)
        yield lambda: bar.advance(task)


def _counter(total: int) -> Step:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % SAID_EVERY == 0 or done == total:
            click.echo(f"回放 {done} / {total}", err=True)

    return step


def _tell(tally: Tally, seconds: float, out: Path, as_json: bool) -> None:
    facts = tally.facts() | {"seconds": round(seconds, 3), "rows_per_second": round(tally.rows / max(seconds, 1e-9), 1)}
    if as_json:
        return print_json(facts | {"out": str(out)})
    summary = Table("项目", "", "行数")
    for name, title in TITLES.items():
        for label, count in facts[name].items():
            summary.add_row(title, label, str(count))
        summary.add_section()
    Console().print(summary)
    click.echo(
        f"共 {tally.rows} 行：新收 {tally.created}，早已收下 {tally.known}，没有收下 {tally.outcomes[Outcome.REFUSED]}。"
    )
    click.echo(f"用时 {facts['seconds']} 秒，每秒 {facts['rows_per_second']} 行；逐行结果在 {out}")
    return None


COMMANDS = (replay,)
