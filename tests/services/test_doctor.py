"""The doctor: a healthy town passes; each fault is named by the check that looks for it, with what to do next."""

import datetime as dt
import json
import uuid
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, text, update

from dispatch.models import Order, Service
from grids.models import Area, Edition
from service import doctor
from service.commands.doctor import doctor as doctor_command
from service.doctor import Level
from tests.ground.cast import ACTOR, ZHENG_YAN
from tests.ground.databases import number, on_postgresql, on_sqlite, url_as
from tests.ground.postgresql import OWNER, WEB
from tests.kept_town import place
from tests.photographs import jpeg, keep
from town import backstops, geometry, journal, profile, watch, workdays
from town.backstops import Backstops
from town.terms import Term, Unit

NOW = dt.datetime(2026, 6, 10, 1, 30, tzinfo=dt.UTC)
EDITION, ORDER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def broker(start_broker, tmp_path):
    """One that knows nobody, and therefore turns strangers away."""
    (tmp_path / "passwords").write_text("")
    return start_broker(password_file=tmp_path / "passwords")


@pytest.fixture
def here(database, cast, broker, tmp_path):
    """云溪镇 in good health: map, squad, fallback, an order with a clock, a photo, a journal, a broker."""
    more = {"WANGGE_MQTT_HOST": broker.host, "WANGGE_MQTT_PORT": str(broker.port)}
    given = place(tmp_path / "here", url_as(database, WEB), url_as(database, OWNER), **more)
    squad = next(iter(cast.squads.values()))
    with database.write() as session:
        session.add(Edition(id=EDITION, name="2026", source="x", source_sha256="0" * 64, imported_at=NOW, active=True))
        session.flush()
        session.add(Area(id=uuid.uuid4(), edition_id=EDITION, code="CZ", name="城中片区"))
        session.add(Service(area_code="CZ", squad_id=squad.id))
        backstops.change(session, Backstops(fallback=ZHENG_YAN.login), ACTOR, NOW)
        session.add(order(squad.id))
        session.flush()
        calendar, term = workdays.calendar(session, profile.current(session)), Term(30, Unit.MINUTES)
        about = f"order:{ORDER}"
        watch.start(session, subject=about, kind="accept", term=term, calendar=calendar, at=NOW, recorded_at=NOW)
        keep(session, given, "report:1", "report", jpeg(), "reporter", NOW)
    number(database)
    with database.read() as session:
        journal.write_head(session, given.data / journal.HEADS_FILE, NOW)
    (given.data / "secrets").mkdir()
    (given.data / "secrets/master_key").touch(mode=0o600)
    return given


def order(squad_id, identifier=ORDER) -> Order:
    about = {"category": "other", "place": geometry.point(121.07, 31.57), "edition_id": EDITION, "reasons": []}
    return Order(
        id=identifier, version=1, state="dispatched", squad_id=squad_id, received_at=NOW, changed_at=NOW, **about
    )


def levels(given, now=NOW) -> dict[str, Level]:
    found = list(doctor.examine(given, now))
    assert all(finding.saw for finding in found)
    assert all(finding.next for finding in found if finding.level != Level.GOOD)
    return {finding.check: finding.level for finding in found}


def ill(given, now=NOW) -> dict[str, Level]:
    return {check: level for check, level in levels(given, now).items() if level != Level.GOOD}


def test_a_healthy_town_passes_every_check(database, here):
    checks = levels(here)
    assert set(checks.values()) == {Level.GOOD}
    assert len(checks) == (14 if database.sqlite else 16)


def test_a_secret_that_others_can_read_is_named(here):
    (here.data / "secrets/master_key").chmod(0o644)
    assert ill(here) == {"密钥": Level.BAD}


def test_a_short_master_key_is_named(here):
    assert ill(replace(here, master_key="12345678")) == {"密钥": Level.BAD}


def test_a_broker_that_is_away_is_named(here, broker):
    broker.stop()
    assert ill(here) == {"消息服务": Level.BAD}
    assert ill(replace(here, own_broker=True)) == {"消息服务": Level.WARNING}


def test_a_broker_that_is_open_to_anyone_is_named(here, mosquitto):
    assert ill(replace(here, mqtt_port=mosquitto.port)) == {"消息服务": Level.BAD}


@on_postgresql
def test_a_server_that_is_away_is_named_and_nothing_is_built_on_it(here):
    away = replace(here, database_url="postgresql+psycopg://nobody@127.0.0.1:1/town")
    assert ill(away) == {"数据库": Level.BAD}


