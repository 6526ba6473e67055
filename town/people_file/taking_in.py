"""Taking a file of people in (导入): one large change of all lists, told to the journal line by line."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from town import staff
from town.clock import Instant
from town.days import DAY
from town.people import Account, Squad
from town.people_file.plan import Plan
from town.people_file.standing import Standing
from town.roster import Leave, Shift
from town.staff import Key
from town.staff.certificates import end_certificate, put_certificate
from town.staff.changing import Change, changing
from town.staff.conflicts import close_conflict, put_conflict
from town.staff.duties import put_leave, put_shift, strike_leave, strike_shift
from town.staff.persons import end_person, put_person
from town.staff.units import end_partner, end_squad, put_partner, put_squad


@dataclass(frozen=True)
class Hand:
    """Who takes it in and when. ``hashes``: hashed first passwords by login."""

    actor: str
    now: Instant
    hashes: Mapping[str, str]


def take_in(session: Session, plan: Plan, hand: Hand) -> None:
    """Write what the plan says of the town's own lists: first what others refer to.

    Raises Refused("people_changed") when somebody is new who was not when the first passwords were made.
    """
    with changing(session, hand.actor, hand.now) as change:
        _write_units_and_people(change, plan, hand.hashes)
        session.flush()
        _write_what_refers_to_them(change, plan)


def close_missing(session: Session, plan: Plan, standing: Standing, hand: Hand) -> None:
    """End what stands and is not in the file, last what others refer to. Nothing is deleted but what has not begun."""
    with changing(session, hand.actor, hand.now) as change:
        _end_duties(change, plan)
        _end_papers(change, plan, standing.today)
        _end_people_and_units(change, plan)


def _write_units_and_people(change: Change, plan: Plan, hashes: Mapping[str, str]) -> None:
    for partner in plan.partners.kept:
        put_partner(change, partner)
    for squad in plan.squads.kept:
        put_squad(change, squad)
    change.session.flush()
    for person in plan.people.kept:
        put_person(change, person, hashes.get(person.login))


def _write_what_refers_to_them(change: Change, plan: Plan) -> None:
    for certificate in plan.certificates.kept:
        put_certificate(change, certificate)
    for leave in plan.leaves.kept:
        put_leave(change, leave)
    for conflict in plan.conflicts.kept:
        put_conflict(change, conflict)
    for shift in plan.shifts.added:
        put_shift(change, shift, None)
    known = _shifts(change, [one.after.key for one in plan.shifts.changed])
    for one in plan.shifts.changed:
        put_shift(change, one.after, known[one.after.key])


def _end_duties(change: Change, plan: Plan) -> None:
    shifts = _shifts(change, [one.key for one in plan.shifts.missing])
    for shift in plan.shifts.missing:
        strike_shift(change, shifts.get(shift.key))
    for leave in plan.leaves.missing:
        account = change.person(leave.login)
        same = select(Leave).where(Leave.account_id == account.id, Leave.starts_at == leave.starts_at)
        strike_leave(change, change.session.scalar(same))


def _end_papers(change: Change, plan: Plan, today: dt.date) -> None:
    conflicts = {one.entry.key: one.id for one in staff.conflicts(change.session, today)}
    for conflict in plan.conflicts.missing:
        close_conflict(change, conflicts[conflict.key], today - DAY)
    for certificate in plan.certificates.missing:
        end_certificate(change, certificate.number, today)


def _end_people_and_units(change: Change, plan: Plan) -> None:
    for person in plan.people.missing:
        end_person(change, person.login)
    for squad in plan.squads.missing:
        end_squad(change, squad.code)
    for partner in plan.partners.missing:
        end_partner(change, partner.code)


def _shifts(change: Change, keys: list[Key]) -> dict[Key, Shift]:
    """The shifts that stand under these keys."""
    begins = [starts_at for _, _, starts_at in keys]
    asked = (
        select(Squad.code, Account.login, Shift)
        .join(Squad, Squad.id == Shift.squad_id)
        .join(Account, Account.id == Shift.account_id)
    )
    if not keys:
        return {}
    rows = change.session.execute(asked.where(Shift.starts_at >= min(begins), Shift.starts_at <= max(begins)))
    return {(squad, login, shift.starts_at): shift for squad, login, shift in rows}
