"""The table of working days: seeded, mended by hand, and shown before it is changed."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from service.commands.workdays import group
from tests.ground.databases import on_postgresql
from tests.ground.processes import until
from tests.waiting import waiting
from town import holidays, journal, profile, workdays
from town.errors import Refused
from town.workdays import BY_HAND

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
TODAY = NOW.date()
NEW_YEAR = dt.date(2027, 1, 1)
NATIONAL_DAY = dt.date(2026, 10, 1)


@pytest.fixture
def ask(database, town):
    """The town's calendar as it stands now."""

    def calendar():
        with database.read() as session:
            return workdays.calendar(session, profile.current(session))

    return calendar


def test_a_founded_town_knows_every_published_day(ask):
    calendar = ask()
    assert not calendar.is_working(NATIONAL_DAY)
    assert calendar.is_working(dt.date(2026, 10, 10))
    assert calendar.is_covered(dt.date(2026, 12, 31))
    assert not calendar.is_covered(NEW_YEAR)


def test_seeding_again_changes_nothing_and_makes_no_edition(database, ask):
    before = ask().edition
    with database.write() as session:
        edit = workdays.seed(session, "CN", holidays.known_years("CN", TODAY))
        assert workdays.publish(session, edit, actor="system:cli", now=NOW) == []
    assert not edit
    assert ask().edition == before


def test_years_that_nobody_has_published_are_named(database, town):
    with database.write() as session:
        assert workdays.seed(session, "CN", [2026, 2027, 2028]).unpublished == (2027, 2028)


def test_what_was_entered_by_hand_survives_a_new_seeding(database, ask):
    with database.write() as session:
        workdays.set_day(session, NATIONAL_DAY, working=True, name="抢险")
    with database.write() as session:
        assert not workdays.seed(session, "CN", [2026])
    assert ask().is_working(NATIONAL_DAY)


def test_a_day_that_is_no_longer_published_goes_when_its_year_is_seeded_again(database, town):
    with database.write() as session:
        session.get_one(workdays.Workday, NATIONAL_DAY).name = "旧名"
        session.add(workdays.Workday(day=dt.date(2026, 8, 3), working=False, name="旧假", source="CN"))
    with database.write() as session:
        edit = workdays.seed(session, "CN", [2026])
        names = {day.day: day.name for day in workdays.listed(session, 2026)}
    assert [change.day for change in edit.days] == [dt.date(2026, 8, 3), NATIONAL_DAY]
    assert names[NATIONAL_DAY] == "国庆节"
    assert dt.date(2026, 8, 3) not in names


def test_a_changed_day_is_seen_at_once_by_who_asks_next(database, ask):
    assert ask().is_working(dt.date(2026, 11, 23))
    with database.write() as session:
        workdays.set_day(session, dt.date(2026, 11, 23), working=False, name="台风停工")
    assert not ask().is_working(dt.date(2026, 11, 23))


def test_the_calendar_is_read_once_for_each_edition(database, ask):
    first = ask()
    assert ask() is first
    with database.write() as session:
        workdays.set_day(session, NEW_YEAR, working=False, name="元旦")
    assert ask() is not first


def test_an_edit_that_is_taken_back_is_never_seen(database, ask):
    with database.write() as session:
        workdays.set_day(session, dt.date(2026, 11, 23), working=False, name="台风停工")
        workdays.calendar(session, profile.current(session))
        session.rollback()
    assert ask().is_working(dt.date(2026, 11, 23))


def test_every_edit_is_in_the_journal_with_days_and_no_words(database, ask):
    with database.write() as session:
        edit = workdays.set_day(session, NEW_YEAR, working=False, name="元旦")
        workdays.publish(session, edit, actor="account:1", now=NOW)
    with database.read() as session:
        *_, event = journal.events_of(session, "workdays")
    assert (event.version, event.kind, event.actor) == (ask().edition, "workdays.changed", "account:1")
    assert event.data == {"days": {"2027-01-01": False}, "years": []}


