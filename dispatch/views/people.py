"""People and roster over HTTP (人员与值班)."""

import uuid

from dispatch import schemas
from dispatch.services import people_cards
from town import staff
from town.access import staff as people_with
from town.http import Call, Routes
from town.people import Role
from town.staff import LeaveEntry, ShiftEntry

routes = Routes("people", "/api/v1")

READERS = people_with(Role.DISPATCHER, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.SYSTEM_ADMIN)
KEEPERS = people_with(Role.DISPATCHER, Role.SYSTEM_ADMIN)


@routes.get("/people", rights=READERS, gives=schemas.PeopleOut)
def show_people(call: Call) -> schemas.PeopleOut:
    """Squads, colleagues, certificates, and whose must be renewed."""
    return people_cards.people(call.session, call.now)


@routes.get("/roster", rights=READERS, query=schemas.RosterQuery, gives=schemas.RosterOut)
def show_roster(call: Call, query: schemas.RosterQuery) -> schemas.RosterOut:
    """值班表 of a day, and who answers now."""
    return people_cards.of_day(call.session, query.day, call.now)


@routes.post("/roster/shifts", rights=KEEPERS, takes=schemas.ShiftIn, gives=schemas.ShiftOut, status=201)
def add_shift(call: Call, sent: schemas.ShiftIn) -> schemas.ShiftOut:
    """排班."""
    entry = ShiftEntry(sent.squad, sent.login, sent.starts_at, sent.ends_at, sent.leads)
    made = staff.add_shift(call.session, entry, call.who.name, call.now)
    call.session.flush()
    found = staff.shifts(call.session, sent.starts_at, sent.ends_at)
    return next(people_cards.shift_out(one) for one in found if one.id == made.id)


@routes.post("/roster/shifts/<uuid:shift_id>/end", rights=KEEPERS, status=204)
def end_shift(call: Call, shift_id: uuid.UUID) -> None:
    """Strike a shift that has not begun, or end one that runs."""
    staff.end_shift(call.session, shift_id, call.who.name, call.now)


@routes.post("/roster/leaves", rights=KEEPERS, takes=schemas.LeaveIn, gives=schemas.LeaveOut, status=201)
def add_leave(call: Call, sent: schemas.LeaveIn) -> schemas.LeaveOut:
    """请假."""
    entry = LeaveEntry(sent.login, sent.starts_at, sent.ends_at, sent.ground)
    made = staff.add_leave(call.session, entry, call.who.name, call.now)
    call.session.flush()
    found = staff.leaves(call.session, made.starts_at)
    return next(people_cards.leave_out(one) for one in found if one.id == made.id)


@routes.post("/roster/leaves/<uuid:leave_id>/end", rights=KEEPERS, status=204)
def end_leave(call: Call, leave_id: uuid.UUID) -> None:
    """Strike leave that has not begun, or end it: somebody is back early."""
    staff.end_leave(call.session, leave_id, call.who.name, call.now)
