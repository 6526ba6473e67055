"""The town's map: check a file, import it as an edition, activate it, and find places in the active one."""

import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from grids import shapes
from grids.files import Fields, Layer
from grids.models import Area, Edition, Grid
from grids.rules import coverage, faults
from grids.rules.candidates import Candidate
from grids.rules.coverage import Limits, Progress
from grids.rules.faults import Fault
from grids.rules.locate import GridFact, Locator
from grids.rules.projection import NoProjection, Projection
from town import ids, journal, profile
from town.clock import Instant
from town.errors import Refused
from town.profile import Town

IMPORTED, ACTIVATED, CLOSED = 1, 2, 3
"""An edition lives once: where it stands in its life is also its version in the journal."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees, CGCS2000."""


@dataclass(frozen=True, slots=True)
class Survey:
    """检查结果: a file's grids and everything that is wrong with them."""

    source: str
    sha256: str
    candidates: tuple[Candidate, ...] = field(repr=False)
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> bool:
        """Whether the map may not be imported."""
        return bool(faults.refusing(self.faults))

    @property
    def areas(self) -> dict[str, str]:
        """Area names by code, in code order; the first name given counts."""
        named: dict[str, str] = {}
        for candidate in self.candidates:
            named.setdefault(candidate.area_code, candidate.area_name)
        return dict(sorted(named.items()))


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition with the number of its areas and grids."""

    edition: Edition
    areas: int
    grids: int


def check(
    layer: Layer,
    fields: Fields,
    epsg: int,
    limits: Limits = coverage.DEFAULT,
    progress: Progress = lambda _step: None,
) -> Survey:
    """Look for everything wrong with a map; changes nothing.

    ``epsg`` is the town's projection, in which widths and areas are taken.
    Raises Refused("file_unreadable") for fields the file does not have, Refused("place_invalid") for a bad projection.
    """
    candidates = layer.candidates(fields)
    found = coverage.inspect(candidates, _projection(epsg), layer.declared, limits, progress)
    return Survey(layer.source, layer.sha256, candidates, found)


def import_edition(session: Session, survey: Survey, name: str, *, actor: str, now: Instant) -> Edition:
    """Keep a checked map as a new edition, not yet active; journals ``grids.imported``.

    Raises Refused("grids_refused") with every fault when the check was not passed, Refused("edition_state") when the
    name is taken.
    """
    if survey.refused:
        told = [fault.facts() for fault in survey.faults]
        raise Refused("grids_refused", why=faults.summary(survey.faults), faults=told)
    if session.scalar(select(Edition.id).where(Edition.name == name)):
        raise Refused("edition_state", why=f"已经有一版叫「{name}」，请换个名称。")
    edition = Edition(
        id=ids.new_id(), name=name, source=survey.source, source_sha256=survey.sha256, imported_at=now, active=False
    )
    session.add(edition)
    session.flush()
    _keep(session, edition, survey)
    data = {"sha256": survey.sha256, "areas": len(survey.areas), "grids": len(survey.candidates)}
    _write_down(session, edition, IMPORTED, "grids.imported", actor, now, data)
    return edition


def activate(session: Session, edition: Edition, *, actor: str, now: Instant) -> Edition:
    """From now on places are found in this edition; the former one is closed and stays for the orders that cite it.

    Journals ``grids.closed`` and ``grids.activated``. Raises Refused("edition_state") unless the edition is fresh.
    """
    former = active(session)
    if former is not None and former.id != edition.id:
        _close(session, former, actor, now)
    _open(session, edition, now)
    data = {"former": str(former.id) if former else None}
    _write_down(session, edition, ACTIVATED, "grids.activated", actor, now, data)
    return edition


def active(session: Session) -> Edition | None:
    """The edition in force, if there is one."""
    return session.scalar(select(Edition).where(Edition.active))


def find(session: Session, name_or_id: str) -> Edition:
    """An edition by its name or its id. Raises Refused("not_found")."""
    found = session.scalar(select(Edition).where(Edition.name == name_or_id))
    if found is None and (identifier := _uuid(name_or_id)):
        found = session.get(Edition, identifier)
    if found is None:
        raise Refused("not_found")
    return found


def editions(session: Session) -> list[Listed]:
    """Every edition, newest first."""
    areas = dict(session.execute(_count(Area.edition_id)).all())
    grids = dict(session.execute(_count(Grid.edition_id)).all())
    known = session.scalars(select(Edition).order_by(Edition.imported_at.desc(), Edition.id.desc()))
    return [Listed(edition, areas.get(edition.id, 0), grids.get(edition.id, 0)) for edition in known]


def areas(session: Session) -> list[Area]:
    """The areas of the active edition, in code order. Raises Refused("no_grids")."""
    found = session.scalars(select(Area).where(Area.edition_id == _active_id(session)))
    return sorted(found, key=lambda area: area.code)


def facts(session: Session, edition_id: uuid.UUID) -> list[GridFact]:
    """The grids of an edition in code order, with their shapes in degrees."""
    rows = session.execute(
        select(Grid.id, Grid.code, Grid.name, Area.code, Area.name, Grid.shape)
        .join(Area, Area.id == Grid.area_id)
        .where(Grid.edition_id == edition_id)
    )
    found = [
        GridFact(id=grid, code=code, name=name, area_code=area, area_name=area_name, shape=shapes.restored(shape))
        for grid, code, name, area, area_name, shape in rows
    ]
    return sorted(found, key=lambda fact: fact.code)


def locator(session: Session, town: Town) -> Locator:
    """定位器 of the edition that is active in this transaction, kept per process. Raises Refused("no_grids")."""
    return locator_of(session, town, _active_id(session))


def locator_of(session: Session, town: Town, edition_id: uuid.UUID) -> Locator:
    """The locator of an edition whose id the caller already knows."""
    return LOCATORS.get(session, town, edition_id)


def bounds(session: Session, edition_id: uuid.UUID) -> Bounds:
    """How far an edition's map reaches."""
    return locator_of(session, profile.current(session), edition_id).bounds


