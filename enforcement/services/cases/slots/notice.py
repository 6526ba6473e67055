"""What the forms of notice, defence and hearing (告知、陈述申辩、听证) need besides the common slots."""

from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import defence_term
from enforcement.rules.cases.reading import day
from enforcement.services.cases.slots.heard import notice_number
from enforcement.services.cases.slots.proposal import (
    confiscated,
    corrected,
    facts_found,
    filed,
    law,
    newest,
    penalty_texts,
    proofs_of,
    reasons,
    standing,
    terms,
    wish_of,
)
from enforcement.services.cases.slots.sources import actor, sentence
from enforcement.services.cases.slots.told import Builder, Told

A = Action


def penalty_notice(told: Told) -> dict[str, Any]:
    """Facts, reasons, basis, what is proposed, and the rights with the town's own term (44, 45). Raises Absent."""
    wish = wish_of(told)
    if wish is None:
        return {}
    numbers = told.act.known.get("numbers", {})
    return {
        "facts_found": facts_found(told),
        "proofs": proofs_of(told, wish),
        **law(told),
        "reasons": reasons(told),
        "fine": wish.fine_fen > 0,
        "penalties": penalty_texts(wish),
        **terms(told, wish),
        **confiscated(told, wish),
        "corrected": corrected(told),
        "defence_days": defence_term(told.act).amount,
        "hearing_notice_number": numbers.get("hearing_notice"),
        "hearing": bool(told.case.notice and told.case.notice.hearing),
        **standing(told),
    }


def hearing_notice(told: Told) -> dict[str, Any]:
    """What is proposed and the right to a hearing (63, 64)."""
    wish = wish_of(told)
    if wish is None:
        return {}
    return {
        "facts_found": facts_found(told),
        **law(told),
        "penalties": penalty_texts(wish),
        **terms(told, wish),
        "notice_number": notice_number(told),
        **standing(told),
    }


def defence_record(told: Told) -> dict[str, Any]:
    """Who spoke, on which notice, and what the re-check found (45)."""
    given, notice = told.act.given, told.case.notice
    agent = newest(told, A.APPOINT_AGENT)
    return {
        "notice_number": notice_number(told),
        "notice_served_on": notice.served.day if notice and notice.served else None,
        "defence": sentence(given["defence"]),
        "defence_review": sentence(given["defence_review"]),
        "agent": agent.given["agent"] if agent else None,
        "unsigned": given.get("signature") in ("refused", "absent"),
    }


def hearing_call(told: Told) -> dict[str, Any]:
    """What was asked for, on which notice, and by what day (64(2))."""
    asked = newest(told, A.REQUEST_HEARING)
    words = told.act.given.get("words")
    return {
        "asked_on": day(asked, "day") if asked else None,
        "hearing_notice_number": notice_number(told, "hearing_notice"),
        "closed_because": sentence(words) if words and not told.act.given["open_hearing"] else None,
    }


def hearing_record(told: Told) -> dict[str, Any]:
    """Who took part, as called; what was said stands in the act (64(7))."""
    return _hearing(told) | {"unsigned": told.act.given["signature"] in ("refused", "absent")}


def hearing_report(told: Told) -> dict[str, Any]:
    """What was at issue, and what the chair thinks of it (65)."""
    wish = wish_of(told)
    if wish is None:
        return {}
    chair = [{"text": sentence(told.act.given["opinion"]), "name": actor(told), "day": told.world.today}]
    return _hearing(told) | {
        "facts_found": facts_found(told),
        "proofs": proofs_of(told, wish),
        **law(told),
        "penalties": penalty_texts(wish),
        **filed(told),
        "chair_opinion": chair,
    }


def _hearing(told: Told) -> dict[str, Any]:
    called, agent, asked = (newest(told, one) for one in (A.CALL_HEARING, A.APPOINT_AGENT, A.REQUEST_HEARING))
    given = called.given if called else {}
    return {
        "chair": actor(told),
        "recorder": told.act.given.get("recorder") or given.get("recorder"),
        "open_hearing": bool(given.get("open_hearing")),
        "agent": agent.given["agent"] if agent else None,
        "asked_on": day(asked, "day") if asked else None,
        "hearing_notice_number": notice_number(told, "hearing_notice"),
    }


BUILDERS: dict[str, Builder] = {
    "penalty_notice": penalty_notice,
    "hearing_notice": hearing_notice,
    "defence_record": defence_record,
    "hearing_call": hearing_call,
    "hearing_record": hearing_record,
    "hearing_report": hearing_report,
}
