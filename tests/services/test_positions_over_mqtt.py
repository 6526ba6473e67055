"""Where the tablets are: told over a real broker, kept as the last place only, and whatever is no place is dropped."""

import datetime as dt
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from paho.mqtt.client import Client

from grids.rules import coordinates
from service import mosquitto, mqtt, positions
from service.positions import Inbox, Keeper, Told, judge
from tests import own_processes
from tests.ground.broker import Broker, StartBroker
from tests.ground.cast import CENTRE, CHEN_JING, LIN_XIAOFENG
from tests.ground.databases import number, on_sqlite
from tests.ground.processes import Processes, until
from tests.ground.web import Door
from town import clock, devices, journal, settings
from town import positions as kept
from town.clock import Instant
from town.database import Database
from town.positions import Seen

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
LON, LAT = CENTRE
NEAR = 1e-6
"""Degrees; about a decimetre."""


def message(at: Instant = NOW, lon: float = LON, lat: float = LAT, crs: str = "wgs84", **more: object) -> bytes:
    return json.dumps({"at": at.isoformat(), "lon": lon, "lat": lat, "crs": crs, **more}).encode()


def add_tablets(database: Database, *codes: str) -> dict[str, str]:
    """A tablet of each squad whose code it begins with; gives back their secrets."""
    with database.write() as session:
        made = {code: devices.add(session, code[:2].upper(), code, clock.now())[1] for code in codes}
    number(database)
    return made


def seen(database: Database, since: Instant = clock.EPOCH) -> dict[str, Seen]:
    with database.read() as session:
        return {one.device: one for one in kept.current(session, since)}


def test_a_place_is_kept_in_cgcs2000_whatever_map_it_came_from():
    x, y = coordinates.wgs84_to_gcj02(LON, LAT)
    told = judge(message(lon=x, lat=y, crs="gcj02", accuracy_m=12), NOW)
    assert isinstance(told, Told)
    assert [told.lon, told.lat] == pytest.approx([LON, LAT], abs=NEAR)
    assert (told.at, told.accuracy_m) == (NOW, 12)


@pytest.mark.parametrize(
    ("garbage", "why"),
    [
        (b"", "unreadable"),
        (b"here", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"[" * 4000, "unreadable"),
        (message()[:-1], "unreadable"),
        (message().replace(b"+00:00", b""), "unreadable"),
        (message(lon=float("nan")), "unreadable"),
        (message(accuracy_m=-1), "unreadable"),
        (message(battery=80), "unreadable"),
        (message() + b" " * 5000, "unreadable"),
        (message(crs="mars"), "place"),
        (message(lat=91.0), "place"),
        (message(NOW + dt.timedelta(minutes=6)), "ahead"),
        (message(NOW - dt.timedelta(hours=12, minutes=1)), "old"),
    ],
)
def test_what_is_no_place_of_now_is_dropped_and_the_reason_is_known(garbage, why):
    assert judge(garbage, NOW) == why


@pytest.mark.parametrize("minutes", [-12 * 60, -1, 0, 5])
def test_a_clock_that_is_a_little_wrong_is_believed(minutes):
    assert isinstance(judge(message(NOW + dt.timedelta(minutes=minutes)), NOW), Told)


