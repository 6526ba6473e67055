"""What a form may print of a case (文书要素): who signs, whom it is about, and what the acts say, in words.

Every form gets the same common slots and the facts of the act that prints it under their own names; what one form needs
besides is told by its builder (a module of this folder). Nothing is typed for a document that the case does not know.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import DocumentNumber, PenaltyCase
from enforcement.rules import parties as party_rules
from enforcement.rules import remedies
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.fields import FIELDS, Kind
from enforcement.rules.parties import PartyKind
from enforcement.rules.powers import PowerFact
from enforcement.services import parties, powers
from enforcement.services.cases import organs, records, telling
from enforcement.services.cases.slots import decision, inquiry, later
from enforcement.services.cases.slots.told import Told
from town.settings import Settings

AS_THEY_ARE = frozenset({Kind.ITEMS, Kind.ANSWERS, Kind.MEMBERS})
TOLD_AS = {"organ": "to_organ", "number": "evidence_number"}
"""Facts of an act whose own names are those of common slots."""
BUILDERS = {**inquiry.BUILDERS, **decision.BUILDERS, **later.BUILDERS}


def of(told: Told, code: str) -> dict[str, Any]:
    """The slots of one form. Days are dates, moments are in the town's time, sums are worded."""
    numbered = {**told.common, "number": told.act.known.get("numbers", {}).get(code)}
    build = BUILDERS.get(code)
    return {**numbered, **(build(replace(told, common=numbered)) if build else {})}


def gathered(session: Session, settings: Settings, row: PenaltyCase, case: Case, act: Act, outside: World) -> Told:
    """What all forms of an act work from. Raises Refused("local_rule_missing")."""
    author = organs.of(session, row, outside.today)
    power = powers.of_edition(session, row.power_edition_id).by_code[row.power_code]
    people = {login: one["name"] for login, one in act.known.get("officers", {}).items()}
    acts = tuple(records.act_of(one) for one in records.acts_of(session, row.id))
    common = {
        **_organ(author),
        **_case(session, row, case, power),
        "date": outside.today,
        "office": author.facts.organ_name,  # a squad handles the case, it is nobody on paper (行政处罚法 23, 24)
        "party": _party(session, settings, case),
        "officers": officers(act, case),
        **_facts(act, people, outside),
    }
    return Told(session, settings, row, case, act, acts, outside, author, power, people, common)


def officers(act: Act, case: Case) -> list[dict[str, str]]:
    """执法人员 of the act, or those in charge, with their certificates."""
    known = act.known.get("officers", {})
    logins = act.given.get("officers") or case.handlers
    return [
        {"name": known[one]["name"], "certificate": known[one].get("number") or ""} for one in logins if one in known
    ]


def _organ(author: organs.Author) -> dict[str, Any]:
    one = author.facts
    return {
        "organ": one.organ_name,
        "organ_address": one.organ_address,
        "organ_postcode": one.organ_postcode,
        "organ_phone": one.organ_phone,
        "contact_phone": one.organ_phone,
        "entrusted": author.entrusted,
        "reconsideration_organ": one.reconsideration_organ,
        "court": one.court_name,
        "bank": f"{one.bank_name}（{one.bank_account}）或者{one.electronic_payment}",
        "remedy": remedies.of_decision(one.reconsideration_organ, one.court_name),
        "remedy_on_spot": remedies.of_on_spot(one.reconsideration_organ, one.court_name),
        "remedy_measure": remedies.of_measure(one.reconsideration_organ, one.court_name),
    }


def _case(session: Session, row: PenaltyCase, case: Case, power: PowerFact) -> dict[str, Any]:
    numbered = select(DocumentNumber.text).where(DocumentNumber.case_id == row.id, DocumentNumber.kind == "立")
    return {
        "case_number": session.scalar(numbered.order_by(DocumentNumber.allocated_at)),
        "case_name": power.name,
        "case_source": case.opened["source"],
        "power_name": power.name,
        "power_basis": power.basis,
        "acted_on": date.fromisoformat(str(case.opened["acted_on"])),
        "grid": row.grid_code or "",
    }


def _party(session: Session, settings: Settings, case: Case) -> dict[str, Any] | None:
    if case.party is None:
        return None
    one = parties.read(session, settings.master_key, uuid.UUID(case.party.id), case.party.version)
    told = {name: getattr(one, name) for name in one.__dataclass_fields__}
    told["number_kind"] = party_rules.PAPER_NAMES[one.number_kind]
    told["gender"] = party_rules.GENDER_NAMES.get(one.gender or "")
    return told | {
        "kind": PartyKind(case.party.kind).value,
        "kind_name": party_rules.KIND_NAMES[PartyKind(case.party.kind)],
    }


RENAMED = {"organ": "other_organ", "number": "evidence_number", "paper": "paper_id", "party": "party_id"}
"""Facts that would hide a common slot."""


def _facts(act: Act, people: Mapping[str, str], outside: World) -> dict[str, Any]:
    """Facts of the act by their own names: lists as they are, choices also by code (``<name>_code``). See ``TOLD_AS``."""
    told: dict[str, Any] = {}
    for name, value in act.given.items():
        field = FIELDS.get(name)
        if field is None or name in ("officers", "party"):
            continue
        told[TOLD_AS.get(name, name)] = (
            value if field.kind in AS_THEY_ARE else telling.printed(field, value, people, outside.calendar.zone)
        )
        if field.kind in (Kind.CHOICE, Kind.CHOICES):
            told[f"{name}_code"] = value
    return told
