"""What papers about service (送达回证、送达公告) need besides the common slots (行政处罚法 61, 民事诉讼法 87-95)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from enforcement.models import Document
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import NOTICE_SERVICE_DAYS, defence_term, last_day, local
from enforcement.services.cases.slots.decided import DECISIONS, papers_of, result
from enforcement.services.cases.slots.proposal import proposed
from enforcement.services.cases.slots.sources import sentence
from enforcement.services.cases.slots.told import Builder, Told
from town.terms import Term, Unit

A = Action
NOTICES = ("penalty_notice", "hearing_notice")
WITH_DECISION = (*DECISIONS, "payment_notice")
CONTENT = {"urging_letter": "催告你（单位）履行行政处罚决定确定的义务，详见该文书。"}
HEARING = "要求听证的，应当自公告期满之日起五个工作日内提出。"
HEARD = "你（单位）对上述文书的内容有异议的，可以在领取文书后向本机关陈述、申辩。"


def service_receipt(told: Told) -> dict[str, Any]:
    """The papers handed over: those of the notice, of the decision, or the one that is named."""
    return {"papers": [{"name": one.title, "number": one.number, "copies": 1} for one in _handed_over(told)]}


def service_notice(told: Told) -> dict[str, Any]:
    """What is served by being published, what it says, and when it counts as received."""
    papers = _handed_over(told)
    days = local(told.act, "notice_service_days", NOTICE_SERVICE_DAYS)
    since = dt.date.fromisoformat(str(told.act.given["day"]))
    return {
        "words": sentence(told.act.given["words"]),
        "paper_named": "、".join(_named(one) for one in papers),
        "content": _content(told, papers),
        "notice_days": f"{days}日",
        "until": last_day(since, Term(days, Unit.DAYS), told.world.calendar),
        "rights": _rights(told, papers),
    }


def _handed_over(told: Told) -> list[Document]:
    """Papers that go out together are handed over together."""
    if told.act.action is A.SERVE_NOTICE and told.case.notice:
        return _of(told, told.case.notice.approved, NOTICES)
    if told.act.action is A.SERVE_DECISION and told.case.decision:
        return _of(told, told.case.decision.sequence, WITH_DECISION)
    named = told.session.get_one(Document, uuid.UUID(str(told.act.given["paper"])))
    for together in (NOTICES, WITH_DECISION):
        if told.act.action is A.ANNOUNCE and named.kind in together:
            return _of(told, named.sequence, together)
    return [named]


def _of(told: Told, sequence: int, kinds: Sequence[str]) -> list[Document]:
    found = {one.kind: one for one in papers_of(told, sequence)}
    return [found[kind] for kind in kinds if kind in found]


def _named(one: Document) -> str:
    return f"《{one.title}》" + (f"（{one.number}）" if one.number else "")


def _content(told: Told, papers: Sequence[Document]) -> str:
    kinds = {one.kind for one in papers}
    if kinds & set(NOTICES) and told.case.notice:
        return f"本机关拟对你（单位）作出下列处理：{_lines(proposed(told.case.notice.proposal))}。"
    if kinds & set(DECISIONS):
        return f"本机关对你（单位）作出下列处理：{_lines(result(told))}。"
    return next((CONTENT[kind] for kind in kinds if kind in CONTENT), "详见该文书。")


def _lines(told: Sequence[dict[str, str]]) -> str:
    return "；".join(one["text"] for one in told)


def _rights(told: Told, papers: Sequence[Document]) -> str:
    kinds = {one.kind for one in papers}
    if kinds & set(DECISIONS):
        on_spot = "on_spot_decision" in kinds
        return str(told.common["remedy_on_spot" if on_spot else "remedy"])
    if kinds & set(NOTICES):
        days = defence_term(told.act).amount
        heard = f"你（单位）可以自公告期满之日起{days}个工作日内向本机关陈述、申辩。"
        return heard + (HEARING if "hearing_notice" in kinds else "")
    return HEARD


BUILDERS: dict[str, Builder] = {"service_receipt": service_receipt, "service_notice": service_notice}