@drawn(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_nothing_that_anybody_sends_breaks_the_one_who_listens(payload):
    assert isinstance(judge(payload, NOW), str)


def test_however_fast_a_tablet_tells_only_its_last_message_is_read():
    inbox = Inbox()
    for number_told in range(1000):
        inbox.hear(mqtt.position("yunxi", "cz-1"), b"%d" % number_told)
    assert inbox.take() == {"cz-1": b"999"}
    assert inbox.take() == {}


def test_only_the_newest_place_is_kept_and_the_journal_hears_nothing(database: Database, cast):
    add_tablets(database, "cz-1", "cd-1")
    before = newest(database)
    keeper = Keeper(database)
    keeper.turn({"cz-1": message(lon=121.0), "cd-1": message()}, NOW)
    keeper.turn({"cz-1": message(NOW - dt.timedelta(seconds=9), lon=121.5)}, NOW)
    assert seen(database)["cz-1"].lon == 121.0, "what comes late does not move it back"
    keeper.turn({"cz-1": message(NOW + dt.timedelta(seconds=9), lon=121.2)}, NOW)
    assert [(one.device, one.squad, one.lon) for one in seen(database).values()] == [
        ("cd-1", "CD", LON),
        ("cz-1", "CZ", 121.2),
    ]
    number(database)
    assert newest(database) == before


def test_a_tablet_that_is_blocked_or_unknown_leaves_no_trace(database: Database, cast):
    add_tablets(database, "cz-1", "cd-1")
    with database.write() as session:
        devices.block(session, "cd-1", clock.now())
    Keeper(database).turn({"cd-1": message(), "zz-9": message(), "cz-1": message()}, NOW)
    assert list(seen(database)) == ["cz-1"]


def test_once_a_minute_it_says_what_was_dropped_and_forgets_what_is_older_than_a_shift(
    database: Database, cast, monkeypatch
):
    add_tablets(database, "cz-1")
    keeper = Keeper(database)
    keeper.turn({"cz-1": message(), "cd-1": b"garbage", "cd-2": b"more", "cd-3": message(crs="mars")}, NOW)
    said: list[dict[str, int]] = []
    monkeypatch.setattr(positions.LOG, "warning", lambda _event, **counts: said.append(counts))
    monkeypatch.setattr(positions, "REPORT_SECONDS", 0.0)
    keeper.turn({}, NOW + kept.KEPT)
    assert said == [{"unreadable": 2, "place": 1}]
    assert list(seen(database)) == ["cz-1"]
    keeper.turn({}, NOW + kept.KEPT + dt.timedelta(seconds=1))
    assert seen(database) == {}
    assert len(said) == 1, "and nothing was dropped since"


def newest(database: Database) -> int:
    with database.read() as session:
        return journal.head(session)[0]


class Tablet:
    """Signs in as a tablet does and tells where it is."""

    def __init__(self, port: int, code: str, secret: str) -> None:
        self._client: Client = mqtt.client(code, secret)
        self._client.connect("127.0.0.1", port, 10)
        self._client.loop_start()
        until(self._client.is_connected, "the tablet to be let in")

    def tell(self, device: str, payload: bytes, *, retain: bool = False) -> None:
        self._client.publish(mqtt.position("yunxi", device), payload, 0, retain).wait_for_publish(5)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def environment(mapped: Database, tmp_path: Path) -> dict[str, str]:
    return own_processes.environment(mapped, tmp_path / "data")


@pytest.fixture
def broker(
    mapped: Database, start_broker: StartBroker, processes: Processes, environment: dict[str, str], secrets: object
) -> Broker:
    """Mosquitto with our files."""
    return start_broker(*_files(mapped, settings.read(environment), processes.folder()))


@pytest.fixture
def secrets(mapped: Database) -> dict[str, str]:
    return add_tablets(mapped, "cz-1", "cd-1")


@pytest.fixture
def sign_in(broker: Broker, secrets: dict[str, str]) -> Iterator[Callable[[str], Tablet]]:
    """A tablet at the broker: ``sign_in("cz-1")``."""
    opened: list[Tablet] = []

    def open_one(code: str) -> Tablet:
        opened.append(Tablet(broker.port, code, secrets[code]))
        return opened[-1]

    yield open_one
    for tablet in opened:
        tablet.close()


@pytest.fixture
def worker(processes: Processes, broker: Broker, environment: dict[str, str], tmp_path: Path) -> Iterator[None]:
    """The worker, listening at the broker."""
    there = {"WANGGE_MQTT_HOST": broker.host, "WANGGE_MQTT_PORT": str(broker.port)}
    log = tmp_path / "worker.log"
    started = own_processes.fork(processes, ["worker"], environment | there, log)
    until(lambda: b"mqtt.connected" in log.read_bytes(), "the worker to listen")
    yield
    assert processes.stop(started) == 0


def _files(database: Database, given: settings.Settings, folder: Path) -> tuple[Path, Path, list[str]]:
    with database.read() as session:
        texts = mosquitto.files(session, given, folder, None)
    mosquitto.write(folder, texts)
    kept_lines = ("use_username_as_clientid", "message_size_limit", "retain_available")
    lines = [line for line in texts["mosquitto.conf"].splitlines() if line.startswith(kept_lines)]
    assert len(lines) == len(kept_lines)
    return folder / "passwords", folder / "acl", lines


def test_a_tablet_tells_where_it_is_and_the_wall_sees_it_and_nobody_else_does(
    door: Door, mapped: Database, worker, sign_in
):
    begun = clock.now()
    x, y = coordinates.wgs84_to_gcj02(LON, LAT)
    sign_in("cz-1").tell("cz-1", message(begun, x, y, "gcj02", accuracy_m=8))
    until(lambda: "cz-1" in seen(mapped), "the place to be kept")
    desk = door.signed_in(CHEN_JING)
    [place] = desk.get("/api/v1/map/positions").json["positions"]
    assert place["squad"] == {"code": "CZ", "name": "城中片区中队"}
    assert (place["device"], place["accuracy_m"]) == ("cz-1", 8)
    assert [place["lon"], place["lat"]] == pytest.approx([LON, LAT], abs=NEAR)
    assert place["age_s"] <= (clock.now() - begun).total_seconds() + 1
    assert door.signed_in(LIN_XIAOFENG).get("/api/v1/map/positions").status_code == 403
    assert door.get("/api/v1/map/positions").status_code == 401


def test_nobody_tells_where_another_tablet_is_and_garbage_stops_nothing(mapped: Database, worker, sign_in):
    tablet = sign_in("cz-1")
    tablet.tell("cd-1", message(clock.now()))
    for garbage in (b"", b"\x00" * 100, b"{}", message(clock.now(), lon=float("inf")), uuid.uuid4().bytes):
        tablet.tell("cz-1", garbage)
        let_the_worker_look()
    tablet.tell("cz-1", message(clock.now()))
    until(lambda: "cz-1" in seen(mapped), "the place to be kept")
    assert "cd-1" not in seen(mapped)


@on_sqlite
def test_the_broker_keeps_no_place_for_whoever_asks_later(broker: Broker, environment, sign_in):
    tablet = sign_in("cz-1")
    tablet.tell("cz-1", message(), retain=True)
    tablet.close()
    inbox, given = Inbox(), settings.read(environment | {"WANGGE_MQTT_PORT": str(broker.port)})
    service = mqtt.Publisher(given, {mqtt.position("yunxi", "+"): inbox.hear})
    other = sign_in("cd-1")
    heard: set[str] = set()

    def arrived() -> bool:
        other.tell("cd-1", message())
        heard.update(inbox.take())
        return "cd-1" in heard

    until(arrived, "what is told now")
    service.close()
    assert "cz-1" not in heard


def let_the_worker_look() -> None:
    """It looks every two seconds; so some of what was told is read, and some is not."""
    threading.Event().wait(positions.WRITE_SECONDS / 4)
