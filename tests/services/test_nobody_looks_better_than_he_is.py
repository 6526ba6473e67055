"""Ways to look better than one is, and that they lead nowhere: clocks started anew, lateness put aside, one's own judge."""

import csv
import datetime as dt
import io
from contextlib import suppress
from dataclasses import replace

import pytest

from dispatch.models import Order
from dispatch.rules.grounds import SuspensionGround
from dispatch.rules.handling_times import Clock
from dispatch.rules.joint import Action as Help
from dispatch.rules.workflow import Action, Lane, State
from dispatch.services import NewReport, correcting, handing_back, joint, receive
from dispatch.services.correcting import Correction, Point
from enforcement.services import changes
from oversight.rules import counting, periods
from oversight.rules.counting import Part
from oversight.rules.indicators import Indicator
from oversight.rules.supervision import Action as Judged
from oversight.schemas.supervision import AlarmQuery
from oversight.services.appraisal import appraisal
from oversight.services.figures import exports, order_facts
from oversight.services.supervision import alarms, alarms_shown, supervision_steps, supervisions
from tests.ground.cast import ACTOR, CHEN_JING, EAST, INNER, LAND, LIN_XIAOFENG, SU_MIN, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.lists import GAS_LEAK, POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, MASTER_KEY, ON_THE_BORDER
from town import ladders, profile, watch
from town.errors import Refused
from town.people import Role

NOVEMBER, DECEMBER = periods.month("2026-11"), periods.month("2026-12")
WAIT = {"ground": SuspensionGround.WEATHER, "until": dt.date(2026, 12, 20), "words": "连续下雨"}


def part(hands, order, code, period=NOVEMBER):
    """What the order is to an indicator."""
    asked = periods.span(period, hands.town.zone)
    with hands.database.read() as session:
        (fact,) = [one for one in order_facts.of_period(session, hands.town, period) if one.id == str(order)]
    return counting.part(fact, code, asked)


def alarms_of(hands, order, who):
    """The alarms about an order, as somebody sees them."""
    watch.tick(hands.database, hands.now, {}, alarms.on_rung)
    with hands.database.read() as session:
        return alarms_shown.page(session, who, AlarmQuery(subject=f"order:{order}"))


def finish(hands, order):
    hands.step(LIN_XIAOFENG, order, Action.HANDLE, outcome="fixed")
    hands.step(WU_YUE, order, Action.CHECK)
    return hands.step(CHEN_JING, order, Action.CLOSE)


def test_an_order_is_not_sent_again_to_the_squad_that_has_it(hands):
    order = hands.report()
    hands.later(days=3).tick()
    with pytest.raises(Refused, match="invalid"):
        hands.step(CHEN_JING, order, Action.DISPATCH, squad=INNER)
    assert hands.clocks(order)[Clock.ACCEPT].round == 1
    assert hands.step(CHEN_JING, order, Action.DISPATCH, squad=EAST).state == State.DISPATCHED


def test_what_was_late_when_it_was_put_aside_is_late_when_it_is_closed(hands):
    order = hands.on_site()
    hands.later(days=14).tick()
    hands.step(CHEN_JING, order, Action.SUSPEND, **WAIT)
    hands.later(minutes=1).step(CHEN_JING, order, Action.RESUME)
    finish(hands, order)
    assert part(hands, order, Indicator.CLOSING) is Part.NUMERATOR
    assert part(hands, order, Indicator.ON_TIME_CLOSING) is Part.MISSING
    assert part(hands, order, Indicator.ON_TIME_HANDLING) is Part.MISSING


def test_what_is_late_is_not_put_aside_over_the_end_of_a_month(hands):
    order = hands.on_site()
    hands.later(days=20).tick()
    hands.step(CHEN_JING, order, Action.SUSPEND, **WAIT)
    for code in (Indicator.CLOSING, Indicator.HANDLING, Indicator.ON_TIME_HANDLING):
        assert part(hands, order, code) is Part.MISSING


def test_what_was_put_aside_in_time_is_owed_by_nobody_meanwhile(hands):
    order = hands.on_site()
    hands.later(hours=3).step(CHEN_JING, order, Action.SUSPEND, **WAIT)
    hands.later(days=20).tick()
    assert {part(hands, order, code) for code in (Indicator.CLOSING, Indicator.HANDLING)} == {None}


