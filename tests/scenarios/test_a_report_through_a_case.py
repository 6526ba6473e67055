"""One report through a penalty case to its answer (举报、立案、处罚、办结、核查、答复), every act taken as the law has it."""

import pytest

from dispatch.models import Order
from dispatch.rules.workflow import Action, Outcome, State
from dispatch.services import NewReport, cases, receive, steps, timeline
from dispatch.services.cases import CaseWish
from dispatch.services.steps import Wish
from service import answers, readers
from service import cases as reader
from tests.ground.bureau import STALL_HOLDER, ZHOU_ZHENG, Life
from tests.ground.cast import LIN_XIAOFENG, SU_MIN, WU_YUE
from tests.ground.databases import number
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, MASTER_KEY
from town import clock, journal, profile

LITTER = "SR003"
WORDS = "人行道上倒了一桶泔水"
BEFORE = ["收到您的举报", "已派给城中片区中队", "签收", "到场查看", "转入案件查处"]
AFTER = ["案件办结", "已核查，由没办过此件的人", "办结", "答复您"]


class Matter:
    """One report, the order that came of it, and the case that came of the order."""

    def __init__(self, bureau):
        self.bureau = bureau
        place = IN_THE_MIDDLE_OF_INNER
        new = NewReport(
            place["lon"], place["lat"], "wgs84", 10.0, WORDS, bureau.now, name="周阿姨", phone="13800000001"
        )
        with bureau.database.write() as session:
            received = receive(session, profile.current(session), MASTER_KEY, new, bureau.now)
        self.report, self.order = received.report.id, received.order.id
        for action in (Action.ACCEPT, Action.ARRIVE):
            self.step(SU_MIN, action)

    def step(self, person, action, **given):
        with self.bureau.database.write() as session:
            wish = Wish(action, session.get_one(Order, self.order).version, given)
            return steps.take_step(session, self.bureau.actor(person), self.order, wish, self.bureau.now)

    def to_case(self):
        wish = CaseWish((SU_MIN.login, LIN_XIAOFENG.login), "当事人在人行道上倾倒厨余垃圾约一桶。", LITTER)
        with self.bureau.database.write() as session:
            version = session.get_one(Order, self.order).version
            case = cases.open_from_order(session, self.bureau.actor(SU_MIN), self.order, version, wish, self.bureau.now)
        return Life(self.bureau, case.id)

    def follow(self):
        """What the worker does meanwhile, by its own clock."""
        database = self.bureau.database
        for name, act in ((reader.READER, reader.returning), (answers.READER, answers.answering)):
            number(database)
            while readers.read_on(database, name, act(database)):
                number(database)

    def state(self):
        with self.bureau.database.read() as session:
            order = session.get_one(Order, self.order)
        return order.state, order.outcome

    def settle(self):
        self.bureau.now = clock.now()
        self.step(WU_YUE, Action.CHECK)
        self.step(WU_YUE, Action.CLOSE, words="经调查，已依法作出处理。")
        self.follow()

    def told(self):
        """What the reporter reads."""
        with self.bureau.database.read() as session:
            subjects = [f"report:{self.report}", f"order:{self.order}"]
            return [line.text for line in timeline.of(session, subjects, to_the_reporter=True) if not line.late]

    def journalled(self):
        """Everything the journal tells of the order and the report, as it is kept."""
        with self.bureau.database.read() as session:
            told = [
                *journal.events_of(session, f"order:{self.order}"),
                *journal.events_of(session, f"report:{self.report}"),
            ]
        return str([event.data for event in told])


@pytest.fixture
def matter(bureau) -> Matter:
    return Matter(bureau)


def test_a_report_is_answered_when_the_fine_of_the_ordinary_procedure_is_paid(matter, bureau):
    life = matter.to_case()
    for action in ("name_party", "inspect", "question", "add_evidence", "verify_evidence", "order_correction"):
        life.do(action)
    life.do("ask_filing").do("file", ZHOU_ZHENG)
    matter.follow()
    assert matter.state() == (State.IN_CASE, None)
    life.do("recheck_correction").do("conclude").do("approve_notice", ZHOU_ZHENG).do("serve_notice")
    bureau.later(days=7)
    life.do("submit_decision").do("decide", ZHOU_ZHENG).do("serve_decision").do("pay").do("ask_closing")
    matter.follow()
    assert matter.state() == (State.IN_CASE, None)
    life.do("close", ZHOU_ZHENG)
    matter.follow()
    assert matter.state() == (State.HANDLED, Outcome.PENALISED)
    matter.settle()
    assert matter.state() == (State.ANSWERED, Outcome.PENALISED)
    assert matter.told() == [*BEFORE, "已立案调查，办结后告知结果", *AFTER]


def test_a_report_is_answered_when_a_fine_on_the_spot_is_paid(matter):
    life = matter.to_case()
    for action in ("name_party", "question", "add_evidence", "order_correction", "decide_on_spot"):
        life.do(action)
    matter.follow()
    life.do("report_on_spot").do("recheck_correction").do("pay").do("ask_closing").do("close", ZHOU_ZHENG)
    matter.follow()
    matter.settle()
    assert matter.state() == (State.ANSWERED, Outcome.PENALISED)
    assert matter.told() == [*BEFORE, "已当场作出处理决定，办结后告知结果", *AFTER]


def test_what_the_approver_does_not_file_is_answered_too(matter):
    life = matter.to_case()
    life.do("name_party").do("ask_filing").do("decline", ZHOU_ZHENG)
    matter.follow()
    matter.settle()
    assert matter.state() == (State.ANSWERED, Outcome.NO_VIOLATION)
    assert matter.told() == [*BEFORE, *AFTER]


def test_neither_hears_of_the_other(matter):
    """The reporter reads nothing of the party, the case nothing of the reporter, the journal of neither."""
    life = matter.to_case()
    life.do("name_party").do("question").do("ask_filing").do("file", ZHOU_ZHENG)
    life.do("withdraw", ZHOU_ZHENG)
    matter.follow()
    matter.settle()
    party = [STALL_HOLDER.name, str(STALL_HOLDER.number), str(STALL_HOLDER.phone), str(STALL_HOLDER.address), "泔水"]
    assert not [word for word in party if word in f"{matter.told()} {matter.journalled()}"]
    case = str(life.json())
    assert STALL_HOLDER.name in case
    assert not [word for word in ("周阿姨", "13800000001", WORDS, str(matter.report)) if word in case]
