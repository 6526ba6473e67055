"""wangge cases: look at penalty cases, and hand one over as a bundle (案卷包). Whom a case is about is shown by no list."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules import money
from enforcement.rules.cases.states import State
from enforcement.schemas import CaseDetail, CaseOut, CaseQuery
from enforcement.services.cases import bundle, case_file, details, finding, pictures
from service.commands.common import json_option, opened, print_json, table
from service.commands.list_views import ACTOR
from town import clock, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Role
from town.settings import Settings

READER = Actor(name=ACTOR, roles=frozenset({Role.SUPERVISOR}))
"""Sees every case, and of the party what a supervisor sees: a masked name."""
NOT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
OWNER_ONLY = 0o600


@click.group()
def cases() -> None:
    """案件: list, show, export."""


@cases.command(name="list")
@click.option("--state", type=click.Choice([one.value for one in State]), help="Only cases in this state.")
@click.option("--squad", help="Only cases of the squad with this code.")
@click.option("--number", help="Only cases with this in one of their numbers.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@json_option
def list_(state: str | None, squad: str | None, number: str | None, limit: int, as_json: bool) -> None:
    """Cases, newest first."""
    query = CaseQuery(state=State(state) if state else None, squad=squad, q=number, limit=limit)
    with opened() as (given, database), database.read() as session:
        found = pictures.page(session, given, READER, query, clock.now())
    if as_json:
        return print_json([_without_party(one) for one in found])
    table([_line(one) for one in found])
    if not found:
        click.echo("没有符合条件的案件。")


@cases.command()
@click.argument("case")
@json_option
def show(case: str, as_json: bool) -> None:
    """One CASE (id or any of its numbers): where it stands, what was done, its papers and clocks."""
    with opened() as (given, database), database.read() as session:
        row = finding.find(session, case)
        told = details.detail(session, given, READER, row, clock.now())
    if as_json:
        return print_json(_shown(told))
    table([_line(told), ("违法行为日期", told.acted_on), ("立案号", told.code or "还没有立案")])
    table([("办理", f"{one.at:%Y-%m-%d %H:%M} UTC", one.name, one.actor_name) for one in reversed(told.acts)])
    table([("文书", one.title, one.number, f"{one.pages} 页", one.sha256[:16]) for one in told.documents])
    table([("时限", one.name, f"{one.due_at:%Y-%m-%d %H:%M} UTC", one.state_name) for one in told.clocks])
    table([("提醒", one.article, one.sentence) for one in told.alarms])


@cases.command()
@click.argument("case")
@click.option(
    "--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to put it."
)
@json_option
def export(case: str, folder: Path, as_json: bool) -> None:
    """案卷包: one CASE (id or any of its numbers) as a ZIP in a FOLDER. It names the party; the journal keeps who asked."""
    now = clock.now()
    with opened() as (given, database):
        with database.read() as session:
            row = finding.find(session, case)
            target = folder / f"案卷 {NOT_IN_NAMES.sub('_', case_file.name(session, row))}.zip"
            packed = _written(session, given, row, now, target, quiet=as_json)
        with database.write() as session:
            _write_down(session, row, packed, now)
    size = target.stat().st_size
    if as_json:
        return print_json({"path": target, "size": size, "entries": len(packed)})
    click.echo(f"已导出到 {target}：{len(packed)} 个文件，{size / 1e6:.1f} MB。清单和校验值在 {bundle.MANIFEST}。")
    click.echo("案卷包里有当事人的信息，请按案卷管理，不要外传。")


def _written(
    session: Session, given: Settings, row: PenaltyCase, now: Instant, target: Path, *, quiet: bool
) -> tuple[bundle.Packed, ...]:
    """Whole or not at all, for its owner's eyes only; nothing is overwritten."""
    if target.exists():
        raise Refused("not_empty", why=f"{target} 已经存在，请先移走，或者换一个文件夹。")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with open(unfinished, "wb", opener=_for_the_owner) as file, _bar(quiet=quiet) as progress:
            packed = bundle.pack(session, given, row, now, file, progress)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return packed


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)


@contextmanager
def _bar(*, quiet: bool) -> Iterator[bundle.Progress]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as bars:
        task = bars.add_task("导出")
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _write_down(session: Session, row: PenaltyCase, packed: tuple[bundle.Packed, ...], now: Instant) -> None:
    """Who took a case out, and what it was then."""
    book = next(one.sha256 for one in packed if one.path == bundle.BOOK)
    data = {"case": str(row.id), "version": row.version, "entries": len(packed), "book": book}
    journal.note(session, subject=f"case_file:{row.id}", kind="case.exported", actor=ACTOR, at=now, data=data)


def _line(one: CaseOut) -> tuple[Any, ...]:
    came_to = one.outcome_name or ""
    fine = money.yuan(one.fine_fen) if one.fine_fen else ""
    return (one.id, one.code or "未立案", one.state_name, one.lane_name, one.power.name, one.squad.name, came_to, fine)


def _without_party(one: CaseOut) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude={"party_name"})


def _shown(told: CaseDetail) -> dict[str, Any]:
    """Without whom it is about, and without the words of the acts."""
    left_out = {"party_name": True, "party": True, "summary": True, "allowed": True, "evidence": True}
    return told.model_dump(mode="json", exclude={**left_out, "acts": {"__all__": {"facts"}}})


COMMANDS = (cases,)
