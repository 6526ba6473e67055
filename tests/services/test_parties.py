"""Parties kept: the same paper is the same party in every squad, every version opens, and nothing lies there in the clear."""

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from enforcement.models import Party, PartyVersion
from enforcement.rules.parties import Identity, Paper, PartyKind
from enforcement.services import parties
from tests.bare_cases import OPENED, open_bare
from tests.ground.cast import EAST, INNER
from tests.ground.databases import on_postgresql
from town import journal
from town.errors import Refused

KEY = "a master key of the tests, long enough to be one"
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SU_MIN, ZHAO_HAI = "account:苏敏", "account:赵海"
PERSON = PartyKind.PERSON
ZHOU = Identity(
    "周小英", Paper.ID_CARD, "11010519491231002X", dt.date(1949, 12, 31), "female", "云溪镇人民路12号", "13800000009"
)
CROWD = 12


def keep(database, identity=ZHOU, kind=PERSON, actor=SU_MIN, now=NOW):
    with database.write() as session:
        return parties.keep(session, KEY, kind, identity, actor, now)


def read(database, party, version=None, key=KEY):
    with database.read() as session:
        return parties.read(session, key, party.id, version)


def count(database, table):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_who_is_kept_is_read_back(database, town):
    assert read(database, keep(database)) == ZHOU


def test_the_same_paper_is_the_same_party_whichever_squad_meets_him(database, town):
    first, again = keep(database), keep(database, replace(ZHOU, number=" 11010519491231002x "), actor=ZHAO_HAI)
    assert (first.id, again.version) == (again.id, 1)
    assert count(database, PartyVersion) == 1


def test_what_is_told_differently_is_a_new_version_and_the_old_one_stays(database, town):
    keep(database)
    moved = keep(database, replace(ZHOU, address="云溪镇学前街3号"), actor=ZHAO_HAI)
    assert moved.version == 2
    assert read(database, moved).address == "云溪镇学前街3号"
    assert read(database, moved, 1) == ZHOU
    with database.read() as session:
        told = parties.history(session, KEY, moved.id)
    assert [(one.version, one.identity.address, one.actor) for one in told] == [
        (1, "云溪镇人民路12号", SU_MIN),
        (2, "云溪镇学前街3号", ZHAO_HAI),
    ]


def test_who_trades_now_is_the_same_party_under_another_kind(database, town):
    keep(database)
    assert keep(database, kind=PartyKind.SOLE_TRADER).version == 2


def test_who_shows_no_paper_is_somebody_new_every_time(database, town):
    unknown = Identity("周小英", birth=dt.date(1949, 12, 31), address="云溪镇")
    assert keep(database, unknown).id != keep(database, unknown).id


def test_known_finds_a_party_without_opening_anything(database, town):
    party = keep(database)
    with database.read() as session:
        found = parties.known(session, KEY, ZHOU)
        assert found is not None
        assert found.id == party.id
        assert parties.known(session, KEY, replace(ZHOU, number_kind=Paper.PASSPORT)) is None
        assert parties.known(session, KEY, Identity("周小英")) is None


def test_what_cannot_be_a_party_is_refused_and_nothing_is_kept(database, town):
    with pytest.raises(Refused, match="应是 17 位数字"):
        keep(database, replace(ZHOU, number="123"))
    assert count(database, Party) == 0


def test_an_early_credit_code_is_kept(database, town):
    works = Identity("云溪村", Paper.CREDIT_CODE, "91350100M0001TGQXM", address="云溪镇", head="郑万里")
    assert read(database, keep(database, works, PartyKind.ORGANISATION)) == works


def test_nobody_is_read_who_was_never_kept(database, town):
    party = keep(database)
    with pytest.raises(Refused, match="not_found"):
        read(database, party, 2)
    with pytest.raises(Refused, match="not_found"):
        read(database, Party(id=uuid.UUID(int=0)))


def test_another_master_key_opens_nothing(database, town):
    with pytest.raises(Refused, match="wrong_key"):
        read(database, keep(database), key=KEY + "!")


def test_a_version_opens_for_its_own_party_and_number_only(database, town):
    party, other = keep(database), keep(database, replace(ZHOU, number="110105194912310038"))
    with database.read() as session:
        row = session.get_one(PartyVersion, (party.id, 1))
        forged = PartyVersion(party_id=other.id, version=1, sealed=row.sealed, kept_at=NOW, actor=SU_MIN)
        with pytest.raises(Refused, match="wrong_key"):
            parties._opened(KEY, forged)


def test_neither_tables_nor_journal_hold_a_word_of_it(database, town):
    keep(database)
    moved = keep(database, replace(ZHOU, phone="13800000010"))
    with database.read() as session:
        rows = session.execute(text("select id, kind, tag from party")).all()
        rows += [(bytes(sealed),) for sealed in session.scalars(select(PartyVersion.sealed))]
        events = journal.events_of(session, f"party:{moved.id}")
    lying = f"{rows} {events}" + "".join(row[0].decode("latin-1") for row in rows if isinstance(row[0], bytes))
    assert [word for word in ("周", "小英", "1949", "1380000", "人民路", "11010519") if word in lying] == []
    assert [event.data for event in events] == [
        {"version": 1, "kind": "person", "changed": []},
        {"version": 2, "kind": "person", "changed": ["phone"]},
    ]


def test_what_was_told_is_never_changed_afterwards(database, town):
    keep(database)
    with pytest.raises(Exception, match=r"append-only|never"), database.write() as session:
        session.execute(text("update party_version set actor = 'x'"))


def test_the_cases_of_a_party_are_found_across_squads(listed, cast):
    party, other = keep(listed), keep(listed, replace(ZHOU, number="110105194912310038"))
    later = open_bare(listed, cast, squad=INNER, party=party.id, at=OPENED + dt.timedelta(1))
    earlier = open_bare(listed, cast, squad=EAST, party=party.id)
    open_bare(listed, cast, party=other.id)
    with listed.read() as session:
        found = parties.cases_of(session, party.id)
    assert [case.id for case in found] == [earlier, later]
    assert found[0].squad_id != found[1].squad_id


def test_a_crowd_that_meets_the_same_person_at_once_keeps_one(database, town):
    together = threading.Barrier(CROWD)

    def meet(n):
        together.wait(20)
        return keep(database, replace(ZHOU, phone=f"1380000{n % 3:04d}")).id

    with ThreadPoolExecutor(CROWD) as pool:
        assert len(set(pool.map(meet, range(CROWD)))) == 1
    with database.read() as session:
        (party,) = session.scalars(select(Party))
        versions = [told.version for told in parties.history(session, KEY, party.id)]
    assert versions == [*range(1, party.version + 1)]


@on_postgresql
def test_who_comes_second_waits_and_then_finds_the_party_as_it_is(database, town):
    kept = threading.Event()

    def second():
        kept.wait(20)
        return keep(database, replace(ZHOU, phone="13800000011"))

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second)
        with database.write() as session:
            first = parties.keep(session, KEY, PERSON, ZHOU, SU_MIN, NOW)
            kept.set()
            with pytest.raises(TimeoutError):
                waiting.result(0.4)
        again = waiting.result(20)
    assert (again.id, again.version) == (first.id, 2)
