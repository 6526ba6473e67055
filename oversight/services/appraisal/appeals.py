"""考核申诉: a squad's leader objects to a frozen month, a supervisor of no such squad decides, the month gets a new revision."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from oversight.models import Appeal, Formula, Snapshot
from oversight.rules import appraisal as rules
from oversight.rules import counting, periods
from oversight.rules.appeals import AppealGround
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import OrderFact
from oversight.services.appraisal import appraisal
from oversight.services.appraisal.appraisal import Draft
from oversight.services.figures import order_facts
from town import ids, journal
from town.access import Actor
from town.clock import Instant
from town.errors import Refused
from town.people import Role, Squad
from town.profile import Town

ASKED, APPROVED, DENIED = "asked", "approved", "denied"


@dataclass(frozen=True)
class Objection:
    """What a squad says of a month: about one order or one figure, on which ground, in which words."""

    month: str
    ground: AppealGround
    words: str
    order_id: uuid.UUID | None = None
    indicator: Indicator | None = None


def ask(session: Session, who: Actor, told: Objection, now: Instant) -> Appeal:
    """申诉. Raises Refused("not_found" | "missing_fact" | "not_in_month" | "forbidden")."""
    snapshot = appraisal.find(session, told.month)
    squad = session.get(Squad, who.squad_id) if who.squad_id else None
    if squad is None:
        raise Refused("forbidden", roles="被考核中队的中队长")
    _refuse(snapshot, squad.code, told)
    appeal = Appeal(
        id=ids.new_id(),
        snapshot_id=snapshot.id,
        squad_id=squad.id,
        order_id=told.order_id,
        indicator=told.indicator,
        ground=told.ground,
        state=ASKED,
        asked_by=who.name,
        asked_at=now,
    )
    session.add(appeal)
    session.flush()
    _write_down(session, appeal, ASKED, who, told.words, now)
    return appeal


def decide(
    session: Session, town: Town, who: Actor, appeal_id: uuid.UUID, approve: bool, words: str, now: Instant
) -> Appeal:
    """裁定: by somebody else, and of another squad or of none; who is right gets a new revision of the month.

    Raises Refused("not_found" | "decided_already" | "second_person" | "own_squad" | "not_in_month").
    """
    appeal = session.get(Appeal, appeal_id, with_for_update=True, populate_existing=True)
    if appeal is None:
        raise Refused("not_found")
    if against := _against(who, appeal):
        raise Refused(against)
    appeal.state = APPROVED if approve else DENIED
    appeal.decided_by, appeal.decided_at = who.name, now
    _write_down(session, appeal, appeal.state, who, words, now)
    if approve:
        _revise(session, town, appeal, who.name, now)
    return appeal


def may_decide(who: Actor, appeal: Appeal) -> bool:
    """Whether somebody could decide it now."""
    return Role.SUPERVISOR in who.roles and _against(who, appeal) is None


def of_month(session: Session, month: str) -> Sequence[Appeal]:
    """Every appeal against a month, oldest first."""
    against = select(Appeal).join(Snapshot, Snapshot.id == Appeal.snapshot_id).where(Snapshot.month == month)
    return session.scalars(against.order_by(Appeal.id)).all()


def words_of(session: Session, appeal: Appeal, state: str) -> str | None:
    """What was written when it came into that state."""
    return journal.words_of(session, f"appeal:{appeal.id}", state)


def _against(who: Actor, appeal: Appeal) -> str | None:
    """Why somebody may not decide it, as a refusal's code."""
    if appeal.state != ASKED:
        return "decided_already"
    if appeal.asked_by == who.name:
        return "second_person"
    return "own_squad" if who.of(appeal.squad_id) else None


def _refuse(snapshot: Snapshot, squad: str, told: Objection) -> None:
    if told.order_id is None and (told.ground.leaves_out or told.indicator is None):
        raise Refused("missing_fact", action="申诉", missing="哪一件工单，或者哪一项指标")
    counted = {fact["id"] for fact in snapshot.facts if fact["holder"] == squad}
    if told.order_id and str(told.order_id) not in counted:
        raise Refused("not_in_month", month=told.month)


def _revise(session: Session, town: Town, appeal: Appeal, actor: str, now: Instant) -> Snapshot:
    appraisal.one_at_a_time(session)
    month = session.get_one(Snapshot, appeal.snapshot_id).month
    last = appraisal.find(session, month)
    told = Draft(
        month=month,
        revision=last.revision + 1,
        formula=session.get_one(Formula, last.formula_id),
        facts=_facts(session, town, last, appeal),
        names=rules.names_in(last.results),
        because=f"appeal:{appeal.id}",
    )
    return appraisal.keep(session, town, told, actor, now)


def _facts(session: Session, town: Town, last: Snapshot, appeal: Appeal) -> list[OrderFact]:
    """The last revision's facts with what the appeal puts right: an order left out, or read again as it is told now."""
    kept = {fact.id: fact for fact in appraisal.kept_facts(last)}
    ground = AppealGround(appeal.ground).leaves_out
    if ground:
        if str(appeal.order_id) not in kept:  # an appeal in between has taken it out of the month
            raise Refused("not_in_month", month=last.month)
        kept[str(appeal.order_id)] = replace(kept[str(appeal.order_id)], excluded=ground)
        return list(kept.values())
    asked = periods.span(periods.month(last.month), town.zone)
    only = [appeal.order_id] if appeal.order_id else None
    again = {fact.id: fact for fact in order_facts.of_span(session, asked, only)}
    others = {} if only is None else {one: fact for one, fact in kept.items() if one != str(appeal.order_id)}
    merged = others | {one: _still_left_out(fact, kept.get(one)) for one, fact in again.items()}
    return [fact for _, fact in sorted(merged.items()) if counting.relevant(fact, asked)]


def _still_left_out(fact: OrderFact, before: OrderFact | None) -> OrderFact:
    """What an earlier appeal left out stays so."""
    return replace(fact, excluded=fact.excluded or (before.excluded if before else None))


def _write_down(session: Session, appeal: Appeal, state: str, who: Actor, words: str, now: Instant) -> None:
    subject = f"appeal:{appeal.id}"
    cite = journal.keep_words(session, subject=subject, field=state, body=words, at=now)
    data = {
        "snapshot": str(appeal.snapshot_id),
        "order": str(appeal.order_id) if appeal.order_id else None,
        "indicator": appeal.indicator,
        "ground": appeal.ground,
        "words": cite,
    }
    journal.note(session, subject=subject, kind=f"appeal.{state}", actor=who.name, at=now, data=data)
