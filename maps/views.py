"""Map screens over HTTP: the grid layer, the wall's first picture, loads and positions, and the live stream."""

import gzip

from flask import Response, current_app, request

from dispatch.services import changes, pictures, serving
from grids import services as grids
from maps import layers, load, positions, schemas
from maps.live import WATCHERS, Feed
from maps.wall import picture
from town import journal, profile
from town.access import PUBLIC
from town.bodies import Reply
from town.http import Call, Routes

routes = Routes("maps", "/api/v1")
live_routes = Routes("live")
LONG = 20_000
"""Bytes; what is shorter is not worth compressing."""


@routes.get("/map/grids", rights=PUBLIC, gives=schemas.GridLayer)
def grid_layer(call: Call) -> schemas.GridLayer:
    """The active edition's grids; public, so that a citizen can see whom his report will reach."""
    town = profile.current(call.session)
    squads = {area: squad.name for area, squad in serving.squads_by_area(call.session).items()}
    locator = grids.locator(call.session, town) if grids.active(call.session) else None
    return schemas.GridLayer(**layers.grids(locator.grids if locator else (), squads))


@routes.get("/map/orders", rights=WATCHERS, gives=schemas.WallOut)
def wall(call: Call) -> Response:
    """Every open order and those ended today. The position is read first: what comes later is streamed again."""
    position, _ = journal.head(call.session)
    today = pictures.start_of_day(call.now, profile.current(call.session).zone)
    return _packed(picture(call.session, position, today, call.now))


@routes.get("/map/load", rights=WATCHERS, gives=schemas.LoadsOut)
def grid_loads(call: Call) -> schemas.LoadsOut:
    """Open, late and soon due orders of every grid."""
    return schemas.LoadsOut(at=call.now, grids=load.by_grid(call.session, call.now))


@routes.get("/map/positions", rights=WATCHERS, gives=schemas.PositionsOut)
def squad_positions(call: Call) -> schemas.PositionsOut:
    """Where the squads' tablets were last."""
    return positions.shown(call.session, call.now)


@live_routes.get("/live", rights=WATCHERS, query=schemas.LiveQuery, media_type="text/event-stream")
def live(call: Call, query: schemas.LiveQuery) -> Response:
    """Changes as they are committed, and positions as they move, as server-sent events."""
    feed: Feed = current_app.extensions["feed"]
    after = _resume(query.after)
    changes.refuse_ahead(call.session, after)
    stream = feed.open(after, request.headers.get("Authorization"))
    return Response(stream, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _packed(said: Reply) -> Response:
    """Compressed for whoever can read that: tens of thousands of rows take a third of the line then."""
    text = said.model_dump_json().encode()
    if not request.accept_encodings.quality("gzip") or len(text) < LONG:
        return Response(text, mimetype="application/json")
    packed = gzip.compress(text, compresslevel=1)
    return Response(
        packed, mimetype="application/json", headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    )


def _resume(after: int) -> int:
    """A browser that reconnects by itself says where it was."""
    last = request.headers.get("Last-Event-ID", "")
    return max(after, int(last)) if last.isdecimal() and len(last) < 19 else after
