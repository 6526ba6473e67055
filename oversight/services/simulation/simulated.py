"""A simulation as people read it (推演结果): every line by its name, as a table, as data and as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from grids.models import Area
from oversight.documents import bars
from oversight.documents.bars import Pair
from oversight.labels_figures import HOLDERS, OUTSIDE
from oversight.rules.counting import NOT_APPLICABLE, NOWHERE, TOWN, By, Count
from oversight.rules.indicators import BY_CODE, Indicator
from oversight.rules.order_facts import outside
from oversight.rules.simulation import ON_TIME, STAGE, Row, Simulated
from town import profile
from town.people import Squad

SECTIONS = {STAGE: "环节", By.TOWN: "全镇", By.AREA: "片区", By.SQUAD: "中队"}
NOW, THEN = "实际", "推演"


@dataclass(frozen=True, slots=True)
class Line:
    """One line by its names."""

    section: str
    name: str
    measure: str
    row: Row


def lines(session: Session, simulated: Simulated) -> list[Line]:
    """Every line, stages first."""
    names = _names(session)
    return [
        Line(SECTIONS[row.section], names.get((row.section, row.key), row.key), _measure(row.measure), row)
        for row in simulated.rows
    ]


def as_data(told: Sequence[Line]) -> list[dict[str, Any]]:
    """For scripts."""
    return [
        {
            "section": line.row.section,
            "key": line.row.key,
            "name": line.name,
            "measure": line.row.measure,
            "measure_name": line.measure,
            "now": _count(line.row.now),
            "simulated": _count(line.row.then),
            "change": line.row.change,
        }
        for line in told
    ]


def picture(title: str, told: Sequence[Line]) -> bytes:
    """The chart as SVG: every line that has something to count on either side."""
    pairs = [
        Pair(_called(line), (_share(line.row.now), _share(line.row.then)), (text(line.row.now), text(line.row.then)))
        for line in told
    ]
    return bars.svg(title, (NOW, THEN), pairs)


def text(count: Count) -> str:
    """``4/7 57.1%``; n/a where nothing was to be counted."""
    if count.share is None:
        return NOT_APPLICABLE
    return f"{count.numerator}/{count.denominator} {float(count.share) * 100:.1f}%"


def _called(line: Line) -> str:
    return f"{line.name} {line.measure}"


def _measure(measure: str) -> str:
    return "按期率" if measure == ON_TIME else BY_CODE[Indicator(measure)].name


def _count(count: Count) -> dict[str, Any]:
    return {"numerator": count.numerator, "denominator": count.denominator, "share": _share(count)}


def _share(count: Count) -> float | None:
    return float(count.share) if isinstance(count.share, Fraction) else None


def _names(session: Session) -> Mapping[tuple[str, str], str]:
    """Areas as the newest map that has them calls them."""
    areas = session.execute(select(Area.code, Area.name).order_by(Area.id))
    squads = session.execute(select(Squad.code, Squad.name))
    return {
        **{(STAGE, clock.value): name for clock, name in labels.CLOCKS.items()},
        (By.TOWN, TOWN): profile.current(session).name,
        **{(By.AREA, code): name for code, name in areas},
        (By.AREA, NOWHERE): OUTSIDE,
        **{(By.SQUAD, code): name for code, name in squads},
        **{(By.SQUAD, outside(holder)): name for holder, name in HOLDERS.items()},
    }
