"""Orders and cases (工单转立案): an order goes into a penalty case, waits for it, and is told what came of it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import func, select

from dispatch.models import Order, Report
from dispatch.rules.handing_back import Rule
from dispatch.rules.handling_times import Clock
from dispatch.rules.workflow import Action, Outcome, State
from dispatch.services import (
    NewReport,
    cases,
    correcting,
    deciding,
    details,
    handing_back,
    intake,
    receive,
    steps,
    timeline,
)
from dispatch.services.cases import CaseWish, Found
from dispatch.services.correcting import Correction, Point
from dispatch.services.steps import Wish
from enforcement.models import PenaltyCase
from enforcement.rules.cases.actions import Action as Deed
from enforcement.rules.cases.states import State as CaseState
from enforcement.services import changes
from enforcement.services.cases import records
from service import answers, readers
from service import cases as reader
from tests.case_acts import enter
from tests.ground.cast import ACTOR, CHEN_JING, EAST, LAND, LIN_XIAOFENG, SU_MIN, WU_YUE, ZHAO_HAI, Person
from tests.ground.databases import number
from tests.ground.lists import POWER_OVER_RUBBISH, POWER_OVER_STALLS, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, MASTER_KEY, ON_THE_BORDER, OUT_OF_TOWN
from town import clock, journal, watch
from town.access import Actor
from town.errors import Refused
from town.people import Role

NOW = dt.datetime(2026, 11, 4, 4, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 4)
TWO = (LIN_XIAOFENG.login, SU_MIN.login)
WISH = CaseWish(TWO, "三张桌子占道，当事人不听劝导")
PROPOSAL = {"kinds": ["fine"], "fine_fen": 20_000, "factors": {}, "facts_found": "占道经营"}


class Town:
    """Reports, orders and cases of one town, and what people do about them."""

    def __init__(self, database, town, cast):
        self.database, self.town, self.cast, self.now = database, town, cast, NOW

    def report(self, place=IN_THE_MIDDLE_OF_INNER, category=STALLS):
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "占道", self.now, category=category)
        with self.database.write() as session:
            return receive(session, self.town, MASTER_KEY, new, self.now).order.id

    def on_site(self):
        order = self.report()
        self.step(LIN_XIAOFENG, order, Action.ACCEPT)
        self.step(LIN_XIAOFENG, order, Action.ARRIVE)
        return order

    def step(self, person: Person, order, action, **given):
        with self.database.write() as session:
            version = session.get_one(Order, order).version
            wish = Wish(action, version, {"words": "按规定办理", **given})
            return steps.take_step(session, self.actor(person), order, wish, self.now)

    def open(self, order, person=LIN_XIAOFENG, wish=WISH):
        with self.database.write() as session:
            version = session.get_one(Order, order).version
            return cases.open_from_order(session, self.actor(person), order, version, wish, self.now).id

    def find(self, person=LIN_XIAOFENG, place=IN_THE_MIDDLE_OF_INNER, power=POWER_OVER_STALLS, **more):
        found = Found(Point(place["lon"], place["lat"], "wgs84", 10.0), STALLS)
        with self.database.write() as session:
            crew = TWO if person in (LIN_XIAOFENG, SU_MIN) else (person.login,)
            wish = CaseWish(crew, "巡查时看见", power=power, **more)
            return cases.open_found(session, self.town, self.actor(person), wish, found, self.now)

    def actor(self, person: Person, *more: Role) -> Actor:
        account = self.cast.account(person)
        roles = frozenset({*map(Role, account.roles), *more})
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id)

    def enter(self, case_id, *deeds, **given):
        enter(self.database, case_id, deeds, self.cast.actor(SU_MIN), self.now, **given)

    def follow(self):
        """What the worker does, by its own clock: it follows the cases, and answers what was closed."""
        for name, act in ((reader.READER, reader.returning), (answers.READER, answers.answering)):
            number(self.database)
            while readers.read_on(self.database, name, act(self.database)):
                pass
        number(self.database)
        self.now = clock.now()

    def order(self, order):
        with self.database.read() as session:
            return session.get_one(Order, order)

    def clocks(self, order):
        with self.database.read() as session:
            return {clock.kind: clock for clock in watch.of(session, f"order:{order}")}

    def told(self, order):
        """What the reporter reads, line by line."""
        with self.database.read() as session:
            report = session.scalars(select(Report.id).where(Report.order_id == order)).first()
            lines = timeline.of(session, [f"report:{report}", f"order:{order}"], to_the_reporter=True)
            return [line.text for line in lines if not line.late]

    def kinds(self, order):
        with self.database.read() as session:
            return [event.kind for event in journal.events_of(session, f"order:{order}")]

    def detail(self, person, order):
        with self.database.read() as session:
            return details.detail(session, self.actor(person), session.get_one(Order, order), self.now)

    def count(self):
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(PenaltyCase))


@pytest.fixture
def yunxi(listed, town, cast):
    return Town(listed, town, cast)


def test_an_order_goes_the_whole_way_through_a_case_to_the_answer(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    assert yunxi.order(order).state == State.IN_CASE
    yunxi.enter(case, Deed.ASK_FILING, Deed.FILE)
    yunxi.follow()
    yunxi.enter(case, Deed.CONCLUDE, Deed.SUBMIT_DECISION, Deed.DECIDE, outcome="penalty", **PROPOSAL)
    yunxi.enter(case, Deed.SERVE_DECISION, manner="in_person", day=TODAY.isoformat())
    yunxi.enter(case, Deed.ASK_CLOSING, Deed.CLOSE)
    yunxi.follow()
    handled = yunxi.order(order)
    assert (handled.state, handled.outcome) == (State.HANDLED, Outcome.PENALISED)
    yunxi.step(WU_YUE, order, Action.CHECK)
    yunxi.step(WU_YUE, order, Action.CLOSE)
    yunxi.follow()
    assert yunxi.order(order).state == State.ANSWERED
    assert yunxi.told(order) == [
        "收到您的举报",
        "已派给城中片区中队",
        "签收",
        "到场查看",
        "转入案件查处",
        "已立案调查，办结后告知结果",
        "案件办结",
        "已核查，由没办过此件的人",
        "办结",
        "答复您",
    ]


def test_the_case_knows_the_order_and_nothing_of_who_reported_it(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    with yunxi.database.read() as session:
        row, kept = session.get_one(PenaltyCase, case), session.get_one(Order, order)
        (act,) = records.acts_of(session, case)
    assert (row.order_id, row.squad_id, row.power_code, row.event_code) == (
        order,
        kept.squad_id,
        POWER_OVER_STALLS,
        STALLS,
    )
    assert act.facts["given"] == {
        "power": POWER_OVER_STALLS,
        "event": STALLS,
        "order": str(order),
        "officers": list(TWO),
        "summary": WISH.words,
        "source": "投诉举报",
        "grid": "CZ-01",
        "in_town": True,
        "acted_from": TODAY.isoformat(),
        "acted_on": TODAY.isoformat(),
        "discovered_on": TODAY.isoformat(),
        "lon": act.facts["given"]["lon"],
        "lat": act.facts["given"]["lat"],
    }


def test_the_orders_own_clocks_end_where_the_case_has_its_own(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    clocks = yunxi.clocks(order)
    assert (clocks[Clock.HANDLE].state, clocks[Clock.ANSWER].met_at) == (watch.State.MET, None)
    yunxi.enter(case, Deed.ASK_FILING, Deed.FILE)
    yunxi.follow()
    assert yunxi.clocks(order)[Clock.ANSWER].met_at is not None
    yunxi.enter(case, Deed.WITHDRAW)
    yunxi.follow()
    waiting = {kind for kind, clock in yunxi.clocks(order).items() if clock.met_at is None}
    assert waiting == {Clock.CHECK, Clock.RESULT}


def test_a_case_opened_before_anybody_went_there_waits_for_no_arrival(yunxi):
    order = yunxi.report()
    yunxi.step(LIN_XIAOFENG, order, Action.ACCEPT)
    yunxi.open(order)
    assert yunxi.clocks(order)[Clock.ARRIVE].state == watch.State.DROPPED


ENDS = {
    "declined": ([Deed.DECLINE], None, Outcome.NO_VIOLATION),
    "withdrawn": ([Deed.ASK_FILING, Deed.FILE, Deed.WITHDRAW], None, Outcome.NO_VIOLATION),
    "transferred": ([Deed.TRANSFER], None, Outcome.TRANSFERRED),
    "punished": (None, "penalty", Outcome.PENALISED),
    "not punished": (None, "no_penalty", Outcome.NO_PENALTY),
    "not proven": (None, "not_proven", Outcome.NOT_PROVEN),
}
DECIDED = (Deed.ASK_FILING, Deed.FILE, Deed.CONCLUDE, Deed.SUBMIT_DECISION, Deed.DECIDE, Deed.SERVE_DECISION)


def decide(yunxi, case, outcome):
    yunxi.enter(case, *DECIDED, outcome=outcome, manner="in_person", day=TODAY.isoformat(), **PROPOSAL)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("archived", [False, True])
def test_what_came_of_a_case_is_told_honestly(yunxi, end, archived):
    deeds, outcome, told = ENDS[end]
    order = yunxi.on_site()
    case = yunxi.open(order)
    if deeds:
        yunxi.enter(case, *deeds)
    else:
        decide(yunxi, case, outcome)
        yunxi.enter(case, Deed.ASK_CLOSING, Deed.CLOSE)
    if archived:
        yunxi.enter(case, Deed.ARCHIVE)
    yunxi.follow()
    assert (yunxi.order(order).state, yunxi.order(order).outcome) == (State.HANDLED, told)


def test_a_decision_that_was_revoked_and_not_made_again_has_punished_nobody(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    decide(yunxi, case, "penalty")
    yunxi.enter(case, Deed.REVOKE, Deed.CLOSE)
    yunxi.follow()
    assert yunxi.order(order).outcome == Outcome.NO_PENALTY


def test_a_case_that_went_on_after_all_is_waited_for(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    yunxi.enter(case, Deed.TRANSFER, Deed.TAKE_BACK)
    yunxi.follow()
    assert yunxi.order(order).state == State.IN_CASE
    yunxi.enter(case, Deed.WITHDRAW)
    yunxi.follow()
    assert yunxi.order(order).outcome == Outcome.NO_VIOLATION


def test_what_the_reader_sees_twice_it_does_once(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    yunxi.enter(case, Deed.ASK_FILING, Deed.FILE, Deed.WITHDRAW)
    number(yunxi.database)
    with yunxi.database.read() as session:
        events = journal.read_after(session, 0, 500)
    bring_home = reader.returning(yunxi.database)
    for _ in range(3):
        assert bring_home(events)
    kinds = yunxi.kinds(order)
    assert [kinds.count(kind) for kind in ("order.told", "order.case_ended")] == [1, 1]
    with yunxi.database.write() as session:
        assert not cases.told(session, case, "filed", NOW)
        assert not cases.ended(session, case, NOW)
        assert not cases.ended(session, uuid.uuid4(), NOW)


def test_everybody_who_reported_it_is_told_that_it_was_filed(yunxi):
    order = yunxi.on_site()
    place = IN_THE_MIDDLE_OF_INNER
    with yunxi.database.write() as session:
        new = NewReport(place["lon"], place["lat"], "wgs84", 10.0, "又占道", NOW, source="letter", category=STALLS)
        located = deciding.locate(session, yunxi.town, new.x, new.y, new.crs, new.accuracy_m)
        intake.join(session, MASTER_KEY, session.get_one(Order, order), located, new, NOW)
    case = yunxi.open(order)
    yunxi.enter(case, Deed.ASK_FILING, Deed.FILE)
    yunxi.follow()
    with yunxi.database.read() as session:
        noted = [event.data["source"] for event in journal.read_after(session, 0, 500) if event.kind == "report.told"]
    assert sorted(noted) == ["app", "letter"]


def test_who_was_punished_on_the_spot_is_not_said_to_have_been_filed(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    yunxi.enter(case, Deed.DECIDE_ON_SPOT, outcome="penalty", **PROPOSAL)
    yunxi.follow()
    assert yunxi.told(order)[-1] == "已当场作出处理决定，办结后告知结果"


def test_nobody_who_had_a_hand_in_the_case_checks_the_order(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    yunxi.enter(case, Deed.DECLINE)
    yunxi.follow()
    for person in (LIN_XIAOFENG, SU_MIN):
        also_checker = yunxi.actor(person, Role.CHECKER)
        wish = Wish(Action.CHECK, yunxi.order(order).version)
        with pytest.raises(Refused, match="own_work"), yunxi.database.write() as session:
            steps.take_step(session, also_checker, order, wish, yunxi.now)
    yunxi.step(WU_YUE, order, Action.CHECK)


def test_a_refused_opening_leaves_the_order_as_it_was(yunxi):
    order = yunxi.on_site()
    before = yunxi.order(order).version
    wrong = {
        "power_unknown": CaseWish(TWO, "占道", power="XX404"),
        "person_unknown": CaseWish(("nobody", SU_MIN.login), "占道"),
        "act_days": CaseWish(TWO, "占道", acted_on=TODAY + dt.timedelta(days=1)),
    }
    for code, wish in wrong.items():
        with pytest.raises(Refused, match=code):
            yunxi.open(order, wish=wish)
    assert (yunxi.order(order).version, yunxi.count()) == (before, 0)


def test_an_order_without_a_power_needs_one_named(yunxi):
    order = yunxi.report(category="other")
    yunxi.step(LIN_XIAOFENG, order, Action.ACCEPT)
    with pytest.raises(Refused, match="missing_fact"):
        yunxi.open(order)
    case = yunxi.open(order, wish=CaseWish(TWO, "占道", power=POWER_OVER_RUBBISH))
    with yunxi.database.read() as session:
        row = session.get_one(PenaltyCase, case)
    assert (row.power_code, row.event_code) == (POWER_OVER_RUBBISH, None)


def test_two_cases_are_not_opened_at_once_out_of_one_order(yunxi):
    order = yunxi.on_site()
    yunxi.open(order)
    with pytest.raises(Refused, match="illegal_step"):
        yunxi.open(order, person=SU_MIN)
    assert yunxi.count() == 1


def test_only_a_case_says_that_somebody_was_punished(yunxi):
    order = yunxi.on_site()
    with pytest.raises(Refused, match="invalid"):
        yunxi.step(LIN_XIAOFENG, order, Action.HANDLE, outcome=Outcome.PENALISED)


def test_nobody_takes_an_order_out_of_its_case(yunxi):
    order = yunxi.on_site()
    yunxi.open(order)
    assert yunxi.detail(LIN_XIAOFENG, order).allowed == []
    assert yunxi.detail(CHEN_JING, order).allowed == []
    version = yunxi.order(order).version
    fix = Correction(version, "路东", Point(IN_THE_MIDDLE_OF_EAST["lon"], IN_THE_MIDDLE_OF_EAST["lat"], "wgs84"))
    with pytest.raises(Refused, match="illegal_step"), yunxi.database.write() as session:
        correcting.correct(session, yunxi.town, yunxi.actor(CHEN_JING), order, fix, NOW)
    with pytest.raises(Refused, match="illegal_step"):
        yunxi.step(CHEN_JING, order, Action.DISPATCH, squad=EAST)


def test_a_power_handed_back_leaves_the_order_in_its_case(yunxi):
    order = yunxi.on_site()
    case = yunxi.open(order)
    with yunxi.database.write() as session:
        changes.hand_back(session, [POWER_OVER_STALLS], TODAY, LAND, "云府〔2026〕51号", ACTOR, NOW)
        (receipt,) = handing_back.catch_up(session, ACTOR, NOW)
    assert (receipt.touched.moved.rule, receipt.letter) == (Rule.IN_CASE, None)
    with yunxi.database.write() as session:
        assert handing_back.catch_up(session, ACTOR, NOW) == []
    assert yunxi.order(order).state == State.IN_CASE
    yunxi.enter(case, Deed.TRANSFER)
    yunxi.follow()
    assert yunxi.order(order).outcome == Outcome.TRANSFERRED
    yunxi.step(WU_YUE, order, Action.REWORK)
    with yunxi.database.write() as session:
        (again,) = handing_back.catch_up(session, ACTOR, NOW)
    assert again.touched.moved.to_partner


def test_an_order_done_again_may_go_into_another_case_and_waits_for_that_one(yunxi):
    order = yunxi.on_site()
    first = yunxi.open(order)
    yunxi.enter(first, Deed.TRANSFER)
    yunxi.follow()
    yunxi.step(WU_YUE, order, Action.REWORK)
    yunxi.now += dt.timedelta(hours=1)
    second = yunxi.open(order)
    yunxi.enter(first, Deed.TAKE_BACK, Deed.WITHDRAW)
    yunxi.follow()
    assert yunxi.order(order).state == State.IN_CASE
    yunxi.enter(second, Deed.DECLINE)
    yunxi.follow()
    assert yunxi.order(order).state == State.HANDLED


def test_the_case_of_an_order_is_shown_to_those_who_may_see_it(yunxi):
    order = yunxi.on_site()
    assert yunxi.detail(LIN_XIAOFENG, order).can_open_case
    assert not yunxi.detail(CHEN_JING, order).can_open_case
    case = yunxi.open(order)
    for person in (SU_MIN, CHEN_JING, WU_YUE):
        shown = yunxi.detail(person, order).case
        assert (shown.id, shown.state, shown.code) == (case, CaseState.SOURCE, None)
    assert not yunxi.detail(LIN_XIAOFENG, order).can_open_case


def test_a_squad_opens_a_case_of_what_it_found_where_it_serves(yunxi):
    case = yunxi.find()
    assert (case.order_id, case.squad_id, case.grid_code) == (None, yunxi.cast.squad_id("CZ"), "CZ-01")
    with yunxi.database.read() as session:
        (act,) = records.acts_of(session, case.id)
    assert (act.facts["given"]["source"], act.facts["given"]["in_town"]) == ("检查发现", True)


def test_where_another_squad_serves_it_is_theirs_to_act(yunxi):
    with pytest.raises(Refused, match="城东片区中队"):
        yunxi.find(place=IN_THE_MIDDLE_OF_EAST)
    assert yunxi.find(person=ZHAO_HAI, place=IN_THE_MIDDLE_OF_EAST).grid_code == "CD-01"
    assert yunxi.find(place=ON_THE_BORDER).squad_id == yunxi.cast.squad_id("CZ")


def test_a_place_out_of_town_is_kept_as_such(yunxi):
    case = yunxi.find(place=OUT_OF_TOWN)
    with yunxi.database.read() as session:
        (act,) = records.acts_of(session, case.id)
    assert (case.grid_code, act.facts["given"]["in_town"]) == (None, False)
