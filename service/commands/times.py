"""wangge times: the table of handling times (办理时限): import it, put it in force, look at what counts."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from dispatch import labels, starter
from dispatch.files import time_rows
from dispatch.rules import times_table
from dispatch.rules.severity import Severity
from dispatch.rules.times_table import ANY, TimeLine
from dispatch.services import handling_times, time_lists
from dispatch.services.handling_times import TimesTable
from enforcement.services import editions, events
from service.commands.common import json_option, opened, print_json, table
from service.commands.list_commands import activate_command, import_command, list_command, template_command
from service.commands.list_import import ListKind, import_list, today
from town.errors import Refused
from town.reference import Kind

TIMES = ListKind(
    kind=Kind.TIMES,
    group="times",
    starter=starter.times,
    preview=handling_times.preview,
    import_edition=handling_times.import_edition,
    activate=editions.activate,
    codes=handling_times.codes,
    next_step="activate",
    table=time_rows.table,
    lines=starter.rows,
    notice="起步办理时限是建议和外地示例，每行都写了来源；启用前请逐行核对，换成本镇的规定。",
)
OWN, HOUSE = "本镇", "默认"
CHECKED = "只检查，不保留"


@click.group()
def times() -> None:
    """办理时限: how long each stage of each kind of matter may take."""


for make in (import_command, activate_command, list_command, template_command):
    times.add_command(make(TIMES))


@times.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> None:
    """Say everything that is wrong with FILE, and what it would change. Keeps nothing."""
    import_list(TIMES, file, False, CHECKED, False, as_json)


@times.command()
@click.argument("event", required=False)
@json_option
def show(event: str | None, as_json: bool) -> None:
    """What counts today, for every kind of matter or for one EVENT (its code), by stage and severity."""
    with opened() as (_, database), database.read() as session:
        name = _name(session, event) if event else time_lists.EVERY_KIND
        edition = editions.on(session, Kind.TIMES, today(session))
        in_force = handling_times.of_edition(session, edition.id) if edition else None
        rows = [_row(in_force, default, event, severity) for default in times_table.DEFAULTS for severity in Severity]
    if as_json:
        return print_json({"event": event, "edition": edition.name if edition else None, "rows": rows})
    click.echo(f"{name}：{f'启用中的是「{edition.name}」' if edition else '没有启用的办理时限表，都按默认'}。")
    heads = ("环节", "严重程度", "时限", "最长可延", "次数", "出自", "依据来源")
    table([heads, *(tuple(_told(row)) for row in rows)])


def _name(session: Session, code: str) -> str:
    listed = events.on(session, today(session))
    if listed and code not in listed.by_code:
        raise Refused("not_found")
    return time_lists.event_name(code, listed.by_code if listed else {})


def _row(in_force: TimesTable | None, default: TimeLine, event: str | None, severity: Severity) -> dict[str, Any]:
    """The row that counts for a stage, and whose it is."""
    own = in_force.row(default.stage, event or ANY, severity) if in_force else None
    line = own or default
    return {
        "stage": default.stage,
        "severity": severity.value,
        "amount": line.amount,
        "unit": line.unit,
        "longest": line.longest,
        "times": line.times,
        "own": own is not None,
        "source": line.source,
    }


def _told(row: dict[str, Any]) -> list[str]:
    unit = labels.unit(row["unit"])
    longest = f"{row['longest']} {unit}" if row["longest"] else ""
    names = labels.STAGES[row["stage"]], labels.SEVERITIES[Severity(row["severity"])]
    return [
        *names,
        f"{row['amount']} {unit}",
        longest,
        str(row["times"] or ""),
        OWN if row["own"] else HOUSE,
        row["source"],
    ]


COMMANDS = (times,)
