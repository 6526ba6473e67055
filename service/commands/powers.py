"""wangge powers: the power list (权力清单): import, confirm, put in force, suspend, resume, hand back."""

import datetime as dt

import click
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.files import power_rows
from enforcement.models import ListEdition
from enforcement.rules.powers import standing
from enforcement.services import editions
from enforcement.services import powers as law
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.list_commands import activate_command, import_command, template_command
from service.commands.list_import import ListKind, day_or_today, list_editions, today
from service.commands.list_views import ACTOR, SHOWN, day_type
from service.commands.powers_changes import hand_back, resume, suspend
from town import clock
from town.reference import Kind


def _codes(session: Session, edition: ListEdition) -> set[str]:
    return set(law.of_edition(session, edition.id).by_code)


POWERS = ListKind(
    kind=Kind.POWERS,
    group="powers",
    starter=starter.powers,
    preview=law.preview,
    import_edition=law.import_edition,
    activate=law.activate,
    codes=_codes,
    next_step="confirm",
    table=power_rows.table,
    notice="起步清单没有授权文号、县清单条目和公布日期：请法制审核人员逐项补齐、确认后再启用。",
)


@click.group()
def powers() -> None:
    """权力: what the town may enforce, and the editions of the list."""


@powers.command()
@click.argument("edition")
@click.option("--by", required=True, help="Name of the legal officer who answers for every row.")
@commit_option
@json_option
def confirm(edition: str, by: str, commit: bool, as_json: bool) -> None:
    """The legal officer confirms an EDITION (name or id); without that it cannot be activated."""
    with opened() as (_, database), database.write() as session:
        chosen = editions.find(session, Kind.POWERS, edition)
        identifier, name = chosen.id, chosen.name
        open_rows, idle = law.unverified(session, identifier), law.unusable(session, identifier, today(session))
        editions.confirm(session, chosen, by, actor=ACTOR, now=clock.now())
        if not commit:
            session.rollback()
    if as_json:
        whys = {code: how.why for code, how in idle.items()}
        return print_json({"edition": str(identifier), "unverified": open_rows, "unusable": whys, "committed": commit})
    table([("确认", name), ("确认人", by), ("没有核对过法条的", open_rows), ("今天不能使用的", len(idle))])
    table([(code, how.why) for code, how in list(idle.items())[:SHOWN]])
    if len(idle) > SHOWN:
        click.echo(f"另有 {len(idle) - SHOWN} 项，加 --json 看完整清单。")
    if commit:
        click.echo(f"已确认。下一步：wangge powers activate {identifier}")
    say_dry_run(commit)


@powers.command(name="list")
@click.argument("edition", required=False)
@click.option("--on", "asked", type=day_type, help="Day to ask about; today if not said.")
@json_option
def list_(edition: str | None, asked: dt.datetime | None, as_json: bool) -> None:
    """Every edition; or, for an EDITION (name or id), its powers and how each stands on a day."""
    if edition is None:
        return list_editions(POWERS, as_json)
    with opened() as (_, database), database.read() as session:
        day = day_or_today(session, asked)
        catalogue = law.of_edition(session, editions.find(session, Kind.POWERS, edition).id)
    found = [(power, standing(power, day)) for power in catalogue.by_code.values()]
    if as_json:
        keys = ("code", "name", "standing", "why", "holder")
        rows = [(power.code, power.name, how.code, how.why, how.holder) for power, how in found]
        return print_json([dict(zip(keys, row, strict=True)) for row in rows])
    table([("代码", "名称", "可用", "说明")])
    table([(power.code, power.name, "是" if how.in_force else "否", how.why) for power, how in found])


for make in (import_command, activate_command, template_command):
    powers.add_command(make(POWERS))
for command in (suspend, resume, hand_back):
    powers.add_command(command)

COMMANDS = (powers,)
