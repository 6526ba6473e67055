"""wangge provisions: what the articles provide (罚则): import, confirm, put in force."""

import click
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.files import provision_rows
from enforcement.models import ListEdition
from enforcement.services import provisions as service
from service.commands.list_commands import add_all
from service.commands.list_import import ListKind
from town.reference import Kind


def _open_rows(session: Session, edition: ListEdition) -> dict[str, int]:
    return {
        "没有核对过法条的": sum(
            not one.verified for rows in service.of_edition(session, edition.id).by_power.values() for one in rows
        )
    }


LIST = ListKind(
    kind=Kind.PROVISIONS,
    group="provisions",
    starter=starter.provisions,
    preview=service.preview,
    import_edition=service.import_edition,
    activate=service.activate,
    codes=service.codes,
    next_step="confirm",
    table=provision_rows.table,
    notice="起步罚则有一部分没有对照过法条原文，地方样本要换成本地条文：请法制审核人员逐条核对、确认后再启用。",
    open_rows=_open_rows,
)


@click.group()
def provisions() -> None:
    """罚则: what the articles provide, and the editions of the list."""


add_all(provisions, LIST)

COMMANDS = (provisions,)
