"""Telling the journal (轨迹): what happens to a clock, on the subject ``deadline:<id>``."""

from typing import Any

from town import journal
from town.clock import Instant
from town.watch.models import Deadline

ACTOR = "system:watch"
MISSED_KIND = "clock.missed"
REVISED_KIND = "clock.revised"
PAUSED_KIND = "clock.paused"
RESUMED_KIND = "clock.resumed"
EXTENDED_KIND = "clock.extended"


def entry(deadline: Deadline, kind: str, now: Instant, facts: dict[str, Any], actor: str = ACTOR) -> journal.Entry:
    """The next event of a clock. Its version is the second guard: the journal refuses a clock that is missed twice."""
    deadline.version += 1
    data = {"subject": deadline.subject, "kind": deadline.kind, **facts}
    return journal.Entry(f"deadline:{deadline.id}", deadline.version, kind, actor, now, data)


def moved(was: Instant, deadline: Deadline) -> dict[str, Any]:
    """Where a clock's date went."""
    return {"was": was.isoformat(), "due": deadline.due_at.isoformat(), "provisional": deadline.provisional}
