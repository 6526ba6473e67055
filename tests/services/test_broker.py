"""Who hears which doorbell: the same on Mosquitto, with the files we write for it, and on the embedded broker."""

import dataclasses
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from service import broker, mosquitto, mqtt
from tests import own_processes
from tests.ground import parts
from tests.ground.databases import on_sqlite
from tests.ground.processes import Processes, answers, free_port, until_up
from town import clock, devices, settings
from town.database import Database
from town.settings import Settings

SERVICE, PASSWORD = "wangge", "the-service's-own"
A_WHILE = 0.8
"""How long silence must last to count as silence."""
UNTIL_NOTICED = broker.FRESH_SECONDS + 0.3

pytestmark = on_sqlite


class Tablet:
    """A client as a tablet has it: signs in, listens, remembers what it heard."""

    def __init__(self, port: int, name: str | None, secret: str | None, client_id: str | None = None) -> None:
        self.heard: Queue[tuple[str, bytes]] = Queue()
        self.admitted: bool | None = None
        self._answered = threading.Event()
        self._subscribed = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=client_id or name or "nobody")
        if name:
            self._client.username_pw_set(name, secret)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = lambda _client, _data, said: self.heard.put((said.topic, bytes(said.payload)))
        self._client.connect("127.0.0.1", port, 10)
        self._client.loop_start()
        self._answered.wait(5)

    def listen(self, topic: str) -> None:
        """Subscribe, and wait for the answer whatever it says: what counts is what arrives."""
        self._subscribed.clear()
        self._client.subscribe(topic, 1)
        self._subscribed.wait(5)

    def tell(self, topic: str, payload: bytes) -> None:
        """Publish."""
        self._client.publish(topic, payload, 1)

    def hears(self) -> tuple[str, bytes]:
        """The next message."""
        return self.heard.get(timeout=5)

    def hears_nothing(self) -> bool:
        """True when nothing comes for a while."""
        try:
            self.heard.get(timeout=A_WHILE)
        except Empty:
            return True
        return False

    def close(self) -> None:
        """Switch off."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_connect(self, _client, _data, _flags, reason, _about) -> None:
        self.admitted = not reason.is_failure
        self._answered.set()


@dataclasses.dataclass
class Post:
    """A running broker, the secrets of its tablets, and how to make it take note of a blocked one."""

    given: Settings
    secrets: dict[str, str]
    block: Callable[[str], None]


@pytest.fixture
def given(database: Database, tmp_path: Path, town) -> Settings:
    return settings.read(environment(database, tmp_path, free_port()))


def environment(database: Database, folder: Path, port: int) -> dict[str, str]:
    own = {"WANGGE_MQTT_PORT": str(port), "WANGGE_MQTT_USER": SERVICE, "WANGGE_MQTT_PASSWORD": PASSWORD}
    return own_processes.environment(database, folder) | own


@pytest.fixture
def secrets(database: Database, given: Settings) -> dict[str, str]:
    """Secrets of a tablet of each squad."""
    with database.write() as session:
        return {
            code: devices.add(session, squad, code, clock.now())[1] for squad, code in (("CZ", "cz-1"), ("CD", "cd-1"))
        }


@pytest.fixture(params=["embedded", "mosquitto"])
def post(request: pytest.FixtureRequest, database: Database, given: Settings, secrets: dict[str, str]) -> Post:
    block = request.getfixturevalue(f"{request.param}_broker")
    return Post(given, secrets, block)


@pytest.fixture
def mosquitto_broker(
    processes: Processes, database: Database, given: Settings, secrets: dict[str, str]
) -> Iterator[Callable[[str], None]]:
    parts.MOSQUITTO.require()
    folder = processes.folder()

    def write_files() -> None:
        with database.read() as session:
            texts = mosquitto.files(session, given, folder, None)
        texts["mosquitto.conf"] += "user root\n"  # only matters when the tests run as root
        mosquitto.write(folder, texts)

    write_files()
    program = parts.program("mosquitto")
    assert program
    server = processes.start([program, "-c", str(folder / "mosquitto.conf")], folder / "log")
    until_up(server, lambda: answers(given.mqtt_port), folder / "log")

    def block(code: str) -> None:
        block_in(database, code)
        write_files()
        server.send_signal(signal.SIGHUP)

    yield block
    processes.stop(server)


@pytest.fixture
def embedded_broker(processes: Processes, database: Database, given: Settings) -> Iterator[Callable[[str], None]]:
    log = given.data / "broker.log"
    server = own_processes.start(processes, ["broker"], environment(database, given.data, given.mqtt_port), log)
    until_up(server, lambda: answers(given.mqtt_port), log)
    yield lambda code: block_in(database, code)
    assert processes.stop(server) == 0


def block_in(database: Database, code: str) -> None:
    with database.write() as session:
        devices.block(session, code, clock.now())


@pytest.fixture
def sign_in(post: Post) -> Iterator[Callable[..., Tablet]]:
    opened: list[Tablet] = []

    def open_one(name: str | None, secret: str | None = None, client_id: str | None = None) -> Tablet:
        known = post.secrets | {SERVICE: PASSWORD}
        shown = known.get(name or "") if secret is None else secret
        opened.append(Tablet(post.given.mqtt_port, name, shown, client_id))
        return opened[-1]

    yield open_one
    for tablet in opened:
        tablet.close()


def test_a_tablet_hears_its_own_bell_and_never_another_ones(sign_in):
    tablet, service = sign_in("cz-1"), sign_in(SERVICE)
    for topic in (
        mqtt.doorbell("yunxi", "cz-1"),
        mqtt.doorbell("yunxi", "cd-1"),
        "wangge/#",
        "#",
        "wangge/+/devices/+/+",
    ):
        tablet.listen(topic)
    service.tell(mqtt.doorbell("yunxi", "cd-1"), b"for the other squad")
    service.tell(mqtt.doorbell("yunxi", "cz-1"), b"for us")
    assert tablet.hears() == ("wangge/yunxi/devices/cz-1/doorbell", b"for us")
    assert tablet.hears_nothing()


def test_a_tablet_tells_its_own_place_and_rings_nobody(sign_in):
    tablet, other, service = sign_in("cz-1"), sign_in("cd-1"), sign_in(SERVICE)
    other.listen(mqtt.doorbell("yunxi", "cd-1"))
    service.listen("wangge/yunxi/#")
    for topic in (mqtt.doorbell("yunxi", "cd-1"), mqtt.doorbell("yunxi", "cz-1"), mqtt.position("yunxi", "cd-1")):
        tablet.tell(topic, b"forged")
    tablet.tell(mqtt.position("yunxi", "cz-1"), b"here")
    assert service.hears() == ("wangge/yunxi/devices/cz-1/position", b"here")
    assert service.hears_nothing()
    assert other.hears_nothing()


def test_the_service_of_one_town_is_nobody_in_another(sign_in):
    service = sign_in(SERVICE)
    service.listen("wangge/elsewhere/#")
    service.tell("wangge/elsewhere/devices/a/doorbell", b"lost")
    assert service.hears_nothing()


def test_whoever_cannot_show_who_he_is_stays_outside(sign_in):
    strangers = [(None, None), ("cz-1", "wrong"), ("cz-1", ""), ("unknown", "any"), (SERVICE, "wrong")]
    assert [sign_in(name, secret).admitted for name, secret in strangers] == [False] * len(strangers)


def test_a_blocked_tablet_stays_outside(post, sign_in):
    assert sign_in("cz-1").admitted
    post.block("cz-1")
    threading.Event().wait(UNTIL_NOTICED)
    assert sign_in("cz-1").admitted is False
    assert sign_in("cd-1").admitted


def test_a_blocked_tablet_hears_no_more_although_it_was_connected(post, sign_in):
    tablet, service = sign_in("cz-1"), sign_in(SERVICE)
    tablet.listen(mqtt.doorbell("yunxi", "cz-1"))
    post.block("cz-1")
    threading.Event().wait(UNTIL_NOTICED)
    service.tell(mqtt.doorbell("yunxi", "cz-1"), b"for us")
    assert tablet.hears_nothing()


def test_nobody_takes_over_the_session_of_another(sign_in):
    tablet, service = sign_in("cz-1"), sign_in(SERVICE)
    tablet.listen(mqtt.doorbell("yunxi", "cz-1"))
    intruder = sign_in("cd-1", client_id="cz-1")
    service.tell(mqtt.doorbell("yunxi", "cz-1"), b"for us")
    assert intruder.hears_nothing()


def test_a_message_longer_than_any_of_ours_reaches_nobody(sign_in):
    tablet, service = sign_in("cz-1"), sign_in(SERVICE)
    tablet.listen(mqtt.doorbell("yunxi", "cz-1"))
    service.tell(mqtt.doorbell("yunxi", "cz-1"), b"x" * 5000)
    assert tablet.hears_nothing()
    assert sign_in("cd-1").admitted
