"""Whom an act involves (涉及的人): officers with their certificates, conflicts of interest, the party's age."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from enforcement.models import Party, PenaltyCase
from enforcement.rules import parties as rules
from enforcement.rules.cases.facts import Act, Case
from enforcement.services import parties
from town import officers
from town.errors import Refused
from town.officers import Certificate, CertificateFact
from town.people import Account, Squad
from town.settings import Settings

Employed = tuple[Account, str | None]
"""Somebody, and the code of his squad if he has one."""
LEGAL = "法律职业资格证"
"""法律职业资格: the kind of certificate that lets somebody review penalties (行政处罚法 58)."""


def of(session: Session, row: PenaltyCase, case: Case, act: Act, login: str | None, today: dt.date) -> dict[str, Any]:
    """Everybody whom the act names, who is in charge, and who acts."""
    named = {*case.handlers, *act.given.get("officers", ()), *_persons(act), *([login] if login else [])}
    found = officers_of(session, accounts(session, Account.login.in_(named), Account.active.is_(True)), today)
    return {
        "actor": login,
        "officers": {one: found.get(one) or _nobody(one) for one in sorted(named)},
        "squad": session.get_one(Squad, row.squad_id).code,
        "conflicts": _conflicts(session, named, _about(row), today),
    }


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


def accounts(session: Session, *which: ColumnElement[bool]) -> list[Employed]:
    """People with the codes of their squads, by login."""
    asked = select(Account, Squad.code).outerjoin(Squad, Squad.id == Account.squad_id).where(*which)
    return [(account, squad) for account, squad in session.execute(asked.order_by(Account.login))]


def officers_of(session: Session, people: Sequence[Employed], today: dt.date) -> dict[str, dict[str, Any]]:
    """执法人员 by login, each with the standing of his certificates; two statements for any number of people."""
    mine = Certificate.account_id.in_([account.id for account, _ in people])
    held = session.scalars(select(Certificate).where(mine).order_by(Certificate.number)).all()
    return {
        account.login: _officer(account, squad, [one for one in held if one.account_id == account.id], today)
        for account, squad in people
    }


def _nobody(login: str) -> dict[str, Any]:
    """Of whom there is no account in use."""
    why = f"没有账号「{login}」"
    return {"name": login, "roles": [], "ok": False, "code": "unknown", "why": why, "article": "", "squad": None}


def _officer(account: Account, squad: str | None, held: Sequence[Certificate], today: dt.date) -> dict[str, Any]:
    facts = [CertificateFact(one.number, one.valid_from, one.valid_to, one.revoked_on) for one in held]
    standing = officers.may_enforce(frozenset(account.roles), tuple(facts), today)
    return {
        "name": account.name,
        "squad": squad,
        "roles": sorted(account.roles),
        "ok": standing.ok,
        "code": standing.code,
        "why": standing.why,
        "article": standing.article,
        "number": standing.number,
        "qualified": any(_stands(one, today) for one in held if one.kind == LEGAL),
    }


def _stands(one: Certificate, today: dt.date) -> bool:
    return one.valid_from <= today <= one.valid_to and not (one.revoked_on and one.revoked_on <= today)


def _conflicts(session: Session, named: set[str], about: set[str], today: dt.date) -> list[dict[str, str]]:
    standing = officers.conflicts_on(session, today)
    return [{"login": one.login, "about": one.about} for one in standing if one.login in named and one.about in about]
