"""Whom a case is about, as it is told (登记当事人)."""

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules import parties as rules
from enforcement.rules.parties import Identity
from enforcement.schemas import PartyIn, PartyKept
from enforcement.services import parties
from town import profile
from town.access import Actor
from town.clock import Instant
from town.settings import Settings


def keep(session: Session, settings: Settings, who: Actor, row: PenaltyCase, told: PartyIn, now: Instant) -> PartyKept:
    """Keep the party sealed, with what looks wrong. Raises Refused("party_refused")."""
    identity = Identity(**{name: getattr(told, name) for name in Identity.__dataclass_fields__})
    party = parties.keep(session, settings.master_key, told.kind, identity, who.name, now)
    doubts = rules.check(told.kind, identity, profile.local_day(session, now))
    birth = rules.birth_of(identity)
    return PartyKept(
        party=party.id,
        version=party.version,
        warnings=[one.sentence for one in doubts if not one.refuses],
        age=rules.age_on(birth, row.acted_on) if birth else None,
        cases=sum(one.id != row.id for one in parties.cases_of(session, party.id)),
    )
