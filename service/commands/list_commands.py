"""The commands that every list in editions has: import, confirm, activate, list, template. Each is stated once, here."""

import datetime as dt
from pathlib import Path

import click

from enforcement.services import editions
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.list_import import ListKind, activate_edition, import_list, list_editions
from service.commands.list_views import ACTOR, day_type, write_template
from town import clock


def import_command(which: ListKind) -> click.Command:
    """``import``: check a file and keep it."""

    @click.command(name="import")
    @click.argument("file", required=False, type=click.Path(path_type=Path))
    @click.option("--starter", "use_starter", is_flag=True, help="Import the list that comes with the product.")
    @click.option("--name", help="What the edition shall be called, 2026 年版 for example.")
    @commit_option
    @json_option
    def import_(file: Path | None, use_starter: bool, name: str | None, commit: bool, as_json: bool) -> None:
        """Check a CSV or XLSX FILE and keep it as a new edition, not yet in force."""
        import_list(which, file, use_starter, name, commit, as_json)
        if which.notice and use_starter and not as_json:
            click.echo(which.notice)

    return import_


def confirm_command(which: ListKind) -> click.Command:
    """``confirm``: the legal officer answers for an edition."""

    @click.command()
    @click.argument("edition")
    @click.option("--by", required=True, help="Name of the legal officer who answers for every row.")
    @commit_option
    @json_option
    def confirm(edition: str, by: str, commit: bool, as_json: bool) -> None:
        """The legal officer confirms an EDITION (name or id); without that it cannot be activated."""
        with opened() as (_, database), database.write() as session:
            chosen = editions.find(session, which.kind, edition)
            identifier, name, lacking = chosen.id, chosen.name, which.open_rows(session, chosen)
            editions.confirm(session, chosen, by, actor=ACTOR, now=clock.now())
            if not commit:
                session.rollback()
        if as_json:
            return print_json({"edition": str(identifier), "open": lacking, "committed": commit})
        table([("确认", name), ("确认人", by), *lacking.items()])
        if commit:
            click.echo(f"已确认。下一步：wangge {which.group} activate {identifier}")
        say_dry_run(commit)

    return confirm


def activate_command(which: ListKind) -> click.Command:
    """``activate``: put an edition in force."""

    @click.command()
    @click.argument("edition")
    @click.option("--from", "starts", type=day_type, help="Local day it begins; today if not said.")
    @commit_option
    @json_option
    def activate(edition: str, starts: dt.datetime | None, commit: bool, as_json: bool) -> None:
        """Put an EDITION (name or id) in force from a day on; the former one ends that day."""
        activate_edition(which, edition, starts, commit, as_json)

    return activate


def list_command(which: ListKind) -> click.Command:
    """``list``: the editions."""

    @click.command(name="list")
    @json_option
    def list_(as_json: bool) -> None:
        """Every edition of the list, newest first."""
        list_editions(which, as_json)

    return list_


def template_command(which: ListKind) -> click.Command:
    """``template``: a table to fill in."""

    @click.command()
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--starter", "use_starter", is_flag=True, help="With the list that comes with the product.")
    def template(file: Path, use_starter: bool) -> None:
        """Write an XLSX table to FILE, to be filled in."""
        write_template(file, which.table(which.starter_rows() if use_starter else ()))

    return template


def add_all(group: click.Group, which: ListKind) -> None:
    """Every one of them."""
    for make in (import_command, confirm_command, activate_command, list_command, template_command):
        group.add_command(make(which))
