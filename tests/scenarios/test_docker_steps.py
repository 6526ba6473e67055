"""A town set up as docs/deployment.md says under "Docker", step by step, with the commands that compose would run."""

import http.client
import json
import queue
import re
import signal
import ssl
import stat
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests import composition
from tests.ground import parts
from tests.ground.cast import CHEN_JING, INNER, PASSWORD
from tests.ground.processes import Processes, answers, until
from tests.ground.web import ON_THE_BORDER, two_areas
from tests.standing import Standing

TABLET, OTHER_TABLET = "cz-1", "cd-1"
FIELDS = ("--code-field", "code", "--area-field", "area", "--name-field", "name", "--area-name-field", "area_name")

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def standing(processes: Processes) -> Iterator[Standing]:
    """The town, up and founded; nobody has reported anything."""
    for part in (parts.POSTGIS, parts.MOSQUITTO, parts.MOSQUITTO_CLIENTS, parts.NGINX):
        part.require()
    made = Standing(processes)
    made.run("migrate")
    found(made)
    made.run("broker-files")
    made.start_mosquitto()
    for name in ("web", "worker"):
        made.start(name)
    made.start_proxy()
    yield made
    made.end_all()


def found(standing: Standing) -> None:
    """建镇, as whoever administers the town does it by ``docker compose run --rm wangge``."""
    drawn = standing.folder / "grids.geojson"
    drawn.write_text(json.dumps(two_areas(), ensure_ascii=False))
    standing.run("wangge", "town", "create", "--code", "yunxi", "--name", "云溪镇", "--commit")
    standing.run("wangge", "grids", "import", str(drawn), *FIELDS, "--name", "2026", "--commit")
    standing.run("wangge", "grids", "activate", "2026", "--commit")
    standing.run("wangge", "squads", "per-area", "--commit")
    desk = ("--name", CHEN_JING.name, "--role", CHEN_JING.role.value, "--password", PASSWORD)
    standing.run("wangge", "accounts", "add", CHEN_JING.login, *desk)


@pytest.fixture(scope="module")
def tablets(standing: Standing) -> dict[str, str]:
    """Secrets of a tablet of each squad, made known to the running broker."""
    secrets = {code: _register(standing, code) for code in (TABLET, OTHER_TABLET)}
    standing.run("broker-files")
    standing.tell("mosquitto", signal.SIGHUP)
    return secrets


def _register(standing: Standing, code: str) -> str:
    squad = code.partition("-")[0].upper()
    told = standing.run("wangge", "devices", "add", "--squad", squad, "--code", code, "--commit", "--json")
    secret: str = json.loads(told.partition("{")[1] + told.partition("{")[2])["secret"]
    return secret


class Outside:
    """Somebody outside, who knows the town's address and its certificate."""

    def __init__(self, standing: Standing) -> None:
        self._port = standing.door
        self._trust = ssl.create_default_context(cafile=str(standing.certificate))

    def call(self) -> http.client.HTTPSConnection:
        """A connection to the town's front door."""
        return http.client.HTTPSConnection("127.0.0.1", self._port, timeout=20, context=self._trust)

    def ask(self, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
        """Ask once; gives back the status and what was said."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        line = self.call()
        line.request(method, path, None if body is None else json.dumps(body), headers)
        answer = line.getresponse()
        said = answer.read()
        line.close()
        return answer.status, json.loads(said)

    def sign_in(self) -> str:
        """陈静's token."""
        status, said = self.ask("POST", "/api/v1/sessions", {"login": CHEN_JING.login, "password": PASSWORD})
        assert status == 201, said
        return str(said["token"])


@pytest.fixture
def outside(standing: Standing) -> Outside:
    return Outside(standing)


class Tablet:
    """A tablet that has come in over TLS and listens to its bell."""

    def __init__(self, standing: Standing, code: str, secret: str, client_id: str = "") -> None:
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._listening: queue.Queue[object] = queue.Queue()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=client_id or code)
        self._client.tls_set(ca_certs=str(standing.certificate))
        self._client.username_pw_set(code, secret)
        self._client.on_subscribe = lambda *_: self._listening.put(None)
        self._client.on_message = lambda _client, _data, said: self.heard.put(json.loads(said.payload))
        self._client.connect("127.0.0.1", standing.mqtts)
        self._client.subscribe(f"wangge/yunxi/devices/{code}/doorbell", 1)
        self._client.loop_start()
        self._listening.get(timeout=10)

    def close(self) -> None:
        """Switch off."""
        self._client.disconnect()
        self._client.loop_stop()


def dispatched(outside: Outside) -> Any:
    """A report from between two squads, and the desk's word on whose it is: the order."""
    status, said = outside.ask("POST", "/api/v1/reports", {"place": ON_THE_BORDER, "words": "三张桌子占了人行道"})
    assert status == 201, said
    token = outside.sign_in()
    order = outside.ask("GET", "/api/v1/orders", token=token)[1]["orders"][0]
    sent = {"action": "dispatch", "version": order["version"], "squad": INNER, "words": "电话核实，在河西一侧"}
    status, said = outside.ask("POST", f"/api/v1/orders/{order['id']}/steps", sent, token)
    assert status == 200, said
    return said


