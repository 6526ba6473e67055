"""What the commands share: settings, the town's database, the promise of ``--commit``, and JSON for scripts."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from service import children
from town import logs, settings
from town.database import Database

commit_option = click.option("--commit", is_flag=True, help="Really do it; without this, only show what would be done.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
child_option = click.option("--child", is_flag=True, hidden=True, help="End when standard input ends.")

OWNER_ONLY = 0o077
"""What a process keeps is for its own account: no other user of the machine may read it."""


def begin(child: bool, how: signal.Signals) -> None:
    """What every long-lived process does first; a child ends as by signal ``how`` when its parent has gone."""
    os.umask(OWNER_ONLY)
    logs.configure()
    logs.adopt()
    if child:
        children.end_with_parent(how)


@contextmanager
def opened(*, as_owner: bool = False) -> Iterator[tuple[settings.Settings, Database]]:
    """Settings and the town's database; ``as_owner`` for commands that change tables."""
    given = settings.read()
    database = Database(given.owner_url if as_owner else given.database_url)
    try:
        yield given, database
    finally:
        database.close()


def say_dry_run(commit: bool) -> None:
    """End a command that changed nothing by saying so."""
    if not commit:
        click.echo("以上只是预览，什么都没有改。确认无误后加 --commit 再运行一次。")


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(rows: list[tuple[Any, ...]], write: Callable[[str], None] = click.echo) -> None:
    """Rows as tab-separated lines: readable, and easy to cut."""
    for row in rows:
        write("\t".join("" if cell is None else str(cell) for cell in row))
