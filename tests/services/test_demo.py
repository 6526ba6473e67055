"""The demo town: made once, by the services every town uses, and nowhere but in the demo."""

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dispatch.services import serving
from grids import services as grids
from service import demo, demo_people, demo_tablets, demo_town, keys
from tests.ground.databases import on_sqlite
from tests.own_processes import environment
from town import accounts, clock, devices, journal, profile
from town import settings as town_settings
from town.database import Database
from town.errors import Refused
from town.people import Account
from town.settings import Settings


@pytest.fixture
def given(database: Database, tmp_path: Path) -> Settings:
    return town_settings.read(environment(database, tmp_path, WANGGE_DEMO="1"))


@pytest.fixture
def said() -> list[str]:
    return []


def test_the_town_is_complete_squads_people_tablets_and_map(database, given, said):
    demo.prepare(database, given, said.append)
    with database.read() as session:
        town = profile.current(session)
        served = serving.squads_by_area(session)
        locator = grids.locator(session, town)
        here = locator.locate(*demo_town.CENTRE, None)
        secrets = devices.admitted(session)
    assert town.name == "云溪镇"
    assert {code: squad.code for code, squad in served.items()} == {
        code: code for code in ("CZ", "CD", "HX", "BJ", "NW")
    }
    assert here.grid
    assert here.grid.area_name == "城中片区"
    kept = demo_tablets.recall(given)
    assert {code: devices.fits(stored, kept[code]) for code, stored in secrets.items()} == dict.fromkeys(kept, True)


def test_everybody_can_sign_in_with_the_password_that_is_shown(database, given, said):
    demo.prepare(database, given, said.append)
    for login in demo_people.LOGINS[:2]:
        with database.write() as session:
            attempt = accounts.attempt(session, login.login, login.password, clock.now())()
            assert accounts.sign_in(session, attempt, clock.now())
    assert all(login.login in "\n".join(demo.welcome(given)) for login in demo_people.LOGINS)


@on_sqlite
def test_a_second_start_changes_nothing(database, given, said):
    demo.prepare(database, given, said.append)
    with database.read() as session:
        before = journal.head(session)
    secrets = demo_tablets.recall(given)
    demo.prepare(database, given, said.append)
    with database.read() as session:
        assert journal.head(session) == before
    assert demo_tablets.recall(given) == secrets
    assert len(said) == 1


@on_sqlite
def test_an_interrupted_first_start_leaves_no_half_a_town(database, given, said):
    in_the_way = given.data / "secrets"
    in_the_way.write_text("a file where the folder of secrets should be")
    with pytest.raises(FileExistsError):
        demo.prepare(database, given, said.append)
    in_the_way.unlink()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0
    demo.prepare(database, given, said.append)
    assert demo_tablets.recall(given)


@on_sqlite
def test_outside_the_demo_the_town_is_refused(database, given, said):
    with pytest.raises(Refused, match="demo_only"):
        demo.prepare(database, dataclasses.replace(given, demo=False), said.append)


@on_sqlite
def test_a_real_town_is_never_turned_into_the_demo(database, given, said, cast):
    with pytest.raises(Refused, match="demo_only"):
        demo.prepare(database, given, said.append)


@on_sqlite
def test_a_town_in_earnest_does_not_start_while_the_public_password_opens_an_account(database, given, said):
    demo.prepare(database, given, said.append)
    demo.refuse_leftovers(database, given)
    earnest = dataclasses.replace(given, demo=False)
    with pytest.raises(Refused, match="linxiaofeng"):
        demo.refuse_leftovers(database, earnest)
    with database.write() as session:
        for account in session.scalars(select(Account)):
            accounts.block(session, account, clock.now())
    demo.refuse_leftovers(database, earnest)


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path):
    made = keys.ensure(tmp_path)
    first = [path.read_text() for path in made]
    assert len(set(first)) == len(keys.FILES)
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert keys.ensure(tmp_path) == []
    assert [path.read_text() for path in made] == first
