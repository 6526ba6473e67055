"""The life of a 督办单, as its table tells it."""

import pytest

from oversight.rules import supervision
from oversight.rules.supervision import Action, Clock, Outcome, Post, Refusal, State, Step
from town.terms import Term, Unit

WORDS = frozenset({"words"})
BOTH = frozenset({"words", "outcome"})


def decide(state, action, post, own=False, given=BOTH):
    return supervision.decide(state, action, frozenset({post}), own, given)


def test_an_answer_is_written_by_whom_it_is_addressed_to_and_judged_by_the_supervisor():
    reply = decide(State.ISSUED, Action.REPLY, Post.ADDRESSEE, given=WORDS)
    assert isinstance(reply, Step)
    assert (reply.target, reply.starts) == (State.REPLIED, Clock.CLOSE)
    back = decide(State.REPLIED, Action.RETURN, Post.SUPERVISOR, given=WORDS)
    assert isinstance(back, Step)
    assert (back.target, back.starts) == (State.RETURNED, Clock.REPLY)
    closed = decide(State.REPLIED, Action.CLOSE, Post.SUPERVISOR)
    assert isinstance(closed, Step)
    assert closed.target is State.CLOSED


@pytest.mark.parametrize(
    ("state", "action", "post", "code"),
    [
        (State.ISSUED, Action.REPLY, Post.SUPERVISOR, "forbidden"),
        (State.ISSUED, Action.RETURN, Post.SUPERVISOR, "illegal_step"),
        (State.REPLIED, Action.REPLY, Post.ADDRESSEE, "illegal_step"),
        (State.REPLIED, Action.CLOSE, Post.ADDRESSEE, "forbidden"),
        (State.CLOSED, Action.CLOSE, Post.SUPERVISOR, "illegal_step"),
    ],
)
def test_what_is_not_in_the_table_cannot_be_done(state, action, post, code):
    refused = decide(state, action, post)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_nobody_judges_his_own_answer():
    assert decide(State.REPLIED, Action.CLOSE, Post.SUPERVISOR, own=True) == Refusal("own_reply", {})
    assert supervision.allowed(State.REPLIED, [Post.SUPERVISOR], own_reply=True) == []


def test_a_judgement_says_why_and_whether_the_delay_was_justified():
    refused = decide(State.REPLIED, Action.CLOSE, Post.SUPERVISOR, given=WORDS)
    assert refused == Refusal("missing_fact", {"action": Action.CLOSE, "missing": ["outcome"]})
    assert {one.value for one in Outcome} == {"justified", "not_justified"}


def test_while_it_is_open_a_clock_runs_in_every_state():
    started = {State.ISSUED: Clock.REPLY} | {step.target: step.starts for step in supervision.STEPS if step.starts}
    assert set(started) == set(State) - {State.CLOSED}


def test_an_urgent_matter_is_answered_within_four_hours_by_day_and_by_night():
    assert supervision.term(Clock.REPLY, "urgent") == Term(4, Unit.HOURS)
    assert supervision.term(Clock.REPLY, "ordinary") == Term(1, Unit.WORKING_DAYS)
    assert supervision.term(Clock.CLOSE, "urgent") == supervision.term(Clock.CLOSE, "major")


def test_a_number_names_its_year_and_its_place():
    assert supervision.number(2026, 1) == "督办〔2026〕0001号"
    assert supervision.number(2026, 12345) == "督办〔2026〕12345号"
