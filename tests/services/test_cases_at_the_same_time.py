"""At the same time (同时办案): many approve, two do the same, a power goes while decisions are made. Nothing is done twice."""

import datetime as dt
import json
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from enforcement.models import CaseAct, DocumentNumber, EvidenceFile, Party, PenaltyCase
from enforcement.rules.cases.actions import Action
from enforcement.rules.parties import Identity, Paper
from enforcement.services import changes, numbers
from enforcement.services.cases import Wish, evidence, on_due, take_act
from tests.ground.bureau import STALL_HOLDER, ZHOU_ZHENG, Bureau, Life
from tests.ground.cast import ACTOR, LIN_XIAOFENG, SU_MIN, Person
from tests.ground.databases import number, on_postgresql
from tests.journals import verdict
from tests.lives_in_states import deciding, filing, performing, to_notify
from tests.oracle.checker import check
from tests.usual_acts import facts
from town import clock, ids, journal, watch
from town.database import Database
from town.errors import Refused

APPROVALS = 50
DECISIONS, AT_ONCE, BEFORE_IT_GOES = 20, 4, 5
CROWD = 6
PATIENCE = 60
A_MOMENT = 0.4
A = Action
POWER = "SR003"


@pytest.fixture
def crowded(bureau: Bureau) -> Iterator[Bureau]:
    """The bureau with room for everybody at once."""
    url = bureau.database.url.render_as_string(hide_password=False)
    wide = Database(url, pool_size=APPROVALS)
    yield replace(bureau, database=wide)
    wide.close()


def all_at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """What became of each; refusals by their code."""
    ready = threading.Barrier(len(tasks))

    def one(task: Callable[[], Any]) -> Any:
        ready.wait(PATIENCE)
        return refusal_or(task)

    with ThreadPoolExecutor(len(tasks)) as people:
        return [asked.result(PATIENCE) for asked in [people.submit(one, task) for task in tasks]]


def refusal_or(task: Callable[[], Any]) -> Any:
    try:
        return task()
    except Refused as refused:
        return refused.problem.code


def copies(life: Life, count: int, party: Callable[[int], str] | None = None) -> list[Life]:
    """As many more cases that came as far as this one; each against a party of its own, if it is said whose."""
    row, theirs = life.row, [party(place) if party else None for place in range(count)]
    with life.bureau.database.write() as session:
        acts = session.scalars(select(CaseAct).where(CaseAct.case_id == life.id).order_by(CaseAct.sequence)).all()
        return [Life(life.bureau, copy(session, row, acts, other)) for other in theirs]


def copy(session: Any, row: PenaltyCase, acts: Sequence[CaseAct], party: str | None) -> Any:
    case = ids.new_id()
    values = {one.name: getattr(row, one.name) for one in PenaltyCase.__table__.columns}
    session.add(PenaltyCase(**values | {"id": case, "party_id": uuid.UUID(party) if party else row.party_id}))
    session.flush()
    for act in acts:
        told = json.dumps(act.facts).replace(str(row.party_id), party or str(row.party_id))
        values = {one.name: getattr(act, one.name) for one in CaseAct.__table__.columns}
        session.add(CaseAct(**values | {"id": ids.new_id(), "case_id": case, "facts": json.loads(told)}))
        journal.append(
            session, subject=f"case:{case}", version=act.sequence, kind=f"case.{act.action}", actor=act.actor,
            at=act.recorded_at, data={},
        )  # fmt: skip
    return case


def doing(life: Life, action: Action, by: Person, **said: Any) -> Callable[[], str]:
    """An act on the version that is there now, ready to be done."""
    wish = Wish(action, life.row.version, {**facts(life, action), **said})
    who = life.bureau.actor(by)

    def do() -> str:
        with life.bureau.database.write() as session:
            take_act(session, life.bureau.settings, who, life.id, wish, life.bureau.now)
        return "done"

    return do


def patiently(task: Callable[[], str]) -> Callable[[], str]:
    """Whoever is told that the service is busy asks again (SQLite has one writer)."""

    def do() -> str:
        for _ in range(APPROVALS):
            try:
                return task()
            except OperationalError:
                continue
        raise TimeoutError

    return do


def register(bureau: Bureau, kind: str) -> list[DocumentNumber]:
    with bureau.database.read() as session:
        return numbers.register(session, "town", kind)


def sound(bureau: Bureau) -> None:
    """No number is missing or twice, and the journal is whole."""
    number(bureau.database)
    with bureau.database.read() as session:
        assert numbers.gaps(session) == ()
    assert verdict(bureau.database).sound


def test_fifty_cases_filed_at_once_get_fifty_numbers_without_a_gap(crowded):
    cases = copies(filing(crowded), APPROVALS, lambda place: nobody_else(crowded, place))
    outcomes = all_at_once(*(patiently(doing(case, A.FILE, ZHOU_ZHENG)) for case in cases))
    assert outcomes == ["done"] * APPROVALS
    rows = register(crowded, "立")
    assert [one.sequence for one in rows] == [*range(1, APPROVALS + 1)]
    assert {one.case_id for one in rows} == {case.id for case in cases}
    assert {one.state for one in rows} == {"issued"}
    assert len({one.document_id for one in rows}) == APPROVALS
    sound(crowded)


