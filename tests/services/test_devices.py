"""Tablets: known by a code, admitted by a secret that is kept only as Mosquitto would hash it."""

import json

import pytest
from click.testing import CliRunner

from service.cli import main
from tests.ground import parts
from tests.own_processes import environment
from town import clock, devices
from town.errors import Refused


def add(database, squad: str, code: str) -> str:
    with database.write() as session:
        return devices.add(session, squad, code, clock.now())[1]


def test_a_new_tablet_is_admitted_with_the_secret_that_was_shown(database, cast):
    secret = add(database, "CZ", "cz-1")
    with database.read() as session:
        stored = devices.admitted(session)["cz-1"]
    assert devices.fits(stored, secret)
    assert secret not in stored


def test_a_blocked_tablet_is_neither_admitted_nor_rung(database, cast):
    add(database, "CZ", "cz-1")
    add(database, "CZ", "cz-2")
    for _ in range(2):
        with database.write() as session:
            devices.block(session, "cz-1", clock.now())
    with database.read() as session:
        assert list(devices.admitted(session)) == ["cz-2"]
        assert devices.of_squads(session, [cast.squad_id("CZ")]) == {cast.squad_id("CZ"): ["cz-2"]}


def test_each_squad_has_its_own_tablets(database, cast):
    add(database, "CZ", "cz-2")
    add(database, "CZ", "cz-1")
    add(database, "CD", "cd-1")
    with database.read() as session:
        found = devices.of_squads(session, [cast.squad_id("CZ"), cast.squad_id("CD")])
        listed = [(device.code, squad.code) for device, squad in devices.every(session)]
    assert found == {cast.squad_id("CZ"): ["cz-1", "cz-2"], cast.squad_id("CD"): ["cd-1"]}
    assert listed == [("cd-1", "CD"), ("cz-1", "CZ"), ("cz-2", "CZ")]


@pytest.mark.parametrize("code", ["", "a", "A-1", "cz/1", "cz+", "#", "cz 1", "-cz", "cz-", "x" * 41, "城中-1"])
def test_a_code_that_could_not_be_a_level_of_a_topic_is_refused(database, cast, code):
    with pytest.raises(Refused, match="device_code"):
        add(database, "CZ", code)


def test_no_two_tablets_share_a_code(database, cast):
    add(database, "CZ", "cz-1")
    with pytest.raises(Refused, match="device_exists"):
        add(database, "CD", "cz-1")


def test_a_tablet_belongs_to_a_squad_that_exists(database, cast):
    with pytest.raises(Refused, match="squad_unknown"):
        add(database, "XX", "xx-1")


def test_a_secret_is_kept_as_mosquitto_itself_would_hash_it(tmp_path, processes):
    parts.MOSQUITTO.require()
    theirs = tmp_path / "passwords"
    theirs.touch(0o600)
    made = processes.start(["mosquitto_passwd", "-b", str(theirs), "cz-1", "said aloud"], tmp_path / "log")
    assert made.wait(10) == 0
    hashed = theirs.read_text().strip().partition(":")[2]
    assert devices.fits(hashed, "said aloud")
    assert not devices.fits(hashed, "said wrong")
    assert devices.hashed("a").split("$")[:3] == hashed.split("$")[:3]


def test_a_secret_never_fits_what_is_no_hash():
    assert not any(devices.fits(stored, "") for stored in ("", "$7$", "plain", "$6$101$c2FsdA==$aGFzaA==", "$7$x$y$z"))


def wangge(database, folder, *words: str):
    done = CliRunner().invoke(main, words, env=environment(database, folder))
    assert done.exit_code == 0, done.output
    return done.output


def test_a_tablet_is_added_only_with_commit_and_then_its_secret_is_shown(database, cast, tmp_path):
    words = "devices", "add", "--squad", "CZ", "--code", "cz-1", "--json"
    assert "--commit" in wangge(database, tmp_path, *words)
    assert json.loads(wangge(database, tmp_path, "devices", "list", "--json")) == []
    shown = json.loads(wangge(database, tmp_path, *words, "--commit"))
    with database.read() as session:
        assert devices.fits(devices.admitted(session)["cz-1"], shown["secret"])
    assert "在用" in wangge(database, tmp_path, "devices", "list")


def test_the_files_for_mosquitto_are_for_their_owner_and_leave_blocked_tablets_out(database, cast, tmp_path):
    add(database, "CZ", "cz-1")
    add(database, "CD", "cd-1")
    wangge(database, tmp_path, "devices", "block", "cd-1")
    folder = tmp_path / "broker"
    for _ in range(2):
        wangge(database, tmp_path, "broker-files", str(folder), "--certificate", "chain.pem", "--key", "key.pem")
    passwords = (folder / "passwords").read_text()
    assert [line.partition(":")[0] for line in passwords.splitlines()] == ["cz-1", "wangge"]
    assert "keyfile key.pem" in (folder / "mosquitto.conf").read_text()
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == dict.fromkeys(
        ("passwords", "acl", "mosquitto.conf"), 0o600
    )
