"""A town at its worst for a screen: the longest names that people give, and open orders without end."""

import datetime as dt
import json
import random

from sqlalchemy import select, update

from dispatch.rules.categories import CATEGORIES
from dispatch.services import NewReport, receive
from grids import files
from grids import services as grids
from service import demo
from service.demo import land
from tests.browser.day import WORDS
from tests.own_processes import MASTER_KEY
from town import profile
from town.clock import Instant
from town.database import Database
from town.people import Squad
from town.profile import Town

LONG = "云溪江南岸历史文化街区与老菜场周边综合整治"
ACTOR = "system:tests"
LONGEST_WAIT = dt.timedelta(hours=9)


def rename(database: Database, now: Instant) -> None:
    """Give everything in the demo town a name that no screen was drawn for."""
    with database.write() as session:
        session.execute(update(Town).values(name=f"{LONG}示范镇", operator=f"{LONG}领导小组办公室（县数据局代管）"))
        for squad in session.scalars(select(Squad)):
            squad.name = f"{LONG}{squad.name}"
        layer = files.read_geojson(_drawn(), "long-names.geojson", declare="EPSG:4490")
        survey = grids.check(layer, demo.FIELDS, demo.TOWN.epsg)
        edition = grids.import_edition(session, survey, LONG, actor=ACTOR, now=now)
        grids.activate(session, edition, actor=ACTOR, now=now)


def _drawn() -> bytes:
    drawn = land.feature_collection()
    for feature in drawn["features"]:
        for name in ("name", "area_name"):
            feature["properties"][name] = LONG + feature["properties"][name]
    return json.dumps(drawn).encode()


def report(database: Database, number: int, now: Instant) -> None:
    """So many orders come in all over the town, in the hours before ``now``: most are late, some nearly."""
    chance = random.Random(5)
    places = land.places(chance)
    with database.write() as session:
        town = profile.current(session)
        for (lon, lat), _ in zip(places, range(number), strict=False):
            received_at = now - LONGEST_WAIT * chance.random() ** 2
            category = chance.choice(list(CATEGORIES))
            new = NewReport(lon, lat, "cgcs2000", 10.0, WORDS, received_at, category=category)
            receive(session, town, MASTER_KEY, new, received_at)