def test_what_the_desk_takes_down_too_late_is_still_waited_for(hands):
    place, came = IN_THE_MIDDLE_OF_INNER, hands.now - dt.timedelta(days=30)
    new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", came, category=STALLS, decided_at=hands.now)
    with hands.database.write() as session:
        order = receive(session, hands.town, MASTER_KEY, new, hands.now).order.id
    hands.step(LIN_XIAOFENG, order, Action.ACCEPT)
    hands.step(LIN_XIAOFENG, order, Action.ARRIVE)
    hands.step(LIN_XIAOFENG, order, Action.HANDLE, outcome="fixed")
    hands.step(WU_YUE, order, Action.CHECK)
    clocks = hands.clocks(order)
    assert (clocks[Clock.ANSWER].state, clocks[Clock.RESULT].state) == ("past", "running")
    hands.later(days=30).tick()
    assert hands.clocks(order)[Clock.RESULT].state == "missed"
    hands.step(CHEN_JING, order, Action.CLOSE)
    assert part(hands, order, Indicator.ON_TIME_CLOSING, DECEMBER) is Part.MISSING


def test_the_reporter_of_an_order_that_went_away_while_it_was_put_aside_is_promised_an_answer_again(hands):
    order = hands.on_site()
    hands.step(CHEN_JING, order, Action.SUSPEND, **WAIT)
    today = hands.now.astimezone(hands.town.zone).date()
    with hands.database.write() as session:
        changes.hand_back(session, [POWER_OVER_STALLS], today, LAND, "某政发 1 号", ACTOR, hands.now)
        handing_back.apply(session, [POWER_OVER_STALLS], today, LAND, "某政发 1 号", ACTOR, hands.now)
    assert hands.order(order).state == State.TRANSFERRED
    states = {kind: clock.state for kind, clock in hands.clocks(order).items()}
    assert (states[Clock.REPLY], states[Clock.RESULT]) == ("running", "running")


@on_sqlite
def test_nobody_judges_a_paper_that_his_own_squad_must_answer(hands):
    order = hands.report()
    with hands.database.write() as session:
        words = "请说明"
        paper = supervisions.issue_by_hand(session, hands.actor(ZHENG_YAN), f"order:{order}", words, hands.now)
    both = hands.actor(SU_MIN, Role.SUPERVISOR)
    wish = supervision_steps.Wish(Judged.CLOSE, 1, {"words": "有理由", "outcome": "justified"})
    with hands.database.write() as session, pytest.raises(Refused, match="forbidden"):
        supervision_steps.take_step(session, both, paper.id, wish, hands.now)
    with hands.database.read() as session:
        assert supervision_steps.allowed(session, both, session.merge(paper, load=False)) == []


@on_sqlite
@pytest.mark.parametrize("person", [LIN_XIAOFENG, ZHAO_HAI], ids=lambda person: person.name)
def test_nobody_arbitrates_between_his_own_squad_and_another(hands, person):
    order = hands.on_site()
    with hands.database.write() as session:
        joint.call(session, hands.actor(LIN_XIAOFENG), order, joint.Call((EAST,), (), "来"), hands.now)
    task = hands.detail(LIN_XIAOFENG, order).joint[0].id
    for version, (who, action) in enumerate(
        [(ZHAO_HAI, Help.REFUSE), (LIN_XIAOFENG, Help.INSIST), (ZHAO_HAI, Help.REFUSE)], 1
    ):
        with hands.database.write() as session:
            wish = joint.JointWish(action, version, {"words": "人手不够", "ground": "engaged"})
            joint.take_step(session, hands.actor(who), task, wish, hands.now)
    wish = joint.JointWish(Help.RELEASE, 4, {"words": "算了"})
    both = hands.actor(person, Role.SUPERVISOR)
    with hands.database.write() as session, pytest.raises(Refused, match="forbidden"):
        joint.take_step(session, both, task, wish, hands.now)
    with hands.database.write() as session:
        assert joint.take_step(session, hands.actor(ZHENG_YAN), task, wish, hands.now).state == "released"


