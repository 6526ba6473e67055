"""The demo town: made once, by the services every town uses, with a past, and nowhere but in the demo."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from dispatch.models import Order, Report
from dispatch.rules import workflow
from dispatch.services import posts, serving
from enforcement.services import events, powers
from grids import services as grids
from service import answers, demo, doorbell, keys
from service.cli import main
from service.demo import day, land, people, tablets
from tests.ground.databases import number, on_sqlite
from tests.own_processes import environment
from town import accounts, clock, devices, journal, profile, roster, staff
from town import settings as town_settings
from town.database import Database
from town.errors import Refused
from town.people import Account, Role
from town.settings import Settings

DAYS = 3
"""Of a past that is long enough to see what it is like."""


@pytest.fixture
def given(database: Database, tmp_path: Path) -> Settings:
    return town_settings.read(environment(database, tmp_path, WANGGE_DEMO="1"))


@pytest.fixture
def said() -> list[str]:
    return []


def make(database, given, said, days=0):
    demo.prepare(database, given, said.append, days=days)


def test_the_town_is_complete_squads_people_tablets_and_map(database, given, said):
    make(database, given, said)
    now = clock.now()
    with database.read() as session:
        town = profile.current(session)
        served = serving.squads_by_area(session)
        here = grids.locator(session, town).locate(*land.CENTRE, None)
        secrets = devices.admitted(session)
        also = posts.served(session)
        looked_after = posts.by_grid(session)
    assert town.name == "云溪镇"
    assert {code: squad.code for code, squad in served.items()} == {
        code: code for code in ("CZ", "CD", "HX", "BJ", "NW")
    }
    assert {area for area, squad in also if squad == people.PLANNING} == set(served)
    assert here.grid
    assert here.grid.area_name == "城中片区"
    assert 35 <= len(looked_after) <= 45
    kept = tablets.recall(given)
    assert {code: devices.fits(stored, kept[code]) for code, stored in secrets.items()} == dict.fromkeys(kept, True)
    with database.read() as session:
        today = now.astimezone(town.zone).date()
        assert powers.on(session, today)
        kinds = events.on(session, today)
        assert kinds
        assert kinds.by_code["09006"].offered == "占道经营"
        duty = roster.read(session, now, now)
        assert sum(bool(duty.answering(squad, now)) for squad in served) >= 4, "one squad may have to ask its stand-in"
        cards = staff.certificates(session, today)
    assert {card.state for card in cards} == {"certified", "expiring", "expired"}


def test_everybody_can_sign_in_with_the_password_that_is_shown(database, given, said):
    make(database, given, said)
    for login in people.LOGINS[:2]:
        with database.write() as session:
            attempt = accounts.attempt(session, login.login, login.password, clock.now())()
            assert accounts.sign_in(session, attempt, clock.now())
    assert all(login.login in "\n".join(demo.welcome(given)) for login in people.LOGINS)


def test_the_past_is_told_in_the_order_of_time_and_is_over(database, given, said):
    make(database, given, said, days=DAYS)
    number(database)
    now = clock.now()
    with database.read() as session:
        head, _ = journal.head(session)
        told = journal.read_after(session, 0, limit=10_000)
        orders = session.scalars(select(Order)).all()
        reports = session.scalar(select(func.count()).select_from(Report))
        cursors = {journal.cursor(session, reader) for reader in (doorbell.READER, answers.READER)}
    moments = [event.at for event in told]
    assert moments == sorted(moments)
    assert moments[-1] <= now
    assert moments[0] < now - dt.timedelta(days=DAYS)
    assert reports == len(orders) > 6 * DAYS
    assert {order.lane for order in orders} >= {"squad", "unit"}
    assert any(order.state not in workflow.ENDED for order in orders)
    assert any(order.state == "answered" for order in orders)
    assert cursors == {head}, "what is past rings nobody"


@on_sqlite
def test_a_second_start_changes_nothing(database, given, said):
    make(database, given, said)
    with database.read() as session:
        before = journal.head(session)
    secrets = tablets.recall(given)
    make(database, given, said)
    with database.read() as session:
        assert journal.head(session) == before
    assert tablets.recall(given) == secrets
    assert len(said) == 1


@on_sqlite
def test_an_interrupted_first_start_leaves_no_half_a_town(database, given, said):
    in_the_way = given.data / "secrets"
    in_the_way.write_text("a file where the folder of secrets should be")
    with pytest.raises(FileExistsError):
        make(database, given, said)
    in_the_way.unlink()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0
    make(database, given, said)
    assert tablets.recall(given)


@on_sqlite
def test_outside_the_demo_the_town_is_refused(database, given, said):
    with pytest.raises(Refused, match="demo_only"):
        make(database, dataclasses.replace(given, demo=False), said)


@on_sqlite
def test_a_real_town_is_never_turned_into_the_demo(database, given, said, cast):
    with pytest.raises(Refused, match="demo_only"):
        make(database, given, said)


@on_sqlite
def test_a_town_in_earnest_does_not_start_while_the_public_password_opens_an_account(database, given, said):
    make(database, given, said)
    demo.refuse_leftovers(database, given)
    earnest = dataclasses.replace(given, demo=False)
    with pytest.raises(Refused, match="chenjing"):
        demo.refuse_leftovers(database, earnest)
    with database.write() as session:
        for account in session.scalars(select(Account)):
            accounts.block(session, account, clock.now())
    demo.refuse_leftovers(database, earnest)


@on_sqlite
def test_no_auxiliary_and_no_grid_worker_holds_a_certificate(database, given, said):
    make(database, given, said)
    with database.read() as session:
        roles = {card.entry.login: set(card.entry.roles) for card in staff.people(session)}
        holders = {card.entry.login for card in staff.certificates(session, dt.date(2026, 11, 22))}
    assert holders
    assert not any(roles[login] & {Role.AUXILIARY, Role.GRID_WORKER} for login in holders)


@on_sqlite
def test_the_dial_of_a_running_demo_can_be_turned_from_another_terminal(database, given, said, monkeypatch):
    make(database, given, said)
    dial = day.Dial(given, 60)
    monkeypatch.setattr(day, "LOOK_SECONDS", -1.0)
    told = {"WANGGE_DATA": str(given.data), "WANGGE_DATABASE_URL": given.database_url, "WANGGE_DEMO": "1"}
    secrets = {"WANGGE_MASTER_KEY": given.master_key, "WANGGE_MQTT_PASSWORD": given.mqtt_password}
    assert dial.pace == 60
    turned = CliRunner().invoke(main, ["demo", "--pace", "240"], env=told | secrets)
    assert turned.exit_code == 0, turned.output
    assert dial.pace == 240
    refused = CliRunner().invoke(main, ["demo", "--pace", "0"], env=told | secrets)
    assert refused.exit_code != 0
    assert dial.pace == 240


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path):
    made = keys.ensure(tmp_path)
    first = [path.read_text() for path in made]
    assert len(set(first)) == len(keys.FILES)
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert keys.ensure(tmp_path) == []
    assert [path.read_text() for path in made] == first
