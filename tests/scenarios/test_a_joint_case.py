"""吹哨报到: the squad that has an order calls others to it, and leads to the end, whoever comes, refuses or stays away."""

import pytest

from dispatch.rules.joint import Action
from dispatch.rules.workflow import Action as OrderAction
from dispatch.services import joint_holding
from tests.ground.cast import CHEN_JING, EAST, GAS, LIN_XIAOFENG, QIAN_GONG, WATER, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.joint_cases import JointCase, name_a_last_resort
from town import watch
from town.errors import Refused


@pytest.fixture
def case(listed, cast) -> JointCase:
    return JointCase(listed, cast).begin()


def test_a_unit_and_a_squad_are_called_and_the_leader_finishes_when_both_have_done_their_part(case):
    case.call(LIN_XIAOFENG, squads=(EAST,), partners=(GAS,))
    with pytest.raises(Refused, match="joint_open") as refused:
        case.handle()
    assert "云川燃气（已呼叫，未报到）" in refused.value.detail
    assert "城东片区中队（已呼叫，未报到）" in refused.value.detail
    assert "handle" not in {step.action for step in case.seen_by(LIN_XIAOFENG).allowed}

    case.let_pass(minutes=40)
    case.step(QIAN_GONG, GAS, Action.REPORT_IN)
    assert case.clocks(GAS) == {"report_in": "met", "assist": "running"}
    case.let_pass(minutes=10)
    case.step(ZHAO_HAI, EAST, Action.REPORT_IN)
    case.let_pass(hours=2)
    case.step(QIAN_GONG, GAS, Action.FINISH)
    case.let_pass(hours=1)
    with pytest.raises(Refused, match="joint_open") as refused:
        case.handle()
    assert "城东片区中队（已报到，未办完）" in refused.value.detail
    assert "云川燃气" not in refused.value.detail

    case.step(ZHAO_HAI, EAST, Action.FINISH, outcome="not_needed")
    case.handle()
    assert (case.order().state, case.order().squad_id) == ("handled", case.cast.squad_id("CZ"))
    told = [line.text for line in case.seen_by(CHEN_JING).timeline]
    assert [text for text in told if "协办" in text or "报到" in text] == [
        "呼叫城东片区中队协办",
        "呼叫云川燃气协办",
        "云川燃气报到",
        "城东片区中队报到",
        "云川燃气协办完毕",
        "城东片区中队协办完毕",
    ]


def test_who_refuses_twice_is_sent_by_the_supervisor_and_may_not_refuse_again(case):
    case.call(LIN_XIAOFENG, squads=(EAST,))
    first = case.step(ZHAO_HAI, EAST, Action.REFUSE)
    assert (first.state, first.refusals, first.ground_name) == ("refused", 1, "没有这项权力")
    assert case.clocks(EAST) == {"report_in": "dropped", "respond": "running"}
    case.step(LIN_XIAOFENG, EAST, Action.INSIST)
    second = case.step(ZHAO_HAI, EAST, Action.REFUSE)
    assert second.state == "arbitration"
    assert case.clocks(EAST)["arbitrate"] == "running"

    with pytest.raises(Refused, match="forbidden"):
        case.step(LIN_XIAOFENG, EAST, Action.RELEASE)
    sent = case.step(ZHENG_YAN, EAST, Action.MUST_COME)
    assert sent.state == "called"
    with pytest.raises(Refused, match="refusal_spent"):
        case.step(ZHAO_HAI, EAST, Action.REFUSE)
    case.step(ZHAO_HAI, EAST, Action.REPORT_IN)
    case.step(ZHAO_HAI, EAST, Action.FINISH)
    case.handle()


def test_nobody_arbitrates_in_time_and_the_last_resort_must_come(case):
    name_a_last_resort(case.database)
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.dispute(ZHAO_HAI, EAST)
    case.let_pass(hours=23)
    assert case.task(EAST).state == "arbitration", "the working day is not over yet"
    case.let_pass(days=1)

    fallen = case.task(GAS)
    assert (fallen.state, fallen.last_resort, fallen.kind) == ("called", True, "partner")
    assert case.clocks(GAS)["report_in"] == "running"
    with pytest.raises(Refused, match="refusal_spent"):
        case.step(QIAN_GONG, GAS, Action.REFUSE)
    with pytest.raises(Refused, match="not_found"):
        case.seen_by(ZHAO_HAI)
    case.step(QIAN_GONG, GAS, Action.REPORT_IN)
    case.step(QIAN_GONG, GAS, Action.FINISH)
    case.handle()
    told = [(line.text, line.actor) for line in case.seen_by(CHEN_JING).timeline]
    assert ("逾期没有裁定，由兜底单位云川燃气承担", "系统") in told
    assert ("协办裁定晚了", None) in told


