"""An order's life as its journal tells it: who held it, whether it was filed, when it was handled and closed."""

import datetime as dt

import pytest

from dispatch.rules.workflow import STEPS
from oversight.rules.life import MEANINGS, Told, lived

NOON = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
SILENT = {
    *(f"order.{event}" for event in ("accepted", "arrived", "told", "checked", "answered", "graded")),
    *(f"order.extension_{event}" for event in ("asked", "granted", "denied")),
}
"""Steps that say nothing an indicator asks the journal for: clocks tell who signed in time."""


def after(*events: str | Told):
    told = (
        one if isinstance(one, Told) else Told(f"order.{one}", NOON + dt.timedelta(hours=hour))
        for hour, one in enumerate(events)
    )
    return lived(told)


def given_to(squad: str) -> Told:
    return Told("order.dispatched", NOON, squad=squad)


def in_lane(lane: str) -> Told:
    return Told("order.dispatched", NOON, lane=lane)


@pytest.mark.parametrize(
    ("events", "holder", "ours"),
    [
        (["waiting"], "@desk", False),
        ([given_to("CZ")], "CZ", True),
        ([in_lane("grid")], "@grid", True),
        ([in_lane("unit")], "@unit", True),
        ([given_to("CZ"), "returned"], "@desk", True),
        ([given_to("CZ"), "returned", given_to("CD")], "CD", True),
        ([given_to("CZ"), "returned", "rejected"], "@desk", False),
        ([given_to("CZ"), "transferred"], "@transfer", False),
        ([given_to("CZ"), "transferred", "sent_back", given_to("CZ")], "CZ", True),
        (["transferred", "taken_over"], "@transfer", False),
        (["waiting", "rejected"], "@desk", False),
        ([given_to("CZ"), Told("order.moved", NOON, to="transferred")], "@transfer", False),
        ([given_to("CZ"), Told("order.moved", NOON, to="dispatched")], "CZ", True),
        ([given_to("CZ"), Told("order.corrected", NOON, squad="CD", lane="squad")], "CD", True),
        ([given_to("CZ"), Told("order.corrected", NOON, lane="desk")], "@desk", True),
        ([in_lane("grid"), "escalated"], "@desk", True),
        ([given_to("CZ"), "disputed", Told("order.arbitrated", NOON, squad="CD")], "CD", True),
    ],
)
def test_an_order_is_held_by_whoever_got_it_last(events, holder, ours):
    life = after(*events)
    assert (life.holder, life.ours) == (holder, ours)


def test_the_first_handling_counts_and_the_rework_is_told():
    life = after(given_to("CZ"), "handled", "reworked", "handled", "closed")
    assert (life.handled_at, life.reworked) == (NOON + dt.timedelta(hours=1), True)
    assert life.closed_at == NOON + dt.timedelta(hours=4)


def test_an_order_that_went_into_a_case_is_handled_and_waits_for_it():
    into, out = after(given_to("CZ"), "case_opened"), after(given_to("CZ"), "case_opened", "case_ended")
    assert (into.in_case, out.in_case) == (True, False)
    assert into.handled_at == out.handled_at == NOON + dt.timedelta(hours=1)


def test_an_order_put_aside_is_so_until_it_is_taken_up():
    assert after(given_to("CZ"), "suspended").suspended_at
    assert not after(given_to("CZ"), "suspended", "resumed").suspended_at


def test_every_step_of_the_workflow_has_a_meaning_or_is_known_to_have_none():
    events = {f"order.{step.event}" for step in STEPS}
    assert events - MEANINGS.keys() - SILENT == set()
