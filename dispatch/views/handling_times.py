"""Handling times over HTTP (办理时限): what counts today, its editions, and a file looked at before it is kept."""

import uuid
from collections.abc import Callable

from dispatch import schemas
from dispatch.services import handling_times, references, time_lists
from dispatch.views.reference import KEEPERS, READERS, Table, unpack
from enforcement.services import editions
from town import profile, sheets
from town.access import staff
from town.bodies import SheetUpload
from town.http import Call, Routes
from town.reference import Kind

routes = Routes("handling_times", "/api/v1")


@routes.get("/handling-times", rights=staff(), gives=schemas.HandlingTimesOut)
def show(call: Call) -> schemas.HandlingTimesOut:
    """办理时限: what counts today, for whoever is measured by it."""
    return time_lists.in_force(call.session, call.now)


@routes.get("/reference/times", rights=READERS, gives=schemas.EditionsOut)
def list_editions(call: Call) -> schemas.EditionsOut:
    """Every edition of the table."""
    return references.list_editions(call.session, Kind.TIMES, call.now)


@routes.get("/reference/times/<uuid:edition_id>", rights=READERS, gives=schemas.TimeRowsOut)
def show_edition(call: Call, edition_id: uuid.UUID) -> schemas.TimeRowsOut:
    """The rows of one edition."""
    return time_lists.of_edition(call.session, edition_id, call.now)


def look(call: Call, sent: SheetUpload) -> Callable[[], schemas.PreviewOut]:
    """What a file would change; done while nothing is locked."""
    read = sheets.read(sent.content, sent.filename)
    today = profile.local_day(call.session, call.now)
    shown = references.preview_out(handling_times.preview(call.session, read, today))
    return lambda: shown


@routes.post(
    "/reference/previews/times",
    rights=KEEPERS,
    takes=SheetUpload,
    prepares=look,
    gives=schemas.PreviewOut,
    repeatable=False,
)
def preview(_call: Call, shown: schemas.PreviewOut) -> schemas.PreviewOut:
    """预览: everything wrong with a table, and what would change. Keeps nothing."""
    return shown


@routes.post(
    "/reference/imports/times",
    rights=KEEPERS,
    takes=SheetUpload,
    prepares=unpack,
    gives=schemas.EditionOut,
    status=201,
)
def import_table(call: Call, table: Table) -> schemas.EditionOut:
    """Keep a table as a new edition, not yet in force."""
    today = profile.local_day(call.session, call.now)
    previewed = handling_times.preview(call.session, table.sheets, today)
    made = handling_times.import_edition(call.session, previewed, table.name, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)


@routes.post(
    "/reference/times/<uuid:edition_id>/activate",
    rights=KEEPERS,
    takes=schemas.ActivateIn,
    gives=schemas.EditionOut,
)
def activate(call: Call, sent: schemas.ActivateIn, edition_id: uuid.UUID) -> schemas.EditionOut:
    """Put a table in force from a local day on; orders that are under way keep theirs."""
    edition = editions.find(call.session, Kind.TIMES, str(edition_id))
    made = editions.activate(call.session, edition, sent.valid_from, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)
