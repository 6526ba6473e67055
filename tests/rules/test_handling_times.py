"""Which action starts and stops which clock."""

from dispatch.rules import handling_times, workflow
from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action, Lane
from town.terms import Term, Unit

STEPS = {step.action: step for step in (*workflow.STEPS, *workflow.SECOND_RETURN.values())}


def test_the_accept_clock_starts_at_dispatch_and_stops_at_acceptance() -> None:
    assert [row.clock for row in handling_times.started_by(STEPS[Action.DISPATCH], Lane.SQUAD)] == [Clock.ACCEPT]
    assert [row.clock for row in handling_times.met_by(Action.ACCEPT)] == [Clock.ACCEPT]


def test_the_promise_to_the_reporter_starts_with_the_report_itself() -> None:
    for lane in Lane:
        assert handling_times.started_by_report(lane)[0].clock is Clock.ANSWER
    assert [row.clock for row in handling_times.met_by(Action.ANSWER)] == [Clock.ANSWER, Clock.RESULT]


def test_every_clock_that_starts_can_be_stopped() -> None:
    possible = {step.action for step in (*workflow.STEPS, *workflow.SECOND_RETURN.values())}
    for row in handling_times.TABLE:
        assert row.met_by
        assert row.met_by | row.started_by <= possible


def test_while_people_work_on_an_order_one_of_its_clocks_runs() -> None:
    """From dispatch until somebody checked it, every state is entered by an action that starts a clock."""
    working = {workflow.State.DISPATCHED, workflow.State.ACCEPTED, workflow.State.ON_SITE, workflow.State.HANDLED}
    waiting = {workflow.State.RETURNED, workflow.State.ARBITRATION, workflow.State.TRANSFERRED, workflow.State.RECEIVED}
    for step in (*workflow.STEPS, *workflow.SECOND_RETURN.values()):
        if step.target in working | waiting and step.source not in {step.target, workflow.State.SUSPENDED}:
            assert handling_times.started_by(step, Lane.SQUAD) or step.action is Action.SETTLE, step


def test_work_sent_back_starts_the_way_to_the_place_again() -> None:
    assert [row.clock for row in handling_times.started_by(STEPS[Action.REWORK], Lane.SQUAD)] == [Clock.ARRIVE]


def test_whoever_gets_an_order_has_a_clock_of_his_own() -> None:
    first = {lane: handling_times.started_by_report(lane)[1].clock for lane in Lane}
    assert (first[Lane.DESK], first[Lane.TRANSFER]) == (Clock.DECIDE, Clock.REPLY)
    assert {first[lane] for lane in (Lane.SQUAD, Lane.GRID, Lane.UNIT)} == {Clock.ACCEPT}


def test_an_emergency_does_not_wait_for_the_office_to_open() -> None:
    at_once = handling_times.started_by_report(Lane.DESK, alarm=True)[1]
    assert (at_once.clock, at_once.term) == (Clock.DECIDE, Term(10, Unit.MINUTES))


def test_a_second_return_waits_for_the_supervisor_and_not_for_the_desk() -> None:
    assert [row.clock for row in handling_times.started_by(STEPS[Action.DISPUTE], Lane.DESK)] == [Clock.ARBITRATE]
    assert [row.clock for row in handling_times.started_by(STEPS[Action.RETURN], Lane.DESK)] == [Clock.DECIDE]


def test_nobody_is_waited_for_to_check_what_the_sample_passed_over() -> None:
    (passed_over,) = workflow.UNSAMPLED.values()
    assert handling_times.started_by(passed_over, Lane.GRID) == []
    assert [row.clock for row in handling_times.started_by(STEPS[Action.SETTLE], Lane.GRID)] == [Clock.CHECK]


def test_an_order_in_a_case_leaves_the_clocks_to_the_case() -> None:
    assert [row.clock for row in handling_times.met_by(Action.TO_CASE)] == [Clock.HANDLE]
    assert [row.clock for row in handling_times.dropped_by(Action.TO_CASE)] == [Clock.ARRIVE]
    assert handling_times.started_by(STEPS[Action.TO_CASE], Lane.SQUAD) == []


def test_who_was_told_that_a_case_was_filed_is_promised_what_comes_of_it() -> None:
    assert Clock.ANSWER in [row.clock for row in handling_times.met_by(Action.TELL)]
    begun = [row.clock for row in handling_times.started_by(STEPS[Action.CASE_ENDED], Lane.SQUAD)]
    assert begun == [Clock.CHECK, Clock.RESULT]
    assert not set(handling_times.PROMISES) & set(handling_times.OF_A_HOLDER)


def test_while_an_order_is_put_aside_its_holder_is_not_waited_for_and_somebody_looks_at_it_again() -> None:
    still = {row.clock for row in handling_times.PAUSED_WITH_THE_ORDER}
    assert still == {row.clock for row in handling_times.OF_A_HOLDER} - {Clock.REVIEW}
    assert [row.clock for row in handling_times.met_by(Action.RESUME)] == [Clock.REVIEW]


def test_who_was_told_that_it_has_to_wait_is_promised_what_comes_of_it_when_it_goes_on() -> None:
    assert [row.clock for row in handling_times.met_by(Action.SUSPEND)] == [Clock.ANSWER, Clock.RESULT]
    assert [row.clock for row in handling_times.started_by(STEPS[Action.RESUME], Lane.SQUAD)] == [Clock.RESULT]


def test_only_the_work_itself_may_be_given_more_time() -> None:
    limited = {row.clock for row in handling_times.TABLE if row.limits.times}
    assert limited == {Clock.HANDLE, Clock.SETTLE} == {row.clock for row in handling_times.EXTENDABLE}
