"""变化 (changes): what becomes different when one edition takes another's place."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from sqlalchemy.orm import Session

from grids.models import Edition
from grids.rules.locate import GridFact
from grids.services.locators import facts


@dataclass(frozen=True, slots=True)
class Changes:
    """Grid codes, in order. ``redrawn``: other ground. ``moved``: another area. ``renamed``: only another name."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    redrawn: tuple[str, ...]
    moved: tuple[str, ...]
    renamed: tuple[str, ...]

    @property
    def touched(self) -> frozenset[str]:
        """Grids of the former edition whose places may be somebody else's afterwards."""
        return frozenset((*self.removed, *self.redrawn, *self.moved))


def changes(session: Session, chosen: Edition, former: Edition | None) -> Changes:
    """What an activation of ``chosen`` changes; all of it is new when there is no former edition."""
    new = _by_code(session, chosen)
    old = _by_code(session, former) if former else {}
    both = sorted(new.keys() & old.keys())
    same = shapely.equals([new[code].shape for code in both], [old[code].shape for code in both])
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        redrawn=tuple(code for code, unchanged in zip(both, same, strict=True) if not unchanged),
        moved=tuple(code for code in both if new[code].area_code != old[code].area_code),
        renamed=tuple(code for code in both if new[code].name != old[code].name),
    )


def _by_code(session: Session, edition: Edition) -> Mapping[str, GridFact]:
    return {fact.code: fact for fact in facts(session, edition.id)}