def nobody_else(bureau: Bureau, place: int) -> str:
    """Somebody who is not the others."""
    return bureau.party(Identity("周国英", Paper.PASSPORT, f"E{place:08d}", address=f"河东村 {place} 号"))


def test_of_two_who_serve_the_same_notice_one_has_done_it_and_the_other_is_told(crowded):
    life = to_notify(crowded)
    both = (SU_MIN, LIN_XIAOFENG) * (CROWD // 2)
    outcomes = all_at_once(*(doing(life, A.SERVE_NOTICE, person) for person in both))
    assert Counter(outcomes) == {"done": 1, "stale": CROWD - 1}
    assert [one.kind for one in life.detail().documents].count("service_receipt") == 1
    assert [one.sequence for one in register(crowded, "送")] == [1]
    assert check(life.json()) == []
    sound(crowded)


def test_an_approval_sent_twice_with_one_key_is_given_once(bureau, door):
    bureau.now = clock.now()
    life = filing(bureau)
    inside, path = door.signed_in(ZHOU_ZHENG), f"/api/v1/cases/{life.id}/acts"
    body: dict[str, Any] = {"action": A.FILE, "version": life.row.version, "facts": facts(life, A.FILE)}
    answers = all_at_once(*[lambda: inside.post(path, body, key="the-same-key-for-both")] * 2)
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    assert Counter(one.headers.get("Idempotency-Replayed") for one in answers) == {None: 1, "true": 1}
    assert (life.state, life.row.version) == ("investigating", body["version"] + 1)
    assert [one.sequence for one in register(bureau, "立")] == [1]


def test_no_decision_is_made_after_its_power_was_handed_back(crowded, record_property):
    *cases, latest = copies(deciding(crowded), DECISIONS + 1, lambda place: nobody_else(crowded, place))
    some = threading.Semaphore(0)

    def decide(case: Life) -> str:
        told = refusal_or(patiently(doing(case, A.DECIDE, ZHOU_ZHENG)))
        some.release()
        return told

    def hand_back() -> set[Any]:
        for _ in range(BEFORE_IT_GOES):
            some.acquire(timeout=PATIENCE)
        with crowded.database.write() as session:
            changes.hand_back(session, [POWER], crowded.today, "county", "云府〔2026〕51号", ACTOR, crowded.now)
            return decided(session)

    with ThreadPoolExecutor(AT_ONCE + 1) as people:
        going = people.submit(hand_back)
        outcomes = list(people.map(decide, cases))
        before_it_went = going.result(PATIENCE)
    with crowded.database.read() as session:
        assert decided(session) == before_it_went
    assert Counter(outcomes) == {"done": len(before_it_went), "case_stopped": DECISIONS - len(before_it_went)}
    assert len(before_it_went) >= BEFORE_IT_GOES
    assert refusal_or(doing(latest, A.DECIDE, ZHOU_ZHENG)) == "case_stopped"
    assert len(register(crowded, "罚决")) == len(before_it_went)
    sound(crowded)
    record_property("decided_before", len(before_it_went))


def decided(session: Any) -> set[Any]:
    return set(session.scalars(select(PenaltyCase.id).where(PenaltyCase.state == "decided")))


def test_two_officers_who_meet_the_same_stranger_at_once_name_one_party(crowded):
    lives = [crowded.open(POWER) for _ in range(CROWD)]

    def name(life: Life, by: Person) -> Callable[[], str]:
        return lambda: str(life.do(A.NAME_PARTY, by, party=crowded.party(STALL_HOLDER)).row.party_id)

    parties = all_at_once(*(name(life, (SU_MIN, LIN_XIAOFENG)[place % 2]) for place, life in enumerate(lives)))
    with crowded.database.read() as session:
        assert set(parties) == {str(one) for one in session.scalars(select(Party.id))}
        assert session.scalar(select(func.count()).select_from(Party)) == 1
    sound(crowded)


def test_the_same_file_sent_by_two_officers_at_once_is_kept_once(crowded):
    life = crowded.open(POWER)
    row = life.row

    def send() -> str:
        ready = evidence.admit(crowded.settings, row, "现场.jpg", b"one and the same picture")()
        with crowded.database.write() as session:
            return str(evidence.add(session, row, ready, ACTOR, crowded.now).id)

    assert len(set(all_at_once(*[send] * CROWD))) == 1
    with crowded.database.read() as session:
        assert session.scalar(select(func.count()).select_from(EvidenceFile)) == 1


def test_nobody_is_fined_twice_for_one_act_by_two_officers_at_once(crowded):
    one = crowded.open("SR001").known()
    cases = [one, *copies(one, CROWD - 1)]
    outcomes = all_at_once(*(patiently(doing(case, A.DECIDE_ON_SPOT, SU_MIN, fine_fen=2_500)) for case in cases))
    assert Counter(outcomes) == {"done": 1, "case_stopped": CROWD - 1}
    assert [one.sequence for one in register(crowded, "当罚")] == [1]
    sound(crowded)


def test_of_two_cases_about_one_act_that_go_to_filing_at_once_one_goes(crowded):
    one = crowded.open(POWER).known()
    cases = [one, *copies(one, CROWD - 1)]
    outcomes = all_at_once(*(patiently(doing(case, A.ASK_FILING, SU_MIN)) for case in cases))
    assert Counter(outcomes) == {"done": 1, "case_stopped": CROWD - 1}


def held(bureau: Bureau) -> Life:
    """Goods are held, and their time is about to be over."""
    return bureau.open(POWER).known().do(A.ASK_HOLD).do(A.APPROVE_HOLD, ZHOU_ZHENG)


def ring(bureau: Bureau, now: dt.datetime) -> None:
    watch.tick(bureau.database, now, on_due())


def last_moment(life: Life) -> dt.datetime:
    [due] = [one.due_at for one in life.detail().clocks if one.kind == "hold"]
    return due


def ends(life: Life) -> list[str]:
    """How the hold ended."""
    return [one["action"] for one in life.json()["acts"] if one["action"] in {"lapse_hold", "settle_hold"}]


@pytest.mark.parametrize("turn", range(3))
def test_goods_are_either_settled_in_time_or_their_hold_lapses(crowded, turn):
    life = held(crowded)
    crowded.now = last_moment(life) - dt.timedelta(seconds=1)
    late = crowded.now + dt.timedelta(seconds=2)
    settle = patiently(doing(life, A.SETTLE_HOLD, SU_MIN, settlement="testing"))
    told, _ = all_at_once(settle, lambda: ring(crowded, late))
    until_quiet(crowded, late)
    settled = told == "done"
    assert settled or told in {"stale", "case_stopped"}, told
    assert ends(life) == (["settle_hold"] if settled else ["lapse_hold"])
    crowded.now = late
    if not settled:
        assert refusal_or(doing(life, A.SETTLE_HOLD, SU_MIN, settlement="testing")) == "case_stopped"
        life.do(A.SETTLE_HOLD, settlement="returned")
    assert check(life.json()) == []
    sound(crowded)


def until_quiet(bureau: Bureau, now: dt.datetime) -> None:
    """The watch looks again at what it put off."""
    ring(bureau, now + watch.SHORTEST_PAUSE * 2)


@on_postgresql
def test_a_watch_that_comes_while_goods_are_being_settled_gives_way(crowded):
    life = held(crowded)
    crowded.now = last_moment(life) - dt.timedelta(seconds=1)
    late = crowded.now + dt.timedelta(seconds=2)
    wish = Wish(A.SETTLE_HOLD, life.row.version, facts(life, A.SETTLE_HOLD) | {"settlement": "testing"})
    with crowded.database.write() as session:
        take_act(session, crowded.settings, crowded.actor(SU_MIN), life.id, wish, crowded.now)
        ring(crowded, late)
    until_quiet(crowded, late)
    assert ends(life) == ["settle_hold"]
    assert check(life.json()) == []


@on_postgresql
def test_who_settles_goods_while_the_watch_lets_them_lapse_is_told(crowded):
    life = held(crowded)
    crowded.now = last_moment(life) - dt.timedelta(seconds=1)
    settle = doing(life, A.SETTLE_HOLD, SU_MIN, settlement="testing")
    lapsed, go_on = threading.Event(), threading.Event()

    def lapse(*due: Any) -> None:
        on_due()["hold"](*due)
        lapsed.set()
        go_on.wait(PATIENCE)

    with ThreadPoolExecutor(2) as people:
        late = crowded.now + dt.timedelta(seconds=2)
        watching = people.submit(watch.tick, crowded.database, late, {"hold": lapse})
        lapsed.wait(PATIENCE)
        settling = people.submit(refusal_or, settle)
        with pytest.raises(TimeoutError):
            settling.result(A_MOMENT)
        go_on.set()
        assert (watching.result(PATIENCE), settling.result(PATIENCE)) == (1, "stale")
    assert ends(life) == ["lapse_hold"]
    sound(crowded)


def test_two_who_enter_the_same_receipt_for_two_cases_at_once_are_told_apart(bureau):
    first = performing(bureau)
    cases = [first, *copies(first, 1, lambda place: nobody_else(bureau, place))]
    tasks = [patiently(doing(one, A.PAY, SU_MIN, receipt_number="苏财 0000777")) for one in cases]
    assert sorted(all_at_once(*tasks)) == ["case_stopped", "done"]
    assert sorted(len(one.case.payments) for one in cases) == [0, 1]
