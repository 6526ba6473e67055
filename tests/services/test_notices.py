"""Notices: people are told together and once, not by night what can wait, and never about what is settled already."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from dispatch.models import Order
from oversight.services.supervision import notices
from oversight.services.supervision.notices import Told
from service import doorbell
from tests.ground.cast import CHEN_JING, INNER, LIN_XIAOFENG, ZHENG_YAN
from tests.ground.databases import number
from tests.watched_town import MORNING, at, watched
from town import journal
from town.errors import Refused

__all__ = ["watched"]

RED = Told("red", "ordinary")
NIGHT = "11-23 23:00"


def tell(watched, person, told, when, times=1):
    for _ in range(times):
        with watched.database.write() as session:
            notices.tell(session, watched.cast.account(person).id if person else None, told, at(when))


def ring(watched, when):
    with watched.database.write() as session:
        return notices.ring_due(session, at(when))


def see(watched, person, notice, when):
    with watched.database.write() as session:
        notices.see(session, watched.actor(person), notice.id, at(when))


def alarmed(watched, when, level="red", **order):
    """An alarm about a new order's 答复, reached at that moment; gives back the order's subject."""
    made = watched.report(MORNING)
    if order:
        with watched.database.write() as session:
            session.execute(update(Order).where(Order.id == made).values(order))
    watched.reach(watched.clock(f"order:{made}", "answer").id, level, 100, when)
    return f"order:{made}"


def test_what_comes_within_ten_minutes_is_one_notice_and_rings_once(watched):
    alarmed(watched, "11-23 10:00")
    assert ring(watched, "11-23 10:00") == 1
    alarmed(watched, "11-23 10:09")
    assert ring(watched, "11-23 10:09") == 0
    (notice,) = watched.notices(CHEN_JING)
    assert (notice.count, len(watched.lines(notice))) == (2, 2)


def test_after_ten_minutes_or_once_he_has_looked_it_is_told_anew(watched):
    alarmed(watched, "11-23 10:00")
    ring(watched, "11-23 10:00")
    see(watched, CHEN_JING, watched.notices(CHEN_JING)[0], "11-23 10:02")
    alarmed(watched, "11-23 10:03")
    ring(watched, "11-23 10:03")
    alarmed(watched, "11-23 10:14")
    ring(watched, "11-23 10:14")
    assert [one.count for one in watched.notices(CHEN_JING)] == [1, 1, 1]


def test_classes_of_levels_are_told_apart_so_that_the_worse_one_rings(watched):
    for level in ("remind", "urge", "yellow", "red"):
        tell(watched, CHEN_JING, Told(level, "ordinary"), "11-23 10:00")
    assert [(one.level, one.count) for one in watched.notices(CHEN_JING)] == [("urge", 2), ("yellow", 1), ("red", 1)]


def test_what_can_wait_is_gathered_over_night_and_rings_once_in_the_morning(watched):
    for hour in ("22:00", "23:30"):
        alarmed(watched, f"11-23 {hour}")
    alarmed(watched, "11-24 05:00")
    assert ring(watched, "11-24 06:59") == 0
    assert ring(watched, "11-24 07:00") == 1
    (notice,) = watched.notices(CHEN_JING)
    assert (notice.count, notice.rung_at) == (3, at("11-24 07:00"))


def test_what_is_urgent_rings_at_night_and_takes_with_it_what_waits(watched):
    alarmed(watched, "11-23 22:00")
    assert ring(watched, NIGHT) == 0
    alarmed(watched, NIGHT, severity="urgent")
    assert ring(watched, NIGHT) == 1
    (notice,) = watched.notices(CHEN_JING)
    assert notice.count == 2


def test_a_town_may_have_no_quiet_hours(watched):
    watched.set_town(quiet_from="07:00", quiet_until="07:00")
    alarmed(watched, NIGHT)
    assert ring(watched, NIGHT) == 1


def test_what_was_settled_over_night_rings_nobody(watched):
    subject = alarmed(watched, NIGHT)
    with watched.database.write() as session:
        notices_clock = watched.clock(subject, "answer")
        session.merge(notices_clock).met_at = at("11-24 06:00")
    assert ring(watched, "11-24 07:00") == 1
    (told,) = watched.written("notice:")
    assert (told.data["rings"], told.data["settled"]) == (False, True)


def test_what_he_has_looked_at_before_it_rang_rings_no_more(watched):
    alarmed(watched, NIGHT)
    see(watched, CHEN_JING, watched.notices(CHEN_JING)[0], "11-23 23:05")
    ring(watched, "11-24 07:00")
    (told,) = watched.written("notice:")
    assert (told.data["rings"], told.data["settled"]) == (False, False)


def test_a_notice_rings_the_tablets_of_its_persons_squad_and_nobody_elses(watched):
    alarmed(watched, "11-23 10:00", level="remind")
    alarmed(watched, "11-23 10:00", level="red")
    ring(watched, "11-23 10:00")
    number(watched.database)
    with watched.database.read() as session:
        rung = [one for one in journal.read_after(session, 0, 5000) if one.kind == "notice.rung"]
    squads = [squad for one in rung for squad in doorbell.rung_squads(one)]
    assert len(rung) == 2
    assert squads == [str(watched.cast.squad_id(INNER))], "the dispatcher has no squad"


def test_an_event_of_a_notice_says_nothing_but_ids_and_numbers(watched):
    tell(watched, LIN_XIAOFENG, RED, "11-23 10:00")
    ring(watched, "11-23 10:00")
    (told,) = watched.written("notice:")
    assert sorted(told.data) == ["account", "count", "level", "rings", "settled", "squad"]


def test_a_notice_is_its_persons_alone(watched):
    tell(watched, CHEN_JING, RED, "11-23 10:00")
    (notice,) = watched.notices()
    with pytest.raises(Refused) as refused:
        see(watched, ZHENG_YAN, notice, "11-23 10:01")
    assert refused.value.problem.code == "not_found"


def test_what_is_for_nobody_stands_at_the_desk_in_one_notice(watched):
    tell(watched, None, RED, "11-23 10:00", times=3)
    (notice,) = watched.notices()
    assert (notice.account_id, notice.count) == (None, 3)
    see(watched, CHEN_JING, notice, "11-23 10:01")


def test_two_who_ring_at_once_ring_it_once(watched):
    for person in (CHEN_JING, ZHENG_YAN, LIN_XIAOFENG):
        tell(watched, person, RED, "11-23 10:00")
    rung = _at_once(*[lambda: ring(watched, "11-23 10:00")] * 4)
    assert sum(rung) == 3
    assert len(watched.written("notice:")) == 3


def test_many_who_tell_one_person_at_once_fill_one_notice(watched):
    _at_once(*[lambda: tell(watched, CHEN_JING, RED, "11-23 10:00")] * 8)
    (notice,) = watched.notices(CHEN_JING)
    assert (notice.count, len(watched.lines(notice))) == (8, 8)


def _at_once(*tasks):
    ready = threading.Barrier(len(tasks))

    def one(task):
        ready.wait(60)
        return task()

    with ThreadPoolExecutor(len(tasks)) as people:
        return [asked.result(60) for asked in [people.submit(one, task) for task in tasks]]
