"""The embedded broker (内置消息服务): amqtt in a process of its own, for the demo and for a trial on one machine.

In production Mosquitto takes its place, with the files that ``service.mosquitto`` writes: the same names, the same
secrets, the same rights. Why there are two: docs/adr/0006-processes-and-doorbell.md.
"""

import asyncio
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from amqtt.adapters import StreamReaderAdapter, StreamWriterAdapter
from amqtt.broker import Broker
from amqtt.contexts import Action
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session as Client

from service import mqtt
from town import clock, devices, ids, profile
from town.database import Database
from town.settings import Settings

FRESH_SECONDS = 1.0
"""How long a list of tablets is believed: a blocked one is shut out within this time."""

LOG = structlog.get_logger()


class Doorkeeper:
    """Who may connect, and who may do what on which topic."""

    def __init__(self, town: str, user: str, password: str, admitted: Callable[[], Mapping[str, str]]) -> None:
        """``admitted`` gives code and hashed secret of the tablets that may connect."""
        self._town, self._user, self._password = town, user, password
        self._admitted = admitted
        self._tablets: Mapping[str, str] = {}
        self._asked_at: float | None = None

    def admits(self, name: str | None, secret: str | None) -> bool:
        """Whether this is the service, or a tablet that is not blocked, with its own secret."""
        if not name or not secret:
            return False
        if name == self._user:
            return ids.same(secret, self._password)
        return devices.fits(self._known().get(name, ""), secret)

    def allows(self, name: str | None, action: Action, topic: str) -> bool:
        """The service may do everything under its town; a tablet hears its own bell and tells its own place."""
        if name == self._user:
            return topic.startswith(f"wangge/{self._town}/")
        if not name or name not in self._known():
            return False
        own = mqtt.position if action is Action.PUBLISH else mqtt.doorbell
        return topic == own(self._town, name)

    def _known(self) -> Mapping[str, str]:
        if self._asked_at is None or clock.elapsed() - self._asked_at > FRESH_SECONDS:
            self._tablets, self._asked_at = self._admitted(), clock.elapsed()
        return self._tablets


class SignIn(BaseAuthPlugin):
    """amqtt asks here whether a client may connect."""

    @dataclass
    class Config:
        """What the plugin is given."""

        doorkeeper: Doorkeeper

    async def authenticate(self, *, session: Client) -> bool:
        """The client's own name must be its login, so that nobody can take over another's session."""
        name = session.username
        doorkeeper: Doorkeeper = self.config.doorkeeper
        admitted = bool(session.client_id == name) and doorkeeper.admits(name, session.password)
        if not admitted:
            LOG.warning("broker.refused", name=name)
        return admitted


class Topics(BaseTopicPlugin):
    """amqtt asks here before a subscription, a publication and every delivery."""

    @dataclass
    class Config:
        """What the plugin is given."""

        doorkeeper: Doorkeeper

    async def topic_filtering(
        self, *, session: Client | None = None, topic: str | None = None, action: Action | None = None
    ) -> bool:
        """A filter with a wildcard is no topic of anybody's, so only the service may use one."""
        if session is None or topic is None or action is None:
            return False
        doorkeeper: Doorkeeper = self.config.doorkeeper
        return doorkeeper.allows(session.username, action, topic)


class SmallMessages(StreamReaderAdapter):
    """Refuses to read what is longer than any message of ours."""

    async def read(self, n: int = -1) -> bytes:
        """Raises ValueError for a length over the limit; amqtt then closes the connection."""
        if n > mqtt.LARGEST_MESSAGE:
            raise ValueError(f"message of {n} bytes")
        data: bytes = await super().read(n)
        return data


class Subscriptions(dict[str, Any]):
    """amqtt walks over them while it waits for the doorkeeper's answers, and others subscribe meanwhile."""

    def items(self) -> Any:
        """As they are now; a walk that stopped half-way would lose the message."""
        return list(super().items())


class SmallBroker(Broker):
    """amqtt's broker with a limit to the length of a message, which it has no setting for."""

    def __init__(self, config: dict[str, object]) -> None:
        super().__init__(config)
        self._subscriptions = Subscriptions()

    async def stream_connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, listener_name: str
    ) -> None:
        """A TCP client has come."""
        await self._client_connected(listener_name, SmallMessages(reader), StreamWriterAdapter(writer))


def run(settings: Settings, database: Database) -> None:
    """Serve until SIGTERM or SIGINT. Raises Refused("town_missing")."""
    with database.read() as session:
        town = profile.current(session).code
    doorkeeper = Doorkeeper(town, settings.mqtt_user, settings.mqtt_password, lambda: _admitted(database))
    asyncio.run(_serve(f"{settings.mqtt_host}:{settings.mqtt_port}", doorkeeper))


def _admitted(database: Database) -> dict[str, str]:
    with database.read() as session:
        return devices.admitted(session)


async def _serve(bind: str, doorkeeper: Doorkeeper) -> None:
    stop = asyncio.Event()
    for end in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(end, stop.set)
    broker = SmallBroker(_configuration(bind, doorkeeper))
    await broker.start()
    LOG.info("broker.listening", bind=bind)
    await stop.wait()
    await broker.shutdown()


def _configuration(bind: str, doorkeeper: Doorkeeper) -> dict[str, object]:
    plugins = {f"{plugin.__module__}.{plugin.__name__}": {"doorkeeper": doorkeeper} for plugin in (SignIn, Topics)}
    return {"listeners": {"default": {"type": "tcp", "bind": bind}}, "plugins": plugins}
