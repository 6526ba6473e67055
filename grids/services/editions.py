"""版次 (editions): a checked map is kept, comes into force now or at a set time, and is closed by the next one.

Nobody routes by the base map while it is being exchanged: an activation waits for those who decide, and those who come
later wait for its commit. So take ``now`` after ``town.reference.alone``.
"""

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grids import shapes
from grids.models import BASE, Area, Edition, Grid
from grids.rules import faults
from grids.rules.candidates import CODE_LENGTH, Candidate
from grids.services.known import active
from grids.services.surveys import Survey
from town import ids, journal, reference
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.reference import Kind

ON_TIME = "system:schedule"
"""Who activates what was scheduled; the journal names who scheduled it."""


def import_edition(
    session: Session, survey: Survey, name: str, *, actor: str, now: Instant, layer: str = BASE
) -> Edition:
    """Keep a checked map as a new edition of a layer, not yet active; journals ``grids.imported``.

    Raises Refused("grids_refused") with every fault when the check was not passed, Refused("edition_state") when the
    name is taken or the layer's name is not one.
    """
    if survey.refused:
        told = [fault.facts() for fault in survey.faults]
        raise Refused("grids_refused", why=faults.summary(survey.faults), faults=told)
    if not (layer.strip() and len(layer) <= CODE_LENGTH and layer.isprintable()):
        raise Refused("edition_state", why=f"专业网格的名称要有 1 到 {CODE_LENGTH} 个字。")
    if session.scalar(select(Edition.id).where(Edition.name == name)):
        raise Refused("edition_state", why=f"已经有一版叫「{name}」，请换个名称。")
    edition = Edition(
        id=ids.new_id(), layer=layer, name=name, source=survey.source, source_sha256=survey.sha256, imported_at=now
    )
    session.add(edition)
    session.flush()
    _keep(session, edition, survey)
    data = {"layer": layer, "sha256": survey.sha256, "areas": len(survey.areas), "grids": len(survey.candidates)}
    _write_down(session, edition, "grids.imported", actor, now, data)
    return edition


def activate(session: Session, edition: Edition, *, actor: str, now: Instant) -> Edition:
    """From now on this is the map of its layer; the former one is closed and stays for the orders that cite it.

    Waits for decisions under way when it is the base map. Journals ``grids.closed`` and ``grids.activated``.
    Raises Refused("edition_state") unless the edition is fresh.
    """
    if edition.layer == BASE:
        reference.change(session, Kind.SERVING, now)
    former = active(session, edition.layer)
    if former is not None and former.id != edition.id:
        _close(session, former, actor, now)
    _open(session, edition, now)
    data = {"layer": edition.layer, "former": str(former.id) if former else None}
    _write_down(session, edition, "grids.activated", actor, now, data)
    return edition


def schedule(session: Session, edition: Edition, starts_at: Instant, *, actor: str, now: Instant) -> Edition:
    """At this moment it shall come into force by itself; journals ``grids.scheduled``. A later word replaces this one.

    Raises Refused("edition_state") unless the edition is fresh and the moment is still to come.
    """
    if starts_at <= now:
        raise Refused("edition_state", why="启用时间已经过去；要马上启用，就不要写时间。")
    _expect_fresh(edition)
    _change(session, edition, Edition.valid_from.is_(None), starts_at=starts_at)
    _write_down(session, edition, "grids.scheduled", actor, now, {"starts_at": starts_at.isoformat()})
    return edition


def unschedule(session: Session, edition: Edition, *, actor: str, now: Instant) -> Edition:
    """It stays as it is until somebody activates it; journals ``grids.unscheduled``.

    Raises Refused("edition_state") unless it was waiting for its time.
    """
    if edition.starts_at is None or edition.valid_from is not None:
        raise Refused("edition_state", why=f"「{edition.name}」没有定时启用，不用取消。")
    _change(session, edition, Edition.valid_from.is_(None), starts_at=None)
    _write_down(session, edition, "grids.unscheduled", actor, now, {})
    return edition


def activate_due(session: Session, now: Instant) -> list[Edition]:
    """Activate every edition whose time has come, in the order of their times. The caller took ``now`` while alone."""
    return [activate(session, edition, actor=ON_TIME, now=now) for edition in session.scalars(_due(now)).all()]


def activate_when_due(database: Database, read_clock: Callable[[], Instant]) -> list[str]:
    """What the worker does now and then: the names of the editions that it put in force.

    Asks first without a lock, so that nobody who reports waits for a map that is not due.
    """
    with database.read() as session:
        if session.scalars(_due(read_clock())).first() is None:
            return []
    with database.write() as session:
        reference.alone(session)
        return [edition.name for edition in activate_due(session, read_clock())]


def _due(now: Instant) -> Select[Edition]:
    waiting = select(Edition).where(Edition.starts_at <= now, Edition.valid_from.is_(None))
    return waiting.order_by(Edition.starts_at, Edition.imported_at, Edition.id)


def _close(session: Session, former: Edition, actor: str, now: Instant) -> None:
    _change(session, former, Edition.active.is_(True), active=False, valid_to=now)
    _write_down(session, former, "grids.closed", actor, now, {})


def _open(session: Session, edition: Edition, now: Instant) -> None:
    _expect_fresh(edition)
    try:
        _change(session, edition, Edition.valid_from.is_(None), active=True, valid_from=now)
    except IntegrityError:  # the index that allows one active edition a layer
        raise Refused("edition_state", why="刚刚有人启用了另一版，请看过再决定。") from None


def _expect_fresh(edition: Edition) -> None:
    if edition.valid_from is not None:
        raise Refused("edition_state", why=f"「{edition.name}」已经启用过；要再用它，请重新导入成新的一版。")


def _change(session: Session, edition: Edition, still: ColumnElement[bool], **values: Any) -> None:
    """Compare and set: nothing is changed unless the row is still as it was read."""
    where = Edition.id == edition.id, still
    if session.scalar(update(Edition).where(*where).values(**values).returning(Edition.id)) is None:
        raise Refused("edition_state", why=f"刚刚有人改动了「{edition.name}」，请看过再决定。")
    session.refresh(edition)


def _keep(session: Session, edition: Edition, survey: Survey) -> None:
    area_ids = {code: ids.new_id() for code in survey.areas}
    named = survey.areas.items()
    session.execute(
        insert(Area),
        [{"id": area_ids[code], "edition_id": edition.id, "code": code, "name": name} for code, name in named],
    )
    session.execute(insert(Grid), [_row(edition, area_ids, candidate) for candidate in survey.candidates])


def _row(edition: Edition, area_ids: dict[str, uuid.UUID], candidate: Candidate) -> dict[str, object]:
    assert candidate.shape is not None
    return {
        "id": ids.new_id(),
        "edition_id": edition.id,
        "area_id": area_ids[candidate.area_code],
        "code": candidate.code,
        "name": candidate.name,
        "shape": shapes.stored(candidate.shape),
    }


def _write_down(session: Session, edition: Edition, kind: str, actor: str, now: Instant, data: dict[str, Any]) -> None:
    subject = f"grid_edition:{edition.id}"
    version = len(journal.events_of(session, subject)) + 1
    journal.append(session, subject=subject, version=version, kind=kind, actor=actor, at=now, data=data)
