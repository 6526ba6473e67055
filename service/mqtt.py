"""MQTT (消息): the topics, and a publisher that knows when a message has arrived.

A message carries ids and a position, never personal data, and is never retained. The database is the truth: whoever
was rung pulls with a cursor, so a lost or repeated ring does no harm.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from town.settings import Settings

QOS = 1
HEARD_QOS = 0
"""What the service hears is told again soon; a lost message is made good by the next."""
KEEPALIVE = 10
IN_FLIGHT = 100
LARGEST_MESSAGE = 4096
QUEUED_MESSAGES = 5000
RETRY_SECONDS = 1
PATIENCE = 0.2

LOG = structlog.get_logger()

Hear = Callable[[str, bytes], None]
"""Is told topic and payload, on the line's own thread: it must be quick, and must not fail."""


def doorbell(town: str, device: str) -> str:
    """The topic one device is rung on."""
    return f"wangge/{town}/devices/{device}/doorbell"


def position(town: str, device: str) -> str:
    """The topic one device tells its place on."""
    return f"wangge/{town}/devices/{device}/position"


class Publisher:
    """The service's one line to the broker. It reconnects by itself and sends again what was not acknowledged."""

    def __init__(self, settings: Settings, hears: Mapping[str, Hear] | None = None) -> None:
        """Begins to connect in the background; a broker that is away is no error. ``hears``: by topic, with wildcards."""
        self._acknowledged: set[int] = set()
        self._news = threading.Condition()
        self._client = client(settings.mqtt_user, settings.mqtt_password)
        for topic, hear in (hears or {}).items():
            self._client.message_callback_add(topic, partial(_pass_on, hear))
        self._client.on_connect = partial(_subscribe, tuple(hears or ()))
        self._client.on_disconnect = _say_lost
        self._client.on_publish = self._on_publish
        self._client.connect_async(settings.mqtt_host, settings.mqtt_port, KEEPALIVE)
        self._client.loop_start()

    def publish(self, messages: Iterable[tuple[str, bytes]], stopped: Callable[[], bool]) -> bool:
        """Send topic and payload of each and wait until the broker has acknowledged all, however long it is away.

        False when ``stopped`` came first: then some may not have arrived, and the caller must not count them.
        One thread at a time.
        """
        self._acknowledged.clear()
        sent = {self._client.publish(topic, payload, QOS).mid for topic, payload in messages}
        with self._news:
            while not sent <= self._acknowledged:
                if stopped():
                    return False
                self._news.wait(PATIENCE)
        return True

    def close(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_publish(self, _client: Client, _data: Any, mid: int, _reason: ReasonCode, _about: Properties) -> None:
        with self._news:
            self._acknowledged.add(mid)
            self._news.notify_all()


def client(user: str, secret: str) -> Client:
    """A client that signs in with its own name; on Mosquitto, a second one of that name takes the first one's place."""
    made = Client(CallbackAPIVersion.VERSION2, client_id=user)
    made.username_pw_set(user, secret)
    made.reconnect_delay_set(RETRY_SECONDS, RETRY_SECONDS)
    made.max_inflight_messages_set(IN_FLIGHT)
    made.max_queued_messages_set(0)
    return made


def _subscribe(
    topics: tuple[str, ...],
    client: Client,
    _data: Any,
    _flags: ConnectFlags,
    reason: ReasonCode,
    _about: Properties | None,
) -> None:
    """After every return of the broker anew, since it may have forgotten."""
    if reason.is_failure:
        LOG.error("mqtt.refused", reason=str(reason))
        return
    LOG.info("mqtt.connected")
    for topic in topics:
        client.subscribe(topic, HEARD_QOS)


def _pass_on(hear: Hear, _client: Client, _data: Any, said: MQTTMessage) -> None:
    hear(said.topic, bytes(said.payload))


def _say_lost(
    _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _about: Properties | None
) -> None:
    LOG.warning("mqtt.lost", reason=str(reason))
