"""The life of an order, edge by edge."""

import itertools

import pytest

from dispatch import labels
from dispatch.rules import handling_times, workflow
from dispatch.rules.workflow import Action, Asked, Ground, Lane, Outcome, Post, Refusal, State, Step

EVERYTHING = frozenset({"squad", "partner", "ground", "power", "words", "outcome", "case", "told"})
EVERYBODY = frozenset(Post)


def ask(
    state: State,
    action: Action,
    *posts: Post,
    given: frozenset[str] = EVERYTHING,
    own: bool = False,
    returns: int = 0,
    sampled: bool = True,
    ground: Ground | None = None,
) -> Step | Refusal:
    return workflow.decide(Asked(state, action, frozenset(posts), own, given, returns, sampled, ground))


def test_a_report_walks_the_whole_way_to_its_answer() -> None:
    walk = [
        (Action.DISPATCH, Post.DISPATCHER),
        (Action.ACCEPT, Post.SQUAD),
        (Action.ARRIVE, Post.SQUAD),
        (Action.HANDLE, Post.SQUAD),
        (Action.CHECK, Post.CHECKER),
        (Action.CLOSE, Post.CHECKER),
        (Action.ANSWER, Post.SYSTEM),
    ]
    state = State.RECEIVED
    for action, post in walk:
        step = ask(state, action, post)
        assert isinstance(step, Step), (state, action, step)
        state = step.target
    assert state is State.ANSWERED


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_what_is_not_in_the_table_cannot_be_done_by_anybody(state: State, action: Action) -> None:
    decided = ask(state, action, *EVERYBODY)
    assert isinstance(decided, Step) == ((state, action) in workflow.TABLE)
    if isinstance(decided, Refusal):
        assert decided.code == "illegal_step"


@pytest.mark.parametrize("step", workflow.STEPS, ids=lambda step: f"{step.source}-{step.action}")
def test_every_step_is_refused_to_every_other_post(step: Step) -> None:
    others = EVERYBODY - step.by
    refused = ask(step.source, step.action, *others)
    assert isinstance(refused, Refusal)
    assert refused.code == "forbidden"


@pytest.mark.parametrize(
    "step", [step for step in workflow.STEPS if step.requires], ids=lambda step: f"{step.source}-{step.action}"
)
def test_every_step_names_what_is_missing(step: Step) -> None:
    refused = ask(step.source, step.action, *step.by, given=frozenset())
    assert isinstance(refused, Refusal)
    assert refused.code == "missing_fact"
    assert refused.facts["missing"] == list(step.requires)


@pytest.mark.parametrize("action", [Action.CHECK, Action.REWORK])
def test_nobody_checks_his_own_work(action: Action) -> None:
    refused = ask(State.HANDLED, action, Post.CHECKER, Post.SQUAD, own=True)
    assert isinstance(refused, Refusal)
    assert refused.code == "own_work"
    offered = workflow.allowed(State.HANDLED, frozenset({Post.CHECKER}), same_person_handled=True)
    assert offered == []


def test_no_order_is_stuck_before_it_is_answered() -> None:
    for state in State:
        leaves = [step for step in workflow.STEPS if step.source == state]
        assert leaves or state is State.ANSWERED


def test_every_word_a_user_sees_is_chinese() -> None:
    assert set(labels.STATES) == set(State)
    assert set(labels.ACTIONS) == set(Action)
    assert set(labels.POSTS) == set(Post)
    assert set(labels.OUTCOMES) == set(Outcome)
    assert set(labels.CLOCKS) == set(handling_times.Clock)
    assert {fact for step in workflow.STEPS for fact in step.requires} | {"power"} == set(labels.FACTS)
    assert set(labels.LANES) == set(Lane)
    assert set(labels.GROUNDS) == set(Ground)
    told = {f"order.{step.event}" for step in workflow.STEPS}
    assert told <= set(labels.TIMELINE)


def test_the_table_travels_as_data() -> None:
    rows = workflow.as_data()
    assert len(rows) == len(workflow.STEPS)
    assert {
        "from": "dispatched",
        "action": "accept",
        "to": "accepted",
        "by": ["grid_worker", "squad", "unit"],
        "requires": [],
    } in rows


