"""The clocks of joint tasks: as long as the town's table says, with the ladder of how bad the matter is."""

from dispatch.rules.joint import Action
from dispatch.rules.workflow import Action as OrderAction
from tests.ground.cast import CHEN_JING, EAST, GAS, LIN_XIAOFENG, QIAN_GONG, ZHAO_HAI
from tests.joint_cases import JointCase
from town import ladders, watch

OWN = ",,协办报到,30,分钟,,,本镇规定\n,重大,协办报到,10,分钟,,,本镇规定\n09,,协办,1,工作日,,,本镇规定\n,,协办裁定,2,小时,,,\n"


def newest(case, code):
    with case.database.read() as session:
        return {clock.kind: clock for clock in watch.of(session, f"joint:{case.task(code).id}")}


def lengths(case, code):
    return {kind: (clock.amount, clock.unit) for kind, clock in newest(case, code).items()}


def test_without_a_table_the_defaults_count(listed, cast):
    case = JointCase(listed, cast).begin()
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.dispute(ZHAO_HAI, EAST)
    case.call(LIN_XIAOFENG, partners=(GAS,))
    case.step(QIAN_GONG, GAS, Action.REPORT_IN)
    assert lengths(case, EAST) == {
        "report_in": (2, "working_hours"),
        "respond": (2, "working_hours"),
        "arbitrate": (1, "working_days"),
    }
    assert lengths(case, GAS)["assist"] == (3, "working_days")


def test_the_towns_table_sets_other_lengths_by_kind_and_severity(hands):
    hands.put_in_force(OWN)
    case = JointCase(hands.database, hands.cast, hands.now).begin()
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.order_step(CHEN_JING, OrderAction.GRADE, severity="major")
    case.call(LIN_XIAOFENG, partners=(GAS,))
    assert lengths(case, EAST) == {"report_in": (30, "minutes")}
    assert lengths(case, GAS) == {"report_in": (10, "minutes")}
    case.step(QIAN_GONG, GAS, Action.REPORT_IN)
    assert lengths(case, GAS)["assist"] == (1, "working_days")
    case.dispute(ZHAO_HAI, EAST)
    assert lengths(case, EAST)["arbitrate"] == (2, "hours")


def test_every_clock_keeps_the_ladder_of_its_kind_and_counts_its_rounds(listed, cast):
    case = JointCase(listed, cast).begin()
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.step(ZHAO_HAI, EAST, Action.REFUSE)
    case.step(LIN_XIAOFENG, EAST, Action.INSIST)
    again = newest(case, EAST)["report_in"]
    assert again.round == 2
    with listed.read() as session:
        assert [tuple(rung) for rung in again.ladder] == list(ladders.of(session, "joint.report_in", "ordinary"))


def test_the_page_of_an_order_explains_the_clocks_of_those_who_were_called(listed, cast):
    case = JointCase(listed, cast).begin()
    case.call(LIN_XIAOFENG, squads=(EAST,))
    case.now = case.now.replace(hour=2)
    [clock] = case.task(EAST).clocks
    assert (clock.name, clock.percent, clock.paused) == ("协办报到", 50, False)
    assert clock.sentence
