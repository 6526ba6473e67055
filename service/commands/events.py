"""wangge events: the list of kinds of matter (事项清单): import it, put it in force, look at it."""

import click
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.files import event_rows
from enforcement.models import ListEdition
from enforcement.services import editions
from enforcement.services import events as kinds
from service.commands.list_commands import activate_command, import_command, list_command, template_command
from service.commands.list_import import ListKind
from town.reference import Kind


def _codes(session: Session, edition: ListEdition) -> set[str]:
    return set(kinds.of_edition(session, edition.id).by_code)


EVENTS = ListKind(
    kind=Kind.EVENTS,
    group="events",
    starter=starter.events,
    preview=kinds.preview,
    import_edition=kinds.import_edition,
    activate=editions.activate,
    codes=_codes,
    next_step="activate",
    table=event_rows.table,
)


@click.group()
def events() -> None:
    """事项: kinds of matter, and the editions of their list."""


for make in (import_command, activate_command, list_command, template_command):
    events.add_command(make(EVENTS))

COMMANDS = (events,)
