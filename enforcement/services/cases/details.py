"""One case, whole (案件详情): its trace, evidence, documents, clocks, alarms, and what may be done now."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement import labels
from enforcement.models import Document, EvidenceFile, PenaltyCase
from enforcement.rules import parties as party_rules
from enforcement.rules.cases import alarms, folding, owing
from enforcement.rules.cases.alarms import ClockFact
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case, EvidenceFact
from enforcement.rules.cases.fields import ELECTRONIC_MONITORING, EVIDENCE_KINDS, ORIGINS
from enforcement.rules.parties import PartyKind
from enforcement.schemas import (
    ActOut,
    AlarmOut,
    CaseDetail,
    ClockTold,
    DocumentOut,
    EvidenceOut,
    FileOut,
    NearestOut,
    OwedOut,
    PartyOut,
    PointOut,
    TierOut,
)
from enforcement.services import held, parties
from enforcement.services.cases import allowing, clocking, export, papers, pictures, records, sight, telling, world_law
from town import geometry, profile, terms, watch, workdays
from town.access import Actor
from town.clock import Instant
from town.days import Calendar
from town.people import Account
from town.settings import Settings
from town.watch import Deadline


def detail(session: Session, settings: Settings, who: Actor, row: PenaltyCase, now: Instant) -> CaseDetail:
    """Everything about one case, for those who may see it; the party masked where a post does not need it."""
    with held.steady(session):
        return _detail(session, settings, who, row, now)


def _detail(session: Session, settings: Settings, who: Actor, row: PenaltyCase, now: Instant) -> CaseDetail:
    calendar = workdays.calendar(session, profile.current(session))
    acts = [records.act_of(one) for one in records.acts_of(session, row.id)]
    case = folding.fold(acts)
    opened = case.opened
    clocks = watch.of(session, clocking.subject(row.id))
    today = now.astimezone(calendar.zone).date()
    weighed = _weighed(acts)
    whole = sight.knows_the_party(who, row)
    people = _people(session, acts)
    lon, lat = geometry.lonlat(row.place)
    return CaseDetail(
        **dict(pictures.one(session, settings, who, row.id, now)),
        place=PointOut(lon=lon, lat=lat),
        grid=row.grid_code,
        acted_from=opened["acted_from"],
        acted_on=opened["acted_on"],
        discovered_on=opened["discovered_on"],
        summary=opened["summary"] if whole else telling.WITHHELD,
        party=_party(session, settings, case, masked=not whole),
        acts=_acts(acts, people, calendar, whole),
        evidence=_evidence(session, row, case, acts, people) if whole else [],
        documents=[_document(one, case) for one in papers.of_case(session, row.id)],
        clocks=[clock_told(one, calendar, now) for one in clocks],
        alarms=_alarms(case, clocks, calendar, today, world_law.power(session, row, today)["power"]["today"]),
        allowed=allowing.allowed(session, settings, who, row, case, calendar, now),
        tier=_tier(weighed),
        nearest=_nearest(weighed),
        owed=owed(case, today, calendar),
    )


def clock_told(one: Deadline, calendar: Calendar, now: Instant) -> ClockTold:
    """A clock with its article, in words a party would understand."""
    row = BY_KIND[Clock(one.kind)]
    return ClockTold(
        id=one.id,
        kind=one.kind,
        name=row.name,
        article=row.article,
        started_at=one.started_at,
        due_at=one.due_at,
        state=one.state,
        state_name=labels.CLOCK_STATES[one.state],
        explanation=_explained(one, row.nominal, calendar),
        stops=row.stops,
        window=row.window,
        late=one.met_at is None and one.due_at <= now and one.state != watch.State.DROPPED,
    )


def _explained(one: Deadline, nominal: bool, calendar: Calendar) -> str:
    """What ends on its own day is told without what a term of days or hours would say of days off."""
    due = watch.reckon(one, calendar)
    if not nominal:
        return terms.explain(due)
    begun = due.start.date()
    return f"从{_date(begun)}起{(due.last_day - begun).days}日，到{_date(due.last_day)}24时截止，不因放假顺延。"


def _date(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def owed(case: Case, today: dt.date, calendar: Calendar) -> OwedOut | None:
    """What is owed today with the additional 3 % a day (行政处罚法 72, 73); none without a sum."""
    told = owing.owing(case, today, calendar)
    if told is None:
        return None
    return OwedOut(
        principal_fen=told.principal,
        late_fee_fen=told.late_fee,
        paid_fen=told.paid,
        left_fen=told.left,
        next_due=told.next_due,
    )


def _party(session: Session, settings: Settings, case: Case, *, masked: bool) -> PartyOut | None:
    if case.party is None:
        return None
    told = parties.read(session, settings.master_key, uuid.UUID(case.party.id), case.party.version)
    kind = PartyKind(case.party.kind)
    shown = party_rules.masked(told, kind) if masked else told
    plain = {name: getattr(shown, name) for name in shown.__dataclass_fields__}
    return PartyOut(
        id=uuid.UUID(case.party.id),
        version=case.party.version,
        kind=kind,
        kind_name=party_rules.KIND_NAMES[kind],
        masked=masked,
        **plain,
    )


def _people(session: Session, acts: Sequence[Act]) -> dict[str, str]:
    """Names of everybody in the acts, by login and as the journal spells them."""
    logins = {login for act in acts for login in act.known.get("officers", {})} | set(acts[0].given["officers"])
    logins |= {login for act in acts for login in act.given.get("officers", ())}
    doers = {uuid.UUID(act.actor.partition(":")[2]) for act in acts if act.actor.startswith("account:")}
    asked = select(Account.id, Account.login, Account.name).where(Account.login.in_(logins) | Account.id.in_(doers))
    rows = session.execute(asked).all()
    return {row.login: row.name for row in rows} | {f"account:{row.id}": row.name for row in rows}


def _acts(acts: Sequence[Act], people: Mapping[str, str], calendar: Calendar, whole: bool) -> list[ActOut]:
    return [
        ActOut(
            sequence=act.sequence,
            action=act.action,
            name=DEEDS[act.action].name,
            at=act.at,
            recorded_at=act.recorded_at,
            actor_name=people.get(act.actor, "系统"),
            article=DEEDS[act.action].article,
            facts=telling.facts(act.given, people, calendar.zone, whole=whole),
        )
        for act in reversed(acts)
    ]


def _evidence(
    session: Session, row: PenaltyCase, case: Case, acts: Sequence[Act], people: Mapping[str, str]
) -> list[EvidenceOut]:
    given = {act.sequence: act.given for act in acts}
    files = {str(one.id): one for one in export.files_of(session, row)}
    return [_piece(one, given[one.sequence], files, people) for one in case.evidence]


def _piece(
    one: EvidenceFact, given: Mapping[str, Any], files: Mapping[str, EvidenceFile], names: Mapping[str, str]
) -> EvidenceOut:
    file = files.get(one.file or "")
    return EvidenceOut(
        number=one.number,
        kind=one.kind,
        kind_name=EVIDENCE_KINDS[one.kind],
        name=one.title,
        proves=given["proves"],
        taken_at=given["taken_at"],
        place=given.get("place_words"),
        device=given.get("device"),
        by=[names.get(login, login) for login in one.taken_by],
        origin=one.origin,
        origin_name=ORIGINS[one.origin],
        review=_review(one),
        verified_by=[names.get(login, login) for login in one.verified_by],
        excluded=one.excluded,
        file=file_out(file) if file else None,
    )


def file_out(file: EvidenceFile) -> FileOut:
    """A file behind a piece of evidence."""
    return FileOut(id=file.id, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256)


def _review(one: EvidenceFact) -> str:
    if one.origin not in ELECTRONIC_MONITORING:
        return "none"
    return {None: "pending", True: "passed", False: "refused"}[one.reviewed]


def _document(one: Document, case: Case) -> DocumentOut:
    return DocumentOut(
        id=one.id,
        kind=one.kind,
        title=one.title,
        number=one.number,
        made_at=one.made_at,
        pages=one.pages,
        sha256=one.sha256,
        served=any(handed.kind == one.kind and handed.sequence >= one.sequence for handed in case.served),
    )


def _alarms(
    case: Case, clocks: Sequence[Deadline], calendar: Calendar, today: dt.date, power: Mapping[str, Any]
) -> list[AlarmOut]:
    facts = [ClockFact(one.kind, one.due_at.astimezone(calendar.zone).date(), one.state) for one in clocks]
    return [
        AlarmOut(code=one.code, article=one.article, sentence=one.sentence, since=one.since, clock=one.clock)
        for one in alarms.alarms(case, facts, today, power)
    ]


def _weighed(acts: Sequence[Act]) -> Mapping[str, Any]:
    """What law and benchmarks said last."""
    return next((act.known for act in reversed(acts) if "tier_why" in act.known), {})


def _tier(known: Mapping[str, Any]) -> TierOut | None:
    if not known:
        return None
    tier, law = known.get("tier") or {}, known.get("law") or {}
    provision = law.get("provision") or {}
    return TierOut(
        code=tier.get("code"),
        name=tier.get("name"),
        words=tier.get("words"),
        document=tier.get("document"),
        low_fen=tier.get("low_fen"),
        high_fen=tier.get("high_fen"),
        why=known["tier_why"],
        reasons=known.get("reasons", ""),
        law=f"《{provision['law']}》{provision['article']}" if provision else None,
        law_why=law.get("why", ""),
    )


def _nearest(known: Mapping[str, Any]) -> NearestOut | None:
    found = known.get("nearest")
    return NearestOut(**found) if found else None
