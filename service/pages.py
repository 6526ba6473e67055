"""The pages: built files from ``web/dist``, served as they are under the strict policy."""

from pathlib import Path

from flask import Response, send_from_directory

from town.access import PUBLIC
from town.errors import Refused
from town.http import Call, Routes

routes = Routes("pages")
DIST = Path(__file__).parent.parent / "web" / "dist"
YEAR = 31_536_000


def _page(name: str) -> Response:
    if not (DIST / name).is_file():
        raise Refused("pages_missing")
    return send_from_directory(DIST, name, max_age=0)


@routes.get("/", rights=PUBLIC, media_type="text/html")
def home(_call: Call) -> Response:
    """What this is, and the doors."""
    return _page("index.html")


@routes.get("/citizen", rights=PUBLIC, media_type="text/html")
def citizen(_call: Call) -> Response:
    """举报: one plain form."""
    return _page("citizen.html")


@routes.get("/wall", rights=PUBLIC, media_type="text/html")
def wall(_call: Call) -> Response:
    """大屏. The page is public; what it shows needs a login."""
    return _page("wall.html")


@routes.get("/desk", rights=PUBLIC, media_type="text/html")
def desk(_call: Call) -> Response:
    """指挥中心. The page is public; what it shows needs a login."""
    return _page("desk.html")


@routes.get("/assets/<path:name>", rights=PUBLIC, media_type="application/octet-stream")
def asset(_call: Call, name: str) -> Response:
    """A built file; its name changes with its content, so it may be kept for a year."""
    return send_from_directory(DIST / "assets", name, max_age=YEAR)
