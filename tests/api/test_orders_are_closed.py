"""Over all states, actions and posts nothing outside the table happens to an order, asked as a program would ask it."""

import datetime as dt

import pytest

from dispatch.rules import workflow
from dispatch.rules.grounds import SuspensionGround
from dispatch.rules.workflow import Action, Ground, Lane, Post, State
from dispatch.services import cases, steps
from dispatch.services.cases import CaseWish
from tests.ground.cast import (
    CHEN_JING,
    INNER,
    LIN_XIAOFENG,
    QIAN_GONG,
    SU_MIN,
    WU_YUE,
    XIAO_LIN,
    ZHAO_HAI,
    ZHENG_YAN,
)
from tests.ground.databases import on_sqlite
from tests.ground.hands import NOON
from tests.ground.lists import GAS_BOX, POWER_OVER_RUBBISH, RUBBISH, STALLS
from tests.ground.web import ON_THE_BORDER, OUT_OF_TOWN
from town import journal

HOLDERS = {
    LIN_XIAOFENG: (Lane.SQUAD, Post.SQUAD),
    XIAO_LIN: (Lane.GRID, Post.GRID_WORKER),
    QIAN_GONG: (Lane.UNIT, Post.UNIT),
}
"""Who has a post towards an order only while it is in his lane."""
IN_TOWN = {CHEN_JING: Post.DISPATCHER, WU_YUE: Post.CHECKER, ZHENG_YAN: Post.SUPERVISOR}
NOT_YOURS = {"not_found", "forbidden", "illegal_step"}
PAUSE = {"ground": SuspensionGround.WEATHER, "until": NOON.date() + dt.timedelta(days=5)}
TWO = (LIN_XIAOFENG.login, SU_MIN.login)


def walked(person, *actions, category=STALLS, **given):
    """A road: an order, and what somebody does to it one after another."""

    def go(hands):
        order = hands.report(category)
        for action in actions:
            hands.step(person, order, action, **given)
        return order

    return go


def returned(hands, times=1):
    order = hands.report()
    for turn in range(times):
        if turn:
            hands.step(CHEN_JING, order, Action.DISPATCH, squad=INNER)
        hands.step(LIN_XIAOFENG, order, Action.RETURN, ground=Ground.NOT_OUR_AREA)
    return order


def in_a_case(hands):
    order = hands.on_site()
    with hands.database.write() as session:
        wish = CaseWish(TWO, "占道", power=POWER_OVER_RUBBISH)
        version = hands.order(order).version
        cases.open_from_order(session, hands.actor(LIN_XIAOFENG), order, version, wish, hands.now)
    return order


def handled(hands, *more):
    order = hands.on_site()
    hands.step(LIN_XIAOFENG, order, Action.HANDLE, outcome="fixed")
    for action in more:
        hands.step(WU_YUE, order, action)
    return order


def answered(hands):
    order = handled(hands, Action.CHECK, Action.CLOSE)
    with hands.database.write() as session:
        assert steps.answer(session, order, hands.now)
    return order


def put_aside(hands):
    order = hands.on_site()
    hands.step(CHEN_JING, order, Action.SUSPEND, **PAUSE)
    return order


