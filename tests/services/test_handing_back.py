"""退回赋权: many powers are handed back at once, and no order is left without somebody who holds it."""

import datetime as dt
import random
import threading
from collections import Counter

import pytest
from sqlalchemy import func, select, update

from dispatch.models import Decided, Order, Transfer
from dispatch.rules.handing_back import Rule
from dispatch.rules.workflow import Lane, State
from dispatch.services import NewReport, handing_back, receive
from enforcement.services import changes, editions, events, powers
from tests.ground.cast import ACTOR, COUNTY, SETTLED
from tests.ground.databases import on_postgresql
from tests.ground.lists import IN_FORCE_FROM
from tests.ground.web import IN_THE_MIDDLE_OF_INNER
from town import sheets
from town.errors import Refused

HANDED_BACK, KEPT_BESIDE, ORDERS = 191, 11, 1_000
"""So many powers one town in the papers gave back; a few matters stand under a second power that it kept."""
CODES = [f"P{number:03}" for number in range(HANDED_BACK)]
MATTERS = [f"88{number:03}" for number in range(HANDED_BACK)]
NOW = SETTLED + dt.timedelta(days=3)
TODAY = dt.date(2026, 11, 5)
DOCUMENT = "云府〔2026〕51号"
UNDER_WAY = (State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.HANDLED, State.CHECKED, State.RETURNED)
KEY = "0" * 64


@pytest.fixture
def empowered(staffed):
    """The town with 191 powers it is about to give back, and a few it keeps."""
    with staffed.write() as session:
        _activate(session, events, _events(), "事项")
        _activate(session, powers, _powers(), "权力")
    return staffed


def _activate(session, module, text, name):
    previewed = module.preview(session, sheets.read(text.encode(), f"{name}.csv"), IN_FORCE_FROM)
    edition = module.import_edition(session, previewed, name, actor=ACTOR, now=SETTLED)
    if module is powers:
        editions.confirm(session, edition, "许斐", actor=ACTOR, now=SETTLED)
        powers.activate(session, edition, IN_FORCE_FROM, actor=ACTOR, now=SETTLED)
    else:
        editions.activate(session, edition, IN_FORCE_FROM, actor=ACTOR, now=SETTLED)


def _events():
    head = "代码,名称,大类,性质,领域,紧急,小事,责任单位,主管部门,市民选项,相近米数,相近天数"
    rows = (f"{code},事项{code},大类,执法,市容环卫,,,,{COUNTY},,1,1" for code in MATTERS)
    return "\n".join([head, *rows])


def _powers():
    head = "代码,名称,领域,法律依据,处罚,事项代码,行使方式,公布日期,生效日期,已核对"
    line = "{},事项{},市容环卫,《某县市容条例》第十条,警告,{},自有,2026-01-01,2026-01-01,是".format
    rows = [line(code, matter, matter) for code, matter in zip(CODES, MATTERS, strict=True)]
    beside = [line(f"Q{number:03}", MATTERS[number], MATTERS[number]) for number in range(KEPT_BESIDE)]
    return "\n".join([head, *rows, *beside])


