"""Joint tasks, edge by edge."""

import itertools

import pytest

from dispatch import labels
from dispatch.rules import codes, joint, joint_times
from dispatch.rules.joint import Action, Asked, Ground, Outcome, Post, State, Step
from dispatch.rules.joint_times import Clock
from dispatch.rules.times_table import STAGES
from dispatch.rules.workflow import Refusal

EVERYTHING = frozenset({"body", "ground", "power", "words", "outcome"})
BY_ITSELF = {Action.FALL_BACK, Action.LAPSE}


def ask(state, action, *posts, given=EVERYTHING, refusals=0, last_resort=False, ground=None):
    return joint.decide(Asked(state, action, frozenset(posts), given, refusals, last_resort, ground))


def test_who_is_called_reports_in_helps_and_is_done():
    state = State.CALLED
    for action in (Action.REPORT_IN, Action.FINISH):
        step = ask(state, action, Post.BODY)
        assert isinstance(step, Step)
        state = step.target
    assert state is State.DONE


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_what_is_not_in_the_table_cannot_be_done_by_anybody(state, action):
    decided = ask(state, action, *Post)
    assert isinstance(decided, Step) == ((state, action) in joint.TABLE)
    if isinstance(decided, Refusal):
        assert decided.code == "joint_step"


@pytest.mark.parametrize("step", joint.STEPS, ids=lambda step: f"{step.source}-{step.action}")
def test_every_step_is_refused_to_every_other_post(step):
    refused = ask(step.source, step.action, *(frozenset(Post) - step.by))
    assert isinstance(refused, Refusal)
    assert refused.code == "forbidden"


@pytest.mark.parametrize("step", joint.STEPS, ids=lambda step: f"{step.source}-{step.action}")
def test_what_people_do_is_done_with_words_but_for_coming(step):
    speaking = step.action not in BY_ITSELF | {Action.REPORT_IN}
    assert ("words" in step.requires) == speaking
    refused = ask(step.source, step.action, *step.by, given=frozenset())
    assert isinstance(refused, Refusal) == bool(step.requires)


def test_the_second_refusal_goes_to_the_supervisor_and_there_is_no_third():
    reached = [ask(State.CALLED, Action.REFUSE, Post.BODY, refusals=number) for number in range(3)]
    assert [step.target if isinstance(step, Step) else step.code for step in reached] == [
        State.REFUSED,
        State.ARBITRATION,
        "refusal_spent",
    ]


def test_nobody_refuses_as_the_last_resort():
    refused = ask(State.CALLED, Action.REFUSE, Post.BODY, last_resort=True)
    assert isinstance(refused, Refusal)
    assert refused.code == "refusal_spent"


@pytest.mark.parametrize("ground", Ground)
def test_a_line_of_the_power_list_is_named_where_the_ground_is_about_power(ground):
    refused = ask(State.CALLED, Action.REFUSE, Post.BODY, given=frozenset({"ground", "words"}), ground=ground)
    assert isinstance(refused, Refusal) == (ground in joint.NEEDS_POWER_LINE)


@pytest.mark.parametrize(
    ("state", "post", "refusals", "last_resort"), list(itertools.product(State, Post, range(3), (False, True)))
)
def test_what_is_offered_can_be_done_and_nothing_else(state, post, refusals, last_resort):
    offered = {step.action for step in joint.allowed(state, frozenset({post}), refusals, last_resort)}
    possible = {
        action
        for action in Action
        if isinstance(ask(state, action, post, refusals=refusals, last_resort=last_resort), Step)
    }
    assert offered == possible


def test_from_every_open_state_somebody_may_let_go_and_what_has_ended_stays_ended():
    for state in joint.OPEN:
        assert (state, Action.RELEASE) in joint.TABLE
        assert (state, Action.LAPSE) in joint.TABLE
    assert {step.source for step in joint.STEPS} == set(joint.OPEN) == set(State) - joint.ENDED


def test_the_leader_says_last_and_passes_nothing_on_that_he_accepted():
    waiting = {
        (state, action)
        for state, action in itertools.product(codes.State, codes.Action)
        if joint.waits_for_others(state, action)
    }
    assert (codes.State.ON_SITE, codes.Action.HANDLE) in waiting
    assert (codes.State.ACCEPTED, codes.Action.SETTLE) in waiting
    assert (codes.State.ACCEPTED, codes.Action.RETURN) in waiting
    assert (codes.State.DISPATCHED, codes.Action.RETURN) not in waiting
    assert {action for _, action in waiting} == {codes.Action.HANDLE, codes.Action.SETTLE, codes.Action.RETURN}


def test_on_every_path_somebody_is_waited_for_by_exactly_one_clock_until_the_end():
    for running, state in _paths({Clock.REPORT_IN}, State.CALLED, 0, 6):
        assert len(running) == (state in joint.OPEN), (state, running)


def _paths(running, state, refusals, depth):
    yield running, state
    if not depth:
        return
    for action in Action:
        step = ask(state, action, *Post, refusals=refusals)
        if isinstance(step, Step):
            stopped = {row.clock for row in (*joint_times.met_by(action), *joint_times.dropped_by(action))}
            started = {row.clock for row in joint_times.started_by(step)}
            spent = refusals + (action is Action.REFUSE)
            yield from _paths((running - stopped) | started, step.target, spent, depth - 1)


def test_the_towns_table_knows_every_stage_of_a_task():
    named = {row.stage for row in joint_times.TIMES}
    assert len(named) == len(Clock)
    assert named <= set(STAGES)


def test_every_word_of_a_task_is_chinese():
    known = (
        (labels.JOINT_STATES, State),
        (labels.JOINT_ACTIONS, Action),
        (labels.JOINT_POSTS, Post),
        (labels.JOINT_GROUNDS, Ground),
        (labels.JOINT_OUTCOMES, Outcome),
        (labels.JOINT_CLOCKS, Clock),
    )
    for words, codes_ in known:
        assert set(words) == set(codes_)
    events = {f"joint.{step.event}" for step in (*joint.STEPS, joint.SECOND_REFUSAL)} | {"joint.called"}
    assert events <= set(labels.TIMELINE)
    assert events <= labels.INSIDE
    assert {name for step in joint.STEPS for name in step.requires} | {"power"} <= set(labels.JOINT_FACTS)


def test_the_table_as_plain_data_names_every_edge():
    assert len(joint.as_data()) == len(joint.STEPS) + 1
