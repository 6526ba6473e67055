"""Clients of the public API, as phones, tablets and screens are: they ask over real connections and ask again."""

import json
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from tests.ground.cast import PASSWORD, Person
from town import clock

HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds a client waits for an answer."""
LONGEST_ABSENCE = 60.0
"""Seconds after which the service is taken for dead, not for restarting."""
SILENCE = 12.0
"""Seconds without a tick after which a line is dead, as the wall has it."""
PAUSE = 0.2
BROKEN_LINE = (OSError, HTTPException, ValueError)


class Gone(Exception):
    """The service does not answer, or not now."""


class Refusal(Exception):
    """The service said no."""

    def __init__(self, status: int, said: Any) -> None:
        super().__init__(f"{status} {said}")
        self.status, self.said = status, said


class Caller:
    """Somebody who asks over HTTP, on a new connection each time.

    ``repeats``: how often he asked again; ``replays``: how often it turned out to have been done before.
    """

    def __init__(self, port: int, authorization: str | None = None) -> None:
        self.port = port
        self.authorization = authorization
        self.repeats = 0
        self.replays = 0

    def signed_in(self, person: Person) -> "Caller":
        """The same service, for somebody with an account."""
        session = self.insist("POST", "/api/v1/sessions", {"login": person.login, "password": PASSWORD})
        return Caller(self.port, f"Bearer {session['token']}")

    def with_receipt(self, receipt: str) -> "Caller":
        """The same service, for the holder of a receipt."""
        return Caller(self.port, f"Receipt {receipt}")

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> tuple[int, Any]:
        """Ask once. Gives back status and JSON, whatever they say. Raises Gone when no whole answer came."""
        try:
            return self._ask(method, path, body, key)
        except BROKEN_LINE as broken:
            raise Gone(repr(broken)) from broken

    def insist(self, method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        """Ask the same again until it is done, as a phone does. Raises Refusal for any answer but yes and 503.

        Raises Gone when the service does not come back at all.
        """
        key, begun = key or uuid.uuid4().hex, clock.elapsed()
        while clock.elapsed() - begun < LONGEST_ABSENCE:
            with suppress(Gone):
                status, said = self.ask(method, path, body, key)
                if status < 300:
                    return said
                if status != 503:
                    raise Refusal(status, said)
            self.repeats += 1
            time.sleep(PAUSE)
        raise Gone(f"for {LONGEST_ABSENCE:g} s")

    def headers(self) -> dict[str, str]:
        """Who asks."""
        return {"Authorization": self.authorization} if self.authorization else {}

    def _ask(self, method: str, path: str, body: Any, key: str | None) -> tuple[int, Any]:
        line = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        headers = self.headers() | {"Content-Type": "application/json", "Connection": "close"}
        if key:
            headers["Idempotency-Key"] = key
        try:
            line.request(method, path, None if body is None else json.dumps(body), headers)
            answer = line.getresponse()
            said = answer.read()
            self.replays += answer.getheader("Idempotency-Replayed") == "true"
            return answer.status, json.loads(said) if said else None
        finally:
            line.close()


@dataclass(frozen=True)
class Message:
    """One server-sent event: ``id`` is the position to resume from, if it has one."""

    event: str
    id: int | None
    data: Any


class Stream:
    """An open live picture. Raises Refusal when it is not let in, Gone when nobody answers."""

    def __init__(self, caller: Caller, after: int | None = None, last_event_id: int | None = None) -> None:
        self._line = HTTPConnection(HOST, caller.port, timeout=SILENCE)
        headers = caller.headers() | ({} if last_event_id is None else {"Last-Event-ID": str(last_event_id)})
        try:
            self._line.connect()
            self._socket = self._line.sock
            self._line.request("GET", "/live" if after is None else f"/live?after={after}", headers=headers)
            self._answer: HTTPResponse = self._line.getresponse()
        except BROKEN_LINE as broken:
            self._line.close()
            raise Gone(repr(broken)) from broken
        if self._answer.status != 200:
            said = json.loads(self._answer.read())
            self._line.close()
            raise Refusal(self._answer.status, said)

    def messages(self) -> Iterator[Message]:
        """Whatever arrives, until the stream ends, breaks, falls silent or is closed."""
        fields: dict[str, str] = {}
        with suppress(*BROKEN_LINE):
            while line := self._answer.readline():
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                elif "event" in fields:
                    place = fields.get("id")
                    yield Message(fields["event"], int(place) if place else None, json.loads(fields["data"]))
                    fields = {}

    def hang_up(self) -> None:
        """Cut the line; whoever reads finds it ended. May be called from another thread."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Cut the line and let go of it."""
        self.hang_up()
        self._answer.close()
        self._line.close()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
