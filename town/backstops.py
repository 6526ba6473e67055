"""Backstops (兜底): whom the town tells and whom it gives work when there is nobody else, and when it lets people sleep.

Neither can be lost by the way: who is named here stays until somebody else is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from town import journal, profile, reference
from town.clock import Instant
from town.errors import Refused
from town.partners import Partner
from town.people import Account, Role
from town.profile import ONLY, Town
from town.reference import Kind

FALLBACK_ROLES = frozenset({Role.SUPERVISOR, Role.DISPATCHER, Role.APPROVER, Role.SYSTEM_ADMIN})
"""Who may be the one that is told when nobody else can be."""
QUIET = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)")


@dataclass(frozen=True)
class Backstops:
    """What shall change; what is None stays. ``quiet``: ``21:00-07:00``, local; the same time twice means no quiet."""

    fallback: str | None = None
    last_resort: str | None = None
    quiet: str | None = None


def change(session: Session, wanted: Backstops, actor: str, now: Instant) -> Town:
    """Set what is named, and tell the journal.

    Raises Refused("person_unknown" | "fallback_unfit" | "partner_unknown" | "invalid" | "town_missing").
    """
    reference.change(session, Kind.PEOPLE, now)  # nobody is blocked meanwhile
    town = profile.current(session)
    changes = _checked(session, wanted)
    told = {name: [getattr(town, name), value] for name, value in changes.items() if getattr(town, name) != value}
    for name, (_, value) in told.items():
        setattr(town, name, value)
    if told:
        journal.note(session, subject="town", kind="town.changed", actor=actor, at=now, data=told)
    return town


def quiet_hours(text: str) -> tuple[str, str]:
    """From and until, as local times. Raises Refused("invalid")."""
    found = QUIET.fullmatch(text.strip())
    if found is None:
        raise Refused("invalid", errors={"quiet": ["要写成 21:00-07:00；两个时间相同表示没有免打扰"]})
    return found[1], found[2]


def refuse_to_lose(session: Session, login: str, roles: Collection[str] = ()) -> None:
    """Raise Refused("fallback_needed") when the town's fallback would be left with these roles, or without any."""
    if login == named(session).fallback and not FALLBACK_ROLES & set(roles):
        raise Refused("fallback_needed", login=login)


def refuse_to_close(session: Session, code: str) -> None:
    """Raise Refused("last_resort_needed") for the partner that must take what nobody else took."""
    if code == named(session).last_resort:
        raise Refused("last_resort_needed", partner=code)


def named(session: Session) -> Backstops:
    """Who is named; nobody before the town is founded."""
    row = session.execute(select(Town.fallback, Town.last_resort).where(Town.id == ONLY)).first()
    return Backstops(*row) if row else Backstops()


def _checked(session: Session, wanted: Backstops) -> dict[str, str]:
    changes: dict[str, str] = {}
    if wanted.fallback is not None:
        changes["fallback"] = _fit(session, wanted.fallback)
    if wanted.last_resort is not None:
        changes["last_resort"] = _partner(session, wanted.last_resort)
    if wanted.quiet is not None:
        changes["quiet_from"], changes["quiet_until"] = quiet_hours(wanted.quiet)
    return changes


def _fit(session: Session, login: str) -> str:
    account = session.scalar(select(Account).where(Account.login == login, Account.active))
    if account is None:
        raise Refused("person_unknown", login=login)
    if not FALLBACK_ROLES & set(account.roles):
        raise Refused("fallback_unfit", name=account.name)
    return login


def _partner(session: Session, code: str) -> str:
    if session.scalar(select(Partner.id).where(Partner.code == code, Partner.active)) is None:
        raise Refused("partner_unknown", partner=code)
    return code
