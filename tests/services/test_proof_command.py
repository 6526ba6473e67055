"""wangge proof: run and listed on the command line, for people and for scripts."""

import json

import pytest
from click.testing import CliRunner

from service.cli import main
from tests.ground.databases import number, on_sqlite
from tests.proof_town import FAULTS, healthy
from town import clock, journal
from town.watch import Beat

LOST = next(fault for fault in FAULTS if fault.check == "file_lost")


@pytest.fixture
def proof_town(listed, settings, cast):
    """A healthy town of this very moment."""
    town = healthy(listed, settings, cast)
    town.set(Beat, 1, at=clock.now())
    return town


@pytest.fixture
def run(proof_town):
    given = proof_town.settings
    environment = {
        "WANGGE_DATA": str(given.data),
        "WANGGE_DATABASE_URL": given.database_url,
        "WANGGE_MASTER_KEY": given.master_key,
        "WANGGE_MQTT_PASSWORD": "q",
    }

    def command(*words):
        number(proof_town.database)
        with proof_town.database.read() as session:
            journal.write_head(session, proof_town.heads, clock.now())
        return CliRunner().invoke(main, ["proof", *words], env=environment)

    return command


def test_what_is_found_is_told_with_what_to_do_until_it_is_mended(proof_town, run):
    LOST.plant(proof_town)
    found = run("run")
    assert found.exit_code == 1
    assert "✗ 记录都有文件：文件 照片" in found.output
    assert "→ 请从备份里找回同名文件放到原处。" in found.output
    assert "记录还在，文件不见了" in run("list").output
    LOST.mend(proof_town)
    assert "✗ 记录都有文件" not in run("run").output
    assert "记录还在，文件不见了" in run("list", "--settled").output


@on_sqlite
def test_scripts_read_json(proof_town, run):
    LOST.plant(proof_town)
    told = json.loads(run("run", "--json").stdout)
    assert told["run"]["finished_at"]
    assert "file_lost" in {one["check"] for one in told["findings"]}
    assert {one["check"] for one in json.loads(run("list", "--json").stdout)} >= {"file_lost"}