def test_the_doctor_warns_before_terms_run_into_an_unknown_year(database, town):
    with database.read() as session:
        assert workdays.uncovered_soon(session, dt.date(2026, 9, 1)) == ()
        assert workdays.uncovered_soon(session, TODAY) == (2027,)
        assert workdays.uncovered_soon(session, NEW_YEAR) == (2027,)
    assert "wangge workdays seed" in workdays.warning([2027])


def test_a_year_completed_by_hand_is_certain_and_warned_of_no_more(database, ask):
    with database.write() as session:
        workdays.set_day(session, NEW_YEAR, working=False, name="元旦")
        assert workdays.complete(session, 2027).years == (2027,)
        assert workdays.listed(session, 2027)[0].source == BY_HAND
    assert ask().is_covered(NEW_YEAR)
    with database.read() as session:
        assert workdays.uncovered_soon(session, TODAY) == ()


def test_a_town_without_holidays_is_never_uncertain(database, town):
    with database.write() as session:
        profile.current(session).holiday_region = "NONE"
    with database.read() as session:
        assert workdays.uncovered_soon(session, TODAY) == ()


@on_postgresql
def test_of_two_administrators_at_once_the_second_is_told_to_look_again(database, town):
    with ThreadPoolExecutor(1) as aside:
        with database.write() as session:
            workdays.set_day(session, NEW_YEAR, working=False, name="元旦")
            second = aside.submit(_set_off, database, dt.date(2027, 1, 2))
            until(lambda: waiting(database), "the second one to wait for the first")
        with pytest.raises(Refused) as refused:
            second.result()
    assert refused.value.problem.code == "stale"


def _set_off(database, day):
    with database.write() as session:
        workdays.set_day(session, day, working=False, name="元旦")


@pytest.fixture
def run(database, town, monkeypatch, tmp_path):
    """Run ``wangge workdays …`` against the database."""
    url = database.url.render_as_string(hide_password=False)
    secrets = {"WANGGE_MASTER_KEY": "0" * 64, "WANGGE_MQTT_PASSWORD": "x", "WANGGE_JOURNAL_KEY": "0" * 64}
    environment = {"WANGGE_DATABASE_URL": url, "WANGGE_DATA": str(tmp_path), **secrets}

    def command(*words):
        result = CliRunner().invoke(group, words, env=environment, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return command


def test_setting_a_day_shows_what_would_happen_and_does_it_only_on_commit(run, ask):
    day = dt.date(2026, 11, 23)
    words = ("set", day.isoformat(), "--off", "--name", "台风停工")
    shown = run(*words)
    assert "2026-11-23 周一\t按星期\t→\t台风停工放假" in shown
    assert "预览" in shown
    assert ask().is_working(day)
    assert "预览" not in run(*words, "--commit")
    assert not ask().is_working(day)


def test_a_whole_holiday_is_entered_at_once(run, ask):
    shown = run("set", "2027-10-01", "--until", "2027-10-07", "--off", "--name", "国庆节", "--commit")
    assert "改动 7 天" in shown
    assert not any(ask().is_working(dt.date(2027, 10, day)) for day in range(1, 8))


def test_a_day_is_not_set_without_saying_which_way():
    result = CliRunner().invoke(group, ["set", "2027-01-01", "--name", "元旦"])
    assert result.exit_code == 2
    assert "--working" in result.output


def test_an_unknown_region_is_refused_in_a_sentence(database, run, town):
    with database.write() as session:
        profile.current(session).holiday_region = "XX"
    with pytest.raises(Refused, match="XX"):
        run("seed")


def test_seeding_says_which_years_are_not_published_yet(run):
    assert "2027 年的放假安排还没有录入" in run("seed", "--year", "2027", "--commit")


def test_the_days_of_a_year_are_listed_for_people_and_for_scripts(run):
    assert "2026-10-10 周六\t上班\t国庆节\tCN" in run("list", "--year", "2026")
    listed = json.loads(run("list", "--year", "2026", "--json"))
    assert listed["covered"][-1] == 2026
    assert {"day": "2026-10-01", "working": False, "name": "国庆节", "source": "CN"} in listed["days"]


def test_a_year_is_completed_from_the_command_line(run, ask):
    run("complete", "2027", "--commit")
    assert ask().is_covered(NEW_YEAR)
