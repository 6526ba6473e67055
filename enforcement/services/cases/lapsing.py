"""What the watch does when a clock of a case is due (到期): holds and seizures lapse of themselves; the rest are alarms."""

import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clocks import Clock
from enforcement.services.cases import acting
from town.clock import Instant
from town.watch import Deadline, Handler

LAPSES = {Clock.HOLD: Action.LAPSE_HOLD, Clock.SEIZURE: Action.LAPSE_SEIZURE}


def on_due() -> Mapping[str, Handler]:
    """The handlers to register with the watch, by kind of clock."""
    return {str(clock): _lapse for clock in LAPSES}


def _lapse(session: Session, deadline: Deadline, now: Instant) -> None:
    _, _, case_id = deadline.subject.partition(":")
    acting.take_of_itself(session, uuid.UUID(case_id), LAPSES[Clock(deadline.kind)], now)
