"""What ``import``, ``activate`` and ``list`` do alike for every list that comes in editions."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.models import ListEdition
from enforcement.services import editions
from enforcement.services.previews import Preview
from service.commands.common import opened, print_json, say_dry_run, table
from service.commands.list_views import ACTOR, as_json, edition_row, editions_table, listed, tell
from town import clock, profile, sheets
from town.reference import Kind
from town.sheets import Sheets

STARTER_NAME = "起步清单"


@dataclass(frozen=True)
class ListKind:
    """One kind of list: its starter, and the services that check, keep and activate it. ``next_step`` follows an import.

    ``table``: writes the template, from rows by header if there are any. ``notice``: said after a starter was imported.
    ``open_rows``: what the legal officer should know before he answers for an edition, as numbers by name. ``lines``: the
    starter's lines, cells by header, where they are not among the lists of law.
    """

    kind: Kind
    group: str
    starter: Callable[[], Sheets]
    preview: Callable[..., Preview[Any]]
    import_edition: Callable[..., ListEdition]
    activate: Callable[..., ListEdition]
    codes: Callable[[Session, ListEdition], set[str]]
    next_step: str
    table: Callable[..., bytes]
    notice: str = ""
    open_rows: Callable[[Session, ListEdition], dict[str, int]] = lambda _session, _edition: {}
    lines: Callable[[], list[dict[str, str]]] | None = None

    def starter_rows(self) -> list[dict[str, str]]:
        """The list that comes with the product, cells by header."""
        return self.lines() if self.lines else starter.rows(self.group)


def import_list(
    which: ListKind, file: Path | None, use_starter: bool, name: str | None, commit: bool, quiet: bool
) -> None:
    """Check a file and keep it as a new edition; exit code 1 when it may not be imported."""
    if (file is None) is not use_starter:
        raise click.UsageError("请写一个文件，或者用 --starter 导入自带的起步清单。")
    if not (name or use_starter):
        raise click.UsageError("请用 --name 给这一版起个名称。")
    given = which.starter() if use_starter else sheets.read(file or Path())
    with opened() as (_, database), database.write() as session:
        with _reading(given, quiet) as progress:
            preview = which.preview(session, given, today(session), progress)
        _show(preview, quiet)
        edition = which.import_edition(
            session, preview, name or f"{STARTER_NAME} {today(session)}", actor=ACTOR, now=clock.now()
        )
        if not commit:
            session.rollback()
    if quiet:
        return print_json({**as_json(preview), "edition": str(edition.id), "committed": commit})
    if commit:
        click.echo(f"已导入「{edition.name}」，还没有启用。下一步：wangge {which.group} {which.next_step} {edition.id}")
    say_dry_run(commit)


def activate_edition(which: ListKind, name: str, starts: dt.datetime | None, commit: bool, quiet: bool) -> None:
    """Put an edition in force from a local day on, and say what that changes."""
    with opened() as (_, database), database.write() as session:
        day = day_or_today(session, starts)
        chosen, former = editions.find(session, which.kind, name), editions.on(session, which.kind, day)
        new, old = which.codes(session, chosen), which.codes(session, former) if former else set()
        picture = {
            "edition": str(chosen.id),
            "name": chosen.name,
            "former": former.name if former else None,
            "from": day,
            "added": sorted(new - old),
            "removed": sorted(old - new),
        }
        which.activate(session, chosen, day, actor=ACTOR, now=clock.now())
        if not commit:
            session.rollback()
    if quiet:
        return print_json({**picture, "committed": commit})
    table([(f"从 {day} 起启用", picture["name"]), ("停用", picture["former"] or "无")])
    table([("新增", listed(sorted(new - old))), ("取消", listed(sorted(old - new)))])
    say_dry_run(commit)


def list_editions(which: ListKind, quiet: bool) -> None:
    """Every edition of a list, newest first."""
    with opened() as (_, database), database.read() as session:
        day = today(session)
        rows = [edition_row(one, day) for one in editions.editions(session, which.kind)]
    return print_json(rows) if quiet else editions_table(rows)


def today(session: Session) -> dt.date:
    """The town's local day."""
    return clock.now().astimezone(profile.current(session).zone).date()


def day_or_today(session: Session, given: dt.datetime | None) -> dt.date:
    """The day somebody named, or today."""
    return given.date() if given else today(session)


@contextmanager
def _reading(given: Sheets, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar that moves with every line."""
    lines = sum(len(sheet.lines) for sheet in given.sheets)
    with Progress(console=Console(stderr=True), transient=True, disable=quiet) as progress:
        task = progress.add_task("检查", total=lines)
        yield lambda _row: progress.advance(task)


def _show(preview: Preview[Any], quiet: bool) -> None:
    """All of it before anything is refused."""
    if quiet and preview.refusing:
        print_json(as_json(preview))
    elif not quiet:
        tell(preview)
    if preview.refusing:
        click.get_current_context().exit(1)
