"""One day in the town: from the files that the offices hand over to the answer on the reporter's phone.

The town's map is a GBK Shapefile with a hole in it; it is mended. The lists come from sheets. A report comes in GCJ-02, a
real broker rings the tablet, the squad acts, somebody else checks, and the reporter reads the answer and rates it.
"""

import datetime as dt
import json
import queue

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from grids.rules.coordinates import wgs84_to_gcj02
from service.app import create_app
from tests import own_processes
from tests.ground.cast import (
    AUNT_ZHOU,
    CHEN_JING,
    EAST,
    INNER,
    LIN_XIAOFENG,
    PARTNERS,
    SQUADS,
    SU_MIN,
    WU_YUE,
    ZHAO_HAI,
)
from tests.ground.lists import EVENTS, POWER_OVER_STALLS, POWERS, STALLS
from tests.ground.processes import until
from tests.ground.web import Door
from tests.map_files import gbk_shapefile, zipped
from tests.photographs import jpeg
from tests.tilings import tiling
from town import clock, devices

TABLET, OTHER_TABLET = "cz-1", "cd-1"
CELLS = tiling(4, 4, seed=5)
PATIENCE_SECONDS = 60
HOLE = 5
"""The number of the grid that the office forgot."""
CHOSEN = ("--code-field", "代码", "--name-field", "名称", "--area-field", "片区", "--declare", "EPSG:4490")

pytestmark = pytest.mark.timeout(300)


