"""What must hold between the lines of a file of people (核对), and between them and what stands. Pure."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from town.duty import Clash, ShiftFact, Trouble, clashes
from town.people import ROLE_NAMES, Role
from town.people_file.rows import PersonRow, PostRow
from town.people_file.tables import (
    CERTIFICATES,
    CONFLICTS,
    LEAVES,
    PARTNERS,
    PEOPLE,
    POSTS,
    SHIFTS,
    SQUADS,
    Filed,
)
from town.qualification import ENFORCING, GRID_STAFF, NEVER
from town.sheets import Complaint, Record
from town.staff import PersonEntry, ShiftEntry
from town.staff.duties import unfit

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
IN_A_SQUAD = ENFORCING | {Role.AUXILIARY}
CLASHES = {
    Trouble.TWICE: "和同一人 {span} 的班次重叠，不能同时上两个班。",
    Trouble.TWO_LEADERS: "和 {login} {span} 的带班重叠，一个中队同一时间只能有一个带班人。",
}


@dataclass(frozen=True)
class Known:
    """Every code that will exist once the file is taken in. None for areas and grids while there is no map."""

    zone: ZoneInfo
    squads: Collection[str]
    partners: Collection[str]
    people: Mapping[str, PersonEntry]
    areas: Collection[str] | None
    grids: Collection[str] | None
    shifts: tuple[ShiftEntry, ...] = ()
    """Shifts that stand and that the file does not speak of."""


Check = Callable[[Filed, Known], Iterator[Complaint]]


def inspect(filed: Filed, known: Known) -> tuple[Complaint, ...]:
    """Everything that does not hold, in the order of the checks."""
    return tuple(complaint for check in CHECKS for complaint in check(filed, known))


def doubled(filed: Filed, known: Known) -> Iterator[Complaint]:
    """Two lines with one key: which of them should count?"""
    for table in (PARTNERS, SQUADS, PEOPLE, CERTIFICATES, SHIFTS, LEAVES, CONFLICTS, POSTS):
        first: dict[Any, Record[Any]] = {}
        for line in filed.of(table):
            before = first.setdefault(line.value.entry(known.zone).key, line)
            if before is not line:
                yield line.complaint("", "doubled", f"和第 {before.row} 行是同一项，只留一行。")


def unknown_codes(filed: Filed, known: Known) -> Iterator[Complaint]:
    """Codes that stand neither in the file nor in the town."""
    for table, name, codes, said in (
        (SQUADS, "stand_in", known.people, "没有账号「{code}」"),
        (PEOPLE, "squad", known.squads, "没有中队「{code}」"),
        (PEOPLE, "partner", known.partners, "没有协同单位「{code}」"),
        (CERTIFICATES, "login", known.people, "没有账号「{code}」"),
        (SHIFTS, "squad", known.squads, "没有中队「{code}」"),
        (SHIFTS, "login", known.people, "没有账号「{code}」"),
        (LEAVES, "login", known.people, "没有账号「{code}」"),
        (CONFLICTS, "login", known.people, "没有账号「{code}」"),
        (POSTS, "login", known.people, "没有账号「{code}」"),
        (POSTS, "grid", known.grids, "启用的网格里没有「{code}」"),
    ):
        for line in filed.of(table):
            code = getattr(line.value, name)
            if code and codes is not None and code not in codes:
                yield line.complaint(name, "unknown_code", f"{said.format(code=code)}，请核对，或先登记。")


def unknown_places(filed: Filed, known: Known) -> Iterator[Complaint]:
    """Areas and grids that the active map does not have."""
    for line in filed.of(SQUADS):
        for area in line.value.areas:
            if known.areas is not None and area not in known.areas:
                yield line.complaint("areas", "unknown_code", f"启用的地图里没有片区「{area}」，请核对代码。")
    for line in filed.of(CONFLICTS):
        kind, _, code = line.value.about.partition(":")
        if kind == "grid" and known.grids is not None and code not in known.grids:
            yield line.complaint("about", "unknown_code", f"启用的网格里没有「{code}」，请核对代码。")


def posts_of_people(filed: Filed, known: Known) -> Iterator[Complaint]:
    """Posts that cannot go together, or that need a squad or a partner."""
    for line in filed.of(PEOPLE):
        for field, said in _wrong_posts(line.value):
            yield line.complaint(field, "wrong_post", said)


def certificates(filed: Filed, known: Known) -> Iterator[Complaint]:
    """Auxiliaries and 网格员 hold none (国办发〔2024〕54号); others who hold one without the post are asked about."""
    for line in filed.of(CERTIFICATES):
        holder = known.people.get(line.value.login)
        roles = set(holder.roles) if holder else set()
        for role in sorted(NEVER.keys() & roles):
            yield line.complaint("login", "may_not_enforce", f"{NEVER[role]}（{GRID_STAFF}），不能登记执法证。")
        if holder and not roles & (ENFORCING | NEVER.keys()):
            said = f"{holder.name}不是执法队员或中队长，有证也不能执法；请核对岗位。"
            yield line.complaint("login", "no_post", said, refuses=False)


def backwards(filed: Filed, known: Known) -> Iterator[Complaint]:
    """What ends before it begins."""
    for line in (*filed.of(SHIFTS), *filed.of(LEAVES)):
        entry = line.value.entry(known.zone)
        if entry.ends_at <= entry.starts_at:
            yield line.complaint("ends_at", "backwards", "结束要晚于开始，请把时间写全。")
    for line in (*filed.of(CERTIFICATES), *filed.of(CONFLICTS)):
        if line.value.valid_to is not None and line.value.valid_to < line.value.valid_from:
            yield line.complaint("valid_to", "backwards", "结束日期不能早于开始日期。")


def shifts(filed: Filed, known: Known) -> Iterator[Complaint]:
    """People outside the squad, leaders who may not lead, and shifts that overlap."""
    for line in filed.of(SHIFTS):
        person = known.people.get(line.value.login)
        if person and (why := unfit(person.name, person.squad == line.value.squad, person.roles, line.value.leads)):
            yield line.complaint("login", "unfit", f"{why}。")
    lines = {_fact(line.value.entry(known.zone)): line for line in filed.of(SHIFTS)}
    for clash in clashes((*lines, *map(_fact, known.shifts))):
        yield from _about(clash, lines, known.zone)


def grid_workers(filed: Filed, known: Known) -> Iterator[Complaint]:
    """Only a 网格员 looks after a grid."""
    for line in filed.of(POSTS):
        person = known.people.get(line.value.login)
        if person and Role.GRID_WORKER not in person.roles:
            yield _not_a_grid_worker(line, person)


CHECKS: tuple[Check, ...] = (
    doubled,
    unknown_codes,
    unknown_places,
    posts_of_people,
    certificates,
    backwards,
    shifts,
    grid_workers,
)


def _not_a_grid_worker(line: Record[PostRow], person: PersonEntry) -> Complaint:
    held = _named(person.roles)
    return line.complaint("login", "wrong_post", f"{person.name}的岗位是{held}，不是网格员。")


def _wrong_posts(one: PersonRow) -> Iterator[tuple[str, str]]:
    roles = set(one.roles)
    if ENFORCING & roles and NEVER.keys() & roles:
        yield "roles", f"{_named(sorted(NEVER.keys() & roles))}不得执法，不能兼任执法队员或中队长（{GRID_STAFF}）。"
    if len(ADMINISTRATORS & roles) > 1:
        yield "roles", "系统管理员、安全管理员、审计管理员要由不同的人担任。"
    if Role.PARTNER in roles and len(roles) > 1:
        yield "roles", "协同单位的人不能兼任本镇岗位。"
    if (Role.PARTNER in roles) != bool(one.partner):
        yield "partner", "岗位是协同单位的要填、也只有他们填协同单位代码。"
    if IN_A_SQUAD & roles and not one.squad:
        yield "squad", f"{_named(sorted(IN_A_SQUAD & roles))}要填中队代码。"


def _named(roles: Iterable[str]) -> str:
    return "、".join(ROLE_NAMES[Role(role)] for role in roles)


def _fact(entry: ShiftEntry) -> ShiftFact:
    return ShiftFact(entry.squad, entry.login, entry.starts_at, entry.ends_at, entry.leads)


def _about(clash: Clash, lines: Mapping[ShiftFact, Record[Any]], zone: ZoneInfo) -> Iterator[Complaint]:
    """On the line of the later shift, or of the earlier one when only that is in the file."""
    one, other = (clash.later, clash.earlier) if clash.later in lines else (clash.earlier, clash.later)
    if one in lines:
        span = f"{_local(other.starts_at, zone)} 至 {_local(other.ends_at, zone)}"
        said = CLASHES[clash.trouble].format(login=other.login, span=span)
        yield lines[one].complaint("starts_at", clash.trouble, said)


def _local(moment: dt.datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
