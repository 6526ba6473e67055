"""Likely duplicates are suggested, settled by people, and never merged by themselves."""

import datetime as dt

import pytest
from sqlalchemy import select

from dispatch.models import Link, Order
from dispatch.services import NewReport, links, receive
from dispatch.services.links import LinkState
from grids import services as grids
from tests.ground.cast import CHEN_JING
from tests.ground.lists import NOISE, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import journal
from town.access import Actor
from town.errors import Refused

NOON = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
METRE = 1 / 111_320
"""In degrees of latitude."""
LON, LAT = IN_THE_MIDDLE_OF_INNER["lon"], IN_THE_MIDDLE_OF_INNER["lat"]


@pytest.fixture
def come(listed, town):
    """A report comes in, so many metres north of the middle of 城中, so many hours after noon; its order's id."""

    def report(north: float = 0, hours: float = 0, category: str = STALLS):
        at = NOON + dt.timedelta(hours=hours)
        place = {"x": LON, "y": LAT + north * METRE, "crs": "wgs84", "accuracy_m": 5.0}
        new = NewReport(**place, words="三张桌子占了人行道", received_at=at, category=category)
        with listed.write() as session:
            return receive(session, town, MASTER_KEY, new, at).order.id

    return report


def suggested(database, order_id):
    with database.read() as session:
        return [(link.other_id, link.state) for link in links.of(session, order_id) if link.order_id == order_id]


def test_the_same_kind_close_by_and_not_long_ago_is_suggested(come, listed):
    first, second = come(), come(north=20, hours=3)
    assert suggested(listed, second) == [(first, LinkState.SUGGESTED)]
    with listed.read() as session:
        (link,) = links.of(session, second)
        assert link.distance_m == pytest.approx(20, abs=0.5)
        assert link.hours_apart == 3


def test_another_kind_or_too_far_or_too_long_ago_is_not(come, listed):
    come(category=NOISE)
    come(north=-31)
    come(hours=-7 * 24 - 1)
    assert suggested(listed, come()) == []


def test_the_limits_themselves_still_count(come, listed):
    long_ago = come(hours=-7 * 24)
    assert suggested(listed, come()) == [(long_ago, LinkState.SUGGESTED)]


def test_the_border_of_a_cell_hides_nothing(come, listed):
    """Every 10 m along two cells of 64 m: each order finds all those within 30 m of it."""
    placed = {}
    for step in range(13):
        north = step * 10
        order = come(north=north, hours=step / 100)
        near = {other for other, _ in suggested(listed, order)}
        assert near == {other for other, there in placed.items() if north - there <= 30}, north
        placed[order] = north


def test_an_ended_order_is_suggested_too(come, listed):
    first = come()
    with listed.write() as session:
        session.get_one(Order, first).state = "answered"
    assert suggested(listed, come(hours=1)) == [(first, LinkState.SUGGESTED)]


def test_only_the_nearest_few_are_shown_nearest_first(come, listed):
    others = [come(north=number, hours=-1) for number in range(1, 9)]
    newest = come()
    with listed.read() as session:
        found = [link for link in links.of(session, newest) if link.order_id == newest]
    assert [link.other_id for link in found] == others[:5]


def test_neither_order_is_changed_by_a_suggestion_or_by_the_desks_word(come, listed, cast):
    first, second = come(), come(hours=1)
    before = everything(listed, first, second)
    assert settle(listed, cast, second, LinkState.LINKED) == LinkState.LINKED
    assert everything(listed, first, second) == before


def test_the_desk_settles_a_link_once_from_either_end(come, listed, cast):
    first, second = come(), come(hours=1)
    assert settle(listed, cast, first, LinkState.DISMISSED) == LinkState.DISMISSED
    with pytest.raises(Refused, match="link_settled"):
        settle(listed, cast, second, LinkState.LINKED)


def test_a_link_is_settled_only_through_an_order_it_belongs_to(come, listed, cast):
    come()
    second, elsewhere = come(hours=1), come(category=NOISE)
    with listed.read() as session:
        link = session.scalars(select(Link).where(Link.order_id == second)).one()
    with listed.write() as session, pytest.raises(Refused, match="not_found"):
        links.settle(session, dispatcher(cast), elsewhere, link.id, LinkState.LINKED, NOON)


def test_the_journal_tells_who_suggested_and_who_settled(come, listed, cast):
    come()
    second = come(hours=1)
    settle(listed, cast, second, LinkState.LINKED)
    with listed.read() as session:
        (link,) = links.of(session, second)
        told = [(event.kind, event.actor) for event in journal.events_of(session, f"link:{link.id}")]
    assert told == [("order.suggested", "system:intake"), ("order.linked", cast.actor(CHEN_JING))]


def test_suggesting_twice_is_suggesting_once(come, listed, town):
    come()
    second = come(hours=1)
    with listed.write() as session:
        order = session.get_one(Order, second)
        x, y = grids.locator(session, town).metres(LON, LAT) or (0.0, 0.0)
        near = links.near(session, town, STALLS, x, y, NOON, 30, 7, leave_out=second)
        assert links.suggest(session, order, near, NOON) == []


def settle(database, cast, order_id, state):
    with database.write() as session:
        (link,) = links.of(session, order_id)
        links.settle(session, dispatcher(cast), order_id, link.id, state, NOON)
    with database.read() as session:
        return links.of(session, order_id)[0].state


def dispatcher(cast) -> Actor:
    return Actor(name=cast.actor(CHEN_JING), account_id=cast.account(CHEN_JING).id)


def everything(database, *order_ids):
    with database.read() as session:
        rows = session.execute(select(Order.__table__).where(Order.id.in_(order_ids)).order_by(Order.id)).all()
        return [row._mapping["version"] for row in rows], [row._mapping["state"] for row in rows]
