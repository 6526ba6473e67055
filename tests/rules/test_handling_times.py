"""Which action starts and stops which clock."""

from dispatch.rules import handling_times, workflow
from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action


def test_the_accept_clock_starts_at_dispatch_and_stops_at_acceptance() -> None:
    assert [row.clock for row in handling_times.started_by(Action.DISPATCH)] == [Clock.ACCEPT]
    assert [row.clock for row in handling_times.met_by(Action.ACCEPT)] == [Clock.ACCEPT]


def test_the_promise_to_the_reporter_starts_with_the_report_itself() -> None:
    assert [row.clock for row in handling_times.started_by_report()] == [Clock.ANSWER]
    assert [row.clock for row in handling_times.met_by(Action.ANSWER)] == [Clock.ANSWER]


def test_every_clock_that_starts_can_be_stopped() -> None:
    for row in handling_times.TABLE:
        assert row.met_by
        assert all(any(step.action == action for step in workflow.STEPS) for action in row.met_by | row.started_by)


def test_while_people_work_on_an_order_one_of_its_clocks_runs() -> None:
    """From dispatch until somebody checked it, every state is entered by an action that starts a clock."""
    working = {workflow.State.DISPATCHED, workflow.State.ACCEPTED, workflow.State.ON_SITE, workflow.State.HANDLED}
    for step in workflow.STEPS:
        if step.target in working:
            assert handling_times.started_by(step.action), step


def test_work_sent_back_starts_the_way_to_the_place_again() -> None:
    assert [row.clock for row in handling_times.started_by(Action.REWORK)] == [Clock.ARRIVE]