ROADS = {
    (State.RECEIVED, Lane.DESK): lambda hands: hands.report(place=ON_THE_BORDER),
    (State.RETURNED, Lane.DESK): returned,
    (State.ARBITRATION, Lane.DESK): lambda hands: returned(hands, times=2),
    (State.TRANSFERRED, Lane.TRANSFER): lambda hands: hands.report(place=OUT_OF_TOWN),
    (State.DISPATCHED, Lane.SQUAD): walked(LIN_XIAOFENG),
    (State.ACCEPTED, Lane.SQUAD): walked(LIN_XIAOFENG, Action.ACCEPT),
    (State.ON_SITE, Lane.SQUAD): lambda hands: hands.on_site(),
    (State.SUSPENDED, Lane.SQUAD): put_aside,
    (State.IN_CASE, Lane.SQUAD): in_a_case,
    (State.HANDLED, Lane.SQUAD): handled,
    (State.CHECKED, Lane.SQUAD): lambda hands: handled(hands, Action.CHECK),
    (State.CLOSED, Lane.SQUAD): lambda hands: handled(hands, Action.CHECK, Action.CLOSE),
    (State.ANSWERED, Lane.SQUAD): answered,
    (State.DISPATCHED, Lane.GRID): walked(XIAO_LIN, category=RUBBISH),
    (State.ACCEPTED, Lane.GRID): walked(XIAO_LIN, Action.ACCEPT, category=RUBBISH),
    (State.DISPATCHED, Lane.UNIT): walked(QIAN_GONG, category=GAS_BOX),
    (State.ACCEPTED, Lane.UNIT): walked(QIAN_GONG, Action.ACCEPT, category=GAS_BOX),
    (State.ON_SITE, Lane.UNIT): walked(QIAN_GONG, Action.ACCEPT, Action.ARRIVE, category=GAS_BOX),
}


def test_there_is_a_road_to_every_state_and_into_every_lane():
    assert {state for state, _ in ROADS} == set(State)
    assert {lane for _, lane in ROADS} == set(Lane)


@on_sqlite
@pytest.mark.parametrize("situation", ROADS, ids=lambda situation: "-".join(situation))
def test_from_a_state_only_what_the_table_allows(hands, door, situation):
    order = ROADS[situation](hands)
    before = life(hands, order)
    assert before[:2] == situation
    wrong = []
    state, lane = situation
    holders = [person for person, (where, _) in HOLDERS.items() if where is lane]
    for person in (*holders, *IN_TOWN, ZHAO_HAI):
        inside = door.signed_in(person)
        posts = posts_of(person, lane)
        for action in Action:
            due = expected(state, action, posts, stranger=person is ZHAO_HAI)
            if due and (code := asked(inside, order, action, before)) not in due:
                wrong.append((person.login, action, code))
    assert wrong == []
    assert life(hands, order) == before


@on_sqlite
def test_whoever_has_another_lane_has_no_say(hands, door):
    for lane in (Lane.SQUAD, Lane.UNIT):
        order = ROADS[State.ON_SITE, lane](hands)
        before = life(hands, order)
        for person in (person for person, (where, _) in HOLDERS.items() if where is not lane):
            inside = door.signed_in(person)
            assert {asked(inside, order, action, before) for action in Action} <= NOT_YOURS
        assert life(hands, order) == before


@on_sqlite
def test_without_an_account_nothing_happens_at_all(hands, door):
    order = hands.report()
    before = life(hands, order)
    reporter = door.with_receipt(door.report()["receipt"])
    for action in Action:
        assert asked(door, order, action, before) == "not_signed_in"
        assert asked(reporter, order, action, before) == "not_signed_in"
    assert life(hands, order) == before


def posts_of(person, lane):
    if person in IN_TOWN:
        return {IN_TOWN[person]}
    where, post = HOLDERS.get(person, (None, None))
    return {post} if where is lane else set()


def expected(state, action, posts, stranger):
    """The refusals an empty form may meet here; none where the table lets the step be taken as it is."""
    if stranger:
        return NOT_YOURS
    step = workflow.TABLE.get((state, action))
    if step is None:
        return {"illegal_step"}
    if not step.by & posts:
        return {"forbidden"}
    if action in workflow.DECIDING_A_PLEA:
        return {"nothing_asked"}
    return {"missing_fact"} if step.requires else set()


def asked(inside, order, action, before):
    path = f"/api/v1/orders/{order}/steps"
    return inside.post(path, {"action": action, "version": before[2]}).json["code"]


def life(hands, order):
    """Where it stands, its version, and how much is known of it."""
    found = hands.order(order)
    with hands.database.read() as session:
        return State(found.state), Lane(found.lane), found.version, len(journal.events_of(session, f"order:{order}"))
