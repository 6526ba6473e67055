"""Clocks over HTTP (时限): each explains itself to whoever may see what it hangs on."""

import uuid

from oversight.schemas.clock_cards import ClockCard
from oversight.services.clocks import clock_cards
from town.access import staff
from town.http import Call, Routes

routes = Routes("clocks", "/api/v1")


@routes.get("/clocks/<uuid:clock_id>", rights=staff(), gives=ClockCard)
def show_clock(call: Call, clock_id: uuid.UUID) -> ClockCard:
    """时限卡: the sentence, the days, pauses, extensions and rungs."""
    return clock_cards.card(call.session, call.who, clock_id, call.now)
