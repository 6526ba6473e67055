"""What was decided, as later papers tell it (原决定的要素): which paper, when, what of it is done, and what is still owed."""

from typing import Any

from sqlalchemy import select

from enforcement.documents.slots import printed
from enforcement.models import Document
from enforcement.rules import money
from enforcement.rules.cases import clock_starts, owing
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Decision
from enforcement.rules.cases.fields import FIELDS
from enforcement.rules.stops.endings import DONE_BY_SERVICE
from enforcement.services.cases.slots.proposal import proposed
from enforcement.services.cases.slots.told import Told

DECISIONS = ("on_spot_decision", "penalty_decision", "no_penalty_decision")
WITH_SUM = ("fine", "confiscate_income")


def worded(fen: int) -> str:
    """A sum as documents write it: capitals, then figures."""
    return f"人民币{money.capitals(fen)}（{money.yuan(fen)}）"


def papers_of(told: Told, sequence: int) -> list[Document]:
    """The documents one act printed."""
    mine = select(Document).where(Document.case_id == told.row.id, Document.sequence == sequence)
    return list(told.session.scalars(mine.order_by(Document.id)))


def act_at(told: Told, sequence: int) -> Act | None:
    """The act with this number."""
    return next((one for one in told.acts if one.sequence == sequence), None)


def decided(told: Told) -> dict[str, Any]:
    """The decision's title, number and day, and when the party received it; nothing without a decision."""
    made = told.case.decision
    if made is None:
        return {}
    paper = next((one for one in papers_of(told, made.sequence) if one.kind in DECISIONS), None)
    return {
        "decision_title": paper.title if paper else None,
        "decision_number": paper.number if paper else made.number,
        "decided_on": made.day,
        "received_on": clock_starts.received(told.case),
        "published": None if told.case.unpublished else told.case.published,
    }


def result(told: Told) -> list[dict[str, str]]:
    """处理结果: every penalty, or what it came to instead."""
    made = told.case.decision
    if made is None:
        return []
    lines = proposed(made.proposal) + [{"text": line} for line in changes(told)]
    gone = f"原决定已于{made.revoked.year}年{made.revoked.month}月{made.revoked.day}日撤销" if made.revoked else None
    return [*lines, {"text": gone}] if gone else lines


def duties(told: Told) -> list[dict[str, str]]:
    """尚未履行的义务: sums that are still owed, and every other penalty nobody has recorded as done."""
    made = told.case.decision
    if made is None or made.revoked:
        return []
    owed = owing.owing(told.case, told.world.today, told.world.calendar)
    left = bool(owed and owed.left)
    changed = "".join(f"（{line}）" for line in changes(told))
    return [
        {"text": line["text"] + changed * (kind in WITH_SUM)}
        for kind, line in _by_kind(made)
        if _undone(told, kind, left)
    ]


def changes(told: Told) -> list[str]:
    """变更: by whom the sums of the decision that stands were changed."""
    kinds = FIELDS["contest_kind"].choices or {}
    changed = [one for one in told.case.contests_now if one.result == "changed" and one.ended]
    return [f"数额已于{printed(one.ended)}经{kinds[one.kind]}变更" for one in changed if one.ended]


def _by_kind(made: Decision) -> list[tuple[str, dict[str, str]]]:
    return list(zip(made.proposal.kinds, proposed(made.proposal), strict=False))


def _undone(told: Told, kind: str, left: bool) -> bool:
    return left if kind in WITH_SUM else kind not in DONE_BY_SERVICE | set(told.case.performed)


def owed(told: Told) -> dict[str, Any]:
    """应缴、加处、已缴、尚欠 on the document's day; nothing where no sum was decided."""
    found = owing.owing(told.case, told.world.today, told.world.calendar)
    if found is None:
        return {}
    fine = told.case.fine_fen
    return {
        "principal": worded(found.principal),
        "late_fee": worded(found.late_fee) if found.late_fee else None,
        "paid": worded(found.paid) if found.paid else None,
        "left": worded(found.left) if found.left else None,
        "still_growing": bool(found.overdue and found.late_fee < fine),
    }


def served_with(told: Told, kind: str) -> Act | None:
    """The newest service of a kind of document that was handed over by itself."""
    done = (one for one in reversed(told.acts) if one.action is Action.SERVE_PAPER)
    return next((one for one in done if one.known.get("paper_kind") == kind), None)
