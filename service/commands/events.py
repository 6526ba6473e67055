"""wangge events: the list of kinds of matter (事项清单): import it, put it in force, look at it."""

import datetime as dt
from pathlib import Path

import click
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.files import event_rows
from enforcement.models import ListEdition
from enforcement.services import editions
from enforcement.services import events as kinds
from service.commands.common import commit_option, json_option
from service.commands.list_import import ListKind, activate_edition, import_list, list_editions
from service.commands.list_views import day_type, write_template
from town.reference import Kind


def _codes(session: Session, edition: ListEdition) -> set[str]:
    return set(kinds.of_edition(session, edition.id).by_code)


EVENTS = ListKind(
    kind=Kind.EVENTS,
    group="events",
    starter=starter.events,
    preview=kinds.preview,
    import_edition=kinds.import_edition,
    activate=editions.activate,
    codes=_codes,
    next_step="activate",
)


@click.group()
def events() -> None:
    """事项: kinds of matter, and the editions of their list."""


@events.command(name="import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--starter", "use_starter", is_flag=True, help="Import the list that comes with the product.")
@click.option("--name", help="What the edition shall be called, 2026 年版 for example.")
@commit_option
@json_option
def import_(file: Path | None, use_starter: bool, name: str | None, commit: bool, as_json: bool) -> None:
    """Check a CSV or XLSX FILE and keep it as a new edition, not yet in force."""
    import_list(EVENTS, file, use_starter, name, commit, as_json)


@events.command()
@click.argument("edition")
@click.option("--from", "starts", type=day_type, help="Local day it begins; today if not said.")
@commit_option
@json_option
def activate(edition: str, starts: dt.datetime | None, commit: bool, as_json: bool) -> None:
    """Put an EDITION (name or id) in force from a day on; the former one ends that day."""
    activate_edition(EVENTS, edition, starts, commit, as_json)


@events.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """Every edition of the list, newest first."""
    list_editions(EVENTS, as_json)


@events.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--starter", "use_starter", is_flag=True, help="With the list that comes with the product, to go on from."
)
def template(file: Path, use_starter: bool) -> None:
    """Write an XLSX table to FILE, to be filled in."""
    write_template(file, event_rows.table(starter.rows("events") if use_starter else ()))


COMMANDS = (events,)
