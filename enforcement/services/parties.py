"""Parties (当事人): kept sealed, version by version; the same paper is the same party in every case of every squad.

Parties are not reporters: they are named on the decision. What is sealed here opens with the master key and is bound
to party and version. Journal: subject ``party:<id>``, names of fields only.
"""

import datetime as dt
import json
import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from enforcement.models import Party, PartyVersion, PenaltyCase
from enforcement.rules import parties
from enforcement.rules.parties import Identity, Paper, PartyKind
from town import ids, journal, profile, sealing
from town.clock import Instant
from town.database import canonical
from town.errors import Refused

PURPOSE = "parties"
TAG_PURPOSE = "parties/tags"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a party, and when to whom."""

    version: int
    identity: Identity
    kept_at: dt.datetime
    actor: str


def keep(session: Session, master_key: str, kind: PartyKind, identity: Identity, actor: str, now: Instant) -> Party:
    """The party with this paper's number: new, or known and with one version more when something was told differently.

    Who showed no number is a new party every time. Raises Refused("party_refused") with the first thing that forbids it
    (``enforcement.rules.parties.check``).
    """
    told = parties.tidied(identity)
    stop = next(
        (doubt for doubt in parties.check(kind, identity, profile.local_day(session, now)) if doubt.refuses), None
    )
    if stop:
        raise Refused("party_refused", field=stop.field, why=stop.sentence)
    party = _held(session, kind, _tag(master_key, told))
    before = _open(session, master_key, party.id, party.version) if party.version else None
    if before == told and party.kind == kind:
        return party
    party.kind, party.version = kind, party.version + 1
    sealed = sealing.seal(master_key, PURPOSE, _written(told), _bound_to(party.id, party.version))
    session.add(PartyVersion(party_id=party.id, version=party.version, sealed=sealed, kept_at=now, actor=actor))
    session.flush()
    data = {"version": party.version, "kind": kind, "changed": list(parties.changed(before, told)) if before else []}
    journal.note(session, subject=f"party:{party.id}", kind="party.kept", actor=actor, at=now, data=data)
    return party


def read(session: Session, master_key: str, party_id: uuid.UUID, version: int | None = None) -> Identity:
    """What was told of a party, newest unless a version is named. Raises Refused("not_found" | "wrong_key")."""
    if version is not None:
        return _open(session, master_key, party_id, version)
    found = newest(session, master_key, [party_id])
    if party_id not in found:
        raise Refused("not_found")
    return found[party_id]


def newest(session: Session, master_key: str, party_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Identity]:
    """What was told last of each party, in one statement. Raises Refused("wrong_key")."""
    last = and_(Party.id == PartyVersion.party_id, Party.version == PartyVersion.version)
    asked = select(PartyVersion).join(Party, last).where(Party.id.in_(party_ids))
    return {row.party_id: _opened(master_key, row) for row in session.scalars(asked)} if party_ids else {}


def history(session: Session, master_key: str, party_id: uuid.UUID) -> list[Told]:
    """Every version, oldest first. Raises Refused("wrong_key")."""
    asked = select(PartyVersion).where(PartyVersion.party_id == party_id).order_by(PartyVersion.version)
    return [Told(row.version, _opened(master_key, row), row.kept_at, row.actor) for row in session.scalars(asked)]


def known(session: Session, master_key: str, identity: Identity) -> Party | None:
    """The party already kept under this paper's number, if any; opens nothing."""
    tag = _tag(master_key, parties.tidied(identity))
    return session.scalars(select(Party).where(Party.tag == tag)).one_or_none() if tag else None


def cases_of(session: Session, party_id: uuid.UUID) -> list[PenaltyCase]:
    """The party's cases in all squads, oldest first: for first offences (处罚法 33) and a second fine (29)."""
    asked = select(PenaltyCase).where(PenaltyCase.party_id == party_id)
    return list(session.scalars(asked.order_by(PenaltyCase.opened_at, PenaltyCase.id)))


def take_turns(session: Session, party_id: uuid.UUID) -> None:
    """Who decides about a party holds it until his commit: the next one sees what was decided (一事不二罚, 处罚法 29)."""
    session.execute(select(Party.id).where(Party.id == party_id).with_for_update(key_share=True))


def _held(session: Session, kind: PartyKind, tag: str | None) -> Party:
    """The party's row, locked; made here (version 0) where there was none. Two at once make one row."""
    new = {"id": ids.new_id(), "kind": kind, "tag": tag, "version": 0}
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(Party).values(new).on_conflict_do_nothing(index_elements=[Party.tag]))
    mine = Party.id == new["id"] if tag is None else Party.tag == tag
    return session.scalars(select(Party).where(mine).with_for_update().execution_options(populate_existing=True)).one()


def _open(session: Session, master_key: str, party_id: uuid.UUID, version: int) -> Identity:
    row = session.get(PartyVersion, (party_id, version))
    if row is None:
        raise Refused("not_found")
    return _opened(master_key, row)


def _opened(master_key: str, row: PartyVersion) -> Identity:
    plain = json.loads(sealing.unseal(master_key, PURPOSE, row.sealed, _bound_to(row.party_id, row.version)))
    birth = dt.date.fromisoformat(plain["birth"]) if plain["birth"] else None
    return Identity(**plain | {"number_kind": Paper(plain["number_kind"]), "birth": birth})


def _written(identity: Identity) -> bytes:
    birth = identity.birth.isoformat() if identity.birth else None
    return canonical(asdict(identity) | {"birth": birth}).encode()


def _tag(master_key: str, told: Identity) -> str | None:
    key = parties.same_party_key(told)
    return sealing.tag(master_key, TAG_PURPOSE, key.encode()).hex() if key else None


def _bound_to(party_id: uuid.UUID, version: int) -> bytes:
    return f"{party_id}:{version}".encode()
