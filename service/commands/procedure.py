"""wangge procedure: what the law leaves to the place (本地程序规定): import, confirm, put in force."""

import click
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.files import procedure_rows
from enforcement.models import ListEdition
from enforcement.services import local_rules as service
from service.commands.list_commands import add_all
from service.commands.list_import import ListKind
from town.reference import Kind


def _open_rows(session: Session, edition: ListEdition) -> dict[str, int]:
    return {"没有本镇依据的": sum(not one.confirmed for one in service.of_edition(session, edition.id).by_key.values())}


LIST = ListKind(
    kind=Kind.PROCEDURE,
    group="procedure",
    starter=starter.procedure,
    preview=service.preview,
    import_edition=service.import_edition,
    activate=service.activate,
    codes=service.codes,
    next_step="confirm",
    table=procedure_rows.table,
    notice="起步程序规定里「待本镇确认」的值在确认依据之前当作没有：请逐项补上依据和机关信息，确认后再启用。",
    open_rows=_open_rows,
)


@click.group()
def procedure() -> None:
    """本地程序规定: what the law leaves to the place, and the editions of the list."""


add_all(procedure, LIST)

COMMANDS = (procedure,)
