"""The town and its people from the command line: what is wrong is said, with its field, and nobody sees a traceback."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from dispatch.services import posts
from service.cli import main
from tests.ground.cast import INNER, LIN_XIAOFENG, PARTNERS, SETTLED
from tests.ground.databases import on_sqlite
from town import reference, staff
from town.people import Account
from town.staff import SquadEntry

pytestmark = on_sqlite


@pytest.fixture
def wangge(database, tmp_path):
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }
    return lambda *words: CliRunner().invoke(main, words, env=environment)


def add(wangge, login, *words):
    return wangge("accounts", "add", login, "--name", "某人", "--password", "only-for-tests", *words)


def test_a_login_is_given_once(wangge, cast):
    said = add(wangge, LIN_XIAOFENG.login, "--role", "checker")
    assert said.exit_code == 1
    assert "login_taken" in said.output
    assert LIN_XIAOFENG.login in said.output


@pytest.mark.parametrize(("squad", "says"), [((), "--squad"), (("--squad", "ZZ"), "没有代码为「ZZ」的中队")])
def test_who_acts_for_a_squad_belongs_to_one_that_exists(wangge, database, cast, squad, says):
    said = add(wangge, "somebody", "--role", "officer", *squad)
    assert said.exit_code != 0
    assert says in said.output
    with database.read() as session:
        assert session.scalar(select(Account).where(Account.login == "somebody")) is None
    assert add(wangge, "somebody", "--role", "officer", "--squad", INNER).exit_code == 0


def test_squads_are_listed_with_what_they_serve_and_hold(wangge, database, cast):
    fields = SquadEntry("HB", "环保中队", ("水务", "生态环境"), LIN_XIAOFENG.login)
    with database.write() as session:
        staff.keep_squad(session, fields, "system:tests", SETTLED)
        posts.serve_also(session, INNER, "HB", "system:tests", SETTLED)
    rows = [line.split("\t") for line in wangge("squads", "list").output.splitlines()]
    assert rows == [
        ["", "CD", "城东片区中队", "", ""],
        ["", INNER, "城中片区中队", "", ""],
        [INNER, "HB", "环保中队", "水务、生态环境", LIN_XIAOFENG.login],
    ]


def test_who_acts_for_a_partner_is_added_with_it(wangge, database, cast):
    with database.write() as session:
        staff.keep_partner(session, PARTNERS[0], "system:tests", SETTLED)
    assert "--partner" in add(wangge, "county1", "--role", "partner").output
    assert "没有代码为「zz」的协同单位" in add(wangge, "county1", "--role", "partner", "--partner", "zz").output
    assert add(wangge, "county1", "--role", "partner", "--partner", PARTNERS[0].code).exit_code == 0
    with database.read() as session:
        assert next(one.entry.partner for one in staff.people(session) if one.entry.login == "county1") == "county"


def test_who_may_sign_in_changes_what_the_town_decides_by(wangge, database, cast):
    versions = []
    for _ in ("before", "after"):
        with database.read() as session:
            versions.append(reference.seen(session)[reference.Kind.PEOPLE])
        assert wangge("accounts", "block", LIN_XIAOFENG.login).exit_code == 0
    assert versions[0] != versions[1]


def test_a_town_that_cannot_be_is_refused_with_what_is_wrong(wangge):
    said = wangge("town", "create", "--code", "yunxi", "--name", "云溪镇", "--epsg", "4490", "--commit")
    assert said.exit_code == 1
    assert "epsg：EPSG:4490 不是以米为单位的投影" in said.output
