"""The answering reader (答复): what has been settled is told to the reporter, by the system, once."""

import uuid
from collections.abc import Sequence

from dispatch import services
from dispatch.rules.workflow import State
from service.readers import Act
from town import clock
from town.database import Database
from town.journal import Numbered

READER = "answers"


def answering(database: Database) -> Act:
    """What the reader does with a batch: answer every order that has just been closed."""

    def answer(events: Sequence[Numbered]) -> bool:
        for event in events:
            if closed(event):
                _tell(database, uuid.UUID(event.subject.partition(":")[2]))
        return True

    return answer


def closed(event: Numbered) -> bool:
    """Whether the event closed an order, by whichever way."""
    return event.kind.startswith("order.") and event.data.get("to") == State.CLOSED


def _tell(database: Database, order_id: uuid.UUID) -> None:
    with database.write() as session:
        services.answer(session, order_id, clock.now())
