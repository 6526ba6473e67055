"""The life of an order, edge by edge."""

import itertools

import pytest

from dispatch import labels
from dispatch.rules import grounds, handling_times, workflow
from dispatch.rules.workflow import Action, Asked, Ground, Lane, Outcome, Plea, Post, Refusal, State, Step

EVERYTHING = frozenset(labels.FACTS)
EVERYBODY = frozenset(Post)


def ask(
    state: State,
    action: Action,
    *posts: Post,
    given: frozenset[str] = EVERYTHING,
    own: bool = False,
    returns: int = 0,
    sampled: bool = True,
    ground: str | None = None,
    suspended_from: State | None = None,
    plea: Plea | None = None,
) -> Step | Refusal:
    said = plea or Plea(open=action in workflow.DECIDING_A_PLEA, possible=True)
    asked = Asked(state, action, frozenset(posts), own, given, returns, sampled, ground, suspended_from, said)
    return workflow.decide(asked)


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
    decided = ask(state, action, *(EVERYBODY - set(workflow.HOLDERS) if action in workflow.BY_ANOTHER else EVERYBODY))
    assert isinstance(decided, Step) == ((state, action) in workflow.TABLE)
    if isinstance(decided, Refusal):
        assert decided.code == "illegal_step"


@pytest.mark.parametrize("holder", workflow.HOLDERS)
@pytest.mark.parametrize("action", sorted(workflow.BY_ANOTHER))
def test_who_has_the_order_neither_stops_his_clock_nor_lengthens_it_by_another_post_of_his(
    action: Action, holder: Post
) -> None:
    decided = ask(State.ACCEPTED, action, holder, Post.DISPATCHER)
    assert isinstance(decided, Refusal)
    assert decided.code == "own_order"
    plea = Plea(open=True, possible=True)
    offered = {
        step.action for step in workflow.allowed(State.ACCEPTED, frozenset({holder, Post.SUPERVISOR}), False, 0, plea)
    }
    assert not offered & workflow.BY_ANOTHER


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


@pytest.mark.parametrize("state", [State.ACCEPTED, State.ON_SITE])
def test_an_order_put_aside_goes_on_where_it_stood(state: State) -> None:
    aside = ask(state, Action.SUSPEND, Post.DISPATCHER)
    again = ask(State.SUSPENDED, Action.RESUME, Post.SQUAD, suspended_from=state)
    assert isinstance(aside, Step)
    assert isinstance(again, Step)
    assert (aside.target, again.target) == (State.SUSPENDED, state)


def test_who_puts_an_order_aside_says_why_and_until_when() -> None:
    refused = ask(State.ON_SITE, Action.SUSPEND, Post.SUPERVISOR, given=frozenset())
    assert isinstance(refused, Refusal)
    assert refused.facts["missing"] == ["ground", "words", "until"]
    by_the_squad = ask(State.ON_SITE, Action.SUSPEND, Post.SQUAD)
    assert isinstance(by_the_squad, Refusal)
    assert by_the_squad.code == "forbidden"


@pytest.mark.parametrize("action", sorted(workflow.DECIDING_A_PLEA))
def test_more_time_is_never_given_by_the_person_who_asked_for_it(action: Action) -> None:
    own = ask(State.ON_SITE, action, Post.DISPATCHER, plea=Plea(open=True, mine=True, possible=True))
    nothing = ask(State.ON_SITE, action, Post.DISPATCHER, plea=Plea())
    assert isinstance(own, Refusal)
    assert isinstance(nothing, Refusal)
    assert (own.code, nothing.code) == ("own_request", "nothing_asked")


def test_nobody_asks_twice_before_he_is_answered() -> None:
    refused = ask(State.ON_SITE, Action.ASK_EXTENSION, Post.SQUAD, plea=Plea(open=True, possible=True))
    assert isinstance(refused, Refusal)
    assert refused.code == "already_asked"


def test_more_time_is_offered_only_where_a_clock_could_still_get_it() -> None:
    late = workflow.allowed(State.ON_SITE, EVERYBODY, same_person_handled=False, plea=Plea(open=True))
    assert Action.GRANT_EXTENSION not in {step.action for step in late}
    assert Action.DENY_EXTENSION in {step.action for step in late}


def test_the_desk_may_say_of_every_open_order_how_bad_it_is() -> None:
    graded = {state for state in State if isinstance(ask(state, Action.GRADE, Post.DISPATCHER), Step)}
    assert graded == set(State) - workflow.ENDED - {State.IN_CASE}


def test_every_ground_fits_its_own_action_only() -> None:
    for action, known in grounds.GROUNDS.items():
        assert set(labels.GROUNDS_OF[action]) == set(known)
        assert all(grounds.fits(action, ground) for ground in known)
    assert not grounds.fits(Action.SUSPEND, Ground.NO_POWER)
    assert not grounds.fits(Action.ACCEPT, Ground.NO_POWER)
