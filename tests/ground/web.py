"""云溪镇 on the map, and its door over HTTP: the app on the test's own database, asked as people ask it."""

import io
import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dispatch.services import serving
from grids import files
from grids import services as grids
from grids.files import Fields
from service.app import create_app
from tests.ground.cast import CENTRE, EAST, INNER, LIN_XIAOFENG, PASSWORD, SETTLED, WU_YUE, Person
from tests.ground.databases import url_as
from tests.ground.postgresql import LEADER
from town import settings as town_settings
from town.database import Database
from town.people import Squad
from town.settings import Settings

MASTER_KEY = "only-for-tests-only-for-tests-only-for-tests"
LON, LAT = CENTRE
HALF = 0.02
"""Half the side of each grid, in degrees: about 1.9 km by 2.2 km."""

Place = dict[str, Any]
IN_THE_MIDDLE_OF_INNER: Place = {"lon": LON - HALF, "lat": LAT, "crs": "wgs84", "accuracy_m": 10}
IN_THE_MIDDLE_OF_EAST: Place = {"lon": LON + HALF, "lat": LAT, "crs": "wgs84", "accuracy_m": 10}
ON_THE_BORDER: Place = {"lon": LON, "lat": LAT, "crs": "wgs84", "accuracy_m": 10}
OUT_OF_TOWN: Place = {"lon": LON + 0.2, "lat": LAT, "crs": "wgs84", "accuracy_m": 10}


def two_areas() -> dict[str, Any]:
    """城中片区 west of the middle and 城东片区 east of it, one grid each, one shared border."""
    return {
        "type": "FeatureCollection",
        "features": [_grid(INNER, "城中片区", LON - 2 * HALF), _grid(EAST, "城东片区", LON)],
    }


def _grid(code: str, name: str, west: float) -> dict[str, Any]:
    east, south, north = west + 2 * HALF, LAT - HALF, LAT + HALF
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"code": f"{code}-01", "name": f"{name}一号网格", "area": code, "area_name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def mapped(database: Database) -> Database:
    """The town's database with an active map whose two areas are served by 城中 and 城东 squads."""
    return database


def draw(database: Database) -> None:
    """Put the town's map in force, and its two squads on it."""
    layer = files.read_geojson(json.dumps(two_areas()).encode(), "two-areas.geojson")
    survey = grids.check(layer, Fields(code="code", area="area", name="name", area_name="area_name"), 4549)
    with database.write() as session:
        edition = grids.import_edition(session, survey, "2026", actor="system:tests", now=SETTLED)
        grids.activate(session, edition, actor="system:tests", now=SETTLED)
        for squad in session.scalars(select(Squad)):
            serving.serve(session, squad.code, squad, "system:tests", SETTLED)


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """The settings of a process that runs on the test's database."""
    return town_settings.read(
        {
            "WANGGE_DATA": str(tmp_path / "data"),
            "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "WANGGE_NUMBERER_URL": url_as(database, LEADER),
            "WANGGE_MASTER_KEY": MASTER_KEY,
            "WANGGE_MQTT_PASSWORD": "only-for-tests",
            "WANGGE_LIVE_STREAMS": "3",
        }
    )


@pytest.fixture
def app(mapped: Database, settings: Settings) -> Iterator[Flask]:
    """The web application on the mapped town."""
    made = create_app(settings)
    yield made
    made.extensions["wangge"].database.close()


@pytest.fixture
def door(app: Flask) -> "Door":
    """The town's door, asked by anybody."""
    return Door(app)


class Door:
    """Asks the app as one person does: signed in, with a receipt, or as a stranger."""

    def __init__(self, app: Flask, authorization: str | None = None) -> None:
        self.app = app
        self.authorization = authorization

    def signed_in(self, person: Person) -> "Door":
        """The same door, for somebody with an account."""
        answer = self.post("/api/v1/sessions", {"login": person.login, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return Door(self.app, f"Bearer {answer.json['token']}")

    def with_receipt(self, receipt: str) -> "Door":
        """The same door, for the holder of a receipt."""
        return Door(self.app, f"Receipt {receipt}")

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self.app.test_client().get(path, query_string=query, headers=self._headers(), buffered=True)

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str | None = None) -> Any:
        """Write, under a new idempotency key unless one is given."""
        headers = self._headers() | {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.app.test_client().post(path, json=body, headers=headers)

    def send_photo(self, path: str, content: bytes, *, key: str | None = None) -> Any:
        """Send one photo."""
        return self.send_file(path, content, field="photo", filename="photo.jpg", key=key)

    def send_file(
        self,
        path: str,
        content: bytes,
        *,
        field: str = "file",
        filename: str = "表.csv",
        called: str | None = None,
        key: str | None = None,
    ) -> Any:
        """Send one file, and the name that what is made of it shall have."""
        headers = self._headers() | {"Idempotency-Key": key or uuid.uuid4().hex}
        form = {field: (io.BytesIO(content), filename)} | ({"name": called} if called else {})
        return self.app.test_client().post(path, data=form, headers=headers)

    def put(self, path: str) -> Any:
        """Ask in a way nothing here can be asked."""
        return self.app.test_client().put(path, headers=self._headers())

    def delete(self, path: str) -> Any:
        """End something."""
        return self.app.test_client().delete(path, headers=self._headers())

    def report(
        self, place: Mapping[str, Any] = IN_THE_MIDDLE_OF_INNER, words: str = "三张桌子占了人行道", **more: Any
    ) -> Any:
        """举报; gives back the receipt."""
        answer = self.post("/api/v1/reports", {"place": place, "words": words, **more})
        assert answer.status_code == 201, answer.text
        return answer.json

    def step(self, order: Mapping[str, Any], action: str, **facts: Any) -> Any:
        """One step of the workflow, on the version that was seen."""
        return self.post(
            f"/api/v1/orders/{order['id']}/steps", {"action": action, "version": order["version"], **facts}
        )

    def settle(self, words: str = "已经整改。") -> tuple["Door", uuid.UUID]:
        """A report that goes all the way to its closing; gives back the door of whoever made it, and the order."""
        hers = self.with_receipt(self.report()["receipt"])
        leader, checker = self.signed_in(LIN_XIAOFENG), self.signed_in(WU_YUE)
        order = leader.newest_order()
        for action, facts in (("accept", {}), ("arrive", {}), ("handle", {"outcome": "fixed", "words": "已清理"})):
            order = leader.step(order, action, **facts).json
        order = checker.step(order, "check").json
        assert checker.step(order, "close", words=words).status_code == 200
        return hers, uuid.UUID(order["id"])

    def newest_order(self) -> Any:
        """The order on top of the list."""
        return self.get("/api/v1/orders").json["orders"][0]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": self.authorization} if self.authorization else {}
