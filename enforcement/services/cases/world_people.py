"""Whom an act involves (涉及的人): officers with their certificates, conflicts of interest, the party's age."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import Party, PenaltyCase
from enforcement.rules import parties as rules
from enforcement.rules.cases.facts import Act, Case
from enforcement.services import parties
from town import officers
from town.errors import Refused
from town.officers import Certificate
from town.people import Account
from town.settings import Settings

LEGAL = "法律职业资格证"
"""法律职业资格: the kind of certificate that lets somebody review penalties (行政处罚法 58)."""


def of(session: Session, row: PenaltyCase, case: Case, act: Act, login: str | None, today: dt.date) -> dict[str, Any]:
    """Everybody whom the act names, who is in charge, and who acts."""
    named = {*case.handlers, *act.given.get("officers", ()), *_persons(act), *([login] if login else [])}
    accounts = {one.login: one for one in session.scalars(select(Account).where(Account.login.in_(named)))}
    about = _about(row)
    told = {one: officer(session, accounts.get(one), today, one) for one in sorted(named)}
    return {"actor": login, "officers": told, "conflicts": _conflicts(session, named, about, today)}


def party(session: Session, settings: Settings, act: Act, acted_on: dt.date) -> dict[str, Any]:
    """The party as rules want it, with the age on the last day of the act."""
    found = session.get(Party, uuid.UUID(str(act.given["party"])))
    if found is None:
        raise Refused("not_found")
    birth = rules.birth_of(parties.read(session, settings.master_key, found.id))
    age = rules.age_on(birth, acted_on) if birth else None
    told = {"id": str(found.id), "version": found.version, "kind": found.kind, "age": age}
    return {"party": told | {"minor": age is not None and age < ADULT}}


ADULT = 18


def _persons(act: Act) -> Iterable[str]:
    return (str(act.given[name]) for name in ("chair", "challenged") if act.given.get(name))


def _about(row: PenaltyCase) -> set[str]:
    about = {f"grid:{row.grid_code}"} if row.grid_code else set()
    return about | ({f"party:{row.party_id}"} if row.party_id else set())


def officer(session: Session, account: Account | None, today: dt.date, login: str = "") -> dict[str, Any]:
    """执法人员 with the standing of his certificate. ``login``: of whom there is no account."""
    fact = officers.officer(session, account.id) if account else None
    if account is None or fact is None:
        return {
            "name": login,
            "roles": [],
            "ok": False,
            "code": "unknown",
            "why": f"没有账号「{login}」",
            "article": "",
        }
    standing = officers.may_enforce(fact.roles, fact.certificates, today)
    return {
        "name": account.name,
        "roles": sorted(account.roles),
        "ok": standing.ok,
        "code": standing.code,
        "why": standing.why,
        "article": standing.article,
        "number": standing.number,
        "qualified": _qualified(session, account.id, today),
    }


def _qualified(session: Session, account_id: uuid.UUID, today: dt.date) -> bool:
    held = session.scalars(select(Certificate).where(Certificate.account_id == account_id, Certificate.kind == LEGAL))
    return any(
        one.valid_from <= today <= one.valid_to and not (one.revoked_on and one.revoked_on <= today) for one in held
    )


def _conflicts(session: Session, named: set[str], about: set[str], today: dt.date) -> list[dict[str, str]]:
    standing = officers.conflicts_on(session, today)
    return [{"login": one.login, "about": one.about} for one in standing if one.login in named and one.about in about]
