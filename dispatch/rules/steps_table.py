"""The life of an order (工单流程) as one table: (from, action) -> (to, who, what must be said). What is not in it cannot be done."""

from collections.abc import Iterable
from dataclasses import dataclass

from dispatch.rules.codes import Action, Post, State


@dataclass(frozen=True)
class Step:
    """One edge of the table. ``requires`` names facts that must come with the action."""

    source: State
    action: Action
    target: State
    event: str
    by: frozenset[Post]
    requires: tuple[str, ...] = ()


def _step(source: State, action: Action, target: State, event: str, *by: Post, requires: Iterable[str] = ()) -> Step:
    return Step(source, action, target, event, frozenset(by), tuple(requires))


HOLDERS = (Post.SQUAD, Post.UNIT, Post.GRID_WORKER)
"""手里有单的人: whoever holds the order in its lane."""
OPEN_TO_DISPATCH = (State.RECEIVED, State.RETURNED, State.DISPATCHED, State.ACCEPTED)
"""By hand, with a reason: from the desk's queue, or over the head of the table (人工改派)."""

ENDED = frozenset({State.CLOSED, State.ANSWERED})
IN_CHARGE = (Post.DISPATCHER, Post.SUPERVISOR)
"""Who may let an order wait, and give more time for it."""
ASKING = ("clock", "amount", "ground", "words")


def _resume(target: State) -> Step:
    """Whoever may put it aside may take it up again, and so may whoever holds it: nothing is lost by starting early."""
    return _step(State.SUSPENDED, Action.RESUME, target, "resumed", *IN_CHARGE, *HOLDERS, requires=("words",))


STEPS = (
    *(
        _step(state, Action.DISPATCH, State.DISPATCHED, "dispatched", Post.DISPATCHER, requires=("squad", "words"))
        for state in OPEN_TO_DISPATCH
    ),
    *(
        _step(state, Action.REJECT, State.CLOSED, "rejected", Post.DISPATCHER, requires=("outcome", "words"))
        for state in (State.RECEIVED, State.RETURNED)
    ),
    *(
        _step(state, Action.TRANSFER, State.TRANSFERRED, "transferred", Post.DISPATCHER, requires=("partner", "words"))
        for state in OPEN_TO_DISPATCH
    ),
    _step(State.TRANSFERRED, Action.TAKEN_OVER, State.CLOSED, "taken_over", Post.DISPATCHER, requires=("words",)),
    _step(State.TRANSFERRED, Action.SENT_BACK, State.RECEIVED, "sent_back", Post.DISPATCHER, requires=("words",)),
    _step(State.DISPATCHED, Action.ACCEPT, State.ACCEPTED, "accepted", *HOLDERS),
    *(
        _step(state, Action.RETURN, State.RETURNED, "returned", Post.SQUAD, Post.UNIT, requires=("ground", "words"))
        for state in (State.DISPATCHED, State.ACCEPTED)
    ),
    _step(
        State.ARBITRATION,
        Action.ARBITRATE,
        State.DISPATCHED,
        "arbitrated",
        Post.SUPERVISOR,
        requires=("squad", "words"),
    ),
    _step(
        State.ARBITRATION,
        Action.TRANSFER,
        State.TRANSFERRED,
        "transferred",
        Post.SUPERVISOR,
        requires=("partner", "words"),
    ),
    _step(State.ACCEPTED, Action.ARRIVE, State.ON_SITE, "arrived", Post.SQUAD, Post.UNIT),
    _step(State.ON_SITE, Action.HANDLE, State.HANDLED, "handled", Post.SQUAD, Post.UNIT, requires=("outcome", "words")),
    *(
        _step(state, Action.TO_CASE, State.IN_CASE, "case_opened", Post.SQUAD, requires=("case",))
        for state in (State.ACCEPTED, State.ON_SITE)
    ),
    _step(State.IN_CASE, Action.TELL, State.IN_CASE, "told", Post.SYSTEM, requires=("told",)),
    _step(State.IN_CASE, Action.CASE_ENDED, State.HANDLED, "case_ended", Post.SYSTEM, requires=("outcome",)),
    _step(State.ACCEPTED, Action.SETTLE, State.HANDLED, "settled", Post.GRID_WORKER, requires=("outcome", "words")),
    *(
        _step(state, Action.ESCALATE, State.RECEIVED, "escalated", Post.GRID_WORKER, requires=("words",))
        for state in (State.DISPATCHED, State.ACCEPTED)
    ),
    _step(State.HANDLED, Action.CHECK, State.CHECKED, "checked", Post.CHECKER),
    _step(State.HANDLED, Action.REWORK, State.ACCEPTED, "reworked", Post.CHECKER, requires=("words",)),
    _step(State.CHECKED, Action.CLOSE, State.CLOSED, "closed", Post.CHECKER, Post.DISPATCHER, requires=("words",)),
    _step(State.CLOSED, Action.ANSWER, State.ANSWERED, "answered", Post.SYSTEM),
    *(
        _step(state, Action.GRADE, state, "graded", Post.DISPATCHER, requires=("severity", "words"))
        for state in State
        if state not in ENDED | {State.IN_CASE}
    ),
    *(
        _step(state, Action.SUSPEND, State.SUSPENDED, "suspended", *IN_CHARGE, requires=("ground", "words", "until"))
        for state in (State.ACCEPTED, State.ON_SITE)
    ),
    _resume(State.ACCEPTED),
    _step(State.ACCEPTED, Action.ASK_EXTENSION, State.ACCEPTED, "extension_asked", Post.GRID_WORKER, requires=ASKING),
    _step(
        State.ON_SITE, Action.ASK_EXTENSION, State.ON_SITE, "extension_asked", Post.SQUAD, Post.UNIT, requires=ASKING
    ),
    *(
        step
        for state in (State.ACCEPTED, State.ON_SITE, State.SUSPENDED)
        for step in (
            _step(state, Action.GRANT_EXTENSION, state, "extension_granted", *IN_CHARGE),
            _step(state, Action.DENY_EXTENSION, state, "extension_denied", *IN_CHARGE, requires=("words",)),
        )
    ),
)
TABLE = {(step.source, step.action): step for step in STEPS}

SECOND_RETURN = {
    state: _step(
        state, Action.DISPUTE, State.ARBITRATION, "disputed", Post.SQUAD, Post.UNIT, requires=("ground", "words")
    )
    for state in (State.DISPATCHED, State.ACCEPTED)
}
"""再次退回: what a return becomes the second time: not to the desk again but to the supervisor, whose word is the last."""
UNSAMPLED = {
    State.ACCEPTED: _step(
        State.ACCEPTED, Action.SETTLE, State.CHECKED, "settled", Post.GRID_WORKER, requires=("outcome", "words")
    )
}
"""A small matter that a 网格员 settled is checked on site by sample only."""
RESUMED_ON_SITE = {State.SUSPENDED: _resume(State.ON_SITE)}
"""恢复办理: an order that was put aside on the place goes on there."""
