"""Powers are suspended, resumed and handed back: recorded once, under a document, for everybody at once."""

import pytest
from sqlalchemy import func, select

from enforcement.models import PowerChange
from enforcement.rules.powers import Code
from enforcement.services import changes
from tests.services.test_powers_list import ACTOR, NOW, ONE, TODAY, in_force, line, on
from town import ids, journal, reference
from town.errors import Refused
from town.partners import Partner
from town.reference import Kind

DOCUMENT = "云政函〔2026〕9号"


@pytest.fixture(autouse=True)
def _partners(database, town):
    with database.write() as session:
        session.add(Partner(id=ids.new_id(), code="urban", name="县综合行政执法局", kind="department"))
        session.add(Partner(id=ids.new_id(), code="closed", name="已撤并", kind="department", active=False))


def suspend(database, codes, day=TODAY, **given):
    with database.write() as session:
        return changes.suspend(session, codes, day, DOCUMENT, actor=ACTOR, now=NOW, **given)


def resume(database, codes, day):
    with database.write() as session:
        return changes.resume(session, codes, day, DOCUMENT, actor=ACTOR, now=NOW)


def hand_back(database, codes, day=TODAY, to="urban", document=DOCUMENT):
    with database.write() as session:
        return changes.hand_back(session, codes, day, to, document, ACTOR, NOW)


def standings(database, *days):
    return [on(database, day).for_event("09006", day)[0][1].code for day in days]


def recorded(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(PowerChange))


def test_191_powers_are_handed_back_at_once(database):
    codes = [f"P{number:03}" for number in range(200)]
    in_force(database, *map(line, codes))
    day = TODAY + ONE
    hand_back(database, codes[:191], day)
    held = on(database, day)
    found = held.for_event("09006", day)
    assert [how.in_force for _, how in found].count(True) == 9
    assert {how.holder for _, how in found if not how.in_force} == {"urban"}
    assert all(how.in_force for _, how in on(database, TODAY).for_event("09006", TODAY))
    with database.read() as session:
        told = [event for code in codes for event in journal.events_of(session, f"power:{code}")]
    assert len(told) == 191
    assert {(one.kind, one.version) for one in told} == {("power.handed_back", 1)}
    assert told[0].data == {"from_day": "2026-11-24", "to": "urban", "document": DOCUMENT}


def test_a_hand_back_changes_what_the_town_decides_by(database):
    in_force(database, line("A"), line("B"))
    with database.read() as session:
        before = reference.seen(session)
    hand_back(database, ["A", "B"])
    with database.read() as session:
        after = reference.seen(session)
    assert [kind for kind in Kind if before[kind] != after[kind]] == [Kind.POWERS]


def test_a_power_rests_while_it_is_suspended(database):
    in_force(database, line("A"))
    suspend(database, ["A"], TODAY)
    resume(database, ["A"], TODAY + 5 * ONE)
    assert standings(database, TODAY, TODAY + 4 * ONE, TODAY + 5 * ONE) == [
        Code.SUSPENDED,
        Code.SUSPENDED,
        Code.IN_FORCE,
    ]
    with database.read() as session:
        assert [one.kind for one in changes.of(session, "A")] == ["suspended", "resumed"]
        told = [(one.version, one.kind) for one in journal.events_of(session, "power:A")]
    assert told == [(1, "power.suspended"), (2, "power.resumed")]


def test_a_change_holds_over_every_edition_of_the_list(database):
    in_force(database, line("A"))
    hand_back(database, ["A"])
    in_force(database, line("A"), line("B"), name="二版", day=TODAY + ONE)
    found = on(database, TODAY + ONE).for_event("09006", TODAY + ONE)
    assert [(power.code, how.code) for power, how in found] == [("B", Code.IN_FORCE), ("A", Code.HANDED_BACK)]


@pytest.mark.parametrize(
    ("codes", "given", "why"),
    [
        (["A", "Z"], {}, "没有 Z"),
        ([], {}, "权力代码"),
        (["A"], {"document": "  "}, "文号"),
        (["A"], {"to": "nobody"}, "nobody"),
        (["A"], {"to": "closed"}, "closed"),
    ],
)
def test_a_hand_back_that_is_not_complete_is_refused_whole(database, codes, given, why):
    in_force(database, line("A"))
    with pytest.raises(Refused, match=why):
        hand_back(database, codes, **given)
    assert recorded(database) == 0


def test_what_is_handed_back_is_handed_back_for_good(database):
    in_force(database, line("A"), line("B"))
    hand_back(database, ["A"])
    for again in (hand_back, suspend):
        with pytest.raises(Refused, match="A：已经退回"):
            again(database, ["A", "B"])
    with pytest.raises(Refused, match="已经退回"):
        resume(database, ["A"], TODAY + ONE)
    assert recorded(database) == 1


def test_the_same_hand_back_may_be_said_again_and_records_only_what_is_missing(database):
    in_force(database, line("A"), line("B"))
    hand_back(database, ["A"])
    with database.write() as session:
        again = changes.hand_back_missing(session, ["A", "B"], TODAY, "urban", DOCUMENT, ACTOR, NOW)
        assert [row.code for row in again] == ["B"]
        assert changes.hand_back_missing(session, ["A", "B"], TODAY, "urban", DOCUMENT, ACTOR, NOW) == []


def test_nothing_is_suspended_twice_or_resumed_without_being_suspended(database):
    in_force(database, line("A"))
    with pytest.raises(Refused, match="没有暂停"):
        resume(database, ["A"], TODAY)
    suspend(database, ["A"], TODAY)
    with pytest.raises(Refused, match="已经是暂停"):
        suspend(database, ["A"], TODAY + ONE)
    with pytest.raises(Refused, match="换一天"):
        resume(database, ["A"], TODAY)


def test_who_acts_during_a_suspension_may_be_named(database):
    in_force(database, line("A"))
    suspend(database, ["A"], to="urban")
    [(_, how)] = on(database).for_event("09006", TODAY)
    assert how.holder == "urban"