@on_sqlite
def test_looking_for_a_missing_database_does_not_make_one(here, tmp_path):
    assert ill(replace(here, database_url=f"sqlite:///{tmp_path}/none.sqlite3")) == {"数据库": Level.BAD}
    assert not (tmp_path / "none.sqlite3").exists()


def test_tables_of_another_version_are_named(here, database, owner):
    with owner(database).write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert ill(here) == {"版本": Level.BAD}


@on_postgresql
def test_a_login_that_could_rewrite_the_journal_is_named(here):
    assert ill(replace(here, database_url=here.owner_url)) == {"数据库权限": Level.BAD}


@on_postgresql
def test_a_journal_that_nobody_numbers_is_named(here, database):
    with database.write() as session:
        journal.append(session, subject="x:1", version=1, kind="x", actor="x", at=NOW, data={})
    assert ill(here) == {}
    assert ill(here, NOW + dt.timedelta(minutes=1)) == {"轨迹编号": Level.BAD}


def test_a_head_that_is_not_written_outside_is_named(here, database):
    with database.write() as session:
        journal.append(session, subject="x:1", version=1, kind="x", actor="x", at=NOW, data={})
    number(database)
    assert ill(here) == {}
    assert ill(here, NOW + dt.timedelta(hours=1)) == {"链头": Level.WARNING}


def test_a_head_beyond_the_journal_is_named(here):
    with (here.data / journal.HEADS_FILE).open("a") as file:
        file.write(json.dumps({"position": 999, "hash": "00" * 32, "at": NOW.isoformat()}) + "\n")
    assert ill(here) == {"链头": Level.BAD}


def test_holidays_that_nobody_has_published_are_named(here):
    assert ill(here, dt.datetime(2026, 11, 22, tzinfo=dt.UTC)).get("工作日") == Level.WARNING


def test_a_town_without_a_map_or_a_squad_is_named(here, database):
    with database.write() as session:
        session.execute(delete(Service))
    assert ill(here) == {"网格": Level.BAD}
    with database.write() as session:
        session.execute(update(Edition).values(active=False))
    assert ill(here) == {"网格": Level.BAD}


def test_a_town_without_a_fallback_is_told_to_name_one(here, database):
    with database.write() as session:
        profile.current(session).fallback = None
    assert ill(here) == {"兜底": Level.WARNING}
    with database.write() as session:
        profile.current(session).fallback = "nobody"
    assert ill(here) == {"兜底": Level.WARNING}


def test_open_orders_without_squad_or_clock_are_named(here, database):
    with database.write() as session:
        session.add(order(None, uuid.UUID(int=3)))
    told = [finding.saw for finding in doctor.examine(here, NOW) if finding.check == "工单"]
    assert [line[0] for line in told] == ["1", "1"]
    assert ill(here) == {"工单": Level.WARNING}


def test_photos_whose_files_are_gone_are_named(here):
    next(here.media.glob("views/??/*")).unlink()
    assert ill(here) == {"文件": Level.BAD}


def test_a_folder_for_own_fonts_without_a_font_is_worth_a_warning(here, tmp_path):
    assert ill(replace(here, fonts=tmp_path)) == {"字体": Level.WARNING}


def test_documents_cannot_be_printed_without_the_built_fonts(here, tmp_path, monkeypatch):
    monkeypatch.setattr("service.doctor.machine.BUILT_FONTS", tmp_path / "gone")
    assert ill(here) == {"字体": Level.BAD}


@on_sqlite
def test_the_command_tells_it_in_plain_words_and_by_exit_code(here):
    environment = {"WANGGE_DATA": str(here.data), "WANGGE_DATABASE_URL": here.database_url, "WANGGE_MQTT_PASSWORD": "q"}
    incomplete = CliRunner().invoke(doctor_command, env=environment)
    assert incomplete.exit_code == 1
    assert "✗ 密钥" in incomplete.output  # the file is there, but empty
    complete = CliRunner().invoke(doctor_command, ["--json"], env=environment | {"WANGGE_MASTER_KEY": "m" * 43})
    assert {finding["check"]: finding["level"] for finding in json.loads(complete.stdout)}["数据库"] == "good"
    missing = CliRunner().invoke(doctor_command, env={"WANGGE_DATA": str(here.data / "nowhere")})
    assert missing.exit_code == 1
    assert "wangge secrets" in missing.output
