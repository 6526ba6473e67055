"""What the forms up to the end of the investigation (立案、调查取证) need besides the common slots."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.services.cases import clocking
from enforcement.services.cases.slots import goods, on_spot
from enforcement.services.cases.slots.sources import (
    actor,
    approval,
    before,
    day_of,
    number_of,
    opinions,
    sentence,
)
from enforcement.services.cases.slots.told import Builder, Told
from town.watch import Deadline

A = Action
ASKED = (A.ASK_FILING, A.PROPOSE_FAST)
WAIVED = {A.WAIVE_DEFENCE: "陈述、申辩", A.WAIVE_HEARING: "要求听证"}
OF_NOTICE = {A.WAIVE_DEFENCE: "penalty_notice", A.WAIVE_HEARING: "hearing_notice"}
FAST_LANE = "拟适用简案快办程序办理，报请立案。"


def report_register(told: Told) -> dict[str, Any]:
    """来源登记: what was told, when, and what the officers make of it. Who told it is never among the slots."""
    opened, act = told.case.opened, told.act
    return {
        "reported": told.row.order_id is not None,
        "registered_at": told.case.opened_at.astimezone(told.world.calendar.zone),
        "discovered_on": _day(opened["discovered_on"]),
        "content": opened["summary"],
        "handling": opinions(told, act, str(act.given.get("opinion") or FAST_LANE)),
    }


def filing_approval(told: Told) -> dict[str, Any]:
    """What was asked for, and what is approved; in the fast lane both at once."""
    asked = before(told, *ASKED)
    if asked is None:
        return {}
    found = [asked.given["summary"], asked.given.get("facts_found"), asked.given.get("higher_excluded")]
    fast = asked.action is A.PROPOSE_FAST
    return {
        "summary": "\n".join(map(str, filter(None, found))),
        "handler_opinion": opinions(told, asked, str(asked.given.get("opinion") or FAST_LANE)),
        "approver_opinion": approval(told),
        "words": "本案适用简案快办程序：立案和处理意见合并审批。" if fast else None,
    }


def questioning_record(told: Told) -> dict[str, Any]:
    """Of the person asked only the name and relation are facts; his papers are, where he is the party himself."""
    party = told.common["party"] or {}
    himself = party.get("kind") == "person" and party.get("name") == told.act.given["asked_person"]
    return {"asked": party if himself else None, **other(told)}


def other(told: Told) -> dict[str, Any]:
    """What else was noted; where a signature is missing, the note stands beside that instead."""
    given = told.act.given
    return {"other": given.get("words") if given.get("signature") == "signed" else None}


def correction_order(told: Told) -> dict[str, Any]:
    """责令改正: the facts, closed by a full stop."""
    return {**other(told), "facts_found": sentence(told.act.given["facts_found"])}


def recheck_record(told: Told) -> dict[str, Any]:
    """What was ordered, and by when."""
    ordered = before(told, A.ORDER_CORRECTION)
    if ordered is None:
        return {}
    return {
        "order_number": number_of(ordered, "correction_order"),
        "ordered_on": day_of(told, ordered),
        "correction": ordered.given["correction"],
        "until": _day(ordered.given["until"]),
    }


def address_confirmation(told: Told) -> dict[str, Any]:
    """Consent as a box that is ticked or not (行政处罚法 61(2))."""
    return {"consent": "yes" if told.act.given.get("electronic_consent") else "no"}


def assistance_letter(told: Told) -> dict[str, Any]:
    """The request in a sentence."""
    return {"words": sentence(told.act.given["words"])}


def delay_approval(told: Told) -> dict[str, Any]:
    """The clock that is late, when it began and was due, and why."""
    rule = next((row for kind, row in BY_KIND.items() if kind == told.act.given["clock"]), None)
    since, due = _span(told, rule.clock) if rule else (None, None)
    return {
        "clock_name": rule.name if rule else None,
        "clock_article": rule.article if rule else None,
        "since": since,
        "due": due,
        "filed_on": told.case.filed_at.astimezone(told.world.calendar.zone).date() if told.case.filed_at else None,
        "approver_opinion": {"text": "批准上述理由。", "name": actor(told), "day": told.world.today},
    }


def _span(told: Told, clock: Clock) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last local day of the newest clock of a kind; it ends with the midnight after that day."""
    rows = select(Deadline).where(Deadline.subject == clocking.subject(told.row.id), Deadline.kind == clock)
    newest = told.session.scalars(rows.order_by(Deadline.round.desc())).first()
    if newest is None:
        return None, None
    zone = told.world.calendar.zone
    last = newest.due_at - dt.timedelta(microseconds=1)
    return newest.started_at.astimezone(zone).date(), last.astimezone(zone).date()


def waiver(told: Told) -> dict[str, Any]:
    """Which right, and by which notice it was told. Who did not sign has given up nothing."""
    approved = before(told, A.APPROVE_NOTICE, A.APPROVE_FAST)
    served = told.case.notice.served if told.case.notice else None
    return {
        "waived": WAIVED[told.act.action],
        "hearing": told.act.action is A.WAIVE_HEARING,
        "declarants": [told.common["party"]] if told.act.given["signature"] == "signed" else [],
        "notice_number": number_of(approved, OF_NOTICE[told.act.action]) if approved else None,
        "notice_served_on": served.day if served else None,
    }


def _day(iso: object) -> dt.date:
    return dt.date.fromisoformat(str(iso))


BUILDERS: dict[str, Builder] = {
    "report_register": report_register,
    "filing_approval": filing_approval,
    "inspection_record": other,
    "questioning_record": questioning_record,
    "sampling_notice": other,
    "correction_order": correction_order,
    "recheck_record": recheck_record,
    "address_confirmation": address_confirmation,
    "assistance_letter": assistance_letter,
    "delay_approval": delay_approval,
    "waiver": waiver,
    **goods.BUILDERS,
    **on_spot.BUILDERS,
}
