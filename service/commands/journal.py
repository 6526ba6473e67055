"""wangge journal: recompute the chain, and keep its head outside the database."""

import dataclasses
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from service.commands.common import json_option, opened, print_json
from town import clock
from town import journal as trail
from town.database import Database

PATIENCE = 60
"""Seconds a row may wait for its number before it is worth a word."""

heads_option = click.option(
    "--heads",
    type=click.Path(dir_okay=False, path_type=Path),
    help="链头文件; by default the one in the data directory.",
)


@click.group()
def journal() -> None:
    """轨迹: verify it, and write its head down."""


@journal.command()
@heads_option
@json_option
@click.pass_context
def verify(context: click.Context, heads: Path | None, as_json: bool) -> None:
    """Recompute every hash and name every row that does not fit; exit code 1 when there is damage."""
    with opened() as (given, database):
        written = trail.read_heads(heads or given.data / trail.HEADS_FILE)
        verdict, late = _verify(database, written, quiet=as_json)
    if as_json:
        print_json(_as_json(verdict, written, late))
    else:
        _tell(verdict, written, late)
    context.exit(0 if verdict.sound else 1)


@journal.command()
@heads_option
@click.option("--write", is_flag=True, help="Append it to the file of heads, if it has moved.")
def head(heads: Path | None, write: bool) -> None:
    """Show the last position and its hash, to be noted down elsewhere."""
    with opened() as (given, database), database.read() as session:
        position, digest = trail.head(session)
        click.echo(f"第 {position} 号 {digest.hex()}")
        path = heads or given.data / trail.HEADS_FILE
        if write:
            moved = trail.write_head(session, path, clock.now())
            click.echo(f"已记入 {path}" if moved else f"与 {path} 相比没有前移，未写。")


def _verify(database: Database, heads: list[trail.Head], *, quiet: bool) -> tuple[trail.Verdict, int]:
    with database.read() as session, Progress(console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task("核验轨迹", total=trail.head(session)[0])
        verdict = trail.verify(session, heads, lambda rows: progress.advance(task, rows))
        return verdict, trail.unnumbered_since(session, clock.now(), PATIENCE)


def _tell(verdict: trail.Verdict, heads: list[trail.Head], late: int) -> None:
    click.echo(f"核验到第 {verdict.position} 号，链头 {verdict.hash.hex()}；另核对 {verdict.words} 段文字。")
    click.echo(f"库外链头 {len(heads)} 个。" if heads else "没有库外链头文件，尾部是否被截断无法判断。")
    if late:
        click.echo(f"有 {late} 行等候编号超过 {PATIENCE} 秒：编号进程可能没有运行。")
    for finding in verdict.findings:
        click.echo(finding.sentence)
    if verdict.more:
        click.echo(f"还有 {verdict.more} 处没有列出。")
    found = len(verdict.findings) + verdict.more
    click.echo("轨迹完好。" if verdict.sound else f"轨迹有损坏，共 {found} 处。请保留现场，不要写入，并与备份比对。")


def _as_json(verdict: trail.Verdict, heads: list[trail.Head], late: int) -> dict[str, Any]:
    return {
        "sound": verdict.sound,
        "position": verdict.position,
        "hash": verdict.hash.hex(),
        "words": verdict.words,
        "heads": len(heads),
        "unnumbered": late,
        "findings": [{**dataclasses.asdict(finding), "sentence": finding.sentence} for finding in verdict.findings],
        "more": verdict.more,
    }


COMMANDS = (journal,)