def _report(number, at=NOW):
    lon, lat = IN_THE_MIDDLE_OF_INNER["lon"], IN_THE_MIDDLE_OF_INNER["lat"]
    spot = {"x": lon + number % 40 * 1e-5, "y": lat + number // 40 % 40 * 1e-5, "crs": "wgs84", "accuracy_m": None}
    return NewReport(**spot, words="占道", received_at=at, category=MATTERS[number % HANDED_BACK])


def _open_orders(database, town, count):
    with database.write() as session:
        orders = [receive(session, town, KEY, _report(number), NOW).order for number in range(count)]
        chance = random.Random(7)
        for order in orders:
            session.execute(update(Order).where(Order.id == order.id).values(state=chance.choice(UNDER_WAY)))
    return [order.id for order in orders]


def _hand_back(database, codes=CODES, day=TODAY, now=NOW):
    with database.write() as session:
        changes.hand_back(session, codes, day, COUNTY, DOCUMENT, ACTOR, now)
        return handing_back.apply(session, codes, day, COUNTY, DOCUMENT, ACTOR, now)


@pytest.mark.timeout(300)
def test_every_order_under_191_powers_moves_under_a_named_rule_with_a_receipt(empowered, town, record_property):
    ids = _open_orders(empowered, town, ORDERS)
    receipts = _hand_back(empowered)

    rules = Counter(receipt.touched.moved.rule for receipt in receipts)
    record_property("orders by rule", {rule.value: count for rule, count in rules.items()})
    assert {receipt.touched.order_id for receipt in receipts} == set(ids)
    assert set(rules) == {Rule.NOT_BEGUN, Rule.UNDER_WAY, Rule.DONE, Rule.OTHER_POWER}
    sent = [receipt for receipt in receipts if receipt.touched.moved.to_partner]
    assert len({receipt.letter for receipt in sent}) == len(sent)
    with empowered.read() as session:
        letters = set(session.scalars(select(Transfer.number)))
        orders = {order.id: order for order in session.scalars(select(Order))}
        kept = set(session.scalars(select(Decided.order_id).where(Decided.way == "handed_back")))
    assert letters == {receipt.letter for receipt in sent}
    assert kept == set(ids)
    for receipt in receipts:
        order = orders[receipt.touched.order_id]
        assert _somebody_has(order), receipt
        if receipt.touched.moved.rule is Rule.OTHER_POWER:
            assert order.power_code is not None
            assert order.power_code.startswith("Q")


def _somebody_has(order):
    if order.lane == Lane.TRANSFER:
        return order.state == State.TRANSFERRED and order.partner_id and not order.squad_id
    return order.squad_id is not None


def test_what_a_rule_has_spoken_about_is_not_moved_again(empowered, town):
    _open_orders(empowered, town, 60)
    _hand_back(empowered)
    with empowered.write() as session:
        assert handing_back.plan(session, CODES, TODAY) == []
        assert handing_back.catch_up(session, ACTOR, NOW) == []


def test_a_later_day_is_waited_for_and_then_kept(empowered, town):
    tomorrow = TODAY + dt.timedelta(days=1)
    _open_orders(empowered, town, 30)
    with empowered.write() as session:
        changes.hand_back(session, CODES, tomorrow, COUNTY, DOCUMENT, ACTOR, NOW)
        with pytest.raises(Refused, match="invalid"):
            handing_back.apply(session, CODES, tomorrow, COUNTY, DOCUMENT, ACTOR, NOW)
        assert handing_back.catch_up(session, ACTOR, NOW) == []
    with empowered.write() as session:
        receipts = handing_back.catch_up(session, "system:hand_back", NOW + dt.timedelta(days=1))
    assert len(receipts) == 30


def test_the_day_after_a_report_goes_to_whoever_holds_the_power_now(empowered, town):
    _hand_back(empowered)
    with empowered.write() as session:
        received = receive(session, town, KEY, _report(KEPT_BESIDE + 5), NOW)
        other = receive(session, town, KEY, _report(0), NOW)
    assert (received.order.lane, received.order.state) == (Lane.TRANSFER, State.TRANSFERRED)
    assert other.order.power_code == "Q000"


@on_postgresql  # on SQLite writers take turns, and there is nothing to race
@pytest.mark.timeout(300)
def test_while_reports_arrive_none_is_kept_under_a_power_that_was_given_back(empowered, town):
    arrived, halt = [], threading.Event()

    def arrive(first):
        number = first
        while not halt.is_set():
            with empowered.write() as session:
                arrived.append(receive(session, town, KEY, _report(number), NOW).order.id)
            number += 4

    writers = [threading.Thread(target=arrive, args=(first,)) for first in range(4)]
    for writer in writers:
        writer.start()
    try:
        _wait_for(halt, lambda: len(arrived) >= 40)
        _hand_back(empowered)
        before = len(arrived)
        _wait_for(halt, lambda: len(arrived) >= before + 40)
    finally:
        halt.set()
    for writer in writers:
        writer.join()

    with empowered.read() as session:
        left = select(func.count()).select_from(Order).where(Order.power_code.in_(CODES), Order.state == "dispatched")
        assert session.scalar(left) == 0
        assert session.scalar(select(func.count()).select_from(Order)) == len(arrived)


def _wait_for(halt, happened):
    while not happened():
        halt.wait(0.02)
