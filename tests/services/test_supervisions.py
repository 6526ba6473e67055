"""督办单: numbered without a gap, answered in writing by a clock of its own, judged, and the 问责 line when nobody answers."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from dispatch.models import Order
from oversight.models import NoticeLine, Supervision
from oversight.services.supervision import alarms, supervisions
from tests.ground.cast import CHEN_JING, GAS, INNER, LIN_XIAOFENG, QIAN_GONG, SU_MIN, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.watched_town import MORNING, at, watched
from town import journal, watch
from town.errors import Refused
from town.partners import Partner
from town.profile import Town
from town.watch import Rung

__all__ = ["watched"]

LATE = "11-23 10:30"
PATIENCE = 60


@pytest.fixture
def issued(watched):
    """A 督办单 of the ladder's own, about an order of 城中 that nobody signed for."""
    watched.report(MORNING)
    watched.look(LATE)
    (paper,) = watched.papers()
    return paper


def by_hand(watched, person=ZHENG_YAN, when=MORNING, order=None, words="请说明"):
    order = order or watched.report(when)
    with watched.database.write() as session:
        return supervisions.issue_by_hand(session, watched.actor(person), f"order:{order}", words, at(when))


def refused(task, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        task(*args, **kwargs)
    return caught.value.problem.code


def test_the_ladder_issues_one_to_the_leader_of_the_squad_and_says_what_is_late(watched, issued):
    assert issued.number == "督办〔2026〕0001号"
    assert (issued.state, issued.squad_id) == ("issued", watched.cast.squad_id(INNER))
    assert watched.name(issued.account_id) == LIN_XIAOFENG.name
    clock = watched.clock(f"supervision:{issued.id}", "reply")
    assert (clock.amount, clock.unit, clock.due_at) == (1, "working_days", at("11-25 00:00"))
    with watched.database.read() as session:
        words = journal.words_of(session, f"supervision:{issued.id}", "issue")
        told = session.scalars(select(NoticeLine).where(NoticeLine.supervision_id == issued.id)).all()
    assert "「签收」时限已用到 300%" in (words or "")
    assert len(told) == 1
    assert [one.kind for one in watched.written(f"supervision:{issued.id}")] == ["supervision.issued"]


def test_a_matter_has_one_at_a_time(watched, issued):
    order = issued.subject.removeprefix("order:")
    clock = watched.clock(issued.subject, "answer")
    watched.reach(clock.id, "supervise", 150, "11-23 10:40")
    assert len(watched.papers()) == 1
    assert [one.level for one in watched.alarms(clock="answer")] == ["supervise"], "the alarm rings all the same"
    assert refused(by_hand, watched, order=order, when="11-23 10:50") == "supervision_open"


def test_it_is_answered_sent_back_answered_again_and_closed(watched, issued):
    replied = watched.answer(issued, "11-23 11:00", "reply", LIN_XIAOFENG, "当时在处置另一起占道，现已派人。")
    assert (replied.state, replied.replied_by) == ("replied", watched.cast.actor(LIN_XIAOFENG))
    assert watched.clock(f"supervision:{issued.id}", "reply").state == "met"
    back = watched.answer(replied, "11-23 14:00", "return", ZHENG_YAN, "没有写明为什么没有备班。")
    assert (back.state, back.returned) == ("returned", 1)
    again = watched.clock(f"supervision:{issued.id}", "reply")
    assert (again.round, again.state, again.due_at) == (2, "running", at("11-25 00:00"))
    replied = watched.answer(back, "11-23 15:00", "reply", LIN_XIAOFENG, "备班表已补。")
    closed = watched.answer(replied, "11-23 16:00", "close", ZHENG_YAN, "理由成立。", outcome="justified")
    assert (closed.state, closed.outcome, closed.version) == ("closed", "justified", 5)
    with watched.database.read() as session:
        events = journal.events_of(session, f"supervision:{issued.id}")
        words = [journal.words_by_cite(session, one.data["words"]) for one in events]
    assert [one.kind.removeprefix("supervision.") for one in events] == [
        "issued",
        "replied",
        "returned",
        "replied",
        "closed",
    ]
    assert words[1:] == ["当时在处置另一起占道，现已派人。", "没有写明为什么没有备班。", "备班表已补。", "理由成立。"]


def test_while_it_is_open_somebody_is_always_waited_for(watched, issued):
    def unmet(paper):
        with watched.database.read() as session:
            clocks = watch.of(session, f"supervision:{paper.id}")
        return [one.kind for one in clocks if one.met_at is None and one.state in ("running", "missed")]

    assert unmet(issued) == ["reply"]
    replied = watched.answer(issued, "11-23 11:00", "reply", LIN_XIAOFENG)
    assert unmet(replied) == ["close"]
    back = watched.answer(replied, "11-23 12:00", "return", ZHENG_YAN)
    assert unmet(back) == ["reply"]
    assert unmet(watched.answer(back, "11-23 13:00", "close", ZHENG_YAN, outcome="not_justified")) == []


def test_an_urgent_matter_is_answered_within_four_hours_by_night_too(watched):
    order = watched.report("11-23 22:00")
    with watched.database.write() as session:
        session.execute(update(Order).where(Order.id == order).values(severity="urgent"))
    by_hand(watched, when="11-23 22:30", order=order)
    assert watched.clock(f"supervision:{watched.papers()[0].id}", "reply").due_at == at("11-24 02:30")


def test_only_whom_it_is_addressed_to_answers_and_only_a_supervisor_judges(watched, issued):
    assert refused(watched.answer, issued, LATE, "reply", ZHAO_HAI) == "not_found"
    for person in (SU_MIN, CHEN_JING, ZHENG_YAN):
        assert refused(watched.answer, issued, LATE, "reply", person) == "forbidden"
    replied = watched.answer(issued, LATE, "reply", LIN_XIAOFENG)
    for person in (LIN_XIAOFENG, CHEN_JING, WU_YUE):
        assert refused(watched.answer, replied, LATE, "close", person, outcome="justified") == "forbidden"
    assert refused(watched.answer, replied, LATE, "close", ZHENG_YAN) == "missing_fact"
    assert refused(watched.answer, replied, LATE, "reply", LIN_XIAOFENG) == "illegal_supervision"
    assert refused(watched.answer, issued, LATE, "close", ZHENG_YAN, outcome="justified") == "stale"


def test_a_unit_answers_for_what_a_unit_holds(watched):
    order = watched.report(MORNING)
    with watched.database.write() as session:
        gas = session.scalars(select(Partner.id).where(Partner.code == GAS)).one()
        values = {"lane": "unit", "partner_id": gas, "squad_id": None}
        session.execute(update(Order).where(Order.id == order).values(values))
    paper = by_hand(watched, when=LATE, order=order)
    assert (paper.partner_id, watched.name(paper.account_id)) == (gas, QIAN_GONG.name)
    assert watched.answer(paper, LATE, "reply", QIAN_GONG).state == "replied"


def test_a_squad_where_nobody_is_left_is_answered_for_by_whoever_the_paper_was_brought_to(watched):
    watched.change(LIN_XIAOFENG, active=False)
    paper = by_hand(watched)
    assert watched.name(paper.account_id) == CHEN_JING.name
    assert watched.answer(paper, LATE, "reply", CHEN_JING).state == "replied"


def test_an_answer_that_does_not_come_reaches_the_accountability_line_once(watched, issued):
    with watched.database.write() as session:
        session.execute(update(Town).values(fallback=WU_YUE.login))
    watched.look("11-25 00:00")
    watched.look("11-26 09:00")
    (paper,) = watched.papers()
    assert paper.accountable_at == at("11-25 00:00")
    written = watched.written(f"supervision:{paper.id}")
    assert [one.kind for one in written] == ["supervision.issued", "supervision.accountable"]
    (alarm,) = watched.alarms(level="account")
    assert watched.name(alarm.account_id) == ZHENG_YAN.name
    rung = {watched.name(one.account_id): one.rung_at for one in watched.notices() if one.level == "account"}
    assert rung == {ZHENG_YAN.name: at("11-25 00:00"), WU_YUE.name: at("11-25 00:00")}, (
        "at midnight, and the fallback too"
    )
    late = watched.answer(paper, "11-26 09:00", "reply", LIN_XIAOFENG)
    assert (late.state, late.accountable_at) == ("replied", at("11-25 00:00")), "late is late, and still answered"


def test_a_supervisor_who_leaves_an_answer_lying_is_pressed_by_the_approver_and_no_paper_follows_a_paper(
    watched, issued
):
    watched.answer(issued, "11-23 11:00", "reply", LIN_XIAOFENG)
    clock = watched.clock(f"supervision:{issued.id}", "close")
    watched.reach(clock.id, "supervise", 150, "11-27 09:00")
    assert len(watched.papers()) == 1
    (alarm,) = watched.alarms(clock="close")
    assert watched.name(alarm.account_id) == CHEN_JING.name, "there is no approver in this town"
    assert ("supervisor", "is_the_one_who_is_late") in [(one["seat"], one["why"]) for one in alarm.passed]


def test_numbers_begin_anew_with_the_towns_own_year_and_a_paper_that_was_not_kept_leaves_no_gap(watched):
    assert by_hand(watched, when="12-31 23:59").number == "督办〔2026〕0001号"
    order = watched.report("12-31 23:59")
    with watched.database.write() as session:
        words = supervisions.issue_by_hand(session, watched.actor(ZHENG_YAN), f"order:{order}", "x", at("12-31 23:59"))
        assert words.number == "督办〔2026〕0002号"
        session.rollback()
    new_year = at("12-31 23:59") + dt.timedelta(minutes=1)
    with watched.database.write() as session:
        paper = supervisions.issue_by_hand(session, watched.actor(ZHENG_YAN), f"order:{order}", "x", new_year)
        assert paper.number == "督办〔2027〕0001号"
    assert by_hand(watched, when="12-31 23:59").number == "督办〔2026〕0002号"


def test_who_may_not_see_the_order_issues_nothing_about_it(watched):
    order = watched.report(MORNING)
    assert refused(by_hand, watched, person=ZHAO_HAI, order=order) == "not_found"
    paper = by_hand(watched, order=order)
    assert refused(by_hand, watched, order=paper.id) == "not_found"


def all_at_once(*tasks):
    """What became of each; refusals by their code."""
    ready = threading.Barrier(len(tasks))

    def one(task):
        ready.wait(PATIENCE)
        try:
            return task()
        except Refused as told:
            return told.problem.code

    with ThreadPoolExecutor(len(tasks)) as people:
        return [asked.result(PATIENCE) for asked in [people.submit(one, task) for task in tasks]]


def test_ten_at_once_get_ten_numbers_in_a_row(watched):
    orders = [watched.report(MORNING) for _ in range(10)]
    made = all_at_once(*(lambda order=order: by_hand(watched, order=order).number for order in orders))
    assert sorted(made) == [f"督办〔2026〕{place:04d}号" for place in range(1, 11)]


def test_of_two_papers_about_one_matter_at_once_one_is_issued_and_no_number_is_lost(watched):
    order = watched.report(MORNING)
    made = all_at_once(*(lambda: by_hand(watched, order=order).number for _ in range(4)))
    assert sorted(made) == ["supervision_open"] * 3 + ["督办〔2026〕0001号"]
    assert by_hand(watched).number == "督办〔2026〕0002号"


def test_of_an_answer_and_a_closing_at_once_one_is_told_to_look_again(watched):
    for number in range(5):
        paper = by_hand(watched)
        tasks = [
            lambda paper=paper: watched.answer(paper, LATE, "reply", LIN_XIAOFENG).state,
            lambda paper=paper: watched.answer(paper, LATE, "close", ZHENG_YAN, outcome="justified").state,
        ]
        became = all_at_once(*tasks)
        assert sorted(became) in (["closed", "stale"], ["replied", "stale"]), (number, became)
        written = [one.version for one in watched.written(f"supervision:{paper.id}")]
        assert written == [1, 2]


def test_the_same_rung_twice_at_once_is_one_alarm_one_paper_and_one_notice_each(watched):
    clock = watched.clock(f"order:{watched.report(MORNING)}", "accept")

    def reach():
        with watched.database.write() as session:
            alarms.on_rung(session, session.merge(clock), Rung("supervise", 300, at(LATE)), at(LATE))

    all_at_once(*[reach] * 6)
    assert len(watched.alarms()) == 1
    assert [one.number for one in watched.papers()] == ["督办〔2026〕0001号"]
    assert sorted((watched.name(one.account_id), one.count) for one in watched.notices()) == [
        ("林晓峰", 1),
        ("郑严", 1),
    ]


def test_what_was_written_can_be_erased_and_the_journal_holds(watched, issued):
    watched.answer(issued, LATE, "reply", LIN_XIAOFENG, "内有个人信息")
    with watched.database.write() as session:
        assert journal.erase_words(session, f"supervision:{issued.id}", at(LATE)) == 2
    with watched.database.read() as session:
        assert journal.words_of(session, f"supervision:{issued.id}", "reply") is None
        assert session.scalars(select(Supervision)).one().state == "replied"
