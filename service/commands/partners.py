"""wangge partners: the bodies outside the squads that orders are handed to."""

import click

from service.commands.common import json_option, opened, print_json, table
from town import staff
from town.people_file.rows import KINDS

KIND_NAMES = {kind: name for name, kind in KINDS.items()}


@click.group()
def partners() -> None:
    """协同单位: departments, utilities, neighbours, the county, the police."""


@partners.command(name="list")
@json_option
def list_partners(as_json: bool) -> None:
    """Every partner; new ones come with wangge people import."""
    with opened() as (_, database), database.read() as session:
        found = staff.partners(session)
    if as_json:
        return print_json([{**vars(one.entry), "active": one.active} for one in found])
    rows = (
        (one.entry.code, one.entry.name, KIND_NAMES[one.entry.kind], one.entry.phone, _state(one.active))
        for one in found
    )
    table([("代码", "名称", "类别", "电话", ""), *rows])


def _state(active: bool) -> str:
    return "" if active else "已停用"


COMMANDS = (partners,)
