"""wangge backup and wangge restore: the whole town in one file, and back into an empty place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from service import backup as backups
from service.backup.archive import Progress as Told
from service.commands.common import json_option, print_json
from town import clock, settings
from town.errors import Refused

EXIT_CODES = {"backup_broken": 3, "wrong_key": 4, "not_empty": 5, "backup_other": 6}
"""Of a refused restore, so that a nightly script can tell them apart. 1: done, but something is missing."""

NO_SECRETS = "密钥不在备份里，请另外保管 {folder}：没有原来的 master_key，举报人信息恢复后谁也打不开。"
file_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@file_argument
@json_option
@click.pass_context
def backup(context: click.Context, file: Path, as_json: bool) -> None:
    """备份: copy the whole town but its secrets into FILE, while it goes on working."""
    given = settings.read()
    with _shown(quiet=as_json) as progress:
        made = backups.make(given, file.absolute(), clock.now(), progress)
    if as_json:
        print_json(asdict(made))
    else:
        size, held = f"{made.size / 1e6:.1f} MB", made.inventory
        click.echo(f"已备份到 {made.path}（{size}）：{_contents(held.tables, held.rows, held.position, made.files)}。")
        click.echo(NO_SECRETS.format(folder=given.data / "secrets"))
        for name in made.missing:
            click.echo(f"✗ 文件 {name} 缺失或损坏，备份里没有它。请从更早的备份找回。")
    context.exit(1 if made.missing else 0)


@click.command()
@file_argument
@json_option
@click.pass_context
def restore(context: click.Context, file: Path, as_json: bool) -> None:
    """恢复: prove FILE, put it into an empty place, and prove that all of it is there again."""
    with _own_exit_codes(context), _shown(quiet=as_json) as progress:
        restored = backups.restore(settings.read(), file, progress)
    if as_json:
        print_json(_as_json(restored))
    else:
        held, made_at = restored.inventory, f"{restored.manifest.created_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"已恢复 {made_at} 的备份：{_contents(held.tables, held.rows, held.position, restored.files)}。")
        for finding in restored.findings:
            click.echo(f"✗ {finding}")
        click.echo("与备份逐项相符，轨迹核验通过。" if not restored.findings else "有不符之处，请保留备份并查明原因。")
    context.exit(1 if restored.findings else 0)


@contextmanager
def _own_exit_codes(context: click.Context) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        click.echo(f"{refused.detail}（{refused.problem.code}）", err=True)
        context.exit(EXIT_CODES.get(refused.problem.code, 2))


@contextmanager
def _shown(*, quiet: bool) -> Iterator[Told]:
    """A progress bar for each step, on the error stream."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as bars:
        known: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in known:
                known[step] = bars.add_task(step)
            bars.update(known[step], completed=done, total=total or None)

        yield progress


def _contents(tables: Any, rows: int, position: int, files: int) -> str:
    return f"{len(tables)} 张表 {rows:,} 行，轨迹到第 {position:,} 号，照片、文书和证据文件 {files:,} 个"


def _as_json(restored: backups.Restored) -> dict[str, Any]:
    return {
        "created_at": restored.manifest.created_at,
        "inventory": asdict(restored.inventory),
        "files": restored.files,
        "findings": list(restored.findings),
    }


COMMANDS = (backup, restore)
