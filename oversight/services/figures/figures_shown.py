"""Indicators and exclusions as people see them (指标视图): replies of the figures, with today's names."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dispatch.services import naming, pictures
from dispatch.services.naming import Names
from oversight import labels_figures as labels
from oversight.models import Exclusion
from oversight.rules import counting, indicators
from oversight.rules.counting import By, Count, Part
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import Ground, OrderFact
from oversight.rules.periods import Period
from oversight.schemas.figures import (
    DefinitionOut,
    ExclusionOut,
    FiguresOut,
    OrderBehind,
    OrderNamed,
    OrdersBehind,
    RowOut,
    ValueOut,
)
from oversight.services.figures import exclusions, figures
from oversight.services.figures.figures import Line, Scope
from town import ids
from town.access import Actor
from town.profile import Town


@dataclass(frozen=True)
class Number:
    """One number of the table: which indicator, which row, which part of it."""

    code: Indicator
    part: Part
    by: By
    key: str


def table(session: Session, town: Town, period: Period, by: By, scope: Scope) -> FiguresOut:
    """The whole table of a period."""
    rows = [_row(line) for line in figures.table(session, town, period, by, scope)]
    days = {"from": period.first, "to": period.last}
    return FiguresOut.model_validate({**days, "by": by, "definitions": definitions(), "rows": rows})


def definitions() -> list[DefinitionOut]:
    """Every indicator in words."""
    return [
        DefinitionOut(
            code=one.code,
            name=one.name,
            numerator=one.numerator,
            denominator=one.denominator,
            less_is_better=one.less_is_better,
        )
        for one in indicators.DEFINITIONS
    ]


def behind(
    session: Session, town: Town, period: Period, number: Number, scope: Scope, before: str | None, limit: int
) -> OrdersBehind:
    """A page of the orders behind one number, each with why it stands there."""
    found = figures.behind(session, town, period, number.code, number.part, number.by, number.key, scope)
    page = [fact for fact in found if before is None or fact.id < before][:limit]
    drawn = {str(order_id): picture for order_id, picture in pictures.many(session, _ids(page)).items()}
    told = [(drawn[fact.id], labels.why(fact, number.code, number.part, town.zone)) for fact in page]
    last = told[-1][0].id if len(page) == limit else None
    return OrdersBehind(orders=[OrderBehind(order=order, why=why) for order, why in told], next=last)


def exclusion_out(session: Session, who: Actor, exclusion: Exclusion, names: Names | None = None) -> ExclusionOut:
    """An exclusion with what was written on both sides."""
    known = names or naming.names(session, None)
    decided = exclusion.decided_by
    return ExclusionOut(
        id=exclusion.id,
        order=OrderNamed(id=exclusion.order_id, code=ids.short(exclusion.order_id)),
        ground=exclusion.ground,
        ground_name=labels.GROUNDS[Ground(exclusion.ground)],
        state=exclusion.state,
        state_name=labels.STATES[exclusion.state],
        asked_by_name=known.actor(exclusion.asked_by),
        asked_at=exclusion.asked_at,
        words=exclusions.words_of(session, exclusion, exclusions.ASKED),
        decided_by_name=known.actor(decided) if decided else None,
        decided_at=exclusion.decided_at,
        decision_words=exclusions.words_of(session, exclusion, exclusion.state) if decided else None,
        may_decide=exclusions.may_decide(session, who, exclusion),
    )


def exclusions_out(session: Session, who: Actor, page: Sequence[Exclusion]) -> list[ExclusionOut]:
    """Several of them."""
    names = naming.names(session, None)
    return [exclusion_out(session, who, one, names) for one in page]


def _ids(page: Sequence[OrderFact]) -> list[uuid.UUID]:
    return [uuid.UUID(fact.id) for fact in page]


def _row(line: Line) -> RowOut:
    values = {code.value: _value(count) for code, count in line.tally.counts.items()}
    return RowOut(key=line.key, name=line.name, values=values, excluded=line.tally.excluded)


def _value(count: Count) -> ValueOut:
    share = count.share
    return ValueOut(
        numerator=count.numerator,
        denominator=count.denominator,
        share=None if share is None else float(share),
        text=counting.percent(share),
        excluded=count.excluded,
    )
