"""wangge powers suspend, resume, hand-back: what happens to powers from a day on, under a document's number."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from dispatch.labels import TRANSFER_RULES
from dispatch.services import handing_back
from dispatch.services.handing_back import Receipt
from enforcement.files import code_lists
from enforcement.services import changes
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.list_import import today
from service.commands.list_views import ACTOR, SHOWN, day_type, listed
from town import clock, sheets

Command = Callable[..., Any]


def change_options(command: Command) -> Command:
    """What every change of powers asks."""
    options = (
        click.argument("powers"),
        click.option("--on", "day", required=True, type=day_type, help="Local day from which it holds."),
        click.option("--document", required=True, help="Number of the document it rests on."),
        commit_option,
        json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@change_options
@click.option("--to", help="Code of the partner that acts meanwhile.")
def suspend(powers: str, day: dt.datetime, document: str, to: str | None, commit: bool, as_json: bool) -> None:
    """Suspend POWERS (codes with commas, or a file with a column 代码) until they are resumed."""

    def record(session: Session, codes: tuple[str, ...]) -> None:
        changes.suspend(session, codes, day.date(), document, to=to, actor=ACTOR, now=clock.now())

    _change("暂停", powers, day, record, commit, as_json)


@click.command()
@change_options
def resume(powers: str, day: dt.datetime, document: str, commit: bool, as_json: bool) -> None:
    """Use suspended POWERS (codes with commas, or a file with a column 代码) again."""

    def record(session: Session, codes: tuple[str, ...]) -> None:
        changes.resume(session, codes, day.date(), document, actor=ACTOR, now=clock.now())

    _change("恢复", powers, day, record, commit, as_json)


@click.command(name="hand-back")
@change_options
@click.option("--to", required=True, help="Code of the partner that acts from then on.")
def hand_back(powers: str, day: dt.datetime, document: str, to: str, commit: bool, as_json: bool) -> None:
    """Hand POWERS (codes with commas, or a file with a column 代码) back for good, and move the open orders under them.

    Before the day comes only the powers are recorded; on the day the worker moves the orders, or the same command does.
    """
    codes, on = _read(powers), day.date()
    with opened() as (_, database), database.write() as session:
        now = clock.now()
        recorded = changes.hand_back_missing(session, codes, on, to, document, ACTOR, now)
        due = on <= today(session)
        receipts = handing_back.apply(session, codes, on, to, document, ACTOR, now) if due else []
        waiting = [] if due else handing_back.plan(session, codes, on)
        if not commit:
            session.rollback()
    if as_json:
        orders = [_order(receipt) for receipt in receipts]
        facts = {"codes": list(codes), "recorded": len(recorded), "from": on, "to": to, "orders": orders}
        return print_json({**facts, "waiting": len(waiting), "committed": commit})
    table([("退回", listed(codes)), ("新登记", len(recorded)), ("从", on), ("接收", to), ("文号", document)])
    _tell_orders(receipts)
    if waiting:
        click.echo(f"{on} 还没有到，{len(waiting)} 件未办结的工单先不动；到那天由后台自动移交。")
    say_dry_run(commit)


def _change(
    what: str,
    powers: str,
    day: dt.datetime,
    record: Callable[[Session, tuple[str, ...]], None],
    commit: bool,
    as_json: bool,
) -> None:
    codes = _read(powers)
    with opened() as (_, database), database.write() as session:
        record(session, codes)
        if not commit:
            session.rollback()
    if as_json:
        return print_json({"codes": list(codes), "from": day.date(), "committed": commit})
    table([(what, listed(codes)), ("从", day.date())])
    say_dry_run(commit)


def _read(powers: str) -> tuple[str, ...]:
    file = Path(powers)
    return code_lists.in_file(sheets.read(file)) if file.is_file() else code_lists.typed(powers)


def _order(receipt: Receipt) -> dict[str, Any]:
    touched = receipt.touched
    return {
        "order": touched.code,
        "id": touched.order_id,
        "power": touched.power,
        "state": touched.state,
        "rule": touched.moved.rule,
        "next_power": touched.next_power,
        "letter": receipt.letter,
    }


def _tell_orders(receipts: list[Receipt]) -> None:
    count = Counter(receipt.touched.moved.rule.value for receipt in receipts)
    click.echo(f"涉及未办结工单 {len(receipts)} 件。")
    table([(TRANSFER_RULES[rule], number) for rule, number in count.most_common()])
    rows = [
        (one.touched.code, one.touched.power, TRANSFER_RULES[one.touched.moved.rule], one.letter) for one in receipts
    ]
    table([("工单", "权力", "去向", "移送函"), *rows[:SHOWN]] if rows else [])
    if len(rows) > SHOWN:
        click.echo(f"另有 {len(rows) - SHOWN} 件，加 --json 看完整清单。")
