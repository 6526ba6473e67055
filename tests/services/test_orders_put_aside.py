"""挂账 and 延期: an order that has to wait, and a clock that gets more time, each with a reason and somebody who answers."""

import datetime as dt

import pytest

from dispatch.models import ExtensionRequest, Order
from dispatch.rules.grounds import ExtensionGround, SuspensionGround
from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action, Ground, State
from dispatch.schemas.desk import Queue
from dispatch.services import cases, handing_back, queues
from dispatch.services.cases import CaseWish
from dispatch.services.steps import Wish, take_step
from enforcement.services import changes
from tests.ground.cast import (
    ACTOR,
    CHEN_JING,
    LAND,
    LIN_XIAOFENG,
    QIAN_GONG,
    SU_MIN,
    WU_YUE,
    XIAO_LIN,
    ZHENG_YAN,
)
from tests.ground.hands import NOON
from tests.ground.lists import GAS_BOX, POWER_OVER_RUBBISH, POWER_OVER_STALLS, RUBBISH
from town import journal, watch
from town.errors import Refused
from town.people import Role

TODAY = dt.date(2026, 11, 4)
IN_TEN_DAYS = TODAY + dt.timedelta(days=10)
WAIT = {"ground": SuspensionGround.WEATHER, "until": IN_TEN_DAYS, "words": "连续下雨，停工，天晴后拆除"}
MORE = {"clock": "handle", "amount": 2, "ground": ExtensionGround.COMPLEX, "words": "要等鉴定"}


def put_aside(hands, order, person=CHEN_JING, **given):
    return hands.step(person, order, Action.SUSPEND, **WAIT | given)


def states(hands, order):
    return {kind: clock.state for kind, clock in hands.clocks(order).items()}


@pytest.mark.parametrize("person", [CHEN_JING, ZHENG_YAN], ids=lambda person: person.name)
def test_an_order_put_aside_stands_still_and_goes_on_where_it_stood(hands, person):
    order = hands.on_site()
    due = hands.clocks(order)[Clock.HANDLE].due_at
    put_aside(hands.later(hours=3), order, person)
    stopped = states(hands, order)
    assert [stopped[kind] for kind in (Clock.HANDLE, Clock.REVIEW, Clock.ANSWER)] == ["paused", "running", "met"]
    hands.later(days=9).tick()
    assert states(hands, order)[Clock.HANDLE] == "paused"
    hands.step(LIN_XIAOFENG, order, Action.RESUME)
    again = hands.order(order)
    assert (again.state, again.suspended_from) == (State.ON_SITE, None)
    clocks = hands.clocks(order)
    assert clocks[Clock.HANDLE].state == "running"
    assert clocks[Clock.HANDLE].due_at > due + dt.timedelta(days=8)
    assert (clocks[Clock.REVIEW].state, clocks[Clock.RESULT].state) == ("met", "running")


def test_before_anybody_came_it_goes_on_from_there(hands):
    order = hands.report()
    hands.step(LIN_XIAOFENG, order, Action.ACCEPT)
    put_aside(hands, order)
    assert states(hands, order)[Clock.ARRIVE] == "paused"
    assert hands.step(CHEN_JING, order, Action.RESUME).state == State.ACCEPTED
    assert states(hands, order)[Clock.ARRIVE] == "running"


def test_everybody_reads_why_and_until_when(hands):
    order = hands.on_site()
    put_aside(hands, order)
    shown = hands.detail(LIN_XIAOFENG, order)
    assert (shown.suspended, shown.state_name) == (True, "挂账")
    assert shown.suspension is not None
    assert (shown.suspension.ground_name, shown.suspension.words, shown.suspension.until) == (
        "天气原因",
        WAIT["words"],
        IN_TEN_DAYS,
    )
    assert [line.text for line in shown.timeline if line.kind == "order.suspended"] == [
        "挂账（天气原因），11月14日前复查"
    ]
    by_kind = {clock.kind: clock for clock in shown.clocks}
    assert by_kind["handle"].paused
    assert by_kind["handle"].percent == 0
    assert "暂停" in (by_kind["handle"].sentence or "")
    assert by_kind["review"].name == "挂账复查"


def test_the_review_falls_due_on_the_day_that_was_named_and_nothing_changes_by_itself(hands):
    order = hands.on_site()
    put_aside(hands, order)
    due = hands.clocks(order)[Clock.REVIEW].due_at
    assert due.astimezone(hands.town.zone) == dt.datetime(2026, 11, 17, 0, 0, tzinfo=hands.town.zone)
    hands.now = due
    hands.tick()
    assert states(hands, order)[Clock.REVIEW] == "missed"
    assert hands.order(order).state == State.SUSPENDED
    assert hands.detail(CHEN_JING, order).late


