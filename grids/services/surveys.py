"""检查 (surveys): what a map file holds and everything that is wrong with it. Changes nothing."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import shapely
from sqlalchemy.orm import Session

from grids.layers import Fields, Layer
from grids.models import BASE
from grids.rules import coverage, faults
from grids.rules.candidates import Candidate
from grids.rules.coverage import Progress
from grids.rules.faults import Fault, Kind
from grids.rules.frames import Frame, base_map
from grids.rules.measures import Limits
from grids.services.known import active
from grids.services.locators import facts, projection
from town.errors import Refused


@dataclass(frozen=True, slots=True)
class Survey:
    """检查结果: a file's grids and everything that is wrong with them."""

    source: str
    sha256: str
    candidates: tuple[Candidate, ...] = field(repr=False)
    faults: tuple[Fault, ...]
    declared: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()

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

    def with_more(self, *more: Fault) -> "Survey":
        """The same survey with what only the database knows."""
        return replace(self, faults=(*self.faults, *more))

    def report(self) -> dict[str, Any]:
        """The whole survey as JSON carries it."""
        counted = Counter(fault.kind for fault in self.faults)
        return {
            "source": self.source,
            "sha256": self.sha256,
            "declared": self.declared,
            "encoding": self.encoding,
            "notes": list(self.notes),
            "grids": len(self.candidates),
            "areas": len(self.areas),
            "refused": self.refused,
            "counts": {str(kind): count for kind, count in counted.items()},
            "faults": [fault.facts() for fault in self.faults],
        }


def check(
    layer: Layer,
    fields: Fields,
    epsg: int,
    limits: Limits = coverage.DEFAULT,
    progress: Progress = lambda _step: None,
    frame: Frame | None = None,
) -> Survey:
    """Look for everything wrong with a map.

    ``epsg`` is the town's projection, in which widths and areas are taken. ``frame``: what the map must lie on.
    Raises Refused("file_unreadable") for fields the file does not have, Refused("place_invalid") for a bad projection.
    """
    candidates = layer.candidates(fields)
    found = coverage.inspect(candidates, projection(epsg), layer.declared, limits, progress, frame)
    return Survey(layer.source, layer.sha256, candidates, found, layer.declared, layer.encoding, layer.notes)


def frame_for(session: Session, layer: str) -> Frame | None:
    """What a map of this layer must lie on: the base map in force for a professional layer, nothing for the base.

    Raises Refused("no_grids") for a professional layer before there is a base map.
    """
    if layer == BASE:
        return None
    base = active(session)
    if base is None:
        raise Refused("no_grids")
    return base_map(shapely.union_all([fact.shape for fact in facts(session, base.id)]))


def seen_beside(session: Session, survey: Survey) -> Survey:
    """The survey, with a warning when the map lies nowhere near the one in force: another town's, perhaps."""
    current = active(session)
    shapes = [candidate.shape for candidate in survey.candidates if candidate.is_polygon]
    if current is None or survey.refused or not shapes:
        return survey
    reach = shapely.box(*shapely.total_bounds(shapes))
    if any(shapely.intersects(reach, fact.shape) for fact in facts(session, current.id)):
        return survey
    sentence = f"整张图与现在启用的「{current.name}」没有一处相交。请核对坐标系，或者是不是拿错了文件。"
    return survey.with_more(faults.warn(Kind.ELSEWHERE, sentence))
