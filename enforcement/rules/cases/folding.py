"""From acts to the case (案件事实的形成): every act adds its facts; state and lane follow the table. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from enforcement.rules.cases import deciding_facts, inquiry_facts, later_facts
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case
from enforcement.rules.cases.procedure import TABLE
from enforcement.rules.cases.states import Lane, State

A = Action
INVESTIGATION = frozenset(
    {
        A.ASSIGN,
        A.ASK_FILING,
        A.DECIDE_ON_SPOT,
        A.PROPOSE_FAST,
        A.INSPECT,
        A.QUESTION,
        A.ADD_EVIDENCE,
        A.VERIFY_EVIDENCE,
        A.SAMPLE,
        A.ASK_HOLD,
        A.ASK_SEIZURE,
        A.ORDER_CORRECTION,
        A.NO_CORRECTION,
        A.RECHECK_CORRECTION,
        A.CONCLUDE,
        A.HEAR_DEFENCE,
        A.SUBMIT_DECISION,
        A.ASK_CLOSING,
    }
)
"""Whoever did one of these is kept from reviewing, hearing and deciding the case (行政处罚法 57, 58, 64)."""
ADDS = {**inquiry_facts.ADDS, **deciding_facts.ADDS, **later_facts.ADDS}


def fold(acts: Sequence[Act]) -> Case:
    """The case after these acts, the first of which opens it. Raises ValueError for acts that do not follow the table."""
    first, *rest = acts
    if first.action is not Action.OPEN:
        raise ValueError("a case begins with its opening")
    case = opened(first)
    for act in rest:
        case = after(case, act)
    return case


def opened(act: Act) -> Case:
    """The case as it begins."""
    return Case(
        state=State.SOURCE,
        lane=Lane.ORDINARY,
        version=act.sequence,
        opened=act.given,
        power=str(act.given["power"]),
        handlers=tuple(act.given["officers"]),
        opened_at=act.at,
        last_at=act.at,
        investigators=tuple(dict.fromkeys((*act.given["officers"], *_doer(act)))),
    )


def after(case: Case, act: Act) -> Case:
    """The case with one more act. Raises ValueError when the table has no such edge."""
    step = TABLE.get((case.state, act.action))
    if step is None or case.lane not in step.lanes:
        raise ValueError(f"{act.action} is not possible while {case.state}, {case.lane}")
    add = ADDS.get(act.action)
    told = add(case, act) if add else case
    return replace(
        told,
        state=step.target,
        lane=step.lane or case.lane,
        version=act.sequence,
        last_at=act.at,
        investigators=_investigators(told, act),
        unrecorded=(*told.unrecorded, *_unrecorded(act)),
        higher_excluded=act.given.get("higher_excluded") or case.higher_excluded,
    )


def _unrecorded(act: Act) -> tuple[tuple[Action, dt.datetime], ...]:
    """Only where the form asks for a recorder at all."""
    wanted = act.action in (act.known.get("local") or {}).get("recorded_acts", ())
    return ((act.action, act.at),) if wanted and is_filmed(act.action) and not act.given.get("device") else ()


def is_filmed(action: Action) -> bool:
    """Whether an act can name its recorder."""
    return "device" in DEEDS[action].takes


def _investigators(case: Case, act: Act) -> tuple[str, ...]:
    if act.action not in INVESTIGATION:
        return case.investigators
    return tuple(dict.fromkeys((*case.investigators, *act.given.get("officers", ()), *_doer(act))))


def _doer(act: Act) -> tuple[str, ...]:
    """Who wrote it down had a hand in it, named or not; a leader who only assigns has none."""
    login = act.known.get("actor")
    return (str(login),) if login and act.action is not A.ASSIGN else ()
