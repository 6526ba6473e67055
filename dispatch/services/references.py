"""Reference data as the desk reads it (依据一览): maps, kinds of matter and powers, each with its editions and rows."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import HandlingTimeRow
from dispatch.schemas import (
    ComplaintOut,
    EditionOut,
    EditionsOut,
    EventRowOut,
    EventRowsOut,
    PowerRowOut,
    PowerRowsOut,
    PreviewOut,
)
from enforcement.files.power_rows import MODE_NAMES
from enforcement.models import EventType, ListEdition, Power
from enforcement.rules.powers import Mode, PowerFact, standing
from enforcement.services import editions, events, powers
from enforcement.services.previews import LISTED, Preview
from grids import services as grids
from grids.models import Edition, Grid
from town import profile
from town.clock import Instant
from town.errors import Refused
from town.people_file import Filed, Plan
from town.reference import Kind
from town.sheets import Complaint, Sheets

STATES = {"draft": "未启用", "planned": "待启用", "in_force": "使用中", "past": "已停用"}
ROWS: Mapping[Kind, type[EventType] | type[Power] | type[HandlingTimeRow]] = {
    Kind.EVENTS: EventType,
    Kind.POWERS: Power,
    Kind.TIMES: HandlingTimeRow,
}


def list_editions(session: Session, kind: Kind, now: Instant) -> EditionsOut:
    """Every edition of a list."""
    found = editions.editions(session, kind)
    counted = _counted(session, kind)
    return EditionsOut(
        editions=[_edition(one, counted.get(one.id, 0), profile.local_day(session, now)) for one in found]
    )


def edition_out(session: Session, edition: ListEdition, now: Instant) -> EditionOut:
    """One edition of a list."""
    rows = _counted(session, Kind(edition.kind)).get(edition.id, 0)
    return _edition(edition, rows, profile.local_day(session, now))


def list_maps(session: Session) -> EditionsOut:
    """Every edition of every layer of the map."""
    return EditionsOut(editions=[_map(one.edition, one.grids) for one in grids.editions(session)])


def map_out(session: Session, edition: Edition) -> EditionOut:
    """One edition of the map."""
    rows = session.scalar(select(func.count()).where(Grid.edition_id == edition.id)) or 0
    return _map(edition, rows)


def event_rows(session: Session, edition_id: uuid.UUID, now: Instant) -> EventRowsOut:
    """A whole list of kinds of matter. Raises Refused("not_found")."""
    edition = editions.find(session, Kind.EVENTS, str(edition_id))
    lines = events.of_edition(session, edition.id).by_code.values()
    rows = [
        EventRowOut(**{name: getattr(line, name) for name in LINE}, nature_name=labels.NATURES[line.nature])
        for line in sorted(lines, key=lambda line: line.code)
    ]
    return EventRowsOut(edition=edition_out(session, edition, now), rows=rows)


def power_rows(session: Session, edition_id: uuid.UUID, now: Instant) -> PowerRowsOut:
    """A whole power list, each line as it stands today. Raises Refused("not_found")."""
    edition = editions.find(session, Kind.POWERS, str(edition_id))
    day = profile.local_day(session, now)
    rows = [_power(one, day) for one in powers.of_edition(session, edition.id).by_code.values()]
    return PowerRowsOut(edition=edition_out(session, edition, now), rows=rows)


def preview_out(previewed: Preview[Any]) -> PreviewOut:
    """What importing a list would do."""
    difference = previewed.difference
    return _preview(
        previewed.sheets,
        len(previewed.rows),
        previewed.complaints,
        against=previewed.against,
        added=list(difference.added),
        removed=list(difference.removed),
        changed=list(difference.changed),
    )


def people_preview_out(book: Sheets, filed: Filed, plan: Plan) -> PreviewOut:
    """What importing a file of people would do. What is missing in it is left alone."""
    lists = plan.sections.items()
    return _preview(
        book,
        sum(len(lines) for lines in filed.lines.values()),
        plan.complaints,
        against=None,
        added=[_named(title, one.key) for title, found in lists for one in found.added],
        removed=[],
        changed=[_named(title, one.after.key) for title, found in lists for one in found.changed],
    )


def refuse_faults(plan: Plan) -> None:
    """Raises Refused("list_refused") with what is wrong in a file of people."""
    refusing = [one for one in plan.complaints if one.refuses]
    if refusing:
        why = f"有 {len(refusing)} 处必须改，第一处：{refusing[0].where}：{refusing[0].sentence}"
        raise Refused("list_refused", why=why, complaints=[one.facts() for one in refusing[:LISTED]])


LINE = tuple(name for name in EventRowOut.model_fields if name != "nature_name")
POWER_LINE = tuple(
    name for name in PowerRowOut.model_fields if name not in ("mode_name", "events", "standing", "standing_name", "why")
)


def _preview(book: Sheets, rows: int, complaints: tuple[Complaint, ...], **told: Any) -> PreviewOut:
    return PreviewOut(
        name=book.source,
        sheets=[sheet.name for sheet in book.sheets],
        skipped=list(book.skipped),
        rows=rows,
        refused=any(one.refuses for one in complaints),
        complaints=[ComplaintOut(**one.facts()) for one in complaints],
        sha256=book.sha256,
        **told,
    )


def _named(title: str, key: tuple[Any, ...]) -> str:
    return f"{title} {' '.join(map(str, key))}"


def _counted(session: Session, kind: Kind) -> dict[uuid.UUID, int]:
    edition_id = ROWS[kind].edition_id
    return dict(session.execute(select(edition_id, func.count()).group_by(edition_id)).all())


def _edition(edition: ListEdition, rows: int, day: dt.date) -> EditionOut:
    return _out(
        edition, _state(edition.valid_from, edition.valid_to, day), rows, layer=None, confirmed_by=edition.confirmed_by
    )


def _map(edition: Edition, rows: int) -> EditionOut:
    """A map begins when it is activated, or when it is due to be."""
    if edition.active:
        state = "in_force"
    elif edition.valid_from is not None:
        state = "past"
    else:
        state = "planned" if edition.starts_at else "draft"
    begins = edition.valid_from or edition.starts_at
    return _out(edition, state, rows, layer=edition.layer, confirmed_by=None, begins=begins)


def _out(
    edition: ListEdition | Edition,
    state: str,
    rows: int,
    *,
    layer: str | None,
    confirmed_by: str | None,
    begins: dt.datetime | None = None,
) -> EditionOut:
    return EditionOut(
        id=edition.id,
        name=edition.name,
        layer=layer,
        source=edition.source,
        rows=rows,
        imported_at=edition.imported_at,
        valid_from=begins or edition.valid_from,
        valid_to=edition.valid_to,
        state=state,
        state_name=STATES[state],
        confirmed_by=confirmed_by,
    )


def _state(valid_from: dt.date | None, valid_to: dt.date | None, day: dt.date) -> str:
    if valid_from is None:
        return "draft"
    if valid_to is not None and valid_to <= day:
        return "past"
    return "in_force" if valid_from <= day else "planned"


def _power(power: PowerFact, day: dt.date) -> PowerRowOut:
    how = standing(power, day)
    return PowerRowOut(
        **{name: getattr(power, name) for name in POWER_LINE},
        events=list(power.events),
        mode_name=MODE_NAMES[Mode(power.mode)],
        standing=how.code,
        standing_name=labels.STANDINGS[how.code],
        why=how.why,
    )
