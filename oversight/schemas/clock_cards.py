"""A clock as it explains itself (时限卡)."""

import datetime as dt
import uuid

from town.bodies import Reply


class ClockSubject(Reply):
    """What a clock hangs on."""

    kind: str
    kind_name: str
    id: uuid.UUID
    code: str


class ClockDay(Reply):
    """One local day of a term. ``kind``: start, counted, off, swapped, paused or last; ``number``: days counted with it."""

    date: dt.date
    kind: str
    name: str
    number: int | None


class ClockPause(Reply):
    """暂停."""

    since: dt.datetime
    until: dt.datetime | None
    reason_name: str
    by_name: str


class ClockExtension(Reply):
    """延期."""

    amount: int
    unit_name: str
    reason_name: str
    by_name: str
    at: dt.datetime


class ClockRung(Reply):
    """预警梯级: ``state`` is reached (somebody was told), passed (a higher one came at once) or ahead."""

    level: str
    level_name: str
    percent: int
    at: dt.datetime
    state: str
    person_name: str | None


class ClockCard(Reply):
    """时限卡: one clock with its sentence, its days and what happened to it. ``left_out``: days too many to be shown."""

    id: uuid.UUID
    kind: str
    name: str
    subject: ClockSubject
    state: str
    state_name: str
    term_text: str
    started_at: dt.datetime
    due_at: dt.datetime
    provisional: bool
    met_at: dt.datetime | None
    noticed_at: dt.datetime | None
    sentence: str
    percent: int | None
    days: list[ClockDay]
    left_out: int
    pauses: list[ClockPause]
    extensions: list[ClockExtension]
    rungs: list[ClockRung]
