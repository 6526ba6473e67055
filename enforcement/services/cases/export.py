"""case.json (案件数据): everything about one case as data, so that anybody can judge it again. See docs/case-file.md."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import Document, DocumentNumber, EvidenceFile, PenaltyCase
from enforcement.rules.cases import folding
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case
from enforcement.services import parties, powers
from enforcement.services.cases import clocking, papers, records
from town import geometry, profile, watch, workdays
from town.clock import Instant
from town.days import Calendar, works_by_weekday
from town.people import Squad
from town.settings import Settings

FORMAT = "wangge-case/1"


def case_json(session: Session, settings: Settings, row: PenaltyCase, now: Instant) -> dict[str, Any]:
    """The whole case. It names the party: only for those who may know whom it is about."""
    town = profile.current(session)
    acts = [records.act_of(one) for one in records.acts_of(session, row.id)]
    return {
        "format": FORMAT,
        "town": {"code": town.code, "name": town.name, "timezone": town.timezone},
        "exported_at": now.isoformat(),
        "case": _case(session, row, acts[0].given),
        "party": _party(session, settings, folding.fold(acts)),
        "acts": list(told(acts)),
        "documents": [_document(one) for one in papers.of_case(session, row.id)],
        "numbers": [_number(one) for one in numbers_of(session, row)],
        "evidence_files": [_file(one) for one in files_of(session, row)],
        "clocks": [_clock(one) for one in watch.of(session, clocking.subject(row.id))],
        "calendar": calendar_data(workdays.calendar(session, town)),
    }


def told(acts: Sequence[Act]) -> Iterable[dict[str, Any]]:
    """Every act with the state before and after it, as the table has it."""
    case = folding.opened(acts[0])
    yield _act(acts[0], None, case.state, case.lane)
    for act in acts[1:]:
        before, case = case.state, folding.after(case, act)
        yield _act(act, before, case.state, case.lane)


def calendar_data(calendar: Calendar) -> dict[str, Any]:
    """Days that are not what their weekday says, and the years that are known."""
    special = {day: one.working for day, one in calendar.special.items() if one.working != works_by_weekday(day)}
    years = sorted({day.year for day in calendar.special if calendar.is_covered(day)})
    return {
        "zone": str(calendar.zone),
        "working": sorted(day.isoformat() for day, works in special.items() if works),
        "off": sorted(day.isoformat() for day, works in special.items() if not works),
        "covered": years,
    }


def files_of(session: Session, row: PenaltyCase) -> list[EvidenceFile]:
    """Every file of evidence of a case."""
    mine = select(EvidenceFile).where(EvidenceFile.case_id == row.id)
    return list(session.scalars(mine.order_by(EvidenceFile.kept_at, EvidenceFile.id)))


def _case(session: Session, row: PenaltyCase, opened: Mapping[str, Any]) -> dict[str, Any]:
    power = powers.of_edition(session, row.power_edition_id).by_code[row.power_code]
    squad = session.get_one(Squad, row.squad_id)
    lon, lat = geometry.lonlat(row.place)
    filed = [one.text for one in numbers_of(session, row) if one.kind == "立"]
    return {
        "id": str(row.id),
        "code": filed[0] if filed else None,
        "state": row.state,
        "lane": row.lane,
        "power": {
            "code": power.code,
            "name": power.name,
            "basis": power.basis,
            "mode": power.mode,
            "grantor": power.grantor,
        },
        "squad": {"code": squad.code, "name": squad.name},
        "order_id": str(row.order_id) if row.order_id else None,
        "opened_at": row.opened_at.isoformat(),
        "place": {"lon": lon, "lat": lat},
        "grid": row.grid_code,
        **{name: opened[name] for name in ("in_town", "acted_from", "acted_on", "discovered_on")},
        "outcome": row.outcome,
        "fine_fen": row.fine_fen,
    }


def _party(session: Session, settings: Settings, case: Case) -> dict[str, Any] | None:
    """The party in the version it was named by."""
    if case.party is None:
        return None
    one = parties.read(session, settings.master_key, uuid.UUID(case.party.id), case.party.version)
    told = {name: getattr(one, name) for name in one.__dataclass_fields__}
    told["birth"] = one.birth.isoformat() if one.birth else None
    return {"id": case.party.id, "version": case.party.version, "kind": case.party.kind} | told


def _act(act: Act, before: str | None, after: str, lane: str) -> dict[str, Any]:
    deed = DEEDS[act.action]
    return {
        "sequence": act.sequence,
        "action": act.action.value,
        "name": deed.name,
        "article": deed.article,
        "at": act.at.isoformat(),
        "recorded_at": act.recorded_at.isoformat(),
        "actor": act.actor,
        "from": before,
        "to": after,
        "lane": lane,
        "given": dict(act.given),
        "known": dict(act.known),
    }


def _document(one: Document) -> dict[str, Any]:
    names = ("sequence", "kind", "edition", "title", "number", "sha256", "size", "pages")
    return {"id": str(one.id), "made_at": one.made_at.isoformat()} | {name: getattr(one, name) for name in names}


def numbers_of(session: Session, row: PenaltyCase) -> list[DocumentNumber]:
    """文号: every number of a case, as they were allocated."""
    mine = select(DocumentNumber).where(DocumentNumber.case_id == row.id)
    return list(session.scalars(mine.order_by(DocumentNumber.allocated_at, DocumentNumber.text)))


def _number(one: DocumentNumber) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("text", "kind", "year", "sequence", "state", "reason")}


def _file(one: EvidenceFile) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("name", "sha256", "size", "media_type")}
    return {"id": str(one.id), "kept_at": one.kept_at.isoformat()} | told


def _clock(one: watch.Deadline) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "article": BY_KIND[Clock(one.kind)].article,
        "started_at": one.started_at.isoformat(),
        "due_at": one.due_at.isoformat(),
        "state": one.state,
        "met_at": one.met_at.isoformat() if one.met_at else None,
    }
