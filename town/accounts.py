"""Accounts (账号): made, signed in, blocked. Passwords are argon2id hashes; wrong ones slow the account down."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from town import access, backstops, ids, journal, reference
from town.clock import Instant
from town.errors import Refused
from town.people import Account, Role
from town.reference import Kind

HASHER = PasswordHasher()
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$iYcAj0lBf0JVsXEVYtUR+A$J3wpTvEd1FhpwPauSvuUBxMAZzPPeLxuDnY8oe35zgo"
"""The hash of a forgotten random word, checked when there is no such login, so that the answer takes as long."""

CHECKING = threading.BoundedSemaphore(2)
"""Each check takes 64 MiB and a core for a good part of a second; a flood of them waits, and nobody else does."""

FREE_FAILURES = 5
LONGEST_LOCK = dt.timedelta(minutes=15)


def create(
    session: Session,
    login: str,
    name: str,
    roles: Iterable[Role],
    squad_id: uuid.UUID | None,
    password: str,
    now: Instant,
    *,
    partner_id: uuid.UUID | None = None,
) -> Account:
    """A new account. The journal keeps who came to hold which roles, never the password.

    Raises Refused("login_taken").
    """
    if session.scalar(select(Account.id).where(Account.login == login)):
        raise Refused("login_taken", login=login)
    held = sorted(roles)
    account = Account(
        id=ids.new_id(),
        login=login,
        name=name,
        roles=held,
        squad_id=squad_id,
        partner_id=partner_id,
        password=HASHER.hash(password),
    )
    reference.change(session, Kind.PEOPLE, now)  # not before the slow hash: others wait from here on
    session.add(account)
    session.flush()
    _note(session, account, "account.created", now, {"roles": held})
    return account


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, its password already checked against the hash that stood there."""

    login: str
    hashed: str
    fits: bool


def attempt(session: Session, login: str, password: str, now: Instant) -> Callable[[], Attempt]:
    """The slow check of a password, to be done while no connection is held.

    Raises Refused("login_locked") while the account rests after too many failures.
    """
    account = session.scalar(select(Account).where(Account.login == login, Account.active))
    _refuse_locked(account, now)
    hashed = account.password if account else NOBODY

    def check() -> Attempt:
        with CHECKING:
            return Attempt(login, hashed, fits(hashed, password))

    return check


def sign_in(session: Session, made: Attempt, now: Instant) -> tuple[Account, str, Instant] | None:
    """Account, bearer token and its end; None for a wrong login, whose failure is counted and must be committed.

    Raises Refused("login_locked") when others have failed too often meanwhile.
    """
    account = session.scalar(select(Account).where(Account.login == made.login, Account.active).with_for_update())
    _refuse_locked(account, now)
    if account is None or account.password != made.hashed or not made.fits:
        if account:
            _count_failure(account, now)
        return None
    account.failures, account.locked_until = 0, None
    token, ends = ids.new_secret(), now + access.SESSION_LENGTH
    access.issue(session, f"account:{account.id}", token, now, expires_at=ends)
    return account, token, ends


def _refuse_locked(account: Account | None, now: Instant) -> None:
    if account and account.locked_until and account.locked_until > now:
        raise Refused("login_locked", seconds=int((account.locked_until - now).total_seconds()) + 1)


def block(session: Session, account: Account, now: Instant) -> None:
    """The person may no longer sign in, and every token dies with the account. Raises Refused("fallback_needed")."""
    reference.change(session, Kind.PEOPLE, now)
    backstops.refuse_to_lose(session, account.login)
    account.active = False
    access.revoke_all(session, f"account:{account.id}", now)
    _note(session, account, "account.blocked", now, {})


def fits(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return HASHER.verify(hashed, password)
    except VerificationError:
        return False


def _count_failure(account: Account, now: Instant) -> None:
    account.failures += 1
    if account.failures >= FREE_FAILURES:
        wait = dt.timedelta(seconds=2 ** min(account.failures - FREE_FAILURES, 10))
        account.locked_until = now + min(wait, LONGEST_LOCK)


def _note(session: Session, account: Account, kind: str, now: Instant, data: dict[str, object]) -> None:
    journal.note(session, subject=f"account:{account.id}", kind=kind, actor="system:accounts", at=now, data=data)
