"""What a file of people would change (预览): drawn up from the file and what stands, the same each time it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from town.backstops import FALLBACK_ROLES, Backstops
from town.people_file.checks import ADMINISTRATORS, Known, inspect
from town.people_file.comparing import Difference, compare
from town.people_file.entries import PostEntry, ServiceEntry
from town.people_file.standing import Outside, Standing, span_of
from town.people_file.tables import (
    CERTIFICATES,
    CONFLICTS,
    LEAVES,
    PARTNERS,
    PEOPLE,
    POSTS,
    SHIFTS,
    SQUADS,
    TABLES,
    Filed,
    Table,
)
from town.sheets import Complaint, Record
from town.staff import (
    CertificateEntry,
    ConflictEntry,
    LeaveEntry,
    PartnerEntry,
    PersonEntry,
    ShiftEntry,
    SquadEntry,
)

SERVICES = "片区管辖"
Lines = tuple[Record[Any], ...]


@dataclass(frozen=True)
class Plan:
    """预览: what every list would become, what is wrong, and who needs a first password.

    ``closing``: what is missing in a sheet that was handed in will be closed. Services are the exception: a squad in the
    file serves what its line says, and nothing else.
    """

    partners: Difference[PartnerEntry]
    squads: Difference[SquadEntry]
    people: Difference[PersonEntry]
    certificates: Difference[CertificateEntry]
    shifts: Difference[ShiftEntry]
    leaves: Difference[LeaveEntry]
    conflicts: Difference[ConflictEntry]
    services: Difference[ServiceEntry]
    posts: Difference[PostEntry]
    newcomers: tuple[PersonEntry, ...]
    complaints: tuple[Complaint, ...]
    closing: bool

    @property
    def refused(self) -> bool:
        """Whether something forbids the import."""
        return any(one.refuses for one in self.complaints)

    @property
    def sections(self) -> dict[str, Difference[Any]]:
        """The lists by their titles, in the order of the file."""
        return {
            PARTNERS.title: self.partners,
            SQUADS.title: self.squads,
            SERVICES: self.services,
            PEOPLE.title: self.people,
            CERTIFICATES.title: self.certificates,
            SHIFTS.title: self.shifts,
            LEAVES.title: self.leaves,
            CONFLICTS.title: self.conflicts,
            POSTS.title: self.posts,
        }

    @property
    def idle(self) -> bool:
        """Whether nothing would change."""
        closing = self.closing and any(section.missing for section in self.sections.values())
        return all(section.idle for section in self.sections.values()) and not closing and not self.services.missing


def draw(filed: Filed, standing: Standing, *, closing: bool) -> Plan:
    """The plan for a file. Pure: the same file over the same lists gives an equal plan."""
    people = _without_administrators(_difference(filed, PEOPLE, standing.people, standing))
    shifts = _still_to_come(_difference(filed, SHIFTS, standing.shifts, standing), filed.of(SHIFTS), standing)
    plan = Plan(
        partners=_difference(filed, PARTNERS, standing.partners, standing),
        squads=_difference(filed, SQUADS, standing.squads, standing),
        people=people,
        certificates=_certificates(filed, standing),
        shifts=shifts,
        leaves=_still_to_come(_difference(filed, LEAVES, standing.leaves, standing), filed.of(LEAVES), standing),
        conflicts=_conflicts(filed, standing),
        services=_services(filed, standing),
        posts=_difference(filed, POSTS, standing.outside.posts, standing),
        newcomers=tuple(one for one in people.added if one.login not in standing.logins),
        complaints=(),
        closing=closing,
    )
    known = _known(plan, filed, standing)
    found = (
        *filed.complaints,
        *inspect(filed, known),
        *_past(filed, shifts, standing),
        *_losing(plan, standing.backstops),
        *_unserved(plan, known, standing.outside),
    )
    return replace(plan, complaints=tuple(sorted(found, key=_place)))


def _difference(filed: Filed, table: Table, standing: tuple[Any, ...], lists: Standing) -> Difference[Any]:
    """A sheet that was not handed in says nothing about its list."""
    lines = filed.of(table)
    return compare([line.value.entry(lists.zone) for line in lines], standing) if lines else Difference()


def _without_administrators(people: Difference[PersonEntry]) -> Difference[PersonEntry]:
    """Those who look after the system itself are no part of the town's lists, and must not lock themselves out."""
    missing = tuple(one for one in people.missing if not ADMINISTRATORS & set(one.roles))
    return replace(people, missing=missing)


def _still_to_come(difference: Difference[Any], lines: Lines, standing: Standing) -> Difference[Any]:
    """A file speaks of the time from its first beginning to its last end, and what has begun is no more struck off."""
    first, last = span_of([line.value.entry(standing.zone) for line in lines], standing.now)
    spoken_of = (one for one in difference.missing if max(first, standing.now) <= one.starts_at < last)
    return replace(difference, missing=tuple(spoken_of))


