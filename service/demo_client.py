"""A small client of the public API (演示客户端), as any program outside might write it."""

import json
import urllib.error
import urllib.request
from typing import Any

PATIENCE_SECONDS = 10.0
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""The service is on this machine; a proxy that the environment names would not find it."""


class Gone(Exception):
    """The service does not answer, or not now."""


class Problem(Exception):
    """The service said no, and why."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code = status, code


class Api:
    """One person's way in; signs in when needed, and again when the session has ended."""

    def __init__(self, base: str, login: str | None = None, password: str | None = None) -> None:
        self._base = base
        self._credentials = {"login": login, "password": password}
        self._token: str | None = None

    def as_person(self, login: str, password: str) -> "Api":
        """The same service, for somebody with an account."""
        return Api(self._base, login, password)

    def get(self, path: str) -> Any:
        """Read. Raises Problem or Gone."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, sent: dict[str, Any], key: str) -> Any:
        """Write, once however often it is sent under this key. Raises Problem or Gone."""
        return self._ask("POST", path, sent, {"Idempotency-Key": key})

    def _ask(self, method: str, path: str, sent: dict[str, Any] | None, headers: dict[str, str]) -> Any:
        if not self._credentials["login"]:
            return self._send(method, path, sent, headers)
        if self._token is None:
            self._sign_in()
        try:
            return self._send(method, path, sent, headers | {"Authorization": f"Bearer {self._token}"})
        except Problem as problem:
            if problem.status != 401:
                raise
            self._token = None
            raise Gone("the session has ended") from problem

    def _sign_in(self) -> None:
        self._token = self._send("POST", "/api/v1/sessions", self._credentials, {})["token"]

    def _send(self, method: str, path: str, sent: dict[str, Any] | None, headers: dict[str, str]) -> Any:
        body = None if sent is None else json.dumps(sent).encode()
        given = {"Content-Type": "application/json", **headers}
        request = urllib.request.Request(self._base + path, body, given, method=method)
        try:
            with DIRECT.open(request, timeout=PATIENCE_SECONDS) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise _refusal(error) from error
        except (OSError, ValueError) as error:
            raise Gone(str(error)) from error


def _refusal(error: urllib.error.HTTPError) -> Exception:
    with error:
        if error.code >= 500 or error.code == 429:
            return Gone(f"HTTP {error.code}")
        try:
            said = json.load(error)
        except ValueError:
            return Gone(f"HTTP {error.code} without a problem")
    return Problem(error.code, said["code"], said["detail"])
