"""Signing in and out (登录)."""

from collections.abc import Callable

from flask import request

from mobile_api import schemas
from town import access, accounts
from town.access import PUBLIC, staff
from town.errors import Refused
from town.http import Call, Routes
from town.people import Squad

routes = Routes("sessions", "/api/v1")


def check(call: Call, sent: schemas.SignIn) -> Callable[[], accounts.Attempt]:
    """The password's slow check."""
    return accounts.attempt(call.session, sent.login, sent.password, call.now)


@routes.post(
    "/sessions",
    rights=PUBLIC,
    takes=schemas.SignIn,
    prepares=check,
    gives=schemas.SessionOut,
    status=201,
    repeatable=False,
)
def sign_in(call: Call, made: accounts.Attempt) -> schemas.SessionOut | Refused:
    """A token for twelve hours. A wrong password is counted, so the refusal is returned, not raised."""
    signed_in = accounts.sign_in(call.session, made, call.now)
    if signed_in is None:
        return Refused("wrong_login")
    account, token, ends = signed_in
    squad = call.session.get(Squad, account.squad_id) if account.squad_id else None
    who = schemas.AccountOut(
        id=account.id, login=account.login, name=account.name, roles=account.roles, squad=squad.name if squad else None
    )
    return schemas.SessionOut(token=token, expires_at=ends, account=who)


@routes.delete("/sessions/current", rights=staff(), status=204)
def sign_out(call: Call) -> None:
    """End this session at once."""
    _, _, token = request.headers["Authorization"].partition(" ")
    access.revoke(call.session, token.strip(), call.now)