def test_the_clock_acts_once_however_often_the_watch_goes_round(case):
    name_a_last_resort(case.database)
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.dispute(ZHAO_HAI, EAST)
    case.let_pass(days=3)
    version = case.task(GAS).version
    case.let_pass(days=3)
    case.let_pass(days=3)
    assert case.task(GAS).version == version


def test_without_a_last_resort_it_stays_an_alarm_until_the_supervisor_speaks(case):
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.dispute(ZHAO_HAI, EAST)
    case.let_pass(days=3)
    assert case.task(EAST).state == "arbitration"
    assert case.clocks(EAST)["arbitrate"] == "missed"
    offered = {step.action for step in case.seen_by(ZHENG_YAN).joint[0].allowed}
    assert offered == {"must_come", "other_body", "release"}
    with pytest.raises(Refused, match="last_resort_missing"):
        case.step(ZHENG_YAN, EAST, Action.LAST_RESORT)
    case.step(ZHENG_YAN, EAST, Action.RELEASE)
    case.handle()


def test_the_supervisor_gives_it_to_another_body_that_may_not_refuse(case):
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.dispute(ZHAO_HAI, EAST)
    case.step(ZHENG_YAN, EAST, Action.OTHER_BODY, partner=WATER)
    given = case.task(WATER)
    assert (given.state, given.body.name, given.last_resort) == ("called", "云川水务", False)
    with pytest.raises(Refused, match="refusal_spent"):
        case.step(CHEN_JING, WATER, Action.REFUSE)
    case.step(CHEN_JING, WATER, Action.REPORT_IN)  # the waterworks have no account: the desk writes down that they came
    case.step(CHEN_JING, WATER, Action.FINISH)
    case.handle()


def test_who_has_called_others_does_not_pass_the_order_on(case):
    """首接负责."""
    order = JointCase(case.database, case.cast, case.now).begin_accepted()
    order.call(LIN_XIAOFENG, squads=(EAST,))
    given = {"ground": "not_our_area"}
    with pytest.raises(Refused, match="joint_open"):
        order.order_step(LIN_XIAOFENG, OrderAction.RETURN, **given)
    order.step(LIN_XIAOFENG, EAST, Action.RELEASE)
    order.order_step(LIN_XIAOFENG, OrderAction.RETURN, **given)
    assert order.order().state == "returned"


def test_what_is_sent_to_another_body_needs_nobodys_help_any_more(case):
    order = JointCase(case.database, case.cast, case.now).begin_accepted()
    order.call(LIN_XIAOFENG, squads=(EAST,), partners=(GAS,))
    order.order_step(CHEN_JING, OrderAction.TRANSFER, partner=WATER)
    assert {task.state for task in order.tasks()} == {"released"}
    with order.database.read() as session:
        states = {clock.state for task in order.tasks() for clock in watch.of(session, f"joint:{task.id}")}
    assert states == {"dropped"}
    with pytest.raises(Refused, match="not_found"):
        order.seen_by(ZHAO_HAI)


def test_a_helper_that_gets_the_order_itself_helps_nobody(case):
    order = JointCase(case.database, case.cast, case.now).begin_accepted()
    order.call(LIN_XIAOFENG, squads=(EAST,), partners=(GAS,))
    order.order_step(CHEN_JING, OrderAction.DISPATCH, squad=EAST)
    assert sorted(task.state for task in order.tasks()) == ["called", "released"]
    assert "城东片区中队的协办随工单结束" in [line.text for line in order.seen_by(CHEN_JING).timeline]


def test_reporting_in_late_is_told_as_late(case):
    case.call(LIN_XIAOFENG, partners=(GAS,))
    case.let_pass(hours=3)
    case.step(QIAN_GONG, GAS, Action.REPORT_IN)
    assert case.clocks(GAS)["report_in"] == "missed"
    assert "协办报到晚了" in [line.text for line in case.seen_by(WU_YUE).timeline]


def test_the_watch_is_told_what_to_do_about_one_kind_of_clock_only():
    assert set(joint_holding.on_due()) == {"arbitrate"}
