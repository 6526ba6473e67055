"""The doorbell: whom the journal rings, and that no ring is lost whatever happens to broker or worker."""

import signal
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from service import doorbell, mqtt, readers
from service.doorbell import Ring
from service.mqtt import Publisher
from tests.ground.broker import Broker
from tests.ground.cast import CHEN_JING, EAST, LIN_XIAOFENG
from tests.ground.databases import number
from tests.ground.processes import until
from town import clock, devices, journal, settings
from town.database import Database
from town.journal import Numbered

ORDER = uuid.UUID(int=7)


def event(position: int, squad: str = "s", kind: str = "order.dispatched", **data: object) -> Numbered:
    said = {"squad": squad, "rings": True, **data}
    return Numbered(uuid.UUID(int=position), f"order:{ORDER}", position, clock.EPOCH, kind, "system:x", said, position)


def test_every_tablet_of_the_squad_is_rung_once_for_the_last_event_of_a_batch():
    rung = doorbell.rings([event(3), event(5), event(8, "t")], {"s": ["a", "b"], "t": ["c"], "u": ["d"]})
    assert [(ring.device, ring.position) for ring in rung] == [("a", 5), ("b", 5), ("c", 8)]


@pytest.mark.parametrize(
    "silent", [event(1, rings=False), event(1, rings="yes"), event(1, kind="report.received"), event(1, "nobody's")]
)
def test_an_event_that_does_not_say_so_rings_nobody(silent):
    assert doorbell.rings([silent], {"s": ["a"]}) == []


@drawn(st.lists(st.tuples(st.sampled_from("st"), st.booleans()), max_size=30))
def test_a_tablet_is_told_the_position_of_the_last_event_of_its_squad(happened):
    events = [event(place, squad, rings=rings) for place, (squad, rings) in enumerate(happened, 1)]
    rung = doorbell.rings(events, {"s": ["a"], "t": ["b"]})
    expected = {
        device: max(mine)
        for device, squad in (("a", "s"), ("b", "t"))
        if (mine := [one.position for one in events if squad in doorbell.rung_squads(one)])
    }
    assert {ring.device: ring.position for ring in rung} == expected
    assert [ring.position for ring in rung] == sorted(ring.position for ring in rung)


def test_a_ring_says_nothing_of_any_person():
    assert Ring("a", 5, "e", "o").payload == b'{"position": 5, "event": "e", "order": "o"}'


class Ears:
    """A listener on the whole town, who may be away while the broker is."""

    def __init__(self, port: int) -> None:
        self.heard: Queue[tuple[str, bytes]] = Queue()
        self.listening = threading.Event()
        self._client = mqtt.client("ears", "")
        self._client.on_connect = lambda client, *_: client.subscribe("wangge/#", 1)
        self._client.on_subscribe = lambda *_: self.listening.set()
        self._client.on_message = lambda _client, _data, said: self.heard.put((said.topic, bytes(said.payload)))
        self._client.connect_async("127.0.0.1", port, 10)
        self._client.loop_start()
        assert self.listening.wait(10)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def ears(mosquitto: Broker) -> Iterator[Ears]:
    listening = Ears(mosquitto.port)
    yield listening
    listening.close()


@pytest.fixture
def reader(database: Database, mosquitto: Broker, tmp_path: Path) -> Iterator[Callable[[], threading.Event]]:
    """Start the doorbell reader on a thread; setting the event it gives back ends it."""
    given = settings.read(
        {
            "WANGGE_DATA": str(tmp_path),
            "WANGGE_MQTT_PORT": str(mosquitto.port),
            "WANGGE_MQTT_PASSWORD": "any",
            "WANGGE_MASTER_KEY": "not used here",
        }
    )
    running: list[tuple[threading.Event, threading.Thread, Publisher]] = []

    def start() -> threading.Event:
        stop, publisher = threading.Event(), Publisher(given)
        act = doorbell.ringing(database, "yunxi", publisher, stop.is_set)
        thread = threading.Thread(target=readers.follow, args=(database, doorbell.READER, act, stop.is_set))
        thread.start()
        running.append((stop, thread, publisher))
        return stop

    yield start
    for stop, thread, publisher in running:
        stop.set()
        thread.join()
        publisher.close()


