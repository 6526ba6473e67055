"""What the desk takes down by hand: every way a matter comes in, and one number only once."""

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select

from dispatch.models import Order, Report
from dispatch.rules.sources import DESK_SOURCES, WAYS, Source
from dispatch.services import NewReport
from dispatch.services.desk_entry import take_down
from tests.ground.cast import CHEN_JING
from tests.ground.databases import on_postgresql
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import journal, vault
from town.errors import Refused

NOW = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def new(source: Source, **more) -> NewReport:
    numbered = {"source_key": "N-1"} if WAYS[source].numbered else {}
    place = {"x": IN_THE_MIDDLE_OF_INNER["lon"], "y": IN_THE_MIDDLE_OF_INNER["lat"], "crs": "wgs84", "accuracy_m": 10.0}
    told = {"words": "三张桌子占了人行道", "received_at": NOW, "category": STALLS, "source": source}
    return NewReport(**(place | told | numbered | more))


@pytest.fixture
def desk(listed, town):
    """Takes down one report."""

    def take(report: NewReport, joins=None, now=NOW):
        with listed.write() as session:
            return take_down(session, town, MASTER_KEY, report, joins, now)

    return take


def refusal(take, *given) -> Refused:
    with pytest.raises(Refused) as refused:
        take(*given)
    return refused.value


def test_every_way_makes_an_order_with_its_source_kept(desk, listed, cast):
    for source in sorted(DESK_SOURCES):
        taken = desk(new(source, actor=cast.actor(CHEN_JING)))
        with listed.read() as session:
            report = session.get_one(Report, taken.report.id)
            (event,) = journal.events_of(session, f"report:{report.id}")
        assert (report.source, event.actor, event.data["source"]) == (source, cast.actor(CHEN_JING), source)


def test_clocks_run_from_when_it_came_in_not_from_when_it_was_taken_down(desk, listed):
    taken = desk(new(Source.CALL, received_at=NOW - HOUR))
    assert (taken.order.received_at, taken.report.recorded_at) == (NOW - HOUR, NOW)


def test_who_called_is_sealed_and_who_was_sent_by_the_police_is_not_taken_down(desk, listed):
    taken = desk(new(Source.CALL, name="周阿姨", phone="13800000001"))
    with listed.write() as session:
        told = vault.read(session, MASTER_KEY, f"report:{taken.report.id}", "account:x", "回访核实情况", NOW)
    assert told is not None
    assert refusal(desk, new(Source.POLICE, phone="13800000001")).facts["errors"].keys() == {"reporter"}


def test_times_that_cannot_be_are_refused(desk):
    for odd in (NOW + HOUR, NOW - 400 * 24 * HOUR, dt.datetime(1, 1, 1, tzinfo=dt.timezone(14 * HOUR))):
        assert refusal(desk, new(Source.CALL, received_at=odd)).facts["errors"].keys() == {"received_at"}
    far = dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.timezone(-14 * HOUR))
    assert refusal(desk, new(Source.HOTLINE, their_due_at=far)).facts["errors"].keys() == {"their_due_at"}
    assert refusal(desk, new(Source.PATROL, their_due_at=NOW + HOUR)).facts["errors"].keys() == {"their_due_at"}


def test_a_kind_of_matter_on_no_list_is_refused(desk):
    assert refusal(desk, new(Source.CALL, category="12345")).facts["errors"].keys() == {"category"}


def test_a_later_report_is_checked_like_a_first_one(desk):
    order = desk(new(Source.CALL)).order
    assert refusal(desk, new(Source.LETTER, crs="utm"), order.id).problem.code == "crs_unknown"
    assert refusal(desk, new(Source.LETTER, y=95.0), order.id).problem.code == "place_invalid"


def test_a_refused_number_leaves_nothing_behind(desk, listed):
    desk(new(Source.HOTLINE))
    assert refusal(desk, new(Source.HOTLINE)).problem.code == "number_known"
    with listed.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


@on_postgresql
def test_of_two_who_take_down_one_number_at_once_one_is_told_which_order_has_it(listed, town):
    """The second waits for the first, then finds its number taken."""
    first_is_in, told = threading.Event(), []

    def second() -> None:
        first_is_in.wait(10)
        try:
            with listed.write() as session:
                take_down(session, town, MASTER_KEY, new(Source.HOTLINE), None, NOW)
        except Refused as refused:
            told.append(refused)

    other = threading.Thread(target=second)
    other.start()
    with listed.write() as session:
        taken = take_down(session, town, MASTER_KEY, new(Source.HOTLINE), None, NOW)
        session.flush()
        first_is_in.set()
        other.join(0.5)
        assert not told, "nobody knows yet whether the first will hold"
    other.join(20)
    assert [(one.problem.code, one.facts["order_id"]) for one in told] == [("number_known", str(taken.order.id))]
