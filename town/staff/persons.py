"""People (人员): who holds which posts, in which squad or for which partner."""

from sqlalchemy.orm import Session

from town import access, backstops, ids
from town.clock import Instant
from town.errors import Refused
from town.people import Account
from town.staff.changing import Change, changing
from town.staff.entries import PersonEntry


def keep_person(session: Session, entry: PersonEntry, hashed: str | None, actor: str, now: Instant) -> Account:
    """From now on the person is as the entry says. A blocked account may sign in again, with its old password.

    ``hashed``: the hash of the first password, asked for a new login only. Raises Refused("squad_unknown" |
    "partner_unknown"), "people_changed" for a new login without a password, and "fallback_needed" for the town's fallback
    without a post that fits.
    """
    with changing(session, actor, now) as change:
        return put_person(change, entry, hashed)


def put_person(change: Change, entry: PersonEntry, hashed: str | None) -> Account:
    """``keep_person`` as part of a larger change."""
    backstops.refuse_to_lose(change.session, entry.login, entry.roles)
    squad = change.squad(entry.squad) if entry.squad else None
    partner = change.partner(entry.partner) if entry.partner else None
    known = change.people.get(entry.login)
    account = change.people[entry.login] = known or _new(entry.login, hashed)
    account.name, account.roles, account.active = entry.name, list(entry.roles), True
    account.squad_id, account.partner_id = squad.id if squad else None, partner.id if partner else None
    change.session.add(account)
    told = {"roles": account.roles, "squad": entry.squad, "partner": entry.partner}
    change.note(f"account:{account.id}", "account.changed" if known else "account.created", **told)
    return account


def close_person(session: Session, login: str, actor: str, now: Instant) -> None:
    """The person may no longer sign in, from this moment on. Raises Refused("person_unknown" | "fallback_needed")."""
    with changing(session, actor, now) as change:
        end_person(change, login)


def end_person(change: Change, login: str) -> None:
    """``close_person`` as part of a larger change."""
    account = change.person(login)
    backstops.refuse_to_lose(change.session, login)
    account.active = False
    access.revoke_all(change.session, f"account:{account.id}", change.now)
    change.note(f"account:{account.id}", "account.blocked")


def _new(login: str, hashed: str | None) -> Account:
    if hashed is None:
        raise Refused("people_changed")
    return Account(id=ids.new_id(), login=login, password=hashed)
