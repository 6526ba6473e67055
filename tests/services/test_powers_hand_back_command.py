"""wangge powers hand-back: every open order under the powers is listed with what became of it."""

import json

import pytest
from click.testing import CliRunner

from dispatch.models import Order
from dispatch.rules.workflow import Lane
from dispatch.services import NewReport, receive
from enforcement.models import PowerChange
from service.cli import main
from tests.ground.cast import COUNTY
from tests.ground.lists import POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER
from town import clock

KEY = "0" * 64
WORDS = ("powers", "hand-back", POWER_OVER_STALLS, "--to", COUNTY, "--document", "云政函〔2026〕9号")


@pytest.fixture
def order_id(listed, town):
    """An open order under the power over stalls."""
    x, y = (float(str(IN_THE_MIDDLE_OF_INNER[name])) for name in ("lon", "lat"))
    with listed.write() as session:
        report = NewReport(x, y, "wgs84", None, "占道", received_at=clock.now(), category=STALLS)
        return receive(session, town, KEY, report, clock.now()).order.id


@pytest.fixture
def run(listed, tmp_path):
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": listed.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words):
        said = CliRunner().invoke(main, [*WORDS, *words], env=environment)
        assert said.exit_code == 0, said.output
        return said.output

    return command


def order_and_changes(database, order_id):
    with database.read() as session:
        return session.get(Order, order_id).lane, session.query(PowerChange).count()


def test_the_orders_are_shown_first_and_moved_with_commit(listed, run, order_id):
    shown = run("--on", "2026-11-01")
    assert "涉及未办结工单 1 件" in shown
    assert "权力退回：尚未开始，移送" in shown
    assert order_and_changes(listed, order_id) == (Lane.SQUAD, 0)
    told = json.loads(run("--on", "2026-11-01", "--commit", "--json"))
    [moved] = told["orders"]
    assert (moved["id"], moved["power"], moved["rule"]) == (str(order_id), POWER_OVER_STALLS, "not_begun")
    assert moved["letter"]
    assert order_and_changes(listed, order_id) == (Lane.TRANSFER, 1)


def test_before_the_day_comes_the_powers_are_recorded_and_the_orders_wait(listed, run, order_id):
    said = run("--on", "2999-12-31", "--commit")
    assert "1 件未办结的工单先不动" in said
    assert order_and_changes(listed, order_id) == (Lane.SQUAD, 1)