class Locators:
    """The locators of this process. An edition never changes once imported, so one is built once and may be shared."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = threading.Lock()
        self._held: dict[tuple[uuid.UUID, int], Locator] = {}

    def get(self, session: Session, town: Town, edition_id: uuid.UUID) -> Locator:
        """The held one, or a new one; whoever comes while it is being built waits for it."""
        key = (edition_id, town.epsg)
        if found := self._held.get(key):
            return found
        with self._lock:
            if key not in self._held:
                built = Locator(edition_id, facts(session, edition_id), _projection(town.epsg))
                self._held = dict([*self._held.items(), (key, built)][-self._keep :])
            return self._held[key]


LOCATORS = Locators(keep=4)


def _count(edition_id: InstrumentedAttribute[uuid.UUID]) -> Select[uuid.UUID, int]:
    return select(edition_id, func.count()).group_by(edition_id)


def _active_id(session: Session) -> uuid.UUID:
    found = session.scalar(select(Edition.id).where(Edition.active))
    if found is None:
        raise Refused("no_grids")
    return found


def _close(session: Session, former: Edition, actor: str, now: Instant) -> None:
    _change(session, former, Edition.active.is_(True), active=False, valid_to=now)
    _write_down(session, former, CLOSED, "grids.closed", actor, now, {})


def _open(session: Session, edition: Edition, now: Instant) -> None:
    if edition.valid_from is not None:
        raise Refused("edition_state", why=f"「{edition.name}」已经启用过；要再用它，请重新导入成新的一版。")
    try:
        _change(session, edition, Edition.valid_from.is_(None), active=True, valid_from=now)
    except IntegrityError:  # the index that allows one active edition
        raise Refused("edition_state", why="刚刚有人启用了另一版，请看过再决定。") from None


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


def _write_down(
    session: Session, edition: Edition, version: int, kind: str, actor: str, now: Instant, data: dict[str, Any]
) -> None:
    subject = f"grid_edition:{edition.id}"
    journal.append(session, subject=subject, version=version, kind=kind, actor=actor, at=now, data=data)


def _projection(epsg: int) -> Projection:
    try:
        return Projection(epsg)
    except NoProjection as wrong:
        raise Refused(
            "place_invalid", why=f"EPSG:{wrong.epsg} 不是以米为单位的投影坐标系，请换一个 EPSG 编号。"
        ) from None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
