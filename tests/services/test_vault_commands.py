"""The vault's door on the command line: for the security administrator only, and never without a trace."""

import pytest
from click.testing import CliRunner

from service.cli import main
from tests.ground.cast import AUNT_ZHOU, CHEN_JING, PASSWORD
from tests.ground.databases import on_sqlite
from tests.ground.web import MASTER_KEY, Door
from town import accounts, clock, journal
from town.database import Database
from town.people import Role

REASON = "回访时需要核对地点"


@pytest.fixture
def reported(door: Door, database: Database, settings, monkeypatch) -> str:
    """An order reported by 周阿姨, and a security administrator in the town."""
    for name, value in {
        "WANGGE_DATA": str(settings.data),
        "WANGGE_DATABASE_URL": settings.database_url,
        "WANGGE_MASTER_KEY": MASTER_KEY,
        "WANGGE_MQTT_PASSWORD": "only-for-tests",
    }.items():
        monkeypatch.setenv(name, value)
    with database.write() as session:
        accounts.create(session, "anquan", "沈安", [Role.SECURITY_ADMIN], None, PASSWORD, clock.now())
    door.report(reporter={"name": AUNT_ZHOU.name, "phone": AUNT_ZHOU.phone})
    return str(door.signed_in(CHEN_JING).newest_order()["id"])


def read(order: str, login: str, reason: str = REASON, password: str = PASSWORD):
    words = ["vault", "read", order, "--reason", reason, "--login", login, "--password", password]
    return CliRunner().invoke(main, words)


@on_sqlite
def test_the_security_administrator_reads_who_reported_and_it_stays_in_the_journal(reported: str, database: Database):
    said = read(reported, "anquan")
    assert said.exit_code == 0, said.output
    assert AUNT_ZHOU.name in said.output
    assert AUNT_ZHOU.phone in said.output
    with database.read() as session:
        kinds = [event.kind for event in journal.read_after(session, 0)]
    assert kinds.count("vault.read") == 1


@on_sqlite
def test_nobody_else_and_nothing_without_a_reason(reported: str, database: Database):
    for said in (
        read(reported, CHEN_JING.login),
        read(reported, "anquan", password="guess"),
        read(reported, "anquan", " "),
    ):
        assert said.exit_code == 1
        assert AUNT_ZHOU.phone not in said.output


@on_sqlite
def test_what_is_forgotten_can_be_read_by_nobody(reported: str):
    words = ["vault", "forget", reported, "--login", "anquan", "--password", PASSWORD, "--yes"]
    assert CliRunner().invoke(main, words).exit_code == 0
    said = read(reported, "anquan")
    assert said.exit_code == 1
    assert AUNT_ZHOU.phone not in said.output
