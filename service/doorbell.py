"""The doorbell reader (门铃): tells the broker which tablets to ring, in the journal's order, at least once."""

import uuid
from collections.abc import Sequence

from service import mqtt
from service.mqtt import Publisher, Ring
from service.readers import Act, Stopped
from town import devices
from town.database import Database
from town.journal import Numbered

READER = "doorbell"


def ringing(database: Database, town: str, publisher: Publisher, stopped: Stopped) -> Act:
    """What the reader does with a batch: ring the tablets of every squad that has something new."""

    def ring(events: Sequence[Numbered]) -> bool:
        messages = [(mqtt.doorbell(town, call.device), call.payload) for call in calls(database, events)]
        return publisher.publish(messages, stopped)

    return ring


def calls(database: Database, events: Sequence[Numbered]) -> list[Ring]:
    """The rings a batch asks for: one a tablet. A blocked tablet is not rung."""
    squads = {uuid.UUID(squad) for event in events if (squad := mqtt.rung_squad(event))}
    if not squads:
        return []
    with database.read() as session:
        tablets = devices.of_squads(session, squads)
    return mqtt.rings(events, {str(squad): codes for squad, codes in tablets.items()})
