"""抽查: of the small matters that 网格员 settle, somebody else looks at a fifth, and nobody knows beforehand at which."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from dispatch.models import Order, Report
from dispatch.services import steps
from tests.ground.cast import SETTLED, XIAO_LIN
from tests.ground.lists import RUBBISH
from town import journal


@pytest.fixture
def small(listed, door):
    """A small matter in 小林's hands."""
    door.report(category=RUBBISH)
    (order,) = door.signed_in(XIAO_LIN).get("/api/v1/orders").json["orders"]
    return uuid.UUID(order["id"])


def drawn(database, order_id):
    """Whether the order is checked."""
    with database.read() as session:
        return steps.sampled(session.get_one(Order, order_id))


def had_he_come(database, order_id, minutes):
    """Whether it would be checked, had its report come so much earlier: with other words, and another secret."""
    with database.write() as session:
        report = session.scalars(select(Report.id).where(Report.order_id == order_id)).one()
        at = SETTLED - dt.timedelta(minutes=minutes)
        journal.keep_words(session, subject=f"report:{report}", field="words", body="料堆着", at=at)
        return steps.sampled(session.get_one(Order, order_id))


def test_an_order_is_drawn_once_for_all(listed, small):
    assert len({drawn(listed, small) for _ in range(5)}) == 1


def test_its_number_does_not_tell_whether_it_was_drawn(listed, small):
    fates = [had_he_come(listed, small, minutes) for minutes in range(100)]
    assert 1 < sum(fates) < 60, "a fifth of a hundred, more or less"


def test_where_the_secret_was_erased_somebody_checks(listed, small):
    with listed.write() as session:
        report = session.scalars(select(Report.id)).one()
        journal.erase_words(session, f"report:{report}", SETTLED)
    assert drawn(listed, small)


def test_nobody_reads_the_secret_anywhere(listed, small, door):
    with listed.read() as session:
        report = session.scalars(select(Report.id)).one()
        secret = journal.secret_of(session, f"report:{report}", "words")
        told = [str(event.data) for event in journal.events_of(session, f"report:{report}")]
    shown = door.signed_in(XIAO_LIN).get(f"/api/v1/orders/{small}").text
    assert secret
    assert not any(secret.hex() in text for text in (*told, shown))


def test_what_is_drawn_waits_for_a_checker_and_what_is_not_is_past_it(listed, small, door):
    worker = door.signed_in(XIAO_LIN)
    (order,) = worker.get("/api/v1/orders").json["orders"]
    order = worker.step(order, "accept").json
    awaited = "handled" if drawn(listed, small) else "checked"
    settled = worker.step(order, "settle", outcome="fixed", words="已劝导，料已清走")
    assert settled.json["state"] == awaited, settled.text
