"""Document numbers: one series without a gap, whoever approves at the same time and whoever takes it back."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, func, select, update

from enforcement.models import Document, DocumentNumber
from enforcement.rules.numbers import NumberKind
from enforcement.services import numbers
from tests.bare_cases import open_bare
from town import ids, journal
from town.database import Database
from town.errors import Refused

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
ORGAN, PREFIX = "yunxi", "云综执"
LEADER = "account:林晓峰"
APPROVALS = 50


@pytest.fixture
def case(listed, cast):
    return open_bare(listed, cast)


def allocate(database, case, kind=NumberKind.DECISION, year=2026, organ=ORGAN, prefix=PREFIX):
    with database.write() as session:
        return numbers.allocate(session, organ, kind, year, prefix, case, LEADER, NOW).text


def document(database, case, number):
    document_id = ids.new_id()
    with database.write() as session:
        session.add(
            Document(
                id=document_id, case_id=case, sequence=1, kind="decision", edition="1", title="行政处罚决定书",
                number=number, sha256="0" * 64, size=1, pages=1, content=b"", made_at=NOW, by=LEADER,
            )
        )  # fmt: skip
    return document_id


def void(database, text, reason="当事人姓名写错，重新制作"):
    with database.write() as session:
        return numbers.void(session, text, reason, LEADER, NOW)


def issue(database, case, text):
    paper = document(database, case, text)
    with database.write() as session:
        return numbers.issue(session, text, paper)


def found(database):
    with database.read() as session:
        return [(gap.kind, gap.fault.sequence, gap.fault.code) for gap in numbers.gaps(session)]


def sequences(database, year=2026):
    with database.read() as session:
        return [row.sequence for row in numbers.register(session, ORGAN, NumberKind.DECISION, year)]


def test_numbers_follow_each_other_by_kind_and_year(listed, case):
    made = [allocate(listed, case), allocate(listed, case), allocate(listed, case, NumberKind.FILING)]
    made += [allocate(listed, case, year=2027)]
    assert made == [
        "云综执罚决字〔2026〕第001号",
        "云综执罚决字〔2026〕第002号",
        "云综执立字〔2026〕第001号",
        "云综执罚决字〔2027〕第001号",
    ]
    assert found(listed) == []


def test_an_approval_that_is_taken_back_leaves_no_gap(listed, case):
    allocate(listed, case)
    with listed.write() as session:
        numbers.allocate(session, ORGAN, NumberKind.DECISION, 2026, PREFIX, case, LEADER, NOW)
        session.rollback()
    assert allocate(listed, case) == "云综执罚决字〔2026〕第002号"
    assert found(listed) == []


def test_a_number_is_outstanding_until_its_document_is_made(listed, case):
    text = allocate(listed, case)
    row = issue(listed, case, text)
    assert (row.state, row.text) == ("issued", text)
    assert row.document_id is not None


def test_a_void_number_is_kept_with_its_reason_and_never_used_again(listed, case):
    text = allocate(listed, case)
    void(listed, text, " 作废重做 ")
    assert allocate(listed, case) == "云综执罚决字〔2026〕第002号"
    with listed.read() as session:
        first, second = numbers.register(session, ORGAN, NumberKind.DECISION, 2026)
    assert (first.state, first.reason, second.state) == ("void", "作废重做", "outstanding")
    with pytest.raises(Refused, match="number_spent"):
        issue(listed, case, text)
    with pytest.raises(Refused, match="number_spent"):
        void(listed, text)


def test_an_issued_number_may_be_void_and_keeps_its_document(listed, case):
    text = allocate(listed, case)
    issue(listed, case, text)
    row = void(listed, text)
    assert (row.state, row.document_id is None) == ("void", False)
    assert found(listed) == []


def test_a_number_carries_one_document(listed, case):
    text = allocate(listed, case)
    issue(listed, case, text)
    with pytest.raises(Refused, match="已出文"):
        issue(listed, case, text)


def test_nobody_voids_without_a_reason(listed, case):
    with pytest.raises(Refused, match="missing_fact"):
        void(listed, allocate(listed, case), "  ")


def test_a_number_that_was_never_given_is_unknown(listed, case):
    with pytest.raises(Refused, match="number_unknown"):
        void(listed, "云综执罚决字〔2026〕第009号")


def test_two_organs_may_not_write_the_same_numbers(listed, case):
    allocate(listed, case)
    with pytest.raises(Refused, match="number_taken"):
        allocate(listed, case, organ="county")
    assert allocate(listed, case, organ="county", prefix="云川综执") == "云川综执罚决字〔2026〕第001号"
    assert found(listed) == []


def test_a_kind_without_a_mark_has_no_numbers(listed, case):
    with pytest.raises(ValueError, match="随便"):
        allocate(listed, case, kind="随便")


def test_every_number_stands_in_the_journal(listed, case):
    text = allocate(listed, case)
    void(listed, text)
    with listed.read() as session:
        events = journal.events_of(session, f"number:{text}")
    assert [(event.kind, event.actor) for event in events] == [("number.allocated", LEADER), ("number.void", LEADER)]
    assert events[0].data == {"case": str(case), "sequence": 1}


def test_what_somebody_did_to_the_table_by_hand_is_found(listed, case):
    texts = [allocate(listed, case) for _ in range(5)]
    assert found(listed) == []
    with listed.write() as session:
        session.execute(delete(DocumentNumber).where(DocumentNumber.text.in_([texts[1], texts[4]])))
        session.execute(update(DocumentNumber).where(DocumentNumber.text == texts[0]).values(state="void"))
        session.execute(update(DocumentNumber).where(DocumentNumber.text == texts[2]).values(sequence=9))
    assert found(listed) == [
        ("罚决", sequence, code)
        for sequence, code in [(2, "missing"), (3, "missing"), (5, "missing"), (9, "beyond"), (1, "unaccounted"), (9, "unnamed")]
    ]  # fmt: skip


@pytest.fixture
def crowd(listed, case):
    """Room for everybody at once, and what became of each approval."""
    wide = Database(listed.url.render_as_string(hide_password=False), pool_size=APPROVALS)

    def approve(place, taken_back=lambda place: False):
        try:
            with wide.write() as session:
                text = numbers.allocate(session, ORGAN, NumberKind.DECISION, 2026, PREFIX, case, LEADER, NOW).text
                if taken_back(place):
                    raise LookupError
        except LookupError:
            return None
        return text

    def all_at_once(taken_back=lambda place: False):
        with ThreadPoolExecutor(APPROVALS) as pool:
            return list(pool.map(lambda place: approve(place, taken_back), range(APPROVALS)))

    yield all_at_once
    wide.close()


def test_fifty_approve_the_years_first_decisions_at_once_and_get_fifty_numbers(listed, crowd):
    made = crowd()
    assert sorted(made) == [f"云综执罚决字〔2026〕第{n:03d}号" for n in range(1, APPROVALS + 1)]
    assert sequences(listed) == [*range(1, APPROVALS + 1)]
    assert found(listed) == []


def test_of_fifty_at_once_every_third_is_taken_back_and_nothing_is_missing(listed, crowd):
    made = [text for text in crowd(taken_back=lambda place: place % 3 == 0) if text]
    assert len(set(made)) == len(made) == 33
    assert sequences(listed) == [*range(1, 34)]
    assert found(listed) == []
    with listed.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentNumber)) == 33
