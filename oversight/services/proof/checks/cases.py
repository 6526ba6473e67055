"""Every open penalty case has an owner and a due time (未结案件)."""

import datetime as dt
from collections.abc import Sequence

from enforcement.models import PenaltyCase
from enforcement.rules.cases.clocks import BY_KIND, Clock
from enforcement.rules.cases.states import BEFORE_DECISION, State
from oversight.rules.proof import QUIET_DAYS, Nobody, Staff
from oversight.services.proof.checks import open_matters
from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen, clocks, judged, nobody
from oversight.services.proof.checks.open_matters import subject
from town import watch
from town.clock import Instant
from town.watch import Deadline

WITH_THE_APPROVER = frozenset({State.FILING, State.FAST_FILING, State.CONCLUDED, State.DECIDING, State.CLOSING})
"""The next step is an approver's."""
BY_STATUTE = frozenset({*BEFORE_DECISION, State.DECIDED})
"""Here the statute itself sets a term (行政处罚法 60, 61); elsewhere nothing may lie untouched for long."""


def owner(ground: Ground) -> Seen:
    """Its officers are there, or somebody else of their squad; and an approver where it waits for one."""
    cases = open_matters.cases(ground.session)
    return judged((subject(one), _ownerless(one, ground.staffing)) for one in cases)


def due(ground: Ground) -> Seen:
    """A clock of its own waits for it; where no statute sets one, it was touched lately."""
    cases = open_matters.cases(ground.session)
    watched = clocks(ground.session, map(subject, cases))
    forgotten = [one for one in cases if _forgotten(one, watched.get(subject(one), ()), ground.now)]
    return Seen(len(cases), [Found(subject(one), {"days": _quiet(one, ground.now)}) for one in forgotten])


def _ownerless(case: PenaltyCase, staff: Staff) -> Nobody | None:
    if not staff.officers & set(case.handlers) and case.squad_id not in staff.squads:
        return Nobody.HANDLERS_GONE
    return Nobody.NO_APPROVER if case.state in WITH_THE_APPROVER and not staff.approvers else None


def _forgotten(case: PenaltyCase, unmet: Sequence[Deadline], now: Instant) -> bool:
    if any(map(_waits, unmet)):
        return False
    return case.state in BY_STATUTE or _quiet(case, now) > QUIET_DAYS


def _waits(clock: Deadline) -> bool:
    """A party's time that is over waits for nobody."""
    return clock.state in (watch.State.RUNNING, watch.State.PAUSED) or not BY_KIND[Clock(clock.kind)].window


def _quiet(case: PenaltyCase, now: Instant) -> int:
    return (now - case.changed_at) // dt.timedelta(days=1)


def _said(facts: Facts) -> str:
    return f"没有在走的期限，最近一次办理是 {facts['days']} 天前。"


CHECKS = (
    Check("case_owner", "在办案件有人管", owner, nobody, "请中队负责人更换承办人，或请管理员恢复账号。"),
    Check("case_due", "在办案件有期限", due, _said, "请承办人办下一步；已经办完的请结案或归档。"),
)
