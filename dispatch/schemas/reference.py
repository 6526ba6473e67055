"""Reference data (依据) as the desk reads and changes it: editions, their rows, and files before and after import."""

import datetime as dt
import uuid

from pydantic import Field

from dispatch.schemas.basics import Day
from town.bodies import Body, Reply


class EditionOut(Reply):
    """版次. ``state``: draft, planned, in_force or past. Maps begin at a moment, lists on a day."""

    id: uuid.UUID
    name: str
    layer: str | None
    source: str
    rows: int
    imported_at: dt.datetime
    valid_from: dt.datetime | dt.date | None
    valid_to: dt.datetime | dt.date | None
    state: str
    state_name: str
    confirmed_by: str | None


class EditionsOut(Reply):
    """Every edition, newest first."""

    editions: list[EditionOut]


class EventRowOut(Reply):
    """事项: one line of the list."""

    code: str
    name: str
    class_name: str
    nature: str
    nature_name: str
    field: str
    emergency: bool
    small: bool
    unit: str | None
    holder: str | None
    offered: str | None
    near_m: int
    near_days: int


class EventRowsOut(Reply):
    """A whole list of kinds of matter."""

    edition: EditionOut
    rows: list[EventRowOut]


class PowerRowOut(Reply):
    """权力: one line of the list, and how it stands today."""

    code: str
    name: str
    field: str
    mode: str
    mode_name: str
    basis: str
    penalty: str
    fine_min: int | None
    fine_max: int | None
    warn_first: bool
    events: list[str]
    document: str | None
    list_entry: str | None
    grantor: str | None
    published_on: dt.date | None
    effective_from: dt.date
    effective_to: dt.date | None
    verified: bool
    standing: str
    standing_name: str
    why: str


class PowerRowsOut(Reply):
    """A whole power list."""

    edition: EditionOut
    rows: list[PowerRowOut]


class TimeRowOut(Reply):
    """办理时限: one row. ``event_code``: a kind, the front of kinds, or ``*``; ``severity`` likewise a severity or ``*``."""

    event_code: str
    event_name: str
    severity: str
    severity_name: str
    stage: str
    stage_name: str
    amount: int
    unit: str
    unit_name: str
    longest: int
    times: int
    source: str


class TimeRowsOut(Reply):
    """A whole table of handling times."""

    edition: EditionOut
    rows: list[TimeRowOut]


class HandlingTimesOut(Reply):
    """办理时限 as they count today. ``defaults``: what counts where no row says otherwise."""

    edition: EditionOut | None
    rows: list[TimeRowOut]
    defaults: list[TimeRowOut]


class ComplaintOut(Reply):
    """一处问题. ``row`` is 0 and ``column`` empty where the whole table is meant; ``refuses``: nothing is imported."""

    sheet: str
    row: int
    column: str
    header: str
    code: str
    sentence: str
    refuses: bool


class PreviewOut(Reply):
    """What importing a file would do; nothing has been kept. ``against``: the edition it is compared with."""

    name: str
    sheets: list[str]
    skipped: list[str]
    rows: int
    refused: bool
    complaints: list[ComplaintOut]
    against: str | None
    added: list[str]
    removed: list[str]
    changed: list[str]
    sha256: str


class ActivateIn(Body):
    """From which local day on."""

    valid_from: Day


class ConfirmIn(Body):
    """Who answers for every row."""

    by: str = Field(min_length=1, max_length=120)


class NewAccount(Reply):
    """A new account with its first password, shown this once."""

    login: str
    name: str
    password: str


class PeopleImportedOut(Reply):
    """人员导入: how much of each list was added and changed, and the first passwords, to be handed over in person."""

    name: str
    added: dict[str, int]
    changed: dict[str, int]
    accounts: list[NewAccount]