def test_what_nobody_looks_at_again_is_not_left_for_another_half_of_its_time(hands):
    order = hands.on_site()
    hands.step(CHEN_JING, order, Action.SUSPEND, **WAIT)
    ladder = dict(hands.clocks(order)[Clock.REVIEW].ladder)
    assert ladder == {"remind": 90, "red": 100, "supervise": 110}
    assert ladder == dict(ladders.pick(ladders.STARTER, "order.review", "ordinary"))


@on_sqlite
@pytest.mark.parametrize("early", ["2000-01", "2027-01"])
def test_a_month_frozen_by_hand_neither_stops_the_others_nor_lets_them_be_passed_over(hands, early):
    hands.now = dt.datetime(2026, 12, 9, 1, tzinfo=dt.UTC)
    assert appraisal.freeze_when_due(hands.database, hands.now) == ["2026-11"]
    hands.now = dt.datetime(2027, 2, 1, 1, tzinfo=dt.UTC)
    with hands.database.write() as session:
        appraisal.freeze(session, profile.current(session), early, ACTOR, hands.now)
    hands.now = dt.datetime(2027, 2, 20, 1, tzinfo=dt.UTC)
    due = {"2026-12", "2027-01"} - {early}
    assert set(appraisal.freeze_when_due(hands.database, hands.now)) == due


@on_sqlite
def test_the_wall_names_nobody(hands):
    wall = replace(hands.actor(ZHENG_YAN), roles=frozenset({Role.WALL}))
    order = hands.report()
    hands.later(minutes=16)
    from_the_wall, from_the_centre = alarms_of(hands, order, wall), alarms_of(hands, order, hands.actor(ZHENG_YAN))
    assert from_the_centre[0].person_name
    assert [(one.person_name, one.passed) for one in from_the_wall] == [(None, [])]


@on_sqlite
def test_two_squads_do_not_move_an_order_to_and_fro(hands):
    order = hands.report()
    for person, there in ((LIN_XIAOFENG, IN_THE_MIDDLE_OF_EAST), (ZHAO_HAI, IN_THE_MIDDLE_OF_INNER)):
        hands.later(minutes=25)
        with suppress(Refused), hands.database.write() as session:
            put_right(hands, session, person, order, place=Point(there["lon"], there["lat"], "wgs84", 10.0))
        assert hands.order(order).squad_id == hands.cast.squad_id(EAST)
    with hands.database.write() as session:
        back = Point(IN_THE_MIDDLE_OF_INNER["lon"], IN_THE_MIDDLE_OF_INNER["lat"], "wgs84", 10.0)
        put_right(hands, session, CHEN_JING, order, place=back)
    assert hands.order(order).squad_id == hands.cast.squad_id(INNER)


@on_sqlite
@pytest.mark.parametrize("at_the_desk", [True, False])
def test_what_turns_out_to_be_an_emergency_does_not_wait_for_the_office(hands, at_the_desk):
    hands.now = dt.datetime(2026, 11, 4, 14, tzinfo=dt.UTC)
    order = hands.report(place=ON_THE_BORDER if at_the_desk else IN_THE_MIDDLE_OF_INNER)
    hands.later(minutes=5)
    with hands.database.write() as session:
        put_right(hands, session, CHEN_JING, order, category=GAS_LEAK)
    assert hands.order(order).lane == Lane.DESK
    assert hands.clocks(order)[Clock.DECIDE].due_at == hands.now + dt.timedelta(minutes=10)


@pytest.mark.parametrize("cell", ["=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)"])
def test_no_cell_is_run_whatever_width_its_formula_is_written_in(cell):
    table = exports.Table("表", ("名称",), [(cell,)])
    read = list(csv.reader(io.StringIO(exports.as_csv(table).decode("utf-8-sig"), newline="")))
    assert read[1] == [f"'{cell}"]


def put_right(hands, session, person, order, **what):
    """更正, on the newest version."""
    fix = Correction(session.get_one(Order, order).version, "原来写错了", **what)
    correcting.correct(session, hands.town, hands.actor(person), order, fix, hands.now)
