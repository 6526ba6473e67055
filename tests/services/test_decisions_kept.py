"""Decisions that are kept (派单留痕): from what was written down beside it, every one can be made again."""

import datetime as dt
import json
import random
from collections import Counter

import pytest
from sqlalchemy import select

from dispatch.models import Decided, Order
from dispatch.rules import handing_back, routing
from dispatch.rules.facts import Facts
from dispatch.rules.sources import Source
from dispatch.rules.workflow import Lane, State
from dispatch.services import NewReport, correcting, receive
from dispatch.services import handing_back as hand_back
from dispatch.services.correcting import Correction, Point
from dispatch.services.desk_entry import take_down
from enforcement.services import changes
from tests.ground.cast import ACTOR, AUNT_ZHOU, CHEN_JING, EAST, INNER, LAND, LIN_XIAOFENG, SU_MIN, ZHAO_HAI
from tests.ground.lists import BUILDING, GAS_BOX, GAS_LEAK, NOISE, POWER_OVER_STALLS, RUBBISH, STALLS
from tests.ground.web import (
    IN_THE_MIDDLE_OF_EAST,
    IN_THE_MIDDLE_OF_INNER,
    MASTER_KEY,
    ON_THE_BORDER,
    OUT_OF_TOWN,
)
from town import staff
from town.access import Actor
from town.people import Role
from town.staff import ConflictEntry, ShiftEntry

MORNING = dt.datetime(2026, 11, 4, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MATTERS = (STALLS, RUBBISH, NOISE, BUILDING, GAS_BOX, GAS_LEAK, "other")
PLACES = (IN_THE_MIDDLE_OF_INNER, IN_THE_MIDDLE_OF_EAST, ON_THE_BORDER, OUT_OF_TOWN)
REPORTS, CORRECTIONS = 56, 20
WORDS = "三张桌子占了人行道"


@pytest.fixture
def rostered(listed):
    """The listed town with a roster for a day: 赵海 must keep away from the grid his squad serves."""
    shifts = (
        ShiftEntry(INNER, LIN_XIAOFENG.login, MORNING, MORNING + 4 * HOUR, leads=True),
        ShiftEntry(INNER, SU_MIN.login, MORNING + 2 * HOUR, MORNING + 9 * HOUR),
        ShiftEntry(EAST, ZHAO_HAI.login, MORNING, MORNING + 9 * HOUR, leads=True),
    )
    apart = ConflictEntry(ZHAO_HAI.login, f"grid:{EAST}-01", "亲属在此经营", MORNING.date())
    with listed.write() as session:
        staff.add_shifts(session, shifts, ACTOR, MORNING - HOUR)
        staff.add_conflict(session, apart, ACTOR, MORNING - HOUR)
    return listed


@pytest.fixture
def decided(rostered, town, cast):
    """Everything that was decided while reports came in, some were put right, and a power was handed back."""
    chance = random.Random(5)
    dispatcher = Actor(cast.actor(CHEN_JING), cast.account(CHEN_JING).id, roles=frozenset({Role.DISPATCHER}))
    now = MORNING
    for turn in range(REPORTS):
        now += HOUR / 6
        matter, place = MATTERS[turn % len(MATTERS)], PLACES[turn // len(MATTERS) % len(PLACES)]
        new = NewReport(
            place["lon"] + chance.uniform(0, 2e-4),
            place["lat"],
            "wgs84",
            chance.choice((None, 5.0, 40.0)),
            WORDS,
            now - chance.choice((0, 30)) * HOUR,
            category=matter,
            source=Source.CALL,
            name=AUNT_ZHOU.name,
            phone=AUNT_ZHOU.phone,
        )
        with rostered.write() as session:
            if turn % 2:
                take_down(session, town, MASTER_KEY, new, None, now)
            else:
                receive(session, town, MASTER_KEY, new, now)
    for _ in range(CORRECTIONS):
        correct(rostered, town, dispatcher, chance, now)
    with rostered.write() as session:
        today = now.astimezone(town.zone).date()
        changes.hand_back(session, [POWER_OVER_STALLS], today, LAND, "云府〔2026〕51号", ACTOR, now)
        hand_back.catch_up(session, ACTOR, now)
    with rostered.read() as session:
        return session.scalars(select(Decided).order_by(Decided.at, Decided.id)).all()


def correct(database, town, who, chance, now):
    place = chance.choice(PLACES)
    with database.write() as session:
        orders = session.scalars(select(Order).where(Order.state.in_(correcting.CORRECTABLE)).order_by(Order.id)).all()
        order = chance.choice(orders)
        point = chance.choice((None, Point(place["lon"], place["lat"], "gcj02", 15.0)))
        fix = Correction(order.version, "原来写错了", point, chance.choice(MATTERS))
        correcting.correct(session, town, who, order.id, fix, now)


def test_every_decision_of_the_table_is_made_again_from_what_was_kept(decided, record_property):
    by_the_table = [one for one in decided if one.way in ("table", "corrected")]
    assert len(by_the_table) == REPORTS + CORRECTIONS
    for one in by_the_table:
        again = routing.route(Facts.from_data(one.facts)).as_data()
        assert json.loads(json.dumps(again)) == one.answer
    rows = Counter(one.answer["row"] for one in by_the_table)
    record_property("rows", dict(rows))
    assert len(rows) >= 6
    told = {reason["code"] for one in by_the_table for reason in one.answer["reasons"]}
    assert {"on_duty", "all_in_conflict", "duplicate", "handed_to"} <= told


def test_every_hand_back_is_made_again_from_what_was_kept(decided):
    moved = [one for one in decided if one.way == "handed_back"]
    assert moved
    for one in moved:
        state, lane = State(one.facts["state"]), Lane(one.facts["lane"])
        again = handing_back.move(state, lane, one.facts["next_power"] is not None)
        assert [reason["rule"] for reason in one.answer["reasons"]] == [again.rule]


def test_what_is_kept_of_a_decision_tells_nothing_of_the_reporter(decided):
    kept = json.dumps([[one.facts, one.answer] for one in decided], ensure_ascii=False)
    for secret in (AUNT_ZHOU.name, AUNT_ZHOU.phone, WORDS, "原来写错了", "亲属"):
        assert secret not in kept
