"""Before anything is started: ports that are free, or a sentence that says which is not."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import migrate, ports
from tests.ground.processes import free_port
from town import settings
from town.database import Database
from town.errors import Refused
from town.settings import DEFAULT_MQTT_PORT, Settings


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def given(folder: Path, **more: object) -> Settings:
    named = {f"WANGGE_{name.upper()}": str(value) for name, value in more.items()}
    secret = {"WANGGE_MASTER_KEY": "not used", "WANGGE_MQTT_PASSWORD": "not used"}
    return settings.read({"WANGGE_DATA": str(folder), **secret, **named})


def test_a_taken_port_is_refused_with_the_setting_to_change(tmp_path, taken):
    with pytest.raises(Refused, match=f"{taken}.*WANGGE_PORT"):
        ports.chosen(given(tmp_path, port=taken))


def test_a_broker_port_that_was_asked_for_is_refused_when_taken(tmp_path, taken):
    with pytest.raises(Refused, match=f"{taken}.*WANGGE_MQTT_PORT"):
        ports.chosen(given(tmp_path, port=free_port(), mqtt_port=taken))


def test_nobody_serves_from_a_database_that_is_behind(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'town.sqlite3'}")
    with pytest.raises(Refused, match="database_behind"):
        migrate.require_newest(database)
    migrate.upgrade(database)
    migrate.require_newest(database)
    database.close()


def test_a_broker_elsewhere_needs_no_port_here(tmp_path, taken):
    kept = ports.chosen(given(tmp_path, port=free_port(), mqtt_host="127.0.0.1", mqtt_port=taken))
    assert kept.mqtt_port == taken


def test_the_default_broker_port_gives_way_to_a_broker_of_the_system(tmp_path):
    with socket.socket() as system:
        system.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            system.bind(("127.0.0.1", DEFAULT_MQTT_PORT))
            system.listen()
        except OSError:
            pass  # there is one already
        found = ports.chosen(given(tmp_path, port=free_port())).mqtt_port
    assert DEFAULT_MQTT_PORT < found < DEFAULT_MQTT_PORT + ports.PORTS_TO_TRY