def test_the_first_return_goes_to_the_desk_and_the_second_to_the_supervisor() -> None:
    first = ask(State.DISPATCHED, Action.RETURN, Post.SQUAD, ground=Ground.NOT_OUR_AREA)
    second = ask(State.DISPATCHED, Action.RETURN, Post.SQUAD, returns=1, ground=Ground.NOT_OUR_AREA)
    assert isinstance(first, Step)
    assert isinstance(second, Step)
    assert (first.target, second.target) == (State.RETURNED, State.ARBITRATION)


def test_after_the_supervisors_word_nobody_gives_it_back_again() -> None:
    refused = ask(State.DISPATCHED, Action.RETURN, Post.SQUAD, returns=2)
    assert isinstance(refused, Refusal)
    assert refused.code == "return_spent"
    offered = workflow.allowed(State.DISPATCHED, frozenset({Post.SQUAD}), same_person_handled=False, returns=2)
    assert Action.RETURN not in {step.action for step in offered}


@pytest.mark.parametrize("ground", sorted(workflow.NEEDS_POWER_LINE))
def test_who_says_it_is_not_his_by_law_names_the_line_of_the_power_list(ground: Ground) -> None:
    refused = ask(State.DISPATCHED, Action.RETURN, Post.SQUAD, given=frozenset({"ground", "words"}), ground=ground)
    assert isinstance(refused, Refusal)
    assert refused.facts["missing"] == ["power"]


def test_a_grid_worker_settles_and_never_handles() -> None:
    assert isinstance(ask(State.ACCEPTED, Action.SETTLE, Post.GRID_WORKER), Step)
    for action in (Action.ARRIVE, Action.HANDLE):
        states = [step.source for step in workflow.STEPS if step.action is action]
        assert all(isinstance(ask(state, action, Post.GRID_WORKER), Refusal) for state in states)


def test_what_a_grid_worker_settled_is_looked_at_again_when_the_sample_says_so() -> None:
    looked_at = ask(State.ACCEPTED, Action.SETTLE, Post.GRID_WORKER, sampled=True)
    left = ask(State.ACCEPTED, Action.SETTLE, Post.GRID_WORKER, sampled=False)
    assert isinstance(looked_at, Step)
    assert isinstance(left, Step)
    assert (looked_at.target, left.target) == (State.HANDLED, State.CHECKED)


def test_an_order_goes_into_a_case_and_comes_back_handled() -> None:
    for state in (State.ACCEPTED, State.ON_SITE):
        opened = ask(state, Action.TO_CASE, Post.SQUAD)
        assert isinstance(opened, Step)
        assert opened.target is State.IN_CASE
    told = ask(State.IN_CASE, Action.TELL, Post.SYSTEM)
    ended = ask(State.IN_CASE, Action.CASE_ENDED, Post.SYSTEM)
    assert isinstance(told, Step)
    assert isinstance(ended, Step)
    assert (told.target, ended.target) == (State.IN_CASE, State.HANDLED)


def test_only_the_case_itself_opens_and_ends_the_waiting_for_it() -> None:
    offered = [step.action for state in State for step in workflow.allowed(state, EVERYBODY - {Post.SYSTEM}, False)]
    assert not {Action.TO_CASE, Action.TELL, Action.CASE_ENDED} & set(offered)
    assert workflow.allowed(State.IN_CASE, EVERYBODY - {Post.SYSTEM}, same_person_handled=False) == []
    refused = ask(State.ON_SITE, Action.TO_CASE, Post.SQUAD, given=EVERYTHING - {"case"})
    assert isinstance(refused, Refusal)
    assert refused.code == "missing_fact"


def test_a_squad_may_open_a_case_where_it_has_signed_and_nobody_else() -> None:
    states = {state for state in State if workflow.opens_a_case(state, frozenset({Post.SQUAD}))}
    assert states == {State.ACCEPTED, State.ON_SITE}
    assert not any(workflow.opens_a_case(state, EVERYBODY - {Post.SQUAD}) for state in State)
