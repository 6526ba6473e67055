"""wangge indicators and wangge appraisal."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from oversight.rules.canonical import digest
from oversight.rules.formula import STARTER
from service.cli import main
from tests.ground.cast import EAST, INNER
from tests.ground.databases import on_sqlite
from tests.services.order_lives import Lives

pytestmark = on_sqlite
OCTOBER = "2026-10"


@pytest.fixture
def lives(listed, town, cast) -> Lives:
    """One order of October that went well, and one that nobody ever signed."""
    lives = Lives(listed, town, cast)
    good = lives.report("10-14 09:00")
    lives.handle(good, "10-14 09:10", "10-14 09:40", "10-14 10:30")
    lives.close(good, "10-15 09:00", "10-15 10:00")
    lives.report("10-14 11:00")
    return lives


@pytest.fixture
def wangge(lives, settings):
    environment = {
        "WANGGE_DATA": str(settings.data),
        "WANGGE_DATABASE_URL": settings.database_url,
        "WANGGE_MASTER_KEY": settings.master_key,
        "WANGGE_MQTT_PASSWORD": settings.mqtt_password,
    }
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], env=environment)


def told(answer):
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


def test_the_figures_of_a_period_are_shown(wangge):
    shown = told(wangge("indicators", "show", OCTOBER, "--json"))
    assert (shown["from"], shown["to"]) == ("2026-10-01", "2026-10-31")
    assert [row["key"] for row in shown["rows"]] == [EAST, INNER]
    assert shown["rows"][1]["values"]["response_rate"]["text"] == "50.00%"
    assert "1/2 50.00%" in wangge("indicators", "show", "2026-Q4").output
    assert "n/a" in wangge("indicators", "show", "2026-09-01", "--by", "town").output


def test_what_is_no_period_is_refused_with_a_sentence(wangge):
    answer = wangge("indicators", "show", "lately")
    assert answer.exit_code == 2
    assert "不是期间" in answer.output


def test_the_definitions_are_told(wangge):
    assert "应结案数" in wangge("indicators", "definitions").output
    assert len(told(wangge("indicators", "definitions", "--json"))) == 10


def test_figures_are_written_to_a_file_and_never_over_another(wangge, tmp_path):
    file = tmp_path / "十月.xlsx"
    assert wangge("indicators", "export", OCTOBER, file).exit_code == 0
    assert openpyxl.load_workbook(file)["口径"].max_row == 11
    assert "写不了" in wangge("indicators", "export", OCTOBER, file).output
    assert "结尾" in wangge("indicators", "export", OCTOBER, tmp_path / "x.doc").output


def test_a_month_is_frozen_only_with_commit(wangge):
    assert "只是预览" in wangge("appraisal", "freeze", OCTOBER).output
    assert "还没有冻结过月份" in wangge("appraisal", "list").output
    frozen = told(wangge("appraisal", "freeze", OCTOBER, "--commit", "--json"))
    assert (frozen["month"], frozen["revision"], frozen["orders"], frozen["formula_name"]) == (
        OCTOBER,
        1,
        2,
        STARTER.name,
    )
    assert "month_frozen" in wangge("appraisal", "freeze", OCTOBER, "--commit").output
    assert frozen["digest"] in wangge("appraisal", "show", OCTOBER).output


def test_a_frozen_month_is_verified_and_compared_with_live_data(wangge):
    wangge("appraisal", "freeze", OCTOBER, "--commit")
    [one] = told(wangge("appraisal", "verify", "--live", "--json"))
    assert (one["sound"], one["faults"], one["live"]) == (True, [], {"added": [], "gone": [], "changed": []})
    assert "完好" in wangge("appraisal", "verify").output


def test_damage_is_told_and_ends_with_an_error(wangge, lives):
    wangge("appraisal", "freeze", OCTOBER, "--commit")
    with lives.database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER appraisal_snapshot_no_update")
        connection.exec_driver_sql("UPDATE appraisal_snapshot SET facts = '[]'")
    answer = wangge("appraisal", "verify")
    assert answer.exit_code == 1
    assert "内容与摘要不符" in answer.output
    assert "由保存的数据重算，结果不同" in answer.output


def test_a_frozen_month_is_taken_away_whole_and_its_digest_is_that_of_the_file(wangge, tmp_path):
    frozen = told(wangge("appraisal", "freeze", OCTOBER, "--commit", "--json"))
    for ending in ("csv", "xlsx", "json"):
        assert wangge("appraisal", "export", OCTOBER, tmp_path / f"m.{ending}").exit_code == 0
    assert digest(json.loads((tmp_path / "m.json").read_text("utf-8"))) == frozen["digest"]
    assert "写不了" in wangge("appraisal", "export", OCTOBER, tmp_path / "m.json").output


def test_a_formula_is_kept_only_with_commit_and_only_with_indicators(wangge, tmp_path):
    file = tmp_path / "办法.json"
    own = {**STARTER.as_data(), "name": "云溪镇考核办法", "valid_from": "2027-01-01"}
    file.write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    assert STARTER.name in wangge("appraisal", "formulas").output
    assert "只是预览" in wangge("appraisal", "keep-formula", file).output
    assert wangge("appraisal", "keep-formula", file, "--commit").exit_code == 0
    [kept] = told(wangge("appraisal", "formulas", "--json"))
    assert kept["name"] == "云溪镇考核办法"
    file.write_text(json.dumps({**own, "parts": [{"indicator": "fine_total", "weight": 100}]}), "utf-8")
    assert "formula_refused" in wangge("appraisal", "keep-formula", file, "--commit").output
    file.write_text("no json", "utf-8")
    assert "不是 UTF-8 的 JSON" in wangge("appraisal", "keep-formula", file).output
