"""A live picture that hears nothing any more does not go on ticking as if it did."""

import itertools
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, select, text, update

from dispatch.models import Order
from maps import live
from maps.live import Feed
from tests.ground.cast import CHEN_JING
from tests.ground.databases import on_postgresql, on_sqlite
from tests.ground.processes import until
from tests.ground.web import Door
from town import clock, journal
from town.database import Database
from town.people import Account, Role

STREAMS = 3
LONGEST = 20
"""Ticks after which a stream that should have ended is taken for one that never will."""


@pytest.fixture(autouse=True)
def _quick_ticks(monkeypatch):
    monkeypatch.setattr(live, "TICK_SECONDS", 0.3)


def caught_up(feed: Feed, authorization: str | None) -> Iterator[str]:
    """A screen that has been told how far the town is."""
    screen = feed.open(0, authorization)
    until(lambda: "tick" in next(screen), "the screen to have caught up")
    return screen


def ends(screen: Iterator[str]) -> bool:
    """Whether a screen's stream comes to an end, without breaking."""
    return len(list(itertools.islice(screen, LONGEST))) < LONGEST


@on_sqlite
def test_what_breaks_the_feed_ends_every_screen_and_the_next_begins_a_new_one(
    door: Door, mapped: Database, monkeypatch
):
    """A real fault: an order in a state that the house does not know."""
    broke = threading.Event()
    monkeypatch.setattr(live.LOG, "exception", lambda *_: broke.set())
    door.report()
    feed, authorization = Feed(mapped, STREAMS), door.signed_in(CHEN_JING).authorization
    screens = [caught_up(feed, authorization) for _ in range(2)]
    change(mapped, state="no such")
    assert broke.wait(10)
    assert [ends(screen) for screen in screens] == [True, True]

    change(mapped, state="dispatched", note=False)
    screen = caught_up(feed, authorization)
    door.report()
    assert any("order.dispatched" in said for said in itertools.islice(screen, LONGEST))


def change(database: Database, state: str, *, note: bool = True) -> None:
    """Change the only order, and let the live feed hear of it."""
    with database.write() as session:
        order = session.scalars(select(Order.id)).one()
        session.execute(update(Order).values(state=state))
        if note:
            subject, now = f"order:{order}", clock.now()
            journal.append(session, subject=subject, version=2, kind="order.accepted", actor="x", at=now, data={})


@on_postgresql
def test_while_the_database_is_away_no_screen_looks_alive(door: Door, mapped: Database, cluster):
    screen = caught_up(Feed(mapped, STREAMS), door.signed_in(CHEN_JING).authorization)
    server, name = create_engine(cluster.url("postgres"), isolation_level="AUTOCOMMIT"), mapped.url.database
    with server.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        )
        assert ends(screen)
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    server.dispose()


@on_sqlite
def test_who_loses_the_post_loses_the_picture(door: Door, mapped: Database):
    screen = caught_up(Feed(mapped, STREAMS), door.signed_in(CHEN_JING).authorization)
    with mapped.write() as session:
        chen_jing = session.scalars(select(Account).where(Account.login == CHEN_JING.login)).one()
        chen_jing.roles = [Role.GRID_WORKER]
    assert ends(screen)
