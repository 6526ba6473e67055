"""A small client of the public API (演示客户端), as any program outside might write it."""

import json
import urllib.error
import urllib.request
import uuid
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


class LockedOut(Exception):
    """This person may not sign in, or not now."""


class Api:
    """One person's way in: with an account, with a receipt, or as anybody. Signs in when needed, and again when it has ended."""

    def __init__(
        self, base: str, login: str | None = None, password: str | None = None, receipt: str | None = None
    ) -> None:
        self._base = base
        self._credentials = {"login": login, "password": password}
        self._authorization = f"Receipt {receipt}" if receipt else None

    def as_person(self, login: str, password: str) -> "Api":
        """The same service, for somebody with an account."""
        return Api(self._base, login, password)

    def with_receipt(self, receipt: str) -> "Api":
        """The same service, for the holder of a receipt."""
        return Api(self._base, receipt=receipt)

    def get(self, path: str) -> Any:
        """Read. Raises Problem, Gone or LockedOut."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, sent: dict[str, Any], key: str) -> Any:
        """Write, once however often it is sent under this key. Raises Problem, Gone or LockedOut."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._ask("POST", path, json.dumps(sent).encode(), headers)

    def post_photo(self, path: str, jpeg: bytes, key: str, field: str = "photo") -> Any:
        """Send a photo, once however often under this key, as ``field`` of a form. Raises Problem, Gone or LockedOut."""
        boundary = uuid.uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="photo.jpg"\r\n'
        body = head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + jpeg + f"\r\n--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": key}
        return self._ask("POST", path, body, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Any:
        if self._authorization is None and self._credentials["login"]:
            self._sign_in()
        given = headers | ({"Authorization": self._authorization} if self._authorization else {})
        try:
            return self._send(method, path, body, given)
        except Problem as problem:
            if problem.status != 401 or not self._credentials["login"]:
                raise
            self._authorization = None
            raise Gone("the session has ended") from problem

    def _sign_in(self) -> None:
        sent = json.dumps(self._credentials).encode()
        try:
            token = self._send("POST", "/api/v1/sessions", sent, {"Content-Type": "application/json"})["token"]
        except Problem as problem:
            raise LockedOut(str(problem)) from problem
        self._authorization = f"Bearer {token}"

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(self._base + path, body, headers, method=method)
        try:
            with DIRECT.open(request, timeout=PATIENCE_SECONDS) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise _refusal(error) from error
        except (OSError, ValueError) as error:
            raise Gone(str(error)) from error


def _refusal(error: urllib.error.HTTPError) -> Exception:
    with error:
        if error.code >= 500:
            return Gone(f"HTTP {error.code}")
        try:
            said = json.load(error)
        except ValueError:
            return Gone(f"HTTP {error.code} without a problem")
    return Problem(error.code, said["code"], said["detail"])