def _certificates(filed: Filed, standing: Standing) -> Difference[CertificateEntry]:
    """A blank day of revocation leaves the one that stands."""
    revoked = {one.number: one.revoked_on for one in standing.certificates}
    lines = filed.of(CERTIFICATES)
    wanted = [line.value.entry(standing.zone) for line in lines]
    kept = [replace(one, revoked_on=one.revoked_on or revoked.get(one.number)) for one in wanted]
    found = compare(kept, standing.certificates) if lines else Difference[CertificateEntry]()
    live = (one for one in found.missing if one.revoked_on is None and one.valid_to >= standing.today)
    return replace(found, missing=tuple(live))


def _conflicts(filed: Filed, standing: Standing) -> Difference[ConflictEntry]:
    found: Difference[ConflictEntry] = _difference(filed, CONFLICTS, standing.conflicts, standing)
    live = (one for one in found.missing if one.valid_to is None or one.valid_to >= standing.today)
    return replace(found, missing=tuple(live))


def _services(filed: Filed, standing: Standing) -> Difference[ServiceEntry]:
    """Only squads of the file, and only when it has the column."""
    lines = [line for line in filed.of(SQUADS) if "areas" in line.columns]
    named = {line.value.code for line in lines}
    mine = [one for one in standing.outside.services if one.squad in named]
    return compare([service for line in lines for service in line.value.services()], mine)


def _known(plan: Plan, filed: Filed, standing: Standing) -> Known:
    """Every code that will exist: what stands and is not closed, and what is in the file."""
    shifts = _staying(standing.shifts, plan.shifts, plan.closing)
    spoken_of = {line.value.entry(standing.zone).key for line in filed.of(SHIFTS)}
    people = {one.login: one for one in (*_staying(standing.people, plan.people, plan.closing), *plan.people.kept)}
    return Known(
        zone=standing.zone,
        squads={one.code for one in (*_staying(standing.squads, plan.squads, plan.closing), *plan.squads.kept)},
        partners={one.code for one in (*_staying(standing.partners, plan.partners, plan.closing), *plan.partners.kept)},
        people=people,
        areas=standing.outside.areas,
        grids=standing.outside.grids,
        shifts=tuple(one for one in shifts if one.login in people and one.key not in spoken_of),
    )


def _staying(standing: tuple[Any, ...], difference: Difference[Any], closing: bool) -> list[Any]:
    gone = {one.key for one in difference.missing} if closing else set()
    return [one for one in standing if one.key not in gone]


def _past(filed: Filed, shifts: Difference[ShiftEntry], standing: Standing) -> Iterator[Complaint]:
    """Who was on duty is a fact that no file changes afterwards."""
    over = {change.after.key for change in shifts.changed if change.before.ends_at <= standing.now}
    for line in filed.of(SHIFTS):
        if line.value.entry(standing.zone).key in over:
            yield line.complaint("ends_at", "shift_over", "这个班次已经结束，不能再改。")


def _losing(plan: Plan, named: Backstops) -> Iterator[Complaint]:
    """The town cannot be left without those it falls back on."""
    gone = {one.login for one in plan.people.missing} if plan.closing else set()
    unfit = {one.login for one in plan.people.kept if not FALLBACK_ROLES & set(one.roles)}
    if named.fallback in gone | unfit:
        said = f"{named.fallback} 是本镇的兜底人；先用 wangge town set --fallback 换人，再停用或改岗位。"
        yield Complaint(PEOPLE.title, 0, "", "", "fallback_needed", said)
    if plan.closing and named.last_resort in {one.code for one in plan.partners.missing}:
        said = f"{named.last_resort} 是本镇的兜底单位；先用 wangge town set --last-resort 换一个，再停用。"
        yield Complaint(PARTNERS.title, 0, "", "", "last_resort_needed", said)


def _unserved(plan: Plan, known: Known, outside: Outside) -> Iterator[Complaint]:
    """Areas of the map that no squad would serve: what is reported there lands on the desk."""
    left = {one.key for one in plan.services.missing}
    closed = {one.code for one in plan.squads.missing} if plan.closing else set()
    serving = [one for one in outside.services if one.key not in left and one.squad not in closed]
    unserved = set(known.areas or ()) - {one.area for one in (*serving, *plan.services.added)}
    if unserved and (left or closed or plan.services.added):
        said = f"片区 {'、'.join(sorted(unserved))} 没有中队管辖，那里的举报会留在待研判。"
        yield Complaint(SQUADS.title, 0, "", "", "unserved", said, refuses=False)


def _place(complaint: Complaint) -> tuple[int, int, str]:
    titles = [table.title for table in TABLES]
    order = titles.index(complaint.sheet) if complaint.sheet in titles else len(titles)
    return order, complaint.row, complaint.column