@pytest.mark.parametrize("days", [0, -1, 91])
def test_it_is_put_aside_for_a_day_to_come_and_ninety_at_most(hands, days):
    order = hands.on_site()
    with pytest.raises(Refused, match="invalid"):
        put_aside(hands, order, until=TODAY + dt.timedelta(days=days))
    assert hands.order(order).state == State.ON_SITE
    assert put_aside(hands, order, until=TODAY + dt.timedelta(days=90)).state == State.SUSPENDED


def test_a_ground_of_another_step_says_nothing_here(hands):
    order = hands.on_site()
    for ground in (Ground.NO_POWER, ExtensionGround.COMPLEX):
        with pytest.raises(Refused, match="invalid"):
            put_aside(hands, order, ground=ground, power=POWER_OVER_STALLS)


def test_what_was_late_stays_late_and_the_order_goes_on_all_the_same(hands):
    order = hands.on_site()
    hands.later(days=20)
    hands.tick()
    put_aside(hands, order, until=hands.now.date() + dt.timedelta(days=5))
    assert states(hands, order)[Clock.HANDLE] == "missed"
    assert hands.step(CHEN_JING, order, Action.RESUME).state == State.ON_SITE
    assert states(hands, order)[Clock.HANDLE] == "missed"


def test_it_may_be_put_aside_again_and_the_reporter_is_told_each_time(hands):
    order = hands.on_site()
    for _ in range(2):
        put_aside(hands, order)
        hands.later(days=1).step(CHEN_JING, order, Action.RESUME)
    with hands.database.read() as session:
        pauses = watch.pauses_of(session, [hands.clocks(order)[Clock.HANDLE].id])
        (report,) = hands.detail(CHEN_JING, order).reports
        told = [event.data.get("told") for event in journal.events_of(session, f"report:{report.id}")]
    assert [len(found) for found in pauses.values()] == [2]
    assert told.count("suspended") == 2
    assert hands.clocks(order)[Clock.RESULT].round == 2


def test_while_it_is_put_aside_its_squad_may_only_take_it_up_again(hands):
    order = hands.on_site()
    put_aside(hands, order)
    assert [step.action for step in hands.detail(LIN_XIAOFENG, order).allowed] == [Action.RESUME]
    with pytest.raises(Refused, match="illegal_step"):
        hands.step(LIN_XIAOFENG, order, Action.HANDLE, outcome="fixed")


def test_a_power_handed_back_takes_it_along_with_what_is_known(hands):
    order = hands.on_site()
    put_aside(hands, order)
    with hands.database.write() as session:
        changes.hand_back(session, [POWER_OVER_STALLS], TODAY, LAND, "云府〔2026〕51号", ACTOR, NOON)
        (receipt,) = handing_back.catch_up(session, ACTOR, NOON)
    moved = hands.order(order)
    assert (moved.state, moved.suspended_from) == (State.TRANSFERRED, None)
    assert (states(hands, order)[Clock.HANDLE], states(hands, order)[Clock.REVIEW]) == ("dropped", "dropped")
    assert receipt.letter


def test_more_time_is_asked_for_while_the_clock_runs_on_and_given_by_somebody_else(hands):
    order = hands.on_site()
    due = hands.clocks(order)[Clock.HANDLE].due_at
    hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)
    asked = hands.detail(CHEN_JING, order).extension
    assert asked is not None
    assert (asked.clock_name, asked.amount, asked.unit_name, asked.ground_name, asked.words, asked.asked_by_name) == (
        "处置",
        2,
        "工作日",
        "情况复杂",
        "要等鉴定",
        "林晓峰",
    )
    assert hands.clocks(order)[Clock.HANDLE].due_at == due
    assert Action.ASK_EXTENSION not in {step.action for step in hands.detail(LIN_XIAOFENG, order).allowed}
    hands.step(CHEN_JING, order, Action.GRANT_EXTENSION)
    clock = hands.clocks(order)[Clock.HANDLE]
    assert (clock.extended, clock.amount, clock.due_at > due) == (2, 3, True)
    assert hands.detail(CHEN_JING, order).extension is None
    texts = [line.text for line in hands.detail(CHEN_JING, order).timeline if line.kind.startswith("order.extension")]
    assert texts == ["申请延长处置 2 工作日（情况复杂）", "批准延长处置 2 工作日"]


def test_who_asked_never_decides_whatever_posts_he_holds(hands):
    order = hands.on_site()
    hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)
    with hands.database.write() as session:
        version = session.get_one(Order, order).version
        both = hands.actor(LIN_XIAOFENG, Role.DISPATCHER)
        with pytest.raises(Refused, match="own_request"):
            take_step(session, both, order, Wish(Action.GRANT_EXTENSION, version), hands.now)


