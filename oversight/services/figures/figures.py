"""Figures (指标): the table of indicators for a period, by town, area or squad, and the orders behind each number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grids.models import BASE, Area, Edition
from oversight.labels_figures import HOLDERS, OUTSIDE
from oversight.rules import counting
from oversight.rules.counting import NOWHERE, TOWN, By, Part, Tally, key_of
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import OrderFact, outside
from oversight.rules.periods import Period, span
from oversight.services.figures import order_facts
from town.access import Actor
from town.people import Role, Squad
from town.profile import Town

SEES_ALL = frozenset({Role.DISPATCHER, Role.CHECKER, Role.SUPERVISOR, Role.APPROVER})


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose orders somebody may see counted: all, or those of one squad, by its code."""

    squad: str | None = None

    def holds(self, fact: OrderFact) -> bool:
        """Whether the order is one of them."""
        return self.squad is None or fact.holder == self.squad


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    key: str
    name: str
    tally: Tally


def scope_of(session: Session, who: Actor) -> Scope:
    """The town's posts see every order counted, a squad's leader those of his squad."""
    if who.roles & SEES_ALL:
        return EVERYTHING
    return Scope(session.scalar(select(Squad.code).where(Squad.id == who.squad_id)) or "")


def facts(session: Session, town: Town, period: Period, scope: Scope = EVERYTHING) -> Iterator[OrderFact]:
    """The facts of the period that somebody may see counted."""
    return filter(scope.holds, order_facts.of_period(session, town, period))


def table(session: Session, town: Town, period: Period, by: By, scope: Scope = EVERYTHING) -> list[Line]:
    """Every row of the period; an order counts in exactly one. Squads and areas stand there even without orders."""
    asked, names = span(period, town.zone), _names(session, town, by, scope)
    rows = {key: Tally() for key in names if not key.startswith("@")}
    for fact in facts(session, town, period, scope):
        rows.setdefault(key_of(fact, by), Tally()).add(fact, asked)
    lines = (Line(key, names.get(key, key), row) for key, row in rows.items())
    return sorted(lines, key=lambda line: (line.key.startswith("@"), line.key))


def behind(
    session: Session,
    town: Town,
    period: Period,
    code: Indicator,
    part: Part,
    by: By = By.TOWN,
    key: str = TOWN,
    scope: Scope = EVERYTHING,
) -> list[OrderFact]:
    """The orders that make one number, newest first."""
    asked = span(period, town.zone)
    found = (fact for fact in facts(session, town, period, scope) if key_of(fact, by) == key)
    those = [fact for fact in found if counting.part(fact, code, asked) is part]
    return sorted(those, key=lambda fact: fact.id, reverse=True)


def _names(session: Session, town: Town, by: By, scope: Scope) -> Mapping[str, str]:
    """The rows that are always there, by key; ``@`` ones only where an order is in them."""
    squads = dict(session.execute(select(Squad.code, Squad.name).where(Squad.active)).all())
    mine = squads if scope.squad is None else {scope.squad: squads.get(scope.squad, "")}
    match by:
        case By.TOWN:
            return {TOWN: town.name if scope.squad is None else mine[scope.squad]}
        case By.AREA:
            return {**_areas(session), NOWHERE: OUTSIDE}
    return {**mine, **{outside(holder): name for holder, name in HOLDERS.items()}}


def _areas(session: Session) -> Mapping[str, str]:
    drawn = select(Area.code, Area.name).join(Edition, Edition.id == Area.edition_id)
    return dict(session.execute(drawn.where(Edition.active, Edition.layer == BASE)).all())