def dispatch(database: Database, squad: uuid.UUID, count: int) -> None:
    """So many orders come to a squad, one transaction each."""
    for _ in range(count):
        order = uuid.uuid4()
        data = {"squad": str(squad), "rings": True}
        with database.write() as session:
            journal.append(
                session,
                subject=f"order:{order}",
                version=1,
                kind="order.dispatched",
                actor="x",
                at=clock.now(),
                data=data,
            )
    number(database)


def add_tablet(database: Database, squad: str, code: str) -> None:
    with database.write() as session:
        devices.add(session, squad, code, clock.now())
    number(database)


def read_to(database: Database) -> int:
    with database.read() as session:
        return journal.cursor(session, doorbell.READER)


def newest(database: Database) -> int:
    with database.read() as session:
        return journal.head(session)[0]


def until_read(database: Database) -> None:
    until(lambda: read_to(database) == newest(database), "the reader to have read everything")


def test_a_dispatched_order_rings_the_squad_and_nobody_else(database, cast, ears, reader):
    add_tablet(database, "CZ", "cz-1")
    add_tablet(database, "CD", "cd-1")
    reader()
    dispatch(database, cast.squad_id("CZ"), 1)
    topic, payload = ears.heard.get(timeout=10)
    assert topic == "wangge/yunxi/devices/cz-1/doorbell"
    assert f'"position": {newest(database)}'.encode() in payload
    until_read(database)
    assert ears.heard.empty()


def test_nothing_counts_as_rung_while_the_broker_is_away(database, cast, mosquitto, reader, record_property):
    add_tablet(database, "CZ", "cz-1")
    add_tablet(database, "CD", "cd-1")
    reader()
    until_read(database)
    before = read_to(database)
    mosquitto.stop(signal.SIGKILL)
    dispatch(database, cast.squad_id("CZ"), 20)
    dispatch(database, cast.squad_id("CD"), 20)
    threading.Event().wait(1)
    assert read_to(database) == before
    mosquitto.start()
    back = clock.elapsed()
    until_read(database)
    record_property("seconds_to_catch_up", round(clock.elapsed() - back, 2))


def test_a_reader_that_ended_before_the_broker_took_it_rings_again(database, cast, mosquitto, reader):
    add_tablet(database, "CZ", "cz-1")
    first = reader()
    until_read(database)
    before = read_to(database)
    mosquitto.stop(signal.SIGKILL)
    dispatch(database, cast.squad_id("CZ"), 1)
    threading.Event().wait(0.5)
    first.set()
    mosquitto.start()
    listening = Ears(mosquitto.port)
    assert read_to(database) == before
    reader()
    assert listening.heard.get(timeout=10)[0] == "wangge/yunxi/devices/cz-1/doorbell"
    listening.close()


def test_rings_of_a_busy_hour_keep_their_order_and_end_with_the_newest(database, cast, ears, reader):
    add_tablet(database, "CZ", "cz-1")
    reader()
    dispatch(database, cast.squad_id("CZ"), 300)
    until_read(database)
    last = f'"position": {newest(database)}'.encode()
    until(lambda: any(last in payload for _, payload in list(ears.heard.queue)), "the last ring")
    positions = [int(payload.split(b",")[0].split(b":")[1]) for _, payload in ears.heard.queue]
    assert positions == sorted(set(positions))


def test_a_squad_that_loses_an_order_is_rung_and_learns_only_that(door, mapped):
    door.report()
    leader, desk = door.signed_in(LIN_XIAOFENG), door.signed_in(CHEN_JING)
    order = leader.newest_order()
    moved = desk.step(order, "dispatch", squad=EAST, words="地点在河东，改派")
    assert moved.status_code == 200, moved.text
    number(mapped)
    [*_, told] = leader.get("/api/v1/orders/changes", after=0).json["changes"]
    assert (told["order"], told["gone"]) == (None, order["id"])
    with mapped.read() as session:
        [*_, dispatched] = journal.read_after(session, 0, 100)
    assert len(doorbell.rung_squads(dispatched)) == 2
