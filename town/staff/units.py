"""Squads (中队) and partners (协同单位): kept by their codes, closed instead of deleted."""

from sqlalchemy.orm import Session

from town import backstops, ids
from town.clock import Instant
from town.partners import Partner
from town.people import Squad
from town.staff.changing import Change, changing
from town.staff.entries import PartnerEntry, SquadEntry


def keep_squad(session: Session, entry: SquadEntry, actor: str, now: Instant) -> Squad:
    """From now on the squad is as the entry says; a new code makes a new squad, a closed one opens again.

    Raises Refused("person_unknown") for a stand-in without an account.
    """
    with changing(session, actor, now) as change:
        if entry.stand_in:
            change.person(entry.stand_in)
        return put_squad(change, entry)


def write_squad(session: Session, entry: SquadEntry, actor: str, now: Instant) -> Squad:
    """``keep_squad`` before the stand-in has an account."""
    with changing(session, actor, now) as change:
        return put_squad(change, entry)


def put_squad(change: Change, entry: SquadEntry) -> Squad:
    """``keep_squad`` as part of a larger change, in which the stand-in may be newer than the squad."""
    known = entry.code in change.squads
    squad = change.squads.setdefault(entry.code, Squad(id=ids.new_id(), code=entry.code))
    squad.name, squad.fields, squad.stand_in, squad.active = entry.name, list(entry.fields), entry.stand_in, True
    change.session.add(squad)
    told = {"code": entry.code, "fields": squad.fields, "stand_in": entry.stand_in}
    change.note(f"squad:{squad.id}", "squad.changed" if known else "squad.added", **told)
    return squad


def close_squad(session: Session, code: str, actor: str, now: Instant) -> None:
    """The squad takes no more orders; its people and its past stay. Raises Refused("squad_unknown")."""
    with changing(session, actor, now) as change:
        end_squad(change, code)


def end_squad(change: Change, code: str) -> None:
    """``close_squad`` as part of a larger change."""
    squad = change.squad(code)
    squad.active = False
    change.note(f"squad:{squad.id}", "squad.closed")


def keep_partner(session: Session, entry: PartnerEntry, actor: str, now: Instant) -> Partner:
    """From now on the partner is as the entry says; a new code makes a new partner, a closed one opens again."""
    with changing(session, actor, now) as change:
        return put_partner(change, entry)


def put_partner(change: Change, entry: PartnerEntry) -> Partner:
    """``keep_partner`` as part of a larger change."""
    known = entry.code in change.partners
    partner = change.partners.setdefault(entry.code, Partner(id=ids.new_id(), code=entry.code))
    partner.name, partner.kind, partner.phone, partner.active = entry.name, entry.kind, entry.phone, True
    change.session.add(partner)
    kind = "partner.changed" if known else "partner.added"
    change.note(f"partner:{partner.id}", kind, code=entry.code, kind_of=entry.kind)
    return partner


def close_partner(session: Session, code: str, actor: str, now: Instant) -> None:
    """Nothing more is handed to this partner. Raises Refused("partner_unknown" | "last_resort_needed")."""
    with changing(session, actor, now) as change:
        end_partner(change, code)


def end_partner(change: Change, code: str) -> None:
    """``close_partner`` as part of a larger change."""
    partner = change.partner(code)
    backstops.refuse_to_close(change.session, code)
    partner.active = False
    change.note(f"partner:{partner.id}", "partner.closed")
