"""wangge numbers: the register of document numbers (文号登记簿), and what may not be wrong with it."""

import click

from enforcement.rules.numbers import KIND_NAMES, STATE_NAMES, NumberKind, NumberState
from enforcement.services import numbers as register_of
from enforcement.services.cases.organs import TOWN
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.list_views import ACTOR
from town import clock

KINDS = [one.value for one in NumberKind]


@click.group()
def numbers() -> None:
    """文号: gaps, register, void."""


@numbers.command()
@json_option
@click.pass_context
def gaps(context: click.Context, as_json: bool) -> None:
    """Every number that is missing, used twice or unaccounted for; exit code 1 when there is one."""
    with opened() as (_, database), database.read() as session:
        found = register_of.gaps(session)
    if as_json:
        print_json([_gap(one) for one in found])
    else:
        table([(one.organ, one.kind, one.year, one.fault.sentence) for one in found])
        if not found:
            click.echo("文号连续，没有缺号、重号，每一号都有着落。")
    context.exit(1 if found else 0)


@numbers.command()
@click.option(
    "--organ", default=TOWN, show_default=True, help="Whose series: town, or the code of an entrusting organ."
)
@click.option("--kind", type=click.Choice(KINDS), help="Only numbers with this mark.")
@click.option("--year", type=int, help="Only numbers of this year.")
@json_option
def register(organ: str, kind: str | None, year: int | None, as_json: bool) -> None:
    """文号登记簿: every number with its state and its case."""
    with opened() as (_, database), database.read() as session:
        rows = register_of.register(session, organ, kind, year)
        told = [
            {
                "number": one.text,
                "name": KIND_NAMES[NumberKind(one.kind)],
                "state": STATE_NAMES[NumberState(one.state)],
                "allocated_at": one.allocated_at,
                "case": one.case_id,
                "reason": one.reason,
            }
            for one in rows
        ]
    if as_json:
        return print_json(told)
    table([tuple(one.values()) for one in told])
    if not told:
        click.echo("还没有文号。")


@numbers.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why it is never to be used (again); kept in the register.")
@commit_option
def void(number: str, reason: str, commit: bool) -> None:
    """作废: a NUMBER stays in the register with the reason; its document, if there is one, is kept."""
    with opened() as (_, database), database.write() as session:
        register_of.void(session, number, reason, ACTOR, clock.now())
        if not commit:
            session.rollback()
    click.echo(f"{number} 作废，理由：{reason}")
    say_dry_run(commit)


def _gap(one: register_of.Gap) -> dict[str, object]:
    told = {"organ": one.organ, "kind": one.kind, "year": one.year, "sequence": one.fault.sequence}
    return told | {"code": one.fault.code, "sentence": one.fault.sentence}


COMMANDS = (numbers,)
