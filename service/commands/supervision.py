"""wangge supervision: 督办单, and the ladders that lead to them."""

import uuid
from collections.abc import Callable

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from oversight import labels_supervision as labels
from oversight.models import Supervision
from oversight.rules.supervision import State
from oversight.services.supervision import ladder_table, subjects_shown
from oversight.services.supervision.ladder_table import Changed
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.list_views import ACTOR
from town import clock
from town.ladders import ANY, Ladder, Level

severity_option = click.option(
    "--severity",
    default=ANY,
    show_default=True,
    type=click.Choice([ANY, *ladder_table.SEVERITIES]),
    help="Only for matters of this severity.",
)


@click.group()
def supervision() -> None:
    """督办: ladders, list."""


@supervision.command(name="list")
@click.option("--state", type=click.Choice([one.value for one in State]), help="Only those in this state.")
@json_option
def list_papers(state: str | None, as_json: bool) -> None:
    """督办单: number, state, about what, until when an answer is due."""
    with opened() as (_, database), database.read() as session:
        rows = [_row(session, paper) for paper in _papers(session, state)]
    if as_json:
        return print_json(rows)
    table([tuple(row.values()) for row in rows])
    if not rows:
        click.echo("没有督办单。")


@supervision.group()
def ladders() -> None:
    """督办梯级: at which share of its time each clock raises which alarm."""


@ladders.command(name="list")
@json_option
def list_ladders(as_json: bool) -> None:
    """The table in force, or what holds until the town keeps one."""
    with opened() as (_, database), database.read() as session:
        lines, own = ladder_table.lines(session), ladder_table.is_own(session)
    if as_json:
        return print_json(
            [{"clock": key[0], "severity": key[1], "ladder": dict(rungs)} for key, rungs in lines.items()]
        )
    table([(*key, labels.CLOCKS.get(key[0], key[0]), _spoken(rungs)) for key, rungs in lines.items()])
    click.echo("本镇自定的梯级。" if own else "默认梯级；用 wangge supervision ladders set 改成本镇自己的。")


@ladders.command(name="set")
@click.argument("clock_code", metavar="CLOCK")
@click.argument("rungs", nargs=-1, required=True, metavar="LEVEL=PERCENT...")
@severity_option
@commit_option
def set_ladder(clock_code: str, rungs: tuple[str, ...], severity: str, commit: bool) -> None:
    """The whole ladder of a CLOCK (order.accept, case.decide, or * for all others): remind=50 yellow=80 red=100 …"""
    _change(lambda session: ladder_table.keep(session, clock_code, severity, _read(rungs), ACTOR, clock.now()), commit)


@ladders.command()
@click.argument("clock_code", metavar="[CLOCK]", required=False)
@commit_option
def reset(clock_code: str | None, commit: bool) -> None:
    """Back to what the house proposes: one CLOCK, or the whole table."""
    _change(lambda session: ladder_table.reset(session, clock_code, ACTOR, clock.now()), commit)


def _change(work: Callable[[Session], list[Changed]], commit: bool) -> None:
    with opened() as (_, database), database.write() as session:
        changed = work(session)
        if not commit:
            session.rollback()
    table([(one.clock, one.severity, _spoken(one.before), "→", _spoken(one.after)) for one in changed])
    click.echo("已经在走的时限仍按原来的梯级；以后开始的按新的。" if changed else "没有变化。")
    say_dry_run(commit)


def _read(rungs: tuple[str, ...]) -> Ladder:
    """``red=100``. Raises click.UsageError."""
    told = [one.partition("=") for one in rungs]
    wrong = [level + sign + percent for level, sign, percent in told if not percent.isdigit()]
    if wrong:
        raise click.UsageError(f"看不懂 {'、'.join(wrong)}；请写成 级别=百分数，如 red=100。")
    return tuple((level, int(percent)) for level, _, percent in told)


def _spoken(rungs: Ladder) -> str:
    return " ".join(f"{labels.LEVELS.get(Level(level), level)}({level})={percent}%" for level, percent in rungs) or "无"


def _papers(session: Session, state: str | None) -> list[Supervision]:
    asked = select(Supervision).order_by(Supervision.issued_at, Supervision.id)
    return list(session.scalars(asked.where(Supervision.state == state) if state else asked))


def _row(session: Session, paper: Supervision) -> dict[str, str | uuid.UUID | None]:
    return {
        "number": paper.number,
        "state": labels.STATES[State(paper.state)],
        "about": subjects_shown.one(session, paper.subject).spoken,
        "issued_at": paper.issued_at.isoformat(),
        "accountable_at": paper.accountable_at.isoformat() if paper.accountable_at else None,
        "id": paper.id,
    }


COMMANDS = (supervision,)
