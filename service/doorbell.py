"""The doorbell reader (门铃): tells the broker which tablets to ring, in the journal's order, at least once."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service import mqtt
from service.mqtt import Publisher
from service.readers import Act, Stopped
from town import devices
from town.database import Database
from town.journal import Numbered

READER = "doorbell"


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring: which tablet, up to which position of the journal, and for which event of which order."""

    device: str
    position: int
    event: str
    order: str

    @property
    def payload(self) -> bytes:
        """What goes over the wire: ids and a position, nothing that tells of a person."""
        return json.dumps({"position": self.position, "event": self.event, "order": self.order}).encode()


def ringing(database: Database, town: str, publisher: Publisher, stopped: Stopped) -> Act:
    """What the reader does with a batch: ring the tablets of every squad that has something new."""

    def ring(events: Sequence[Numbered]) -> bool:
        messages = [(mqtt.doorbell(town, call.device), call.payload) for call in calls(database, events)]
        return publisher.publish(messages, stopped)

    return ring


def calls(database: Database, events: Sequence[Numbered]) -> list[Ring]:
    """The rings a batch asks for. A blocked tablet is not rung."""
    squads = {uuid.UUID(squad) for event in events for squad in rung_squads(event)}
    if not squads:
        return []
    with database.read() as session:
        tablets = devices.of_squads(session, squads)
    return rings(events, {str(squad): codes for squad, codes in tablets.items()})


def rings(events: Iterable[Numbered], tablets: Mapping[str, Sequence[str]]) -> list[Ring]:
    """Whom events ring, in the journal's order; a tablet is rung once, for the last of them, since it pulls them all.

    ``tablets`` maps a squad's id to the codes of its tablets.
    """
    last: dict[str, Ring] = {}
    for event in events:
        for device in (device for squad in rung_squads(event) for device in tablets.get(squad, ())):
            order = event.data.get("order") or event.subject.partition(":")[2]
            last[device] = Ring(device, event.position, str(event.id), order)
    return sorted(last.values(), key=lambda ring: ring.position)


def rung_squads(event: Numbered) -> list[str]:
    """The ids of the squads an event rings: whoever has a new order or is called to one, whoever lost it, and the squad
    of whom a notice tells.

    ``{"squad": "…", "rings": true, "left": "…"}``; a notice to somebody of the centre names no squad.
    """
    if not event.kind.startswith(("order.", "joint.", "notice.")):
        return []
    squad = event.data.get("squad")
    new = [str(squad)] if squad and event.data.get("rings") is True else []
    return [*new, str(event.data["left"])] if event.data.get("left") else new
