"""What comes with a step (随附内容): checked, turned into columns of the order and codes of the journal, and followed up."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Order
from dispatch.rules import grounds, workflow
from dispatch.rules.workflow import Action, Lane, Outcome, State, Step
from dispatch.services import clocks, deciding, extensions, suspending, transfers
from enforcement.services import powers
from town import journal, profile
from town.clock import Instant
from town.errors import Refused
from town.partners import Partner
from town.people import Squad

WORDS_FIELD = {Action.CLOSE: "answer", Action.REJECT: "answer", Action.TAKEN_OVER: "answer"}
"""What the reporter will read; every other action's words stay inside."""
HANDLING = frozenset({Action.HANDLE, Action.SETTLE, Action.TO_CASE})
CODES = ("case", "told")
"""What the journal tells as it was given."""
GIVING_BACK = frozenset({Action.RETURN, Action.DISPUTE})
BY_HAND = {Action.DISPATCH: "by_hand", Action.ARBITRATE: "arbitrated", Action.TRANSFER: "transferred_by_hand"}
"""Steps that say who shall have the order, and the reason that is told for it."""
DECIDING_MORE_TIME = frozenset({Action.GRANT_EXTENSION, Action.DENY_EXTENSION})
TO_THE_DESK = frozenset({Action.RETURN, Action.DISPUTE, Action.ESCALATE, Action.SENT_BACK})
NOBODY = {"squad_id": None, "leader_id": None, "worker_id": None, "partner_id": None}


@dataclass
class Taken:
    """Columns that change, what the journal tells, and whom a decision by hand names."""

    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    named: dict[str, str | None] = field(default_factory=dict)


def take(session: Session, order: Order, step: Step, given: dict[str, Any], actor: str, now: Instant) -> Taken:
    """Check what was given and say what it changes. Raises Refused("invalid" | "power_unknown")."""
    taken = Taken()
    _check_ground(step, given)
    if "squad" in step.requires:
        _name_squad(session, taken, order, step, given["squad"], now)
    if "partner" in step.requires:
        _name_partner(session, taken, given["partner"])
    if step.action in BY_HAND:
        taken.changes["reasons"] = [*order.reasons, {"code": BY_HAND[step.action]}]
    if "outcome" in step.requires:
        _take_outcome(taken, step, given["outcome"])
    if step.action in GIVING_BACK:
        _take_return(session, taken, order, given, now)
    _take_time(session, taken, order, step, given, actor, now)
    if step.action in TO_THE_DESK:
        taken.changes["lane"] = Lane.DESK
    _take_people(taken, step, actor)
    taken.data |= {name: given[name] for name in CODES if name in given}
    if body := given.get("words"):
        name = WORDS_FIELD.get(step.action, step.action.value)
        taken.data["words"] = journal.keep_words(session, subject=f"order:{order.id}", field=name, body=body, at=now)
    return taken


def follow_up(session: Session, order: Order, step: Step, taken: Taken, actor: str, now: Instant) -> None:
    """What else is written down once the order has changed: the decision by hand, the letter, the other body's word."""
    if step.action in BY_HAND:
        reasons = [{"code": BY_HAND[step.action]}]
        answer = {"row": BY_HAND[step.action], "lane": order.lane, **taken.named, "reasons": reasons}
        deciding.keep(session, order.id, BY_HAND[step.action], {}, answer, actor, now)
    if step.action is Action.TRANSFER and order.partner_id:
        letter = transfers.send(session, order, order.partner_id, BY_HAND[step.action], now)
        taken.data["letter"] = letter.number
    if step.action is Action.SUSPEND:
        until = dt.date.fromisoformat(taken.data["until"])
        clocks.put_aside(session, order, taken.data["ground"], until, actor, now)
        suspending.tell(session, order.id, actor, now)
    if step.action is Action.TAKEN_OVER:
        transfers.reply(session, order, "accepted", now)
    if step.action is Action.SENT_BACK:
        transfers.reply(session, order, "refused", now)


