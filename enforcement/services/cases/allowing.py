"""What may I do now (现在可以做什么): every act open to somebody, and what stands against the others, with the article."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules.cases import procedure
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.alarms import warnings
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.fields import FIELDS, Field, Kind
from enforcement.rules.cases.procedure import Step
from enforcement.rules.stops import standing_stops
from enforcement.schemas import ActionOut, FieldOut, StopOut
from enforcement.services.cases import choosing, sight, world
from enforcement.services.cases.choosing import Offered
from town.access import Actor
from town.clock import Instant
from town.days import Calendar
from town.settings import Settings

A = Action
FINAL = frozenset(
    {A.DECLINE, A.TRANSFER, A.WITHDRAW, A.REVOKE, A.DECIDE, A.DECIDE_ON_SPOT, A.CLOSE, A.ARCHIVE, A.APPLY_TO_COURT}
    | {A.SWITCH_TO_ORDINARY, A.WAIVE_DEFENCE, A.WAIVE_HEARING, A.EXCLUDE_EVIDENCE}
)
"""Cannot be taken back: the button asks twice."""


def allowed(
    session: Session,
    settings: Settings,
    who: Actor,
    row: PenaltyCase,
    case: Case,
    calendar: Calendar,
    now: Instant,
) -> list[ActionOut]:
    """Open ones first, each with its form; then those that something stands against, with all of it."""
    posts = sight.posts_of(session, who, row, case)
    steps = procedure.open_to(case.state, case.lane, posts)
    if not steps:
        return []
    login = sight.login_of(session, who)
    outside = world.gather(session, settings, row, case, _looked_at(row, case, who, now), login, calendar)
    offered = choosing.offered(session, row, case, outside.today)
    shown = [_shown(step, case, outside, row, who, now, offered) for step in steps]
    return sorted(shown, key=lambda one: not one.open)


def _looked_at(row: PenaltyCase, case: Case, who: Actor, now: Instant) -> Act:
    """The act whose world tells most: what would be decided on what is on the table."""
    action = A.DECIDE if case.submitted else A.APPROVE_NOTICE if case.conclusion else A.FILE
    return Act(row.version + 1, action, now, now, who.name, {})


def _shown(
    step: Step, case: Case, outside: World, row: PenaltyCase, who: Actor, now: Instant, offered: Offered
) -> ActionOut:
    act = Act(row.version + 1, step.action, now, now, who.name, {}, outside.known)
    against = standing_stops(case, act, outside)
    return ActionOut(
        action=step.action,
        name=step.deed.name,
        article=step.deed.article,
        open=not against,
        missing=[StopOut(code=one.code, article=one.article, sentence=one.sentence) for one in against],
        warnings=list(warnings(case, step.action, outside)),
        fields=fields_of(step, _proposed(case, step.action), offered),
        danger=step.action in FINAL,
    )


def fields_of(step: Step, values: Mapping[str, Any], offered: Offered) -> list[FieldOut]:
    """The form of an act. ``values``: what is known already and need not be typed again."""
    deed = step.deed
    return [
        *(_field(step.action, FIELDS[name], True, values, offered) for name in deed.requires),
        *(_field(step.action, FIELDS[name], False, values, offered) for name in deed.takes),
    ]


def _field(action: Action, field: Field, required: bool, values: Mapping[str, Any], offered: Offered) -> FieldOut:
    return FieldOut(
        name=field.name,
        label=field.label,
        kind=field.kind,
        required=required,
        help=field.help,
        choices=offered.choices(action, field),
        factors=offered.factors() if field.kind is Kind.FACTORS else None,
        value=values.get(field.name),
    )


def _proposed(case: Case, action: Action) -> dict[str, Any]:
    """What the form begins with: the officers in charge, and what was proposed before."""
    begun: dict[str, Any] = {"officers": list(case.handlers)}
    wish = case.conclusion
    if wish and action in (A.SUBMIT_DECISION, A.CONCLUDE):
        named = ("outcome", "ground", "fine_fen", "confiscate_fen", "lighter")
        begun |= {name: getattr(wish, name) for name in named} | {
            "kinds": list(wish.kinds),
            "factors": dict(wish.factors),
        }
    if action in (A.CONCLUDE, A.PROPOSE_FAST, A.VERIFY_EVIDENCE, A.DECIDE_ON_SPOT):
        begun["evidence"] = [one.number for one in case.usable_evidence]
    return begun
