"""Moving in (入驻): map, squads, people, lists and roster of the demo town, through the services that every town uses."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dispatch import starter as how_long
from dispatch.services import handling_times, posts
from enforcement import starter
from enforcement.services import editions, events, local_rules, powers, provisions, tiers
from grids import files
from grids import services as grids
from grids.files import Fields
from service.demo import land, people, roster, tablets
from service.demo.people import EVERYBODY, GRID_WORKERS, GRIDS_EACH, LEGAL, MAYOR, PASSWORD, TEAMS
from service.founding import NewTown, found
from town import accounts, devices, ids, journal, staff
from town.clock import Instant
from town.people import Account, Squad
from town.profile import Town
from town.roster import Shift
from town.settings import Settings
from town.staff import PartnerEntry, PersonEntry, ShiftEntry, SquadEntry

ACTOR = "system:demo"
TOWN = NewTown(
    code=land.CODE,
    name="云溪镇",
    operator="云川县数据局",
    filing_number="云政移备 26-0137",
    complaints_url="https://yunxi.example/complaints",
    fallback=MAYOR.login,
    last_resort="works",
)
FIELDS = Fields(code="code", area="area_code", name="name", area_name="area_name")
LISTS = "云溪镇 2026 版（演示）"
PHONES = {"gas": "0512-55550119", "sanitation": "0512-55550126", "road": "0512-55550133", "county": "0512-55550100"}
"""Numbers that nobody has."""


def settle(session: Session, settings: Settings, moved_in: Instant, now: Instant) -> Town:
    """The whole town as it stands before its first report. ``moved_in``: when; the roster is made round ``now``."""
    town = found(session, TOWN, moved_in)
    draw(session, moved_in)
    _partners(session, moved_in)
    _people(session, moved_in)
    _lists(session, town, moved_in)
    _roster(session, town, moved_in, now)
    codes = ((team.code, code) for team in TEAMS for code in people.tablets(team))
    tablets.keep(settings, {code: devices.add(session, squad, code, moved_in)[1] for squad, code in codes})
    return town


def draw(session: Session, now: Instant) -> None:
    """Import the generated map and activate it. Raises Refused("town_missing") before there is a town."""
    text = json.dumps(land.feature_collection(), ensure_ascii=False).encode()
    layer = files.read_geojson(text, f"{TOWN.name}.geojson", declare="EPSG:4490")
    survey = grids.check(layer, FIELDS, TOWN.epsg)
    edition = grids.import_edition(session, survey, TOWN.name, actor=ACTOR, now=now)
    grids.activate(session, edition, actor=ACTOR, now=now)


def _partners(session: Session, now: Instant) -> None:
    names = {one.code: one.name for one in starter.partners()} | {"county": "云川县社会治理中心"}
    for one in starter.partners():
        entry = PartnerEntry(one.code, names[one.code], one.kind, PHONES.get(one.code))
        staff.keep_partner(session, entry, ACTOR, now)


def _people(session: Session, now: Instant) -> None:
    """One hash for all: their password is public, and hashing sixty would take as many times as long."""
    hashed = accounts.HASHER.hash(PASSWORD)
    for team in TEAMS:
        entry = SquadEntry(team.code, team.name, team.fields, stand_in=team.leader.login)
        staff.write_squad(session, entry, ACTOR, now)
        for area in team.areas:
            posts.serve_also(session, area, team.code, ACTOR, now)
    for one in EVERYBODY:
        person = PersonEntry(one.login, one.name, (one.role,), one.squad, one.partner)
        staff.keep_person(session, person, hashed, ACTOR, now)
    for grid, worker in looked_after().items():
        posts.post_worker(session, grid, worker, ACTOR, now)


def looked_after() -> dict[str, str]:
    """The 网格员 of each grid that has one: a worker has the first grids of an area's next village, so that all areas have some."""
    by_village: dict[str, list[str]] = {}
    for grid in land.draw():
        by_village.setdefault(grid.village, []).append(grid.code)
    villages = sorted(by_village.values(), key=lambda codes: (-len(codes), codes[0]))
    every_other = villages[:: max(1, len(villages) // len(GRID_WORKERS))]
    return {
        grid: worker.login
        for worker, codes in zip(GRID_WORKERS, every_other, strict=False)
        for grid in codes[:GRIDS_EACH]
    }


def _lists(session: Session, town: Town, now: Instant) -> None:
    """事项、办理时限, and confirmed by the legal officer 权力、罚则、裁量基准 and 程序规定, in force from the first day."""
    day = now.astimezone(town.zone).date()
    for plain, rows in ((events, starter.events()), (handling_times, how_long.times())):
        kept = plain.import_edition(session, plain.preview(session, rows, day), LISTS, actor=ACTOR, now=now)
        editions.activate(session, kept, day, actor=ACTOR, now=now)
    for service, sheets in (
        (powers, starter.demo_powers()),
        (provisions, starter.provisions()),
        (tiers, starter.demo_tiers()),
        (local_rules, starter.demo_procedure()),
    ):
        listed = service.preview(session, sheets, day)
        edition = service.import_edition(session, listed, LISTS, actor=ACTOR, now=now)
        editions.confirm(session, edition, LEGAL.name, actor=ACTOR, now=now)
        service.activate(session, edition, day, actor=ACTOR, now=now)


def _roster(session: Session, town: Town, moved_in: Instant, now: Instant) -> None:
    """Leave, conflicts and certificates one by one; the shifts all at once, because there are more than a thousand."""
    today = now.astimezone(town.zone).date()
    for certificate in roster.certificates(today):
        staff.keep_certificate(session, certificate, ACTOR, moved_in)
    for conflict in roster.conflicts(moved_in.astimezone(town.zone).date()):
        staff.add_conflict(session, conflict, ACTOR, moved_in)
    for leave in roster.leaves(today, town.zone):
        staff.add_leave(session, leave, ACTOR, moved_in)
    _shifts(session, list(roster.shifts(today, town.zone)), moved_in)


def _shifts(session: Session, entries: list[ShiftEntry], now: Instant) -> None:
    squads = _by(session, select(Squad.code, Squad.id))
    logins = _by(session, select(Account.login, Account.id))
    rows = [
        {
            "id": ids.new_id(),
            "squad_id": squads[entry.squad],
            "account_id": logins[entry.login],
            "starts_at": entry.starts_at,
            "ends_at": entry.ends_at,
            "leads": entry.leads,
        }
        for entry in entries
    ]
    session.execute(insert(Shift), rows)
    for code, squad in squads.items():
        mine = sum(entry.squad == code for entry in entries)
        journal.note(session, subject=f"roster:{squad}", kind="roster.kept", actor=ACTOR, at=now, data={"shifts": mine})


def _by(session: Session, asked: Any) -> Mapping[str, Any]:
    return dict(session.execute(asked).all())
