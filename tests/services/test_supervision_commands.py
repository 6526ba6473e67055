"""Ladders and 督办单 from the command line: nothing happens without --commit, and clocks begin by the table in force."""

import json

import pytest
from click.testing import CliRunner

from oversight.services.supervision import ladder_table
from service.cli import main
from tests.ground.databases import on_sqlite
from tests.watched_town import MORNING, at, watched
from town import ladders
from town.errors import Refused
from town.ladders import ANY, STARTER

__all__ = ["watched"]

SHORT = ("remind=40", "red=100", "supervise=200")


@pytest.fixture
def wangge(listed, tmp_path):
    environment = {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": listed.url.render_as_string(),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }
    return lambda *words: CliRunner().invoke(main, ["supervision", *map(str, words)], env=environment)


def ladder(database, clock, severity=ANY):
    with database.read() as session:
        return ladders.of(session, clock, severity)


@on_sqlite
def test_a_ladder_is_shown_changed_only_when_said_so_and_put_back(wangge, listed):
    before = ladder(listed, "order.accept")
    listing = wangge("ladders", "list")
    assert "order.accept\t*\t签收\t提醒(remind)=50% 黄色预警(yellow)=80%" in listing.output
    assert "默认梯级" in listing.output
    shown = wangge("ladders", "set", "order.accept", *SHORT)
    assert "什么都没有改" in shown.output
    assert "督办单(supervise)=300%\t→\t提醒(remind)=40%" in shown.output
    assert ladder(listed, "order.accept") == before
    assert wangge("ladders", "set", "order.accept", *SHORT, "--commit").exit_code == 0
    assert ladder(listed, "order.accept") == (("remind", 40), ("red", 100), ("supervise", 200))
    assert ladder(listed, "order.check") == ladders.pick(STARTER, "order.check", ANY), "the others stay"
    assert "本镇自定" in wangge("ladders", "list").output
    assert wangge("ladders", "reset", "order.accept", "--commit").exit_code == 0
    assert ladder(listed, "order.accept") == before
    assert "没有变化" in wangge("ladders", "reset").output


@on_sqlite
def test_a_ladder_may_stand_for_one_severity_alone(wangge, listed):
    wangge("ladders", "set", "order.accept", "red=100", "account=150", "--severity", "urgent", "--commit")
    assert ladder(listed, "order.accept", "urgent") == (("red", 100), ("account", 150))
    assert ladder(listed, "order.accept", "ordinary") == ladders.pick(STARTER, "order.accept", ANY)
    told = json.loads(wangge("ladders", "list", "--json").output)
    assert {"clock": "order.accept", "severity": "urgent", "ladder": {"red": 100, "account": 150}} in told


@on_sqlite
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("order.accept", "scream=100"), "没有「scream」这样的级别"),
        (("order.lunch", "red=100"), "没有「order.lunch」这个时限"),
        (("order.accept", "yellow=100", "red=90"), "级别越重，百分数要越大"),
        (("order.accept", "red=0"), "百分数要在 1 到"),
        (("order.accept", "red=100", "red=110"), "每个级别只能写一次"),
        (("order.accept", "red"), "看不懂 red"),
        (("supervision.reply", "remind=50"), "必须有 account"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused_in_plain_words(wangge, listed, words, said):
    refused = wangge("ladders", "set", *words, "--commit")
    assert refused.exit_code != 0
    assert said in refused.output
    assert ladder(listed, "order.accept") == ladders.pick(STARTER, "order.accept", ANY)


def test_a_changed_table_stands_in_the_journal_and_holds_for_clocks_that_begin_afterwards(watched):
    earlier = watched.clock(f"order:{watched.report(MORNING)}", "accept")
    with watched.database.write() as session:
        ladder_table.keep(session, "order.accept", ANY, (("red", 100),), "system:cli", earlier.started_at)
    later = watched.clock(f"order:{watched.report('11-23 10:00')}", "accept")
    assert [level for level, _ in earlier.ladder] == ["remind", "yellow", "red", "supervise"]
    assert [level for level, _ in later.ladder] == ["red"]
    (written,) = watched.written("ladders")
    assert written.kind == "ladders.changed"
    assert written.data["changed"][0]["after"] == {"red": 100}


def test_every_clock_of_the_starter_is_one_that_there_is_and_can_be_kept(watched):
    with watched.database.write() as session:
        for (clock, severity), rungs in ladder_table.lines(session).items():
            assert ladder_table.keep(session, clock, severity, rungs, "system:cli", at(MORNING)) == []
        with pytest.raises(Refused):
            ladder_table.reset(session, "order.lunch", "system:cli", at(MORNING))


@on_sqlite
def test_papers_are_listed_with_what_they_are_about(wangge, watched):
    watched.report(MORNING)
    watched.look("11-23 10:30")
    assert "督办〔2026〕0001号\t待回复\t工单 " in wangge("list").output
    assert json.loads(wangge("list", "--json").output)[0]["number"] == "督办〔2026〕0001号"
    assert "没有督办单" in wangge("list", "--state", "closed").output
