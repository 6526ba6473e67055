"""The one door over HTTP: rights stated where a route is registered, one transaction per write, the answer after commit.

A view gets a ``Call`` (session, who, now) and returns a ``Reply``. Raising ``Refused`` rolls everything back;
*returning* one keeps what was written (a counted wrong password) and still answers with the problem.
"""

import functools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from town import access, bodies, clock, idempotency
from town.access import Actor, Rights
from town.bodies import Upload
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.people import DemoLogin
from town.settings import Settings

View = Callable[..., Any]


@dataclass(frozen=True)
class Ground:
    """What every request stands on."""

    settings: Settings
    database: Database
    demo_logins: tuple[DemoLogin, ...] = ()


@dataclass(frozen=True)
class Call:
    """One request, as a view sees it."""

    session: Session
    who: Actor
    now: Instant
    settings: Settings


@dataclass(frozen=True)
class Route:
    """One route with everything stated about it: the tests and the OpenAPI document read this.

    ``prepares(call, body, **path)`` may look into the database and refuse; it gives back the slow work (decoding a photo,
    checking a password), which is done while no connection is held, and whose result the view gets as its body.
    """

    method: str
    rule: str
    view: View
    rights: Rights
    takes: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None
    status: int = 200
    repeatable: bool = True
    prepares: Callable[..., Callable[[], Any]] | None = None
    media_type: str = "application/json"

    @property
    def writes(self) -> bool:
        """True when the route runs in a transaction that may write."""
        return self.method != "GET"


@dataclass(frozen=True)
class Routes:
    """A room's routes, collected where they are written and bound to the app by ``service``."""

    name: str
    prefix: str = ""
    listed: list[Route] = field(default_factory=list)

    def get(self, rule: str, *, rights: Rights, **stated: Any) -> Callable[[View], View]:
        """A reading route. Its view may not write: it gets a session that nobody commits."""
        return self._register("GET", rule, rights, stated)

    def post(self, rule: str, *, rights: Rights, **stated: Any) -> Callable[[View], View]:
        """A writing route, repeatable under an Idempotency-Key unless ``repeatable=False`` is stated."""
        return self._register("POST", rule, rights, stated)

    def delete(self, rule: str, *, rights: Rights, **stated: Any) -> Callable[[View], View]:
        """A writing route that ends something; repeating it changes nothing by itself."""
        return self._register("DELETE", rule, rights, {"repeatable": False, **stated})

    def _register(self, method: str, rule: str, rights: Rights, stated: dict[str, Any]) -> Callable[[View], View]:
        def keep(view: View) -> View:
            self.listed.append(Route(method, self.prefix + rule, view, rights, **stated))
            return view

        return keep


def bind(app: Flask, rooms: Iterable[Routes]) -> None:
    """Register every route of the rooms; each endpoint carries its ``Route`` for the guard and the tests."""
    for room in rooms:
        for route in room.listed:
            endpoint = functools.partial(_answer, route)
            endpoint.route = route  # type: ignore[attr-defined]
            app.add_url_rule(route.rule, f"{room.name}.{route.view.__name__}", endpoint, methods=[route.method])


def ground() -> Ground:
    """The ground of the running app."""
    return current_app.extensions["wangge"]  # type: ignore[no-any-return]


def _answer(route: Route, **path: Any) -> Response:
    g.now = clock.now()
    return _write(route, path) if route.writes else _read(route, path)


def _read(route: Route, path: dict[str, Any]) -> Response:
    with ground().database.read() as session:
        call = _call(session, route)
        given = () if route.query is None else (bodies.query(request, route.query),)
        return _response(route, route.view(call, *given, **path))


def _write(route: Route, path: dict[str, Any]) -> Response:
    given, digest = _body(route)  # before the transaction: a slow sender must not hold it open
    if route.prepares:
        given = (_prepared(route, given, path),)
    with ground().database.write() as session:
        call = _call(session, route)
        if not route.repeatable:
            return _response(route, route.view(call, *given, **path))
        key = idempotency.Key(f"{request.path} {call.who.name} {call.who.report_id}", _idempotency_key(), digest)
        return _once(route, call, key, given, path)


def _prepared(route: Route, given: tuple[Any, ...], path: dict[str, Any]) -> Any:
    assert route.prepares
    with ground().database.read() as session:
        work = route.prepares(_call(session, route), *given, **path)
    return work()


def _once(route: Route, call: Call, key: idempotency.Key, given: tuple[Any, ...], path: dict[str, Any]) -> Response:
    """Do it, unless it was done under this key before; either way the same answer."""
    master_key = call.settings.master_key
    if stored := idempotency.claim(call.session, key, master_key, call.now):
        return Response(stored[1], stored[0], mimetype=route.media_type, headers={"Idempotency-Replayed": "true"})
    response = _response(route, route.view(call, *given, **path))
    idempotency.settle(call.session, key, master_key, response.status_code, response.get_data())
    return response


def _call(session: Session, route: Route) -> Call:
    authorization = None if route.rights.open else request.headers.get("Authorization")
    who = access.identify(session, authorization, g.now)
    structlog.contextvars.bind_contextvars(actor=who.name)
    route.rights.check(who)
    return Call(session, who, g.now, ground().settings)


def _body(route: Route) -> tuple[tuple[Any, ...], bytes]:
    if route.takes is None:
        return (), b""
    if issubclass(route.takes, Upload):
        photo, digest = bodies.upload(request, route.takes)
        return (photo,), digest
    sent, digest = bodies.json_body(request, route.takes)
    return (sent,), digest


def _idempotency_key() -> str:
    return request.headers.get("Idempotency-Key", "")


def _response(route: Route, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    if isinstance(result, Refused):
        return problem(result)
    if result is None:
        return Response(status=204)
    return Response(result.model_dump_json(), route.status, mimetype=route.media_type)


def problem(refused: Refused) -> Response:
    """A refusal as problem+json."""
    facts = {name: value for name, value in refused.facts.items() if name not in RESERVED}
    said = Problem(
        type=f"urn:wangge:problem:{refused.problem.code}",
        title=refused.problem.title,
        status=refused.problem.status,
        detail=refused.detail,
        code=refused.problem.code,
        request_id=request_id(),
        **facts,
    )
    response = Response(said.model_dump_json(), refused.problem.status, mimetype="application/problem+json")
    if "seconds" in facts:
        response.headers["Retry-After"] = str(facts["seconds"])
    return response


class Problem(BaseModel, extra="allow"):
    """RFC 9457 problem details, with our stable code and the request's id."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str


RESERVED = frozenset(Problem.model_fields)


def request_id() -> str:
    """The id of this request, made at its start; it stands in every log line and every problem."""
    if "request_id" not in g:
        g.request_id = uuid.uuid4().hex
    return str(g.request_id)
