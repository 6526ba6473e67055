"""The people of every test, and the town they live in.

小林 persuades, 苏敏 acts and 林晓峰 leads in 城中片区; 赵海 of 城东片区 is the outsider who must see nothing of it;
陈静 dispatches, 吴越 checks what others did, 郑严 supervises. 周阿姨 reports, and has no account.
Where a test asks for ``staffed``, 小吴 helps in 城中片区 and 钱工 answers for the gas company.
"""

import datetime as dt
import functools
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from dispatch.services import posts
from service.founding import NewTown, found
from town import accounts, ids, staff
from town.database import Database
from town.partners import PartnerKind
from town.people import Account, Role, Squad
from town.profile import Town
from town.staff import CertificateEntry, PartnerEntry, PersonEntry

SETTLED = dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC)
"""When the town and its people came to be: a Monday, 09:00 in Shanghai."""

ACTOR = "system:tests"
PASSWORD = "only-for-tests-2026"
"""Not the demo's: outside the demo nothing starts while somebody could sign in with that one."""
PRODUCTS_HASHER = accounts.HASHER
"""What hashes passwords outside the tests."""
CENTRE = (121.07, 31.57)
"""Longitude and latitude of the town's middle, CGCS2000."""

INNER, EAST = "CZ", "CD"
SQUADS = {INNER: "城中片区中队", EAST: "城东片区中队"}


@dataclass(frozen=True)
class Reporter:
    """Somebody who reports."""

    name: str
    phone: str


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    login: str
    name: str
    role: Role
    squad: str | None = None
    partner: str | None = None


AUNT_ZHOU = Reporter("周阿姨", "13800000001")
XIAO_LIN = Person("xiaolin", "小林", Role.GRID_WORKER)
LIN_XIAOFENG = Person("linxiaofeng", "林晓峰", Role.SQUAD_LEADER, INNER)
SU_MIN = Person("sumin", "苏敏", Role.OFFICER, INNER)
ZHAO_HAI = Person("zhaohai", "赵海", Role.SQUAD_LEADER, EAST)
CHEN_JING = Person("chenjing", "陈静", Role.DISPATCHER)
WU_YUE = Person("wuyue", "吴越", Role.CHECKER)
ZHENG_YAN = Person("zhengyan", "郑严", Role.SUPERVISOR)
PEOPLE = (XIAO_LIN, LIN_XIAOFENG, SU_MIN, ZHAO_HAI, CHEN_JING, WU_YUE, ZHENG_YAN)

COUNTY, GAS, WATER, LAND, POLICE = "county", "gas", "water", "land", "police"
PARTNERS = (
    PartnerEntry(COUNTY, "云川县", PartnerKind.COUNTY),
    PartnerEntry(GAS, "云川燃气", PartnerKind.UTILITY, "0512-5550001"),
    PartnerEntry(WATER, "云川水务", PartnerKind.UTILITY, "0512-5550002"),
    PartnerEntry(LAND, "县自然资源局", PartnerKind.DEPARTMENT),
    PartnerEntry(POLICE, "县公安局", PartnerKind.POLICE, "110"),
)
QIAN_GONG = Person("qiangong", "钱工", Role.PARTNER, partner=GAS)
XIAO_WU = Person("xiaowu", "小吴", Role.AUXILIARY, INNER)
NEWCOMERS = (QIAN_GONG, XIAO_WU)
CERTIFICATES = {LIN_XIAOFENG.login: "云执 0001", SU_MIN.login: "云执 0002", ZHAO_HAI.login: "云执 0003"}
VALID_FROM, VALID_TO = dt.date(2025, 1, 1), dt.date(2029, 12, 31)
POST_OF_XIAO_LIN = f"{INNER}-01"
"""The grid of 城中片区 that 小林 looks after."""


@dataclass(frozen=True)
class Cast:
    """The people as the database knows them."""

    accounts: dict[str, Account]
    squads: Mapping[str, Squad]

    def account(self, person: Person) -> Account:
        """The person's account."""
        return self.accounts[person.login]

    def actor(self, person: Person) -> str:
        """The person as the journal names him."""
        return f"account:{self.account(person).id}"

    def squad_id(self, code: str) -> uuid.UUID:
        """A squad's id by its code."""
        return self.squads[code].id


YUNXI = NewTown(
    code="yunxi",
    name="云溪镇",
    operator="云川县数据局",
    filing_number="云政移备 26-0137",
    complaints_url="https://yunxi.example/complaints",
)


def settle(database: Database) -> None:
    """Found the town, and let its squads and people move in."""
    with database.write() as session:
        found(session, YUNXI, SETTLED)
        squads = {code: Squad(id=ids.new_id(), code=code, name=name) for code, name in SQUADS.items()}
        session.add_all(squads.values())
        session.flush()
        for person in PEOPLE:
            squad = squads[person.squad].id if person.squad else None
            accounts.create(session, person.login, person.name, [person.role], squad, PASSWORD, SETTLED)


def take_up_posts(database: Database) -> None:
    """The officers show their certificates, the partners are known, 小吴 and 钱工 come, and 小林 takes up his post."""
    with database.write() as session:
        for partner in PARTNERS:
            staff.keep_partner(session, partner, ACTOR, SETTLED)
        for person in NEWCOMERS:
            entry = PersonEntry(person.login, person.name, (person.role,), person.squad, person.partner)
            staff.keep_person(session, entry, hashed(), ACTOR, SETTLED)
        for login, number in CERTIFICATES.items():
            held = CertificateEntry(number, login, "行政执法证", "云川县人民政府", VALID_FROM, VALID_TO)
            staff.add_certificate(session, held, ACTOR, SETTLED)
        posts.post_worker(session, POST_OF_XIAO_LIN, XIAO_LIN.login, ACTOR, SETTLED)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashing is slow so that guessing is; hundreds of tests sign in, and one of them looks at how slow it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def town(database: Database) -> Town:
    """云溪镇, with its calendar and its people."""
    with database.read() as session:
        return session.scalars(select(Town)).one()


@pytest.fixture
def cast(database: Database) -> Cast:
    """The people of 云溪镇."""
    return everybody(database)


def everybody(database: Database) -> Cast:
    """Who lives in a database."""
    with database.read() as session:
        found = {account.login: account for account in session.scalars(select(Account))}
        return Cast(found, {squad.code: squad for squad in session.scalars(select(Squad))})


@pytest.fixture
def staffed(database: Database) -> Database:
    """The mapped town with its officers' certificates, its partners, 小吴 and 钱工, and 小林 at his post."""
    return database


@functools.cache
def hashed() -> str:
    """Everybody's password, hashed once: hashing is slow on purpose."""
    return accounts.HASHER.hash(PASSWORD)