def test_secrets_are_made_once_and_are_their_owners_only(standing: Standing):
    files = [path for path in standing.secrets.rglob("*") if path.is_file() and path.suffix != ".pem"]
    before = {path: path.read_text() for path in files}
    assert "Still missing" in standing.said.stdout
    assert "made" not in standing.make_secrets().stdout
    assert {path: path.read_text() for path in files} == before
    assert len(set(before.values())) == len(files) == 8
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_every_service_is_healthy_by_its_own_check(standing: Standing):
    checked = {name: standing.check(name) for name in composition.lasting_services()}
    assert checked == dict.fromkeys(("database", "mosquitto", "web", "worker", "proxy"), 0)


def test_the_doctor_finds_nothing_wrong_with_the_ground(standing: Standing):
    told = json.loads(standing.says("wangge", "doctor", "--json"))
    stand = {finding["check"]: finding["level"] for finding in told}
    ground = ("设置", "密钥", "消息服务", "数据库", "版本", "空间扩展", "数据库权限", "轨迹编号")
    assert {name: stand.get(name) for name in ground} == dict.fromkeys(ground, "good")


def test_a_report_from_outside_rings_the_squads_tablet(standing: Standing, tablets: dict[str, str], outside: Outside):
    tablet = Tablet(standing, TABLET, tablets[TABLET])
    order = dispatched(outside)
    rung = tablet.heard.get(timeout=20)
    tablet.close()
    assert rung["order"] == order["id"]


def test_nobody_cuts_off_a_tablet_by_taking_its_name(standing: Standing, tablets: dict[str, str], outside: Outside):
    tablet = Tablet(standing, TABLET, tablets[TABLET])
    other = Tablet(standing, OTHER_TABLET, tablets[OTHER_TABLET], client_id=TABLET)
    order = dispatched(outside)
    assert tablet.heard.get(timeout=20)["order"] == order["id"]
    assert other.heard.empty()
    tablet.close()
    other.close()


def test_the_broker_listens_where_it_is_told_to_and_nowhere_else(standing: Standing):
    opened = re.findall(r"listen socket on port (\d+)", standing.log("mosquitto").read_text())
    assert {int(port) for port in opened} == {standing.mqtt, standing.mqtts}


def test_a_live_picture_comes_through_the_door_piece_by_piece(outside: Outside):
    token = outside.sign_in()
    position = outside.ask("GET", "/api/v1/map/orders", token=token)[1]["position"]
    line = outside.call()
    line.request("GET", f"/live?after={position}", headers={"Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    order = dispatched(outside)
    seen = next(words for words in iter(answer.readline, b"") if order["id"].encode() in words)
    line.close()
    assert seen.startswith(b"data: ")


def test_a_body_over_the_limit_is_refused_at_the_door(outside: Outside):
    line = outside.call()
    line.putrequest("POST", "/api/v1/reports")
    line.putheader("Content-Length", str(20_000_001))
    line.endheaders()
    assert line.getresponse().status == 413
    line.close()


def test_whoever_comes_without_tls_is_sent_to_the_door_with_it(standing: Standing):
    line = http.client.HTTPConnection("127.0.0.1", standing.redirect, timeout=10)
    line.request("GET", "/citizen", headers={"Host": "yunxi.example"})
    answer = line.getresponse()
    assert (answer.status, answer.getheader("Location")) == (308, "https://yunxi.example/citizen")
    line.close()


def test_the_doors_log_does_not_know_from_where_somebody_reported(standing: Standing, outside: Outside):
    dispatched(outside)
    until(lambda: "/steps" in standing.log("proxy").read_text(), "the log to be written")
    lines = [line.split() for line in standing.log("proxy").read_text().splitlines() if " POST " in line]
    whence = {(words[1], words[3]) for words in lines if len(words) > 3}
    assert ("-", "/api/v1/reports") in whence
    assert ("127.0.0.1", "/api/v1/sessions") in whence
    assert ("127.0.0.1", "/api/v1/reports") not in whence


def test_the_town_ends_in_good_order_and_comes_back_from_its_backup(standing: Standing):
    file = standing.folder / "backup"
    standing.run("wangge", "backup", str(file))
    endings = {"proxy": signal.SIGQUIT, "worker": signal.SIGTERM, "web": signal.SIGTERM, "mosquitto": signal.SIGTERM}
    assert {name: standing.end(name, how) for name, how in endings.items()} == dict.fromkeys(endings, 0)
    assert not answers(standing.web)

    standing.lose_the_database()
    restored = json.loads(standing.run("wangge", "restore", str(file), "--json"))
    assert restored["findings"] == []
    assert "云溪镇" in standing.run("wangge", "town", "show")
