"""The locators of the maps in force, and the professional layers over the base map."""

import threading
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grids import shapes
from grids.models import BASE, Area, Edition, Grid
from grids.rules.locate import GridFact, Locator
from grids.rules.projection import NoProjection, Projection
from grids.services.known import active_id
from town import profile
from town.errors import Refused
from town.profile import Town

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees, CGCS2000."""


@dataclass(frozen=True, slots=True)
class OnLayer:
    """专业网格: a professional layer in force, and its grid that covers the place; None where the layer has none."""

    layer: str
    grid: GridFact | None


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


def locator(session: Session, town: Town, serving: uuid.UUID | None = None) -> Locator:
    """定位器 of the base map in force in this transaction, kept per process. Raises Refused("no_grids").

    ``serving``: the version of Kind.SERVING that the caller holds; which map it means is asked once.
    """
    edition = IN_FORCE.get(serving) if serving else None
    if edition is None:
        edition = active_id(session)
        if serving:
            IN_FORCE.keep(serving, edition)
    return locator_of(session, town, edition)


def locator_of(session: Session, town: Town, edition_id: uuid.UUID) -> Locator:
    """The locator of an edition whose id the caller already knows."""
    return LOCATORS.get(session, town, edition_id)


def layers_at(session: Session, town: Town, lon: float, lat: float) -> list[OnLayer]:
    """For each professional layer in force the grid that covers a place in degrees, CGCS2000, by the layer's name.

    A place on a border belongs to the lowest code, as on the base map. Raises BadPlace.
    """
    in_force = select(Edition.layer, Edition.id).where(Edition.active, Edition.layer != BASE)
    found = sorted(session.execute(in_force).all())
    return [OnLayer(layer, locator_of(session, town, edition).locate(lon, lat).grid) for layer, edition in found]


def bounds(session: Session, edition_id: uuid.UUID) -> Bounds:
    """How far an edition's map reaches."""
    return locator_of(session, profile.current(session), edition_id).bounds


def projection(epsg: int) -> Projection:
    """The town's plane. Raises Refused("place_invalid") for what is no projection in metres."""
    try:
        return Projection(epsg)
    except NoProjection as wrong:
        raise Refused(
            "place_invalid", why=f"EPSG:{wrong.epsg} 不是以米为单位的投影坐标系，请换一个 EPSG 编号。"
        ) from None


class InForce:
    """Which base map each of the newest few versions means. A version is never given twice, so it never means another."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = threading.Lock()
        self._held: dict[uuid.UUID, uuid.UUID] = {}

    def get(self, serving: uuid.UUID) -> uuid.UUID | None:
        """The edition, if this version was met before."""
        return self._held.get(serving)

    def keep(self, serving: uuid.UUID, edition: uuid.UUID) -> None:
        """Remember what a version means."""
        with self._lock:
            self._held = dict([*self._held.items(), (serving, edition)][-self._keep :])


IN_FORCE = InForce(keep=8)


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
                built = Locator(edition_id, facts(session, edition_id), projection(town.epsg))
                self._held = dict([*self._held.items(), (key, built)][-self._keep :])
            return self._held[key]


LOCATORS = Locators(keep=16)
"""The base map with the one before it, and a dozen professional layers."""
