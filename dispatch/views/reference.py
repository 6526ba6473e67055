"""Reference data over HTTP (依据): what is in force, files looked at before they are kept, editions put in force."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from dispatch import schemas
from dispatch.services import people_list, references
from dispatch.services.people_list import FirstPassword
from enforcement.services import editions, events, powers
from grids import services as grids
from town import clock, people_file, profile, reference, sheets
from town.access import staff
from town.bodies import SheetUpload
from town.errors import Refused
from town.http import Call, Routes
from town.people import Role
from town.people_file import Filed, Hand, Plan
from town.reference import Kind
from town.sheets import Sheets

routes = Routes("reference", "/api/v1")

READERS = staff(Role.DISPATCHER, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.SYSTEM_ADMIN)
KEEPERS = staff(Role.SYSTEM_ADMIN, Role.LEGAL_REVIEWER)
LAWYERS = staff(Role.LEGAL_REVIEWER)
ADMINISTRATORS = staff(Role.SYSTEM_ADMIN)


@dataclass(frozen=True)
class Table:
    """An uploaded file, read."""

    sheets: Sheets
    name: str


@dataclass(frozen=True)
class Drawn:
    """An uploaded file of people, read and compared, with first passwords for whoever is new."""

    book: Sheets
    filed: Filed
    plan: Plan
    passwords: tuple[FirstPassword, ...]


@routes.get("/reference/grids", rights=READERS, gives=schemas.EditionsOut)
def list_maps(call: Call) -> schemas.EditionsOut:
    """Every edition of the map, of every layer."""
    return references.list_maps(call.session)


@routes.get("/reference/events", rights=READERS, gives=schemas.EditionsOut)
def list_events(call: Call) -> schemas.EditionsOut:
    """Every edition of the list of kinds of matter."""
    return references.list_editions(call.session, Kind.EVENTS, call.now)


@routes.get("/reference/powers", rights=READERS, gives=schemas.EditionsOut)
def list_powers(call: Call) -> schemas.EditionsOut:
    """Every edition of the power list."""
    return references.list_editions(call.session, Kind.POWERS, call.now)


@routes.get("/reference/events/<uuid:edition_id>", rights=READERS, gives=schemas.EventRowsOut)
def show_events(call: Call, edition_id: uuid.UUID) -> schemas.EventRowsOut:
    """The rows of one edition."""
    return references.event_rows(call.session, edition_id, call.now)


@routes.get("/reference/powers/<uuid:edition_id>", rights=READERS, gives=schemas.PowerRowsOut)
def show_powers(call: Call, edition_id: uuid.UUID) -> schemas.PowerRowsOut:
    """The rows of one edition, each as it stands today."""
    return references.power_rows(call.session, edition_id, call.now)


def look_at_events(call: Call, sent: SheetUpload) -> Callable[[], schemas.PreviewOut]:
    """What a file would change; done while nothing is locked."""
    shown = references.preview_out(events.preview(call.session, _read(sent), _today(call)))
    return lambda: shown


def look_at_powers(call: Call, sent: SheetUpload) -> Callable[[], schemas.PreviewOut]:
    """What a file would change; done while nothing is locked."""
    shown = references.preview_out(powers.preview(call.session, _read(sent), _today(call)))
    return lambda: shown


def look_at_people(call: Call, sent: SheetUpload) -> Callable[[], schemas.PreviewOut]:
    """What a file would change; done while nothing is locked."""
    book = _read(sent)
    filed = people_file.filed([book])
    plan = people_list.draw(call.session, filed, call.now, closing=False)
    shown = references.people_preview_out(book, filed, plan)
    return lambda: shown


@routes.post(
    "/reference/previews/events",
    rights=KEEPERS,
    takes=SheetUpload,
    prepares=look_at_events,
    gives=schemas.PreviewOut,
    repeatable=False,
)
def preview_events(_call: Call, shown: schemas.PreviewOut) -> schemas.PreviewOut:
    """预览: everything wrong with a list of kinds of matter, and what would change. Keeps nothing."""
    return shown


@routes.post(
    "/reference/previews/powers",
    rights=KEEPERS,
    takes=SheetUpload,
    prepares=look_at_powers,
    gives=schemas.PreviewOut,
    repeatable=False,
)
def preview_powers(_call: Call, shown: schemas.PreviewOut) -> schemas.PreviewOut:
    """预览: everything wrong with a power list, and what would change. Keeps nothing."""
    return shown


@routes.post(
    "/reference/previews/people",
    rights=ADMINISTRATORS,
    takes=SheetUpload,
    prepares=look_at_people,
    gives=schemas.PreviewOut,
    repeatable=False,
)
def preview_people(_call: Call, shown: schemas.PreviewOut) -> schemas.PreviewOut:
    """预览: everything wrong with a file of people, and what would change. Keeps nothing."""
    return shown


def unpack(_call: Call, sent: SheetUpload) -> Callable[[], Table]:
    """A list to be kept needs a name; reading it is slow."""
    if sent.name is None:
        raise Refused("invalid", errors={"name": ["必填"]})
    name = sent.name
    return lambda: Table(_read(sent), name)


@routes.post(
    "/reference/imports/events",
    rights=KEEPERS,
    takes=SheetUpload,
    prepares=unpack,
    gives=schemas.EditionOut,
    status=201,
)
def import_events(call: Call, table: Table) -> schemas.EditionOut:
    """Keep a list of kinds of matter as a new edition, not yet in force."""
    previewed = events.preview(call.session, table.sheets, _today(call))
    made = events.import_edition(call.session, previewed, table.name, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)


@routes.post(
    "/reference/imports/powers",
    rights=KEEPERS,
    takes=SheetUpload,
    prepares=unpack,
    gives=schemas.EditionOut,
    status=201,
)
def import_powers(call: Call, table: Table) -> schemas.EditionOut:
    """Keep a power list as a new edition, not yet in force."""
    previewed = powers.preview(call.session, table.sheets, _today(call))
    made = powers.import_edition(call.session, previewed, table.name, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)


def draw_people(call: Call, sent: SheetUpload) -> Callable[[], Drawn]:
    """Refuse what is wrong; first passwords are hashed while nothing is locked."""
    book = _read(sent)
    filed = people_file.filed([book])
    plan = people_list.draw(call.session, filed, call.now, closing=False)
    references.refuse_faults(plan)
    return lambda: Drawn(book, filed, plan, people_list.first_passwords(plan))


@routes.post(
    "/reference/imports/people",
    rights=ADMINISTRATORS,
    takes=SheetUpload,
    prepares=draw_people,
    gives=schemas.PeopleImportedOut,
    status=201,
)
def import_people(call: Call, drawn: Drawn) -> schemas.PeopleImportedOut:
    """Take a file of people in, whole; what is missing in it is left alone. First passwords are shown this once."""
    hashes = {one.person.login: one.hashed for one in drawn.passwords}
    people_list.take_in(call.session, drawn.filed, drawn.plan, Hand(call.who.name, call.now, hashes))
    lists = drawn.plan.sections.items()
    return schemas.PeopleImportedOut(
        name=drawn.book.source,
        added={title: len(found.added) for title, found in lists if found.added},
        changed={title: len(found.changed) for title, found in lists if found.changed},
        accounts=[
            schemas.NewAccount(login=one.person.login, name=one.person.name, password=one.clear)
            for one in drawn.passwords
        ],
    )


@routes.post(
    "/reference/events/<uuid:edition_id>/activate",
    rights=KEEPERS,
    takes=schemas.ActivateIn,
    gives=schemas.EditionOut,
)
def activate_events(call: Call, sent: schemas.ActivateIn, edition_id: uuid.UUID) -> schemas.EditionOut:
    """Put a list of kinds of matter in force from a local day on."""
    edition = editions.find(call.session, Kind.EVENTS, str(edition_id))
    made = editions.activate(call.session, edition, sent.valid_from, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)


@routes.post(
    "/reference/powers/<uuid:edition_id>/confirm",
    rights=LAWYERS,
    takes=schemas.ConfirmIn,
    gives=schemas.EditionOut,
)
def confirm_powers(call: Call, sent: schemas.ConfirmIn, edition_id: uuid.UUID) -> schemas.EditionOut:
    """法制审核: somebody answers for every row by name."""
    edition = editions.find(call.session, Kind.POWERS, str(edition_id))
    made = editions.confirm(call.session, edition, sent.by, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)


@routes.post(
    "/reference/powers/<uuid:edition_id>/activate",
    rights=KEEPERS,
    takes=schemas.ActivateIn,
    gives=schemas.EditionOut,
)
def activate_powers(call: Call, sent: schemas.ActivateIn, edition_id: uuid.UUID) -> schemas.EditionOut:
    """Put a confirmed power list in force from a local day on."""
    edition = editions.find(call.session, Kind.POWERS, str(edition_id))
    made = powers.activate(call.session, edition, sent.valid_from, actor=call.who.name, now=call.now)
    return references.edition_out(call.session, made, call.now)


@routes.post(
    "/reference/grids/<uuid:edition_id>/activate",
    rights=ADMINISTRATORS,
    takes=schemas.ActivateIn,
    gives=schemas.EditionOut,
)
def activate_map(call: Call, sent: schemas.ActivateIn, edition_id: uuid.UUID) -> schemas.EditionOut:
    """Put a map in force: now when the day is today, otherwise by itself when that day begins."""
    reference.alone(call.session)
    edition = grids.find(call.session, str(edition_id))
    today = _today(call)
    if sent.valid_from == today:
        grids.activate(call.session, edition, actor=call.who.name, now=clock.now())  # after who decided meanwhile
    else:
        begins = _begin(call, sent.valid_from)
        grids.schedule(call.session, edition, begins, actor=call.who.name, now=call.now)
    return references.map_out(call.session, edition)


def _read(sent: SheetUpload) -> Sheets:
    return sheets.read(sent.content, sent.filename)


def _today(call: Call) -> dt.date:
    return profile.local_day(call.session, call.now)


def _begin(call: Call, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), profile.current(call.session).zone).astimezone(dt.UTC)
