"""值守: whoever watches goes by a time that no jump of the machine's clock can spoil, and leaves word that he watches."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner

from service.cli import main
from tests.ground.cast import ACTOR
from tests.ground.databases import on_sqlite
from tests.ground.web import MASTER_KEY
from town import clock, journal, watch, watchman
from town.clock import Look
from town.days import Calendar
from town.terms import Term, Unit
from town.watchman import Watchman

HOUR = dt.timedelta(hours=1)
JUMPS = {"an hour back": -HOUR, "an hour on": HOUR, "thirty days on": dt.timedelta(days=30)}


@dataclass
class Machine:
    """A machine whose wall clock can be set, and which knows how long it runs."""

    begun: dt.datetime
    run: float = 0.0
    off: dt.timedelta = dt.timedelta()
    boot: str = "first"
    true: dt.datetime = field(init=False)

    def look(self):
        self.true = self.begun + dt.timedelta(seconds=self.run)
        return Look(self.true + self.off, self.run, self.boot)


@pytest.fixture
def machine():
    return Machine(dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC))


@pytest.fixture
def clocks(database, town, machine):
    """A clock that is due at every minute of the next hour."""
    anywhere = Calendar(town.zone, town.hours.spans, {}, frozenset())
    with database.write() as session:
        for minute in range(1, 61):
            at, term = machine.begun, Term(minute, Unit.MINUTES)
            subject = f"order:{minute}"
            watch.start(session, subject=subject, kind="accept", term=term, calendar=anywhere, at=at, recorded_at=at)
    return database


def watched(database, man, machine, minutes, acted):
    """One looks every ten seconds for so many minutes; what is acted on is noted with the true time."""

    def act(_session, deadline, _now):
        acted.append((deadline.subject, (machine.true - deadline.due_at).total_seconds()))

    for _ in range(minutes * 6):
        machine.run += 10
        man.beat()
        watch.tick(database, man.now(), {"accept": act})


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_when_the_clock_jumps_no_due_clock_rings_early_and_none_is_missing(clocks, machine, jump):
    man, acted = Watchman(clocks, machine.look), []
    watched(clocks, man, machine, 20, acted)
    machine.off = jump
    watched(clocks, man, machine, 20, acted)
    machine.off = dt.timedelta()
    watched(clocks, man, machine, 21, acted)
    assert sorted(subject for subject, _ in acted) == sorted(f"order:{minute}" for minute in range(1, 61))
    assert all(0 <= late <= 15 for _, late in acted)


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_who_begins_to_watch_after_the_jump_is_not_fooled_either(clocks, machine, jump):
    acted = []
    watched(clocks, Watchman(clocks, machine.look), machine, 20, acted)
    machine.off = jump
    watched(clocks, Watchman(clocks, machine.look), machine, 41, acted)
    assert len(acted) == 60
    assert all(0 <= late <= 15 for _, late in acted)


def jumps_told(database):
    with database.read() as session:
        return [event.kind for event in journal.events_of(session, "watch")]


def test_a_jump_is_told_once_and_an_administrator_may_say_that_the_new_time_is_right(database, town, machine):
    man = Watchman(database, machine.look)
    man.beat()
    machine.off = HOUR
    for _ in range(30):
        machine.run += 10
        man.beat()
    assert jumps_told(database) == ["watch.jumped"]
    assert man.now() == machine.true
    with database.write() as session:
        assert watchman.trust(session, ACTOR, machine.true)
    machine.run += 10
    man.beat()
    assert man.now() == machine.true + HOUR
    with database.write() as session:
        assert not watchman.trust(session, ACTOR, machine.true)
    assert jumps_told(database) == ["watch.jumped", "watch.trusted"]


def test_who_stood_by_while_somebody_else_was_told_to_trust_the_clock_trusts_it_too(database, town, machine):
    leader, stand_in = Watchman(database, machine.look), Watchman(database, machine.look)
    leader.beat()
    machine.run, machine.off = 60.0, HOUR
    stand_in.now()
    leader.beat()
    with database.write() as session:
        watchman.trust(session, ACTOR, machine.true)
    machine.run += 10
    leader.beat()
    machine.run += 60
    stand_in.beat()
    assert stand_in.now() == machine.true + HOUR


def test_after_the_machine_was_started_again_its_clock_is_believed(database, town, machine):
    Watchman(database, machine.look).beat()
    machine.run, machine.boot, machine.off = 5.0, "second", HOUR
    assert Watchman(database, machine.look).now() == machine.true + HOUR


@on_sqlite
def test_the_command_says_who_watches_and_refuses_to_trust_what_nobody_doubts(database, town, settings, monkeypatch):
    monkeypatch.setenv("WANGGE_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("WANGGE_DATA", str(settings.data))
    monkeypatch.setenv("WANGGE_MASTER_KEY", MASTER_KEY)
    monkeypatch.setenv("WANGGE_MQTT_PASSWORD", "only-for-tests")
    Watchman(database, clock.look).beat()
    assert "可信" in CliRunner().invoke(main, ["watch", "show"]).output
    assert "clock_not_doubted" in CliRunner().invoke(main, ["watch", "trust", "--commit"]).output
