"""Frozen months as people see them (考核视图): results, revisions, appeals and the formula, with today's names."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from dispatch.services import naming
from dispatch.services.naming import Names
from oversight import labels_figures as labels
from oversight.models import Appeal, Formula, Snapshot
from oversight.rules.appeals import AppealGround
from oversight.rules.indicators import BY_CODE, Indicator
from oversight.rules.order_facts import Ground
from oversight.schemas.appraisal import (
    AppealOut,
    AppraisedOut,
    FormulaOut,
    LeftOut,
    MonthOut,
    MonthShown,
    PartOut,
    RevisionOut,
)
from oversight.schemas.figures import DefinitionOut, OrderNamed
from oversight.services.appraisal import appeals
from oversight.services.figures import figures
from oversight.services.figures.figures import Scope
from town import ids
from town.access import Actor
from town.people import Squad

Results = Mapping[str, Any]
WITHOUT_FACTS = (
    select(
        Snapshot.month,
        Snapshot.revision,
        Snapshot.frozen_at,
        Snapshot.frozen_by,
        Snapshot.because,
        Snapshot.digest,
        Snapshot.follows,
        Snapshot.results,
        Formula.name.label("formula"),
    )
    .join(Formula, Formula.id == Snapshot.formula_id)
    .order_by(Snapshot.month.desc(), Snapshot.revision)
)


def months(session: Session) -> list[MonthShown]:
    """The revision of every month that counts, newest first."""
    newest = {row.month: row for row in session.execute(WITHOUT_FACTS)}
    waiting = _open_appeals(session)
    return [MonthShown(**_shown(row, waiting)) for row in newest.values()]


def month(session: Session, who: Actor, snapshot: Snapshot) -> MonthOut:
    """One revision of a month with everything that was made of it; orders and words of other squads are not a leader's."""
    scope = figures.scope_of(session, who)
    names = naming.names(session, None)
    every = session.execute(WITHOUT_FACTS.where(Snapshot.month == snapshot.month)).all()
    this = next(row for row in every if row.revision == snapshot.revision)
    return MonthOut(
        **_shown(this, _open_appeals(session)),
        revisions=[_revision(row, names) for row in every],
        formula=formula_out(session.get_one(Formula, snapshot.formula_id), names),
        follows=snapshot.follows,
        definitions=[
            DefinitionOut(**told, less_is_better=BY_CODE[Indicator(told["code"])].less_is_better)
            for told in snapshot.results["definitions"]
        ],
        town=_appraised(snapshot.results["town"]),
        squads=[_appraised(row) for row in snapshot.results["squads"]],
        excluded=_left_out(snapshot, scope),
        appeals=[
            appeal_out(session, who, appeal, names)
            for appeal in appeals.of_month(session, snapshot.month)
            if scope == figures.EVERYTHING or who.of(appeal.squad_id)
        ],
    )


def formula_out(row: Formula, names: Names) -> FormulaOut:
    """An edition of the formula."""
    return FormulaOut(
        id=row.id,
        name=row.name,
        valid_from=row.valid_from,
        digest=row.digest,
        content=row.content,
        kept_at=row.kept_at,
        kept_by_name=names.actor(row.kept_by),
    )


def appeal_out(session: Session, who: Actor, appeal: Appeal, names: Names | None = None) -> AppealOut:
    """An appeal with what was written on both sides."""
    known = names or naming.names(session, None)
    against, squad = session.get_one(Snapshot, appeal.snapshot_id), session.get_one(Squad, appeal.squad_id)
    decided = appeal.decided_by
    return AppealOut(
        id=appeal.id,
        month=against.month,
        squad=squad.code,
        squad_name=squad.name,
        order=_named(appeal.order_id) if appeal.order_id else None,
        indicator=appeal.indicator,
        indicator_name=BY_CODE[Indicator(appeal.indicator)].name if appeal.indicator else None,
        ground=appeal.ground,
        ground_name=labels.APPEAL_GROUNDS[AppealGround(appeal.ground)],
        state=appeal.state,
        state_name=labels.STATES[appeal.state],
        asked_by_name=known.actor(appeal.asked_by),
        asked_at=appeal.asked_at,
        words=appeals.words_of(session, appeal, appeals.ASKED),
        decided_by_name=known.actor(decided) if decided else None,
        decided_at=appeal.decided_at,
        decision_words=appeals.words_of(session, appeal, appeal.state) if decided else None,
        revision=session.scalar(select(Snapshot.revision).where(Snapshot.because == f"appeal:{appeal.id}")),
        may_decide=appeals.may_decide(who, appeal),
    )


def _shown(row: Row[Any], waiting: Mapping[str, int]) -> dict[str, Any]:
    return {
        "month": row.month,
        "revision": row.revision,
        "frozen_at": row.frozen_at,
        "formula_name": row.formula,
        "digest": row.digest,
        "orders": row.results["orders"],
        "result": row.results["town"]["result"],
        "open_appeals": waiting.get(row.month, 0),
    }


def _open_appeals(session: Session) -> Mapping[str, int]:
    counted = select(Snapshot.month, func.count()).join(Appeal, Appeal.snapshot_id == Snapshot.id)
    return dict(session.execute(counted.where(Appeal.state == appeals.ASKED).group_by(Snapshot.month)).all())


def _revision(row: Row[Any], names: Names) -> RevisionOut:
    return RevisionOut(
        revision=row.revision,
        frozen_at=row.frozen_at,
        frozen_by_name=names.actor(row.frozen_by),
        digest=row.digest,
        follows=row.follows,
        appeal=uuid.UUID(row.because.removeprefix("appeal:")) if row.because else None,
    )


def _appraised(row: Results) -> AppraisedOut:
    parts = [PartOut(**part, name=BY_CODE[Indicator(part["indicator"])].name) for part in row["parts"]]
    return AppraisedOut(**{**row, "parts": parts})


def _left_out(snapshot: Snapshot, scope: Scope) -> list[LeftOut]:
    return [
        LeftOut(
            order=_named(uuid.UUID(fact["id"])),
            holder=fact["holder"],
            ground=fact["excluded"],
            ground_name=labels.GROUNDS[Ground(fact["excluded"])],
        )
        for fact in snapshot.facts
        if fact["excluded"] and scope.squad in {None, fact["holder"]}
    ]


def _named(order_id: uuid.UUID) -> OrderNamed:
    return OrderNamed(id=order_id, code=ids.short(order_id))