def test_it_is_given_once_and_no_longer_than_the_table_says(hands):
    order = hands.on_site()
    with pytest.raises(Refused, match="extension_spent"):
        hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE | {"amount": 4})
    hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)
    with pytest.raises(Refused, match="already_asked"):
        hands.step(SU_MIN, order, Action.ASK_EXTENSION, **MORE)
    hands.step(ZHENG_YAN, order, Action.DENY_EXTENSION, words="不复杂")
    with pytest.raises(Refused, match="nothing_asked"):
        hands.step(CHEN_JING, order, Action.GRANT_EXTENSION)
    hands.step(SU_MIN, order, Action.ASK_EXTENSION, **MORE | {"amount": 3})
    hands.step(CHEN_JING, order, Action.GRANT_EXTENSION)
    with pytest.raises(Refused, match="extension_spent"):
        hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE | {"amount": 1})


def test_what_is_granted_too_late_stays_late(hands):
    order = hands.on_site()
    hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)
    hands.later(days=10)
    offered = {step.action for step in hands.detail(CHEN_JING, order).allowed}
    assert (Action.GRANT_EXTENSION in offered, Action.DENY_EXTENSION in offered) == (False, True)
    with pytest.raises(Refused, match="clock_over"):
        hands.step(CHEN_JING, order, Action.GRANT_EXTENSION)
    hands.step(CHEN_JING, order, Action.DENY_EXTENSION, words="已经过期")
    with pytest.raises(Refused, match="clock_over"):
        hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)


def test_a_request_for_a_clock_that_nobody_waits_for_lapses(hands):
    done, moved = hands.on_site(), hands.on_site()
    for order in (done, moved):
        hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)
    hands.step(LIN_XIAOFENG, done, Action.HANDLE, outcome="fixed")
    with hands.database.write() as session:
        wish = CaseWish((LIN_XIAOFENG.login, SU_MIN.login), "占道", power=POWER_OVER_RUBBISH)
        cases.open_from_order(session, hands.actor(LIN_XIAOFENG), moved, hands.order(moved).version, wish, hands.now)
    for order in (done, moved):
        assert hands.detail(CHEN_JING, order).extension is None
    with hands.database.read() as session:
        assert queues.count(session).extensions == 0
        assert {one.state for one in session.query(ExtensionRequest)} == {"lapsed"}
    hands.step(WU_YUE, done, Action.CHECK)


def test_a_request_waits_while_the_order_is_put_aside_and_may_be_granted_then(hands):
    order = hands.on_site()
    hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE)
    put_aside(hands, order)
    hands.later(days=6).step(ZHENG_YAN, order, Action.GRANT_EXTENSION)
    clock = hands.clocks(order)[Clock.HANDLE]
    assert (clock.state, clock.extended) == ("paused", 2)
    hands.step(CHEN_JING, order, Action.RESUME)
    assert hands.clocks(order)[Clock.HANDLE].state == "running"


def test_units_and_grid_workers_ask_for_their_own_work(hands):
    box, rubbish = hands.report(GAS_BOX), hands.report(RUBBISH)
    for action in (Action.ACCEPT, Action.ARRIVE):
        hands.step(QIAN_GONG, box, action)
    hands.step(QIAN_GONG, box, Action.ASK_EXTENSION, **MORE)
    hands.step(XIAO_LIN, rubbish, Action.ACCEPT)
    hands.step(XIAO_LIN, rubbish, Action.ASK_EXTENSION, **MORE | {"clock": "settle", "amount": 1})
    with hands.database.read() as session:
        assert queues.count(session).extensions == 2
        assert {order.id for order in queues.page(session, Queue.EXTENSIONS, None, None, 10)} == {box, rubbish}
    hands.step(CHEN_JING, rubbish, Action.GRANT_EXTENSION)
    assert hands.clocks(rubbish)[Clock.SETTLE].extended == 1


def test_only_the_clock_that_runs_can_be_asked_for(hands):
    order = hands.on_site()
    with pytest.raises(Refused, match="invalid"):
        hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE | {"clock": "settle"})


def test_the_limits_of_a_clock_are_those_of_its_own_unit(hands):
    hands.put_in_force("09,,处置,4,工作时,6,2,\n09,重大,处置,1,工作日,1,1,\n")
    order = hands.on_site()
    hands.step(CHEN_JING, order, Action.GRADE, severity="major")
    hands.step(LIN_XIAOFENG, order, Action.ASK_EXTENSION, **MORE | {"amount": 6})
    hands.step(CHEN_JING, order, Action.GRANT_EXTENSION)
    assert hands.clocks(order)[Clock.HANDLE].extended == 6


def test_the_desk_finds_what_is_put_aside_in_a_queue_of_its_own(hands):
    order = hands.on_site()
    put_aside(hands, order)
    with hands.database.read() as session:
        assert queues.count(session).suspended == 1
        assert [one.id for one in queues.page(session, Queue.SUSPENDED, None, None, 10)] == [order]
