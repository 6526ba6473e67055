"""What stands outside the case at the moment of an act (外部事实), gathered once and kept with the act.

Rules see it beside the case; ``case.json`` shows it, so that everything can be judged again from the file alone.
"""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enforcement.models import Document, EvidenceFile, PenaltyCase
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.cases.outside import STANDING, dates, local, sums
from enforcement.rules.cases.weighing import WEIGHED
from enforcement.rules.local_rules import Absent, LocalRules
from enforcement.services import local_rules
from enforcement.services.cases import receipts, world_law, world_past, world_people
from town import profile, reference, workdays
from town.days import Calendar
from town.errors import Refused
from town.settings import Settings


def hold(session: Session, action: Action) -> reference.Versions | None:
    """What an act decides by stays in force until its transaction ends; the versions, if it decides by any."""
    return reference.hold(session) if action in STANDING else None


def gather(
    session: Session,
    settings: Settings | None,
    row: PenaltyCase,
    case: Case,
    act: Act,
    login: str | None,
    calendar: Calendar | None = None,
) -> World:
    """The world for one act. ``login``: of who acts; the system has neither login nor settings.

    Who is about to act holds what he decides by first (``hold``); who only looks keeps nobody waiting.
    """
    calendar = calendar or workdays.calendar(session, profile.current(session))
    today = act.at.astimezone(calendar.zone).date()
    rules = local_rules.on(session, today) or LocalRules()
    known: dict[str, Any] = {"dates": {"today": today.isoformat()}, "local": local(rules)}
    known |= world_people.of(session, row, case, act, login, today)
    if act.action is Action.NAME_PARTY and settings:
        known |= world_people.party(session, settings, act, row.acted_on)
    if act.action in STANDING:
        of_party = world_past.others(session, row, case)
        known |= world_law.power(session, row, today)
        known |= {"same_party": world_past.same_party(session, row, of_party)}
        if act.action in WEIGHED:
            known |= world_law.weighed(session, row, case, act, today, rules, of_party)
    if "receipt_number" in act.given and act.action is Action.PAY:
        known["receipt_used_by"] = receipts.used_by(session, row, act)
    known |= _paper(session, row, act, calendar)
    _own_file(session, row, act)
    known |= sums(case, act, today, calendar)
    known["dates"] |= _dates(case, replace(act, known=known), calendar)
    return World(today, calendar, known)


def _dates(case: Case, act: Act, calendar: Calendar) -> dict[str, str]:
    """Last days of terms. Raises Refused("local_rule_missing") for one whose length only the town can give."""
    try:
        return dates(case, act, calendar)
    except Absent as absent:
        raise Refused("local_rule_missing", why=str(absent)) from None


def _paper(session: Session, row: PenaltyCase, act: Act, calendar: Calendar) -> dict[str, Any]:
    """The document the act is about: which kind it is, and of which day. Raises Refused("not_found") for another case's."""
    if "paper" not in act.given:
        return {}
    document = session.get(Document, uuid.UUID(str(act.given["paper"])))
    if document is None or document.case_id != row.id:
        raise Refused("not_found")
    same = select(func.max(Document.sequence)).where(Document.case_id == row.id, Document.kind == document.kind)
    return {
        "paper_kind": document.kind,
        "paper_made": document.made_at.astimezone(calendar.zone).date().isoformat(),
        "paper_of": document.sequence,
        "paper_newest": session.scalar(same) == document.sequence,
    }


def _own_file(session: Session, row: PenaltyCase, act: Act) -> None:
    """Evidence shows a file of its own case. Raises Refused("not_found")."""
    if "file" not in act.given:
        return
    file = session.get(EvidenceFile, uuid.UUID(str(act.given["file"])))
    if file is None or file.case_id != row.id:
        raise Refused("not_found")
