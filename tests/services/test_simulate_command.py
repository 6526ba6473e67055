"""wangge simulate: one table and one chart of a past month, and the town stays as it is."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from service.cli import main
from tests.ground.cast import LIN_XIAOFENG, ZHAO_HAI
from tests.ground.databases import on_sqlite
from tests.ground.desk import counted
from tests.simulated_town import october

TIMES = "事项代码,严重程度,环节,时限,单位\n全部,全部,签收,45,分钟\n"
ROSTER = f"""中队,星期,账号,开始,结束,带班
CZ,每天,{LIN_XIAOFENG.login},00:00,00:00,是
CD,每天,{ZHAO_HAI.login},08:00,20:00,是
"""


@pytest.fixture
def run(listed, settings, cast):
    october(listed, cast)
    environment = {
        "WANGGE_DATA": str(settings.data),
        "WANGGE_DATABASE_URL": settings.database_url,
        "WANGGE_MASTER_KEY": settings.master_key,
        "WANGGE_MQTT_PASSWORD": "q",
        "COLUMNS": "160",
    }

    def command(*words):
        return CliRunner().invoke(main, ["simulate", *map(str, words)], env=environment)

    return command


def row(told, section: str, key: str, measure: str):
    (found,) = [one for one in told["rows"] if (one["section"], one["key"], one["measure"]) == (section, key, measure)]
    return found


def test_longer_times_for_signing_show_in_the_table_and_in_the_chart(run, listed, tmp_path):
    (tmp_path / "时限.csv").write_text(TIMES)
    before = counted(listed)
    shown = run("--month", "2026-10", "--times", tmp_path / "时限.csv", "--chart", tmp_path / "图.svg")
    assert shown.exit_code == 0, shown.output
    assert "签收" in shown.output
    assert "0/2 0.0%" in shown.output
    assert "2/2 100.0%" in shown.output
    assert "+100.0" in shown.output
    assert counted(listed) == before
    drawn = ElementTree.parse(tmp_path / "图.svg").getroot()
    texts = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"实际", "推演", "城东片区中队 响应率"} <= set(texts)


@on_sqlite
def test_scripts_read_json_and_a_roster_is_tried_for_the_whole_month(run, tmp_path):
    (tmp_path / "周排班.csv").write_text(ROSTER)
    told = json.loads(run("--month", "2026-10", "--roster", tmp_path / "周排班.csv", "--json").stdout)
    assert (told["orders"], told["changed"]) == (7, 1)
    inner = row(told, "squad", "CZ", "response_rate")
    assert (inner["now"]["numerator"], inner["simulated"]["numerator"], inner["name"]) == (4, 5, "城中片区中队")
    assert inner["change"] == pytest.approx(20)


@on_sqlite
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--month", "10月"), "2026-10"),
        (("--month", "2099-01"), "没有过完"),
        (("--month", "2026-10", "--grids", "没有的"), "wangge grids list"),
    ],
)
def test_what_cannot_be_simulated_is_said_in_plain_words(run, words, said):
    told = run(*words)
    assert told.exit_code != 0
    assert said in told.output


@on_sqlite
def test_a_roster_with_a_stranger_is_refused(run, tmp_path):
    (tmp_path / "周排班.csv").write_text(ROSTER.replace(ZHAO_HAI.login, "nobody"))
    told = run("--month", "2026-10", "--roster", tmp_path / "周排班.csv")
    assert told.exit_code != 0
    assert "nobody" in told.output