def _check_ground(step: Step, given: dict[str, Any]) -> None:
    if "ground" in step.requires and not grounds.fits(step.action, given["ground"]):
        known = "、".join(labels.GROUNDS_OF[step.action].values())
        raise Refused("invalid", errors={"ground": [f"只能是：{known}"]})


def _take_time(
    session: Session, taken: Taken, order: Order, step: Step, given: dict[str, Any], actor: str, now: Instant
) -> None:
    """What changes how long the order may take, or how long it waits."""
    if step.action is Action.GRADE:
        taken.changes["severity"] = taken.data["severity"] = str(given["severity"])
    if step.action is Action.SUSPEND:
        taken.changes["suspended_from"] = order.state
        until = suspending.until(session, given["until"], now)
        taken.data |= {"ground": given["ground"], "until": until.isoformat()}
    if order.state == State.SUSPENDED and step.target is not State.SUSPENDED:
        taken.changes["suspended_from"] = None
    if step.action is Action.ASK_EXTENSION:
        taken.data |= extensions.ask(session, order, given, actor, now)
    if step.action in DECIDING_MORE_TIME:
        taken.data |= extensions.decide(session, order, step.action, actor, now)


def _name_squad(session: Session, taken: Taken, order: Order, step: Step, code: str, now: Instant) -> None:
    """Sent to who has it already, it would only start his clock anew."""
    power = deciding.power_by_hand(session, profile.current(session), order, now)
    squad = session.scalar(select(Squad).where(Squad.code == code, Squad.active))
    if squad is None:
        raise Refused("invalid", errors={"squad": ["没有这个中队"]})
    if step.action is Action.DISPATCH and order.lane == Lane.SQUAD and order.squad_id == squad.id:
        raise Refused("invalid", errors={"squad": [f"工单就在{squad.name}手里，改派要换一个中队"]})
    taken.changes |= NOBODY | power | {"squad_id": squad.id, "lane": Lane.SQUAD}
    taken.named |= {"squad": squad.code, "power": power["power_code"]}


def _name_partner(session: Session, taken: Taken, code: str) -> None:
    partner = session.scalar(select(Partner).where(Partner.code == code, Partner.active))
    if partner is None:
        raise Refused("invalid", errors={"partner": ["没有这个协同单位"]})
    taken.changes |= NOBODY | {"partner_id": partner.id, "lane": Lane.TRANSFER}
    taken.named["partner"] = partner.code
    taken.data["partner"] = str(partner.id)


def _take_outcome(taken: Taken, step: Step, outcome: Outcome) -> None:
    if step.action is Action.SETTLE and outcome not in workflow.SETTLED_AS:
        raise Refused("invalid", errors={"outcome": ["网格员只能写已整改、已劝导或现场未发现"]})
    if step.action is Action.REJECT and outcome not in workflow.REJECTED_AS:
        raise Refused("invalid", errors={"outcome": ["没有派人去看过的，不能写成已处理"]})
    if step.action is not Action.CASE_ENDED and outcome in workflow.BY_A_CASE:
        raise Refused("invalid", errors={"outcome": ["处罚、不予处罚、违法事实不成立，只能由办结的案件得出；请转立案"]})
    taken.changes["outcome"] = taken.data["outcome"] = outcome


def _take_return(session: Session, taken: Taken, order: Order, given: dict[str, Any], now: Instant) -> None:
    taken.changes["returns"] = order.returns + 1
    taken.data["ground"] = given["ground"]
    if line := given.get("power"):
        _require_power(session, line, now)
        taken.data["power"] = line


def _require_power(session: Session, code: str, now: Instant) -> None:
    """The line must stand in the list, whether in force or not: "not ours" is said about something."""
    listed = powers.on(session, profile.local_day(session, now))
    if listed is None or code not in listed.by_code:
        raise Refused("invalid", errors={"power": ["权力清单里没有这一项"]})


def _take_people(taken: Taken, step: Step, actor: str) -> None:
    if step.action in HANDLING:
        taken.changes["handler"] = actor
    if step.action is Action.REWORK:
        taken.changes["outcome"] = None
    if step.action is Action.TAKEN_OVER:
        taken.changes["outcome"] = taken.data["outcome"] = Outcome.TRANSFERRED