class Office:
    """Whoever administers the town, at the command line."""

    def __init__(self, processes, database, folder, environment):
        self.database, self.folder = database, folder
        self._processes, self.environment = processes, environment
        self._commands = 0

    def run(self, *words):
        """One command: how it ended, and what it said."""
        self._commands += 1
        log = self.folder / f"command-{self._commands}.log"
        ran = own_processes.fork(self._processes, [str(word) for word in words], self.environment, log)
        return ran.wait(PATIENCE_SECONDS), log.read_text(encoding="utf-8")

    def must(self, *words):
        """One command that succeeds."""
        ended, said = self.run(*words)
        assert ended == 0, said

    def file(self, name, text):
        """A file it was handed."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def office(processes, database, town, mosquitto, tmp_path):
    there = {"WANGGE_MQTT_HOST": mosquitto.host, "WANGGE_MQTT_PORT": str(mosquitto.port)}
    return Office(processes, database, tmp_path, own_processes.environment(database, tmp_path / "data", **there))


@pytest.fixture
def worker(office, processes):
    log = office.folder / "worker.log"
    started = own_processes.fork(processes, ["worker"], office.environment, log)
    until(lambda: log.read_bytes().count(b"worker.leads") >= 2, "the worker to lead")
    yield log
    assert processes.stop(started) == 0


@pytest.fixture
def bell(mosquitto):
    """What rings on which tablet."""
    rung = queue.Queue()
    client = Client(CallbackAPIVersion.VERSION2, client_id="listener")
    client.on_message = lambda _client, _data, message: rung.put((message.topic, json.loads(message.payload)))
    client.connect(mosquitto.host, mosquitto.port)
    client.subscribe("wangge/yunxi/devices/+/doorbell", qos=1)
    client.loop_start()
    yield rung
    client.loop_stop()
    client.disconnect()


def load_the_map(office):
    """The first file has a hole and is refused; the mended one is activated."""
    (office.folder / "shp").mkdir()
    (office.folder / "mended").mkdir()
    gbk_shapefile(office.folder / "shp/网格.shp", [c for n, c in enumerate(CELLS) if n != HOLE], crs=None)
    gbk_shapefile(office.folder / "mended/网格.shp", CELLS, crs=None)
    holed = zipped(office.folder / "网格.zip", office.folder / "shp")
    mended = zipped(office.folder / "网格（补）.zip", office.folder / "mended")

    ended, said = office.run("grids", "check", holed, *CHOSEN, "--map", office.folder / "faults.html")
    assert ended == 1
    assert "没有通过检查，不能导入" in said
    assert "<html" in (office.folder / "faults.html").read_text()
    office.must("grids", "import", mended, *CHOSEN, "--name", "2026 版", "--commit")
    office.must("grids", "activate", "2026 版", "--commit")


def load_the_lists(office):
    """People first, because the lists name partners; each list shows what it would do before it does it."""
    today = clock.now().astimezone(dt.timezone(dt.timedelta(hours=8))).date()
    squads = "".join(
        f"{code},{name},,{area}\n" for (code, name), area in zip(SQUADS.items(), ("P0", "P1"), strict=True)
    )
    shift = f"{INNER},{LIN_XIAOFENG.login},{today} 00:00,{today + dt.timedelta(days=1)} 23:59,是\n"
    held = {LIN_XIAOFENG: "云执 0001", SU_MIN: "云执 0002"}
    term = "行政执法证,云川县,2025-01-01,2029-12-31,"
    certificates = "".join(f"{who.login},{number},{term}\n" for who, number in held.items())
    partners = "".join(f"{one.code},{one.name},{one.kind}\n" for one in PARTNERS)
    office.file("人员表/协同单位.csv", "代码,名称,类别\n" + partners)
    office.file("人员表/中队.csv", "代码,名称,备班账号,片区\n" + squads)
    office.file("人员表/执法证.csv", "账号,证号,种类,发证机关,有效期起,有效期止,吊销日\n" + certificates)
    office.file("人员表/值班.csv", "中队,账号,开始,结束,带班\n" + shift)
    office.must("people", "import", office.folder / "人员表")
    office.must("people", "import", office.folder / "人员表", "--commit")
    for name, text in (("events", EVENTS), ("powers", POWERS)):
        office.must(name, "import", office.file(f"{name}.csv", text), "--name", "2026", "--commit")
    office.must("powers", "confirm", "2026", "--by", "许斐", "--commit")
    for name in ("events", "powers"):
        office.must(name, "activate", "2026", "--from", "2026-01-01", "--commit")


def test_from_the_offices_files_to_the_answer_on_the_phone(office, worker, bell, settings, cast):
    load_the_map(office)
    load_the_lists(office)
    with office.database.write() as session:
        for squad, tablet in ((INNER, TABLET), (EAST, OTHER_TABLET)):
            devices.add(session, squad, tablet, clock.now())
    app = create_app(settings)
    door = Door(app)

    # 3. a report in GCJ-02: located, found under a power, dispatched, promised
    where = CELLS[0].shape.representative_point()
    lon, lat = wgs84_to_gcj02(where.x, where.y)
    place = {"lon": lon, "lat": lat, "crs": "gcj02", "accuracy_m": 5}
    offered = {choice["code"] for choice in door.get("/api/v1/town").json["categories"]}
    assert STALLS in offered
    receipt = door.report(place, category=STALLS, reporter={"phone": AUNT_ZHOU.phone})
    assert (receipt["squad"], receipt["state"]) == (SQUADS[INNER], "dispatched")
    assert receipt["grid"]["name"] == f"东街{CELLS[0].code}号网格"
    assert receipt["promise"]["due_at"] > receipt["received_at"]
    hers = door.with_receipt(receipt["receipt"])
    assert hers.send_photo("/api/v1/report/photos", jpeg()).status_code == 201

    # 4. the tablet of that squad rings, and of no other; it pulls, signs, arrives, photographs, handles
    topic, ring = bell.get(timeout=15)
    assert topic == f"wangge/yunxi/devices/{TABLET}/doorbell"
    assert AUNT_ZHOU.phone not in json.dumps(ring)
    leader = door.signed_in(LIN_XIAOFENG)
    pulled = leader.get("/api/v1/orders/changes", after=0).json["changes"]
    order = next(change["order"] for change in pulled if change["order"]["id"] == ring["order"])
    detail = leader.get(f"/api/v1/orders/{order['id']}").json
    assert detail["power"]["code"] == POWER_OVER_STALLS
    assert detail["leader"]["name"] == LIN_XIAOFENG.name
    assert door.signed_in(ZHAO_HAI).get(f"/api/v1/orders/{order['id']}").status_code == 404
    for action, facts in (("accept", {}), ("arrive", {})):
        order = leader.step(order, action, **facts).json
    assert leader.send_photo(f"/api/v1/orders/{order['id']}/photos", jpeg(seed=2)).status_code == 201
    order = door.signed_in(SU_MIN).step(order, "handle", outcome="fixed", words="责令当场改正，已清走").json

    # 6. somebody else verifies; it closes; the worker answers; the reporter reads and rates
    order = door.signed_in(WU_YUE).step(order, "check").json
    closed = door.signed_in(CHEN_JING).step(order, "close", words="桌椅已经清走，我们一周内再去看。")
    assert closed.status_code == 200
    until(lambda: hers.get("/api/v1/report").json["answer"] is not None, "the answer")
    mine = hers.get("/api/v1/report").json
    assert mine["answer"]["words"] == "桌椅已经清走，我们一周内再去看。"
    assert hers.post("/api/v1/report/rating", {"solved": "solved", "attitude": "satisfied"}).status_code == 200
    assert bell.empty()
    app.extensions["wangge"].database.close()
