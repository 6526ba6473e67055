"""At the same time (同时操作): two people, or a person and the watch, want the same joint task. Whoever waits is told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from dispatch.rules.joint import Action
from dispatch.rules.workflow import Action as OrderAction
from dispatch.services import joint, joint_holding, steps
from dispatch.services.joint import Call
from dispatch.services.steps import Wish
from tests.ground.cast import CHEN_JING, EAST, GAS, LIN_XIAOFENG, QIAN_GONG, WATER, ZHAO_HAI, ZHENG_YAN
from tests.joint_cases import WORDS, JointCase, name_a_last_resort
from town import watch
from town.errors import Refused
from town.journal.models import Event

A_MOMENT = 0.3


@pytest.fixture
def case(listed, cast) -> JointCase:
    return JointCase(listed, cast).begin()


def both(case, first, second):
    """What became of the second, which began before the first was kept, and waited for it."""
    begun = threading.Event()

    def later():
        begun.wait()
        with case.database.write() as session:
            return second(session)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(later)
        with case.database.write() as session:
            first(session)
            begun.set()
            with pytest.raises(TimeoutError):
                waiting.result(A_MOMENT)
        return waiting.result(20)


def calling(case, **bodies):
    wanted = Call(bodies.get("squads", ()), bodies.get("partners", ()), WORDS)
    return lambda session: joint.call(session, case.actor(LIN_XIAOFENG), case.order_id, wanted, case.now)


def handling(case):
    wish = Wish(OrderAction.HANDLE, case.order().version, {"outcome": "fixed", "words": WORDS})
    return lambda session: steps.take_step(session, case.actor(LIN_XIAOFENG), case.order_id, wish, case.now)


def test_of_two_arbitrations_the_second_is_told_that_it_changed(case):
    case.call(LIN_XIAOFENG, squads=(EAST,))
    seen = case.dispute(ZHAO_HAI, EAST)
    sent = case.taking(ZHENG_YAN, seen, Action.MUST_COME)
    given = case.taking(ZHENG_YAN, seen, Action.OTHER_BODY, partner=WATER)
    with pytest.raises(Refused, match="stale"):
        both(case, sent, given)
    task = case.task(EAST)
    assert (task.state, task.version) == ("called", seen.version + 1)
    assert case.clocks(EAST) == {"report_in": "running", "respond": "met", "arbitrate": "met"}


def test_of_insisting_and_letting_go_at_once_the_second_is_told_that_it_changed(case):
    case.call(LIN_XIAOFENG, squads=(EAST,))
    seen = case.step(ZHAO_HAI, EAST, Action.REFUSE)
    insisting = case.taking(LIN_XIAOFENG, seen, Action.INSIST)
    with pytest.raises(Refused, match="stale"):
        both(case, insisting, case.taking(CHEN_JING, seen, Action.RELEASE))
    assert case.task(EAST).state == "called"


def test_who_refuses_while_the_caller_lets_him_go_is_told_that_it_changed(case):
    case.call(LIN_XIAOFENG, partners=(GAS,))
    case.step(QIAN_GONG, GAS, Action.REFUSE)
    seen = case.step(LIN_XIAOFENG, GAS, Action.INSIST)
    refusing = case.taking(QIAN_GONG, seen, Action.REFUSE)
    with pytest.raises(Refused, match="stale"):
        both(case, refusing, case.taking(LIN_XIAOFENG, seen, Action.RELEASE))
    assert (case.task(GAS).state, case.task(GAS).refusals) == ("arbitration", 2)


def test_who_finishes_while_somebody_is_called_is_told_who_is_missing(case):
    with pytest.raises(Refused, match="joint_open"):
        both(case, calling(case, squads=(EAST,)), handling(case))
    assert case.order().state == "on_site"


def test_who_is_called_to_an_order_that_is_being_finished_is_not_called(case):
    with pytest.raises(Refused, match="illegal_step"):
        both(case, handling(case), calling(case, partners=(GAS,)))
    assert case.tasks() == []


def test_who_calls_a_body_that_is_just_being_called_is_told_so(case):
    with pytest.raises(Refused, match="joint_known"):
        both(case, calling(case, squads=(EAST,)), calling(case, squads=(EAST,), partners=(GAS,)))
    assert len(case.tasks()) == 1


def test_the_supervisor_speaks_while_the_clock_runs_out_and_his_word_stands(case):
    name_a_last_resort(case.database)
    case.call(LIN_XIAOFENG, squads=(EAST,))
    seen = case.dispute(ZHAO_HAI, EAST)
    late = case.now.replace(day=9)
    with ThreadPoolExecutor(1) as pool, case.database.write() as session:
        case.taking(ZHENG_YAN, seen, Action.MUST_COME)(session)
        looking = pool.submit(watch.tick, case.database, late, joint_holding.on_due(), None, 100)
        with suppress(TimeoutError):  # it waits, or leaves what somebody is at alone
            looking.result(0.05)
        session.commit()
        looking.result(20)
    case.let_pass(days=6)
    case.let_pass(seconds=30)
    assert (case.task(EAST).state, case.task(EAST).last_resort) == ("called", False)
    with case.database.read() as session:
        fallen = select(func.count()).select_from(Event).where(Event.kind == "joint.fell_back")
        assert session.scalar(fallen) == 0


def test_two_watches_give_it_to_the_last_resort_once(case):
    name_a_last_resort(case.database)
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.dispute(ZHAO_HAI, EAST)
    late = case.now.replace(day=9)
    with ThreadPoolExecutor(4) as pool:
        looking = [pool.submit(watch.tick, case.database, late, joint_holding.on_due(), None, 100) for _ in range(4)]
        for one in looking:
            one.result(20)
    with case.database.read() as session:
        fallen = select(func.count()).select_from(Event).where(Event.kind == "joint.fell_back")
        assert session.scalar(fallen) == 1
    assert case.task(GAS).last_resort
