"""Verifying: whatever was done to a numbered row is named, an untouched journal is left in peace."""

import json
import random

import pytest
from click.testing import CliRunner

from service.commands.journal import journal as command
from tests import tampering
from tests.ground.databases import number, url_as
from tests.ground.postgresql import OWNER
from tests.journals import NOW, ROWS, entry, fill, verdict
from town import clock, journal
from town.journal import Damage

PAGE = 1000
SOAK = pytest.mark.timeout(1800)


@pytest.fixture
def filled(database, owner):
    fill(database)
    number(database)
    return owner(database)


def append_more(database, count):
    _append(database, ROWS, count)
    number(database)


def _append(database, first, count):
    with database.write() as session:
        journal.append_many(session, [entry(number) for number in range(first, first + count)])


@pytest.mark.parametrize("attack", tampering.ATTACKS.values(), ids=tampering.ATTACKS)
def test_what_was_done_to_a_row_is_named(filled, attack, scale):
    luck = random.Random(20261122)
    for _ in range(scale(12, 200)):
        with filled.read() as session:
            tampering.disarm(session)
            clue = attack(session, luck.randint(1, ROWS), luck)
            first, *_ = journal.verify(session).findings
            assert (first.damage, first.position) == (clue.damage, clue.position)
            assert clue.event in (None, first.event)
    assert verdict(filled).sound


@SOAK
def test_an_untouched_journal_is_sound(database, scale, record_property):
    rows, pages, verdicts = scale(4 * PAGE, 1_000 * PAGE), [], []
    written = _seconds(lambda: [_append(database, first, PAGE) for first in range(0, rows, PAGE)])
    numbered = _seconds(lambda: number(database))
    with database.read() as session:
        verified = _seconds(lambda: verdicts.append(journal.verify(session, progress=pages.append)))
        (result,) = verdicts
        assert (result.position, result.hash) == journal.head(session)
    assert result.sound
    assert result.position == sum(pages) == rows
    for name, seconds in (("append", written), ("number", numbered), ("verify", verified)):
        record_property(f"{name}, µs per row", round(seconds / rows * 1e6, 1))


def _seconds(work):
    started = clock.elapsed()
    work()
    return clock.elapsed() - started


def test_rows_that_wait_for_their_number_are_no_damage(database):
    fill(database)
    result = verdict(database)
    assert result.sound
    assert result.position == (ROWS if database.sqlite else 0)


@pytest.fixture
def heads(filled, tmp_path):
    path = tmp_path / "elsewhere" / journal.HEADS_FILE
    with filled.read() as session:
        journal.write_head(session, path, NOW)
    return path


def with_heads(database, path, attack=lambda session: None):
    with database.read() as session:
        tampering.disarm(session)
        attack(session)
        return [
            (finding.damage, finding.position) for finding in journal.verify(session, journal.read_heads(path)).findings
        ]


@pytest.mark.parametrize("first", [1, 2, ROWS // 2, ROWS])
def test_a_cut_tail_is_found_against_the_head_outside(filled, heads, first):
    assert with_heads(filled, heads) == []
    assert with_heads(filled, heads, lambda session: tampering.cut_tail(session, first)) == [(Damage.TAIL_CUT, first)]


def test_a_cut_tail_is_found_when_new_rows_have_grown_over_it(filled, heads):
    with filled.write() as session:
        tampering.disarm(session)
        tampering.cut_tail(session, ROWS - 5)
    append_more(filled, 20)
    assert with_heads(filled, heads) == [(Damage.RECHAINED, ROWS)]


@pytest.mark.parametrize("first", [1, ROWS // 2, ROWS])
def test_a_chain_computed_anew_is_found_against_the_head_outside(filled, heads, first):
    def attack(session):
        tampering.ATTACKS["actor"](session, first, random.Random(1))
        tampering.rechain(session, first)

    assert with_heads(filled, heads, attack) == [(Damage.RECHAINED, ROWS)]


def test_the_head_is_written_only_when_it_has_moved(filled, heads):
    with filled.read() as session:
        assert journal.write_head(session, heads, NOW) is None
    append_more(filled, 3)
    with filled.read() as session:
        journal.write_head(session, heads, NOW)
        assert [head.position for head in journal.read_heads(heads)] == [ROWS, ROWS + 3]
        assert journal.read_heads(heads)[-1] == journal.Head(*journal.head(session), NOW)


def test_a_head_behind_the_last_one_is_never_written(filled, heads):
    before = heads.read_bytes()
    with filled.read() as session:
        tampering.disarm(session)
        tampering.cut_tail(session, 5)
        assert journal.write_head(session, heads, NOW) is None
    assert heads.read_bytes() == before


def test_a_line_torn_by_a_power_cut_spoils_no_other(filled, heads):
    with heads.open("ab") as file:
        file.write(b'{"at":"2026-11-2')
    append_more(filled, 1)
    with filled.read() as session:
        journal.write_head(session, heads, NOW)
    assert [head.position for head in journal.read_heads(heads)] == [ROWS, ROWS + 1]
    assert with_heads(filled, heads) == []


def test_no_file_of_heads_is_no_head(tmp_path):
    assert journal.read_heads(tmp_path / "none") == []


@pytest.fixture
def wangge(filled, tmp_path):
    environment = {
        "WANGGE_DATABASE_URL": url_as(filled, OWNER),
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_MASTER_KEY": "a master key of the tests",
        "WANGGE_MQTT_PASSWORD": "a password of the tests",
    }
    return lambda *words: CliRunner().invoke(command, words, env=environment, catch_exceptions=False)


def test_the_command_line_says_that_all_is_well(wangge):
    assert "已记入" in wangge("head", "--write").output
    assert "没有前移" in wangge("head", "--write").output
    result = wangge("verify")
    assert result.exit_code == 0
    assert "轨迹完好" in result.output


def test_the_command_line_names_the_row_in_chinese_and_fails(wangge, filled):
    with filled.write() as session:
        tampering.disarm(session)
        clue = tampering.ATTACKS["data"](session, 17, random.Random(1))
    result = wangge("verify")
    assert result.exit_code == 1
    assert "第 17 号的内容与链值不符" in result.output
    assert clue.event in result.output


def test_the_command_line_speaks_json_to_scripts(wangge, filled):
    assert json.loads(wangge("verify", "--json").stdout)["sound"] is True
    with filled.write() as session:
        tampering.disarm(session)
        tampering.ATTACKS["swap contents"](session, 3, random.Random(1))
    result = wangge("verify", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["sound"], told["position"]) == (1, False, ROWS)
    assert [finding["damage"] for finding in told["findings"]] == ["swapped", "swapped"]
