"""考核: months are frozen with their facts, chained, made again from them, and revised only by an appeal."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from dispatch.models import Order
from oversight.models import Snapshot
from oversight.rules.appeals import AppealGround
from oversight.rules.formula import STARTER
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import Ground
from oversight.services.appraisal import appeals, appraisal, formulas, verifying
from oversight.services.appraisal.appeals import Objection
from oversight.services.appraisal.verifying import Fault
from oversight.services.figures import exclusions
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, WU_YUE, ZHAO_HAI, ZHENG_YAN
from tests.ground.databases import on_postgresql
from tests.ground.web import IN_THE_MIDDLE_OF_EAST
from tests.services.order_lives import Lives, at
from town import journal
from town.errors import Refused

NOVEMBER = "2026-11"
DECEMBER = at("12-07 00:00")
"""The fifth working day of December 2026 begins."""
CLERK = "system:tests"
OWN_FORMULA = {
    "name": "云溪镇考核办法",
    "valid_from": "2026-12-01",
    "parts": [{"indicator": "response_rate", "weight": 100}],
    "difficulty": {"by": "kind", "weights": {"09": 150}},
    "digits": 1,
}


@pytest.fixture
def lives(listed, town, cast) -> Lives:
    """One order of 城中 that went well, one that nobody ever signed, and one of 城东."""
    lives = Lives(listed, town, cast)
    good = lives.report("11-04 09:00")
    lives.handle(good, "11-04 09:10", "11-04 09:40", "11-04 10:30")
    lives.close(good, "11-05 09:00", "11-05 10:00")
    lives.rate(good, "11-06 20:00")
    lives.unsigned = lives.report("11-04 11:00")
    lives.report("11-05 11:00", IN_THE_MIDDLE_OF_EAST)
    return lives


def freeze(lives, month=NOVEMBER, now=DECEMBER) -> Snapshot:
    with lives.database.write() as session:
        return appraisal.freeze(session, lives.town, month, CLERK, now)


def result(snapshot, squad=INNER):
    return next(row["result"] for row in snapshot.results["squads"] if row["key"] == squad)


def appeal(lives, told: Objection, by=LIN_XIAOFENG) -> uuid.UUID:
    with lives.database.write() as session:
        return appeals.ask(session, lives.actor(by), told, DECEMBER).id


def decide(lives, appeal_id, approve=True, by=ZHENG_YAN):
    with lives.database.write() as session:
        return appeals.decide(session, lives.town, lives.actor(by), appeal_id, approve, "看过记录", DECEMBER)


def verdicts(lives):
    with lives.database.read() as session:
        return list(verifying.verify(session, lives.town, DECEMBER))


def about(order_id, ground=AppealGround.NOT_OURS) -> Objection:
    return Objection(NOVEMBER, ground, "在河对岸，属邻镇", order_id)


def test_a_month_is_frozen_with_facts_results_and_digest(lives):
    frozen = freeze(lives)
    assert (frozen.month, frozen.revision, frozen.follows, len(frozen.facts)) == (NOVEMBER, 1, None, 3)
    assert [row["key"] for row in frozen.results["squads"]] == [EAST, INNER]
    inner = frozen.results["squads"][1]
    assert inner["values"]["response_rate"] == [1, 2]
    assert inner["result"] == "65.00"  # half of 20, 30 and 20, and the whole of 15 and 15
    with lives.database.read() as session:
        [event] = journal.events_of(session, f"appraisal:{NOVEMBER}")
    assert (event.kind, event.data["digest"], event.data["orders"]) == ("appraisal.frozen", frozen.digest, 3)


def test_a_frozen_month_holds_no_person_and_no_money(lives):
    written = str(freeze(lives).facts)
    for word in ("linxiaofeng", "林晓峰", "account", "fine", "13800000001"):
        assert word not in written


def test_a_month_is_frozen_once_and_not_before_it_is_over(lives):
    with pytest.raises(Refused, match="month_not_over"):
        freeze(lives, now=at("11-30 23:59"))
    freeze(lives)
    with pytest.raises(Refused, match="month_frozen"):
        freeze(lives)


def test_months_are_chained(lives):
    november, december = freeze(lives), freeze(lives, "2026-12", DECEMBER + dt.timedelta(days=30))
    assert december.follows == november.digest
    assert [one.sound for one in verdicts(lives)] == [True, True]


def test_what_happens_later_changes_nothing_in_a_frozen_month_nor_in_what_live_data_say_of_it(lives):
    frozen = freeze(lives)
    lives.handle(lives.unsigned, "12-08 09:10", "12-08 09:40", "12-08 10:30")
    lives.step(lives.unsigned, "12-08 11:00", "check", by=WU_YUE)
    assert verdicts(lives)[0].sound
    with lives.database.read() as session:
        assert not verifying.live(session, lives.town, session.get_one(Snapshot, frozen.id))


def test_what_was_put_right_since_is_told_as_a_difference_and_is_no_fault(lives):
    frozen = freeze(lives)
    with lives.database.write() as session:
        asked = exclusions.ask(session, lives.actor(CHEN_JING), lives.unsigned, Ground.NOT_OURS, "x", DECEMBER)
        exclusions.decide(session, lives.actor(ZHENG_YAN), asked.id, True, "x", DECEMBER)
    with lives.database.read() as session:
        there = verifying.live(session, lives.town, session.get_one(Snapshot, frozen.id))
    assert (there.added, there.gone, there.changed) == ((), (), (str(lives.unsigned),))
    assert verdicts(lives)[0].sound


def test_the_database_refuses_to_change_what_was_frozen(lives):
    freeze(lives)
    with pytest.raises(DatabaseError), lives.database.write() as session:
        session.execute(text("UPDATE appraisal_snapshot SET month = '2026-10'"))
    with pytest.raises(DatabaseError), lives.database.write() as session:
        session.execute(text("DELETE FROM appraisal_formula"))


@pytest.mark.parametrize(
    ("forged", "faults"),
    [
        (
            'facts = replace(facts, \'"responded_at":null\', \'"responded_at":"2026-11-04T03:00:00+00:00"\')',
            {Fault.DIGEST, Fault.RESULTS},
        ),
        ("results = replace(results, '65.00', '99.99')", {Fault.DIGEST, Fault.RESULTS}),
        ("facts = '[{}]'", {Fault.DIGEST, Fault.RESULTS}),
        ("frozen_by = 'somebody'", {Fault.DIGEST}),
        ("follows = 'ff'", {Fault.DIGEST, Fault.CHAIN}),
        ("digest = 'ff'", {Fault.DIGEST, Fault.JOURNAL}),
    ],
)
def test_whoever_gets_past_the_guards_is_found_out(lives, owner, forged, faults):
    freeze(lives)
    tamper(owner(lives.database), f"UPDATE appraisal_snapshot SET {forged}")
    assert set(verdicts(lives)[0].faults) == faults


def test_a_month_that_is_gone_is_missed(lives, owner):
    freeze(lives)
    tamper(owner(lives.database), "DELETE FROM appraisal_snapshot")
    assert [(one.month, one.faults) for one in verdicts(lives)] == [(NOVEMBER, (Fault.GONE,))]


def test_a_forged_formula_is_found_out(lives, owner):
    freeze(lives)
    tamper(owner(lives.database), "UPDATE appraisal_formula SET content = replace(content, '30', '31')")
    assert {Fault.DIGEST, Fault.FORMULA} <= set(verdicts(lives)[0].faults)


def test_the_house_proposal_counts_until_the_town_keeps_its_own(lives):
    with lives.database.write() as session:
        formulas.keep(session, OWN_FORMULA, CLERK, DECEMBER)
    november, december = freeze(lives), freeze(lives, "2026-12", DECEMBER + dt.timedelta(days=30))
    with lives.database.read() as session:
        names = {one.id: one.name for one in formulas.listed(session)}
    assert [names[one.formula_id] for one in (november, december)] == [STARTER.name, "云溪镇考核办法"]
    assert result(december) == "n/a"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"parts": [{"indicator": "fine_total", "weight": 100}]}, "只能用这些指标"),
        ({"name": STARTER.name}, "已有同名"),
        ({"valid_from": "2026-11-01"}, "已经冻结"),
    ],
)
def test_a_formula_that_may_not_be_is_refused(lives, changes, why):
    freeze(lives)
    with pytest.raises(Refused, match=why), lives.database.write() as session:
        formulas.keep(session, {**OWN_FORMULA, **changes}, CLERK, DECEMBER)


def test_a_squad_that_is_right_gets_a_new_revision_and_the_old_one_stays(lives):
    frozen = freeze(lives)
    decided = decide(lives, appeal(lives, about(lives.unsigned)))
    with lives.database.read() as session:
        first, second = session.scalars(select(Snapshot).order_by(Snapshot.revision))
    assert (first.digest, first.results) == (frozen.digest, frozen.results)
    assert (second.revision, second.because, second.follows) == (2, f"appeal:{decided.id}", first.digest)
    assert (result(first), result(second)) == ("65.00", "100.00")
    assert [fact["excluded"] for fact in second.facts if fact["id"] == str(lives.unsigned)] == ["not_ours"]
    assert [one.sound for one in verdicts(lives)] == [True, True]


def test_a_squad_that_is_not_right_gets_none(lives):
    freeze(lives)
    decide(lives, appeal(lives, about(lives.unsigned)), approve=False)
    assert len(verdicts(lives)) == 1


def test_figures_that_were_put_right_are_counted_again(lives):
    freeze(lives)
    with lives.database.write() as session:
        session.get_one(Order, lives.unsigned).severity = "urgent"
    told = Objection(NOVEMBER, AppealGround.WRONG_FIGURES, "应为紧急件", None, Indicator.RESPONSE)
    decide(lives, appeal(lives, told))
    with lives.database.read() as session:
        second = appraisal.find(session, NOVEMBER)
    assert second.revision == 2
    assert {fact["severity"] for fact in second.facts if fact["id"] == str(lives.unsigned)} == {"urgent"}
    assert all(one.sound for one in verdicts(lives))


def test_what_one_appeal_left_out_a_later_one_does_not_bring_back(lives):
    freeze(lives)
    for told in (
        about(lives.unsigned),
        Objection(NOVEMBER, AppealGround.WRONG_FIGURES, "再算一遍", None, Indicator.RESPONSE),
        about(lives.unsigned, AppealGround.WRONG_FIGURES),
    ):
        decide(lives, appeal(lives, told))
    with lives.database.read() as session:
        last = appraisal.find(session, NOVEMBER)
    assert last.revision == 4
    assert [fact["excluded"] for fact in last.facts if fact["id"] == str(lives.unsigned)] == ["not_ours"]


def test_an_appeal_names_an_own_order_or_a_figure(lives):
    freeze(lives)
    for told, code in (
        (about(None), "missing_fact"),
        (Objection(NOVEMBER, AppealGround.WRONG_FIGURES, "x"), "missing_fact"),
        (about(uuid.uuid4()), "not_in_month"),
        (Objection("2026-10", AppealGround.WRONG_FIGURES, "x", None, Indicator.RESPONSE), "not_found"),
    ):
        with pytest.raises(Refused, match=code):
            appeal(lives, told)
    with pytest.raises(Refused, match="not_in_month"):
        appeal(lives, about(lives.unsigned), by=ZHAO_HAI)


def test_an_appeal_is_decided_once_and_by_nobody_of_the_squad(lives, cast):
    freeze(lives)
    asked = appeal(lives, about(lives.unsigned))
    with lives.database.write() as session:
        session.merge(cast.account(ZHENG_YAN)).squad_id = cast.squad_id(INNER)
    own = Lives(
        lives.database, lives.town, type(cast)({**cast.accounts, ZHENG_YAN.login: moved(lives, cast)}, cast.squads)
    )
    with pytest.raises(Refused, match="own_squad"):
        decide(own, asked)
    with pytest.raises(Refused, match="second_person"):
        decide(lives, asked, by=LIN_XIAOFENG)
    decide(lives, asked, approve=False)
    with pytest.raises(Refused, match="decided_already"):
        decide(lives, asked)


def test_the_worker_freezes_a_month_on_the_fifth_working_day_of_the_next_and_once(lives):
    database = lives.database
    assert appraisal.freeze_when_due(database, DECEMBER - dt.timedelta(seconds=1)) == []
    assert appraisal.freeze_when_due(database, DECEMBER) == [NOVEMBER]
    assert appraisal.freeze_when_due(database, DECEMBER) == []


def test_a_worker_that_was_away_passes_over_no_month(lives):
    assert appraisal.freeze_when_due(lives.database, DECEMBER) == [NOVEMBER]
    later = at("12-31 00:00") + dt.timedelta(days=80)
    assert appraisal.freeze_when_due(lives.database, later) == ["2026-12", "2027-01", "2027-02"]
    assert [one.sound for one in verdicts(lives)] == [True] * 4


def test_nothing_is_frozen_from_before_the_town_was_founded(lives):
    assert appraisal.freeze_when_due(lives.database, at("11-20 00:00")) == []


def tamper(owned, statement: str) -> None:
    """As somebody who owns the tables and takes the guards away."""
    table = next(word for word in statement.split() if word.startswith("appraisal_"))
    with owned.write() as session:
        if owned.sqlite:
            for action in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER {table}_no_{action}"))
        else:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        session.execute(text(statement.replace(":null", "\\:null").replace(':"', '\\:"').replace(":0", "\\:0")))


def moved(lives, cast):
    account = cast.account(ZHENG_YAN)
    with lives.database.read() as session:
        return session.get_one(type(account), account.id)


@on_postgresql
def test_of_two_who_freeze_a_month_at_once_the_second_is_told_so(lives):
    with ThreadPoolExecutor(2) as pool:
        tried = [pool.submit(freeze, lives) for _ in range(2)]
    [refused] = [error for one in tried if (error := one.exception())]
    assert isinstance(refused, Refused)
    assert refused.problem.code == "month_frozen"
    assert [one.sound for one in verdicts(lives)] == [True]


@on_postgresql
def test_two_workers_freeze_every_month_once_and_in_one_chain(lives):
    later = DECEMBER + dt.timedelta(days=100)
    appraisal.freeze_when_due(lives.database, DECEMBER)
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(appraisal.freeze_when_due, lives.database, later) for _ in range(2)]
    assert sorted(month for one in done for month in one.result()) == ["2026-12", "2027-01", "2027-02"]
    assert [one.sound for one in verdicts(lives)] == [True] * 4
