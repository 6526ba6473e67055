"""wangge proof: look now for what would be forgotten, and list what was found."""

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from oversight.models import ProofRun
from oversight.schemas.proof import FindingOut, RunOut, SubjectOut
from oversight.services.proof import findings, proving
from oversight.services.proof.checks import CHECKS, Check, Seen
from service import kept_files
from service.commands.common import json_option, opened, print_json
from town import clock
from town.database import Database
from town.settings import Settings

ACTOR = "system:cli"
SHOWN = 200


@click.group(name="proof")
def group() -> None:
    """核对: prove that nothing is forgotten."""


@group.command()
@json_option
@click.pass_context
def run(context: click.Context, as_json: bool) -> None:
    """Run every check now and keep what it finds; exit code 1 when something is open. Findings are the desk's tasks."""
    with opened() as (given, database):
        ran = _run(given, database, quiet=as_json)
        with database.read() as session:
            shown, found = findings.run_out(session, ran), findings.page(session, True, None, SHOWN)
    if as_json:
        print_json({"run": shown.model_dump(mode="json"), "open": found.open, "findings": _as_json(found.findings)})
    else:
        _show_run(shown)
        _show(found.findings, found.open)
    context.exit(1 if found.open else 0)


@group.command(name="list")
@click.option("--settled", is_flag=True, help="Those that a later run no longer found.")
@json_option
def list_findings(settled: bool, as_json: bool) -> None:
    """What is open, newest first."""
    with opened() as (_, database), database.read() as session:
        found = findings.page(session, not settled, None, SHOWN)
    if as_json:
        print_json(_as_json(found.findings))
    else:
        _show(found.findings, found.open)


def _run(given: Settings, database: Database, *, quiet: bool) -> ProofRun:
    with Progress(console=Console(stderr=True), transient=True, disable=quiet) as progress:
        task = progress.add_task("核对", total=len(CHECKS))

        def told(check: Check, _seen: Seen) -> None:
            progress.update(task, advance=1, description=check.name)

        return proving.prove(database, given, kept_files.stores(given), clock.now(), ACTOR, told=told)


def _as_json(found: list[FindingOut]) -> list[dict[str, object]]:
    return [one.model_dump(mode="json") for one in found]


def _show_run(run: RunOut) -> None:
    table = Table(title=f"核对 {run.day}")
    table.add_column("核对项")
    table.add_column("看了", justify="right")
    table.add_column("发现", justify="right")
    for check in run.checks:
        table.add_row(check.name, str(check.looked), str(check.found or ""), style="red" if check.found else None)
    Console().print(table)


def _show(found: list[FindingOut], is_open: int) -> None:
    for one in found:
        taken = f"（{one.taken_by_name}在处理）" if one.taken_by_name else ""
        click.echo(f"✗ {one.check_name}：{_named(one)}，{one.sentence}{taken}")
        click.echo(f"    → {one.then}")
    click.echo(f"未解决的发现共 {is_open} 项。" if is_open else "没有未解决的发现。")


def _named(finding: FindingOut) -> str:
    about = f"（{_subject(finding.about)}）" if finding.about else ""
    return _subject(finding.subject) + about


def _subject(subject: SubjectOut) -> str:
    return f"{subject.kind_name} {subject.code}".strip()


COMMANDS = (group,)
