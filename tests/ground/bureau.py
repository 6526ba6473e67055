"""云溪镇综合行政执法局 at work: people with certificates, all lists in force, and the lives of its penalty cases.

苏敏 and 林晓峰 investigate in 城中片区, 赵海 and 钱梅 in 城东片区; 周正 approves, 许斐 reviews, 方宁 chairs hearings.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from enforcement import starter
from enforcement.models import PenaltyCase
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.opening import Opening
from enforcement.rules.parties import Identity, Paper, PartyKind
from enforcement.services import editions, events, local_rules, parties, powers, provisions, tiers
from enforcement.services.cases import Wish, details, export, open_case, records, take_act
from tests import usual_acts
from tests.ground import cast as people
from tests.ground.cast import ACTOR, CERTIFICATES, EAST, INNER, LIN_XIAOFENG, SU_MIN, VALID_FROM, VALID_TO, Cast, Person
from tests.ground.web import HALF, LAT, LON, draw
from town import profile, staff
from town.access import Actor
from town.database import Database
from town.people import Role
from town.settings import Settings
from town.sheets import Sheets
from town.staff import CertificateEntry, PartnerEntry, PersonEntry

FOUNDED = dt.datetime(2026, 1, 12, 1, 0, tzinfo=dt.UTC)
"""Monday, 12 January 2026, 09:00 in Shanghai."""
CODE_DAY = dt.date(2026, 8, 15)
"""生态环境法典 in force."""
ZHOU_ZHENG = Person("zhouzheng", "周正", Role.APPROVER)
XU_FEI = Person("xufei", "许斐", Role.LEGAL_REVIEWER)
FANG_NING = Person("fangning", "方宁", Role.LEGAL_REVIEWER)
QIAN_MEI = Person("qianmei", "钱梅", Role.OFFICER, EAST)
LI_WEI = Person("liwei", "李卫", Role.OFFICER, INNER)
BUREAU = (ZHOU_ZHENG, XU_FEI, FANG_NING, QIAN_MEI, LI_WEI)
LAWYERS = {XU_FEI.login: "法职 0001", FANG_NING.login: "法职 0002"}
OFFICERS = {QIAN_MEI.login: "云执 0004", LI_WEI.login: "云执 0005"}

STALL_HOLDER = Identity(
    "周国英", Paper.ID_CARD, "11010519491231002X", address="云溪镇河东村 12 号", phone="13800000077"
)
"""当事人: an old lady who sells vegetables."""
RESTAURANT = Identity(
    "云川县喆堃餐饮管理有限公司",
    Paper.CREDIT_CODE,
    "91350200776049653A",
    address="云溪镇人民路 88 号",
    phone="0512-5550099",
    head="陈喆",
)


def settle(database: Database) -> None:
    """Everything before the first case: town, map, people, certificates, lists."""
    people.settle(database)
    draw(database)
    with database.write() as session:
        for one in starter.partners():
            staff.keep_partner(session, PartnerEntry(one.code, one.name, one.kind), ACTOR, FOUNDED)
        for person in BUREAU:
            entry = PersonEntry(person.login, person.name, (person.role,), person.squad, None)
            staff.keep_person(session, entry, people.hashed(), ACTOR, FOUNDED)
        for login, certificate in {**CERTIFICATES, **OFFICERS}.items():
            held = CertificateEntry(certificate, login, "行政执法证", "云川县人民政府", VALID_FROM, VALID_TO)
            staff.add_certificate(session, held, ACTOR, FOUNDED)
        for login, certificate in LAWYERS.items():
            held = CertificateEntry(certificate, login, "法律职业资格证", "司法部", VALID_FROM, dt.date(2099, 12, 31))
            staff.add_certificate(session, held, ACTOR, FOUNDED)
    _lists(database)


def _lists(database: Database) -> None:
    first, code = dt.date(2026, 1, 13), CODE_DAY
    for service, sheets, name, day in (
        (events, starter.events(), "事项 2026", first),
        (powers, _before_the_code(), "权力 2026 上半年", first),
        (powers, starter.demo_powers(), "权力 2026 下半年", code),
        (provisions, starter.provisions(), "罚则 2026", first),
        (tiers, starter.demo_tiers(), "裁量基准 2026", first),
        (local_rules, starter.demo_procedure(), "程序规定 2026", first),
    ):
        with database.write() as session:
            edition = service.import_edition(
                session, service.preview(session, sheets, day), name, actor=ACTOR, now=FOUNDED
            )
            if service is events:
                editions.activate(session, edition, day, actor=ACTOR, now=FOUNDED)
                continue
            editions.confirm(session, edition, XU_FEI.name, actor=ACTOR, now=FOUNDED)
            service.activate(session, edition, day, actor=ACTOR, now=FOUNDED)


def _before_the_code() -> Sheets:
    """The list as it stood while the old laws were in force: the same powers, conferred in January."""
    lines = starter.demo_power_rows()
    return starter.as_sheets(
        [{**one, "生效日期": str(starter.DEMO_FROM)} for one in lines], "权力清单（法典施行前）.csv"
    )


@dataclass
class Bureau:
    """The bureau: opens cases, and lets its people act in them. ``now`` moves only when a test says so."""

    database: Database
    settings: Settings
    cast: Cast
    now: dt.datetime = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
    parties: dict[str, uuid.UUID] = field(default_factory=dict)

    def actor(self, person: Person) -> Actor:
        account = self.cast.account(person)
        roles = frozenset(map(Role, account.roles))
        return Actor(f"account:{account.id}", account.id, None, roles, account.squad_id)

    def open(self, power: str = "SR003", **changes: Any) -> "Life":
        """A new case of 城中片区, found today."""
        with self.database.write() as session:
            row = open_case(session, self.actor(SU_MIN), self.opening(power, **changes), self.now)
            return Life(self, row.id)

    def opening(self, power: str, **changes: Any) -> Opening:
        today = self.today
        told: dict[str, Any] = {
            "order_id": None,
            "squad_id": self.cast.squad_id(INNER),
            "officers": (SU_MIN.login, LIN_XIAOFENG.login),
            "event_code": None,
            "power_code": power,
            "lon": LON - HALF,
            "lat": LAT,
            "grid_code": f"{INNER}-01",
            "in_town": True,
            "acted_from": today,
            "acted_on": today,
            "discovered_on": today,
            "source": "巡查发现",
            "words": "巡查时发现当事人在人行道上倾倒生活垃圾约一桶。",
        }
        return Opening(**{**told, **changes})

    @property
    def today(self) -> dt.date:
        with self.database.read() as session:
            return profile.local_day(session, self.now)

    def later(self, **span: float) -> None:
        """Time passes."""
        self.now += dt.timedelta(**span)

    def party(self, identity: Identity = STALL_HOLDER, kind: PartyKind = PartyKind.PERSON) -> str:
        """Keep somebody as a party."""
        with self.database.write() as session:
            return str(parties.keep(session, self.settings.master_key, kind, identity, ACTOR, self.now).id)


@dataclass
class Life:
    """One case, and what people do in it."""

    bureau: Bureau
    id: uuid.UUID

    def do(self, action: Action | str, by: Person = SU_MIN, /, **facts: Any) -> "Life":
        """An act with the usual facts and these; raises Refused."""
        action = Action(action)
        return self.take(action, by, {**usual_acts.facts(self, action), **facts})

    def take(self, action: Action, by: Person, said: Mapping[str, Any]) -> "Life":
        """An act with just these facts; raises Refused."""
        with self.bureau.database.write() as session:
            version = session.get_one(PenaltyCase, self.id).version
            wish = Wish(action, version, said)
            take_act(session, self.bureau.settings, self.bureau.actor(by), self.id, wish, self.bureau.now)
        return self

    def known(self, identity: Identity = STALL_HOLDER, kind: PartyKind = PartyKind.PERSON) -> "Life":
        """Somebody is found, and there is evidence that was verified."""
        self.do("name_party", party=self.bureau.party(identity, kind))
        return self.do("inspect").do("question").do("add_evidence").do("verify_evidence").do("no_correction")

    def filed(self) -> "Life":
        """立案."""
        return self.do("ask_filing").do("file", ZHOU_ZHENG)

    def told(self, **conclusion: Any) -> "Life":
        """调查终结 and the notice served in person."""
        self.do("conclude", **conclusion).do("approve_notice", ZHOU_ZHENG)
        return self.do("serve_notice")

    def heard(self) -> "Life":
        """The party waives what it may waive."""
        self.do("waive_defence")
        return self.do("waive_hearing") if self.case.notice.hearing else self

    def decided(self, **wish: Any) -> "Life":
        """The decision, made and served."""
        return self.do("submit_decision", **wish).do("decide", ZHOU_ZHENG).do("serve_decision")

    def closed(self) -> "Life":
        """结案 and 归档."""
        return self.do("ask_closing").do("close", ZHOU_ZHENG).do("archive")

    @property
    def row(self) -> PenaltyCase:
        with self.bureau.database.read() as session:
            return session.scalars(select(PenaltyCase).where(PenaltyCase.id == self.id)).one()

    @property
    def state(self) -> str:
        return self.row.state

    @property
    def case(self) -> Any:
        with self.bureau.database.read() as session:
            return records.load(session, self.id)

    def json(self) -> dict[str, Any]:
        with self.bureau.database.read() as session:
            row = session.get_one(PenaltyCase, self.id)
            return export.case_json(session, self.bureau.settings, row, self.bureau.now)

    def detail(self, who: Person = SU_MIN) -> Any:
        with self.bureau.database.read() as session:
            row = session.get_one(PenaltyCase, self.id)
            return details.detail(session, self.bureau.settings, self.bureau.actor(who), row, self.bureau.now)

    def paper(self, kind: str) -> str:
        """The id of the newest document of a kind."""
        return str([one.id for one in self.detail().documents if one.kind == kind][-1])


@pytest.fixture
def bureau(database: Database, cast: Cast, settings: Settings) -> Bureau:
    """The bureau on the test's database."""
    return Bureau(database, settings, cast)
