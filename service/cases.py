"""The reader of cases (案件回执): what a case reaches is told to the reporters of its order, and how it ended to the order."""

import uuid
from collections.abc import Sequence

from dispatch.services import cases
from enforcement.rules.cases.actions import Action
from service.readers import Act
from town import clock
from town.database import Database
from town.journal import Numbered

READER = "cases"

ENDED = frozenset(f"case.{action}" for action in (Action.CLOSE, Action.TRANSFER, Action.WITHDRAW, Action.DECLINE))
TOLD = {
    f"case.{Action.FILE}": "filed",
    f"case.{Action.APPROVE_FAST}": "filed",
    f"case.{Action.DECIDE_ON_SPOT}": "on_spot",
}
"""What a reporter is told of when it happens, while his order waits for the case."""


def returning(database: Database) -> Act:
    """What the reader does with a batch: tell of every case that was filed, and end the waiting for every one that ended."""

    def bring_home(events: Sequence[Numbered]) -> bool:
        for event in events:
            if event.kind in ENDED or event.kind in TOLD:
                _act(database, event)
        return True

    return bring_home


def _act(database: Database, event: Numbered) -> None:
    case_id = uuid.UUID(event.subject.partition(":")[2])
    with database.write() as session:
        if event.kind in TOLD:
            cases.told(session, case_id, TOLD[event.kind], clock.now())
        else:
            cases.ended(session, case_id, clock.now())
