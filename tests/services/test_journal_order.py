"""One order for everybody: no reader misses a row or meets one twice, however the writers overlap."""

import random
import threading
import uuid

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ground.databases import number, on_postgresql, url_as
from tests.ground.postgresql import LEADER
from tests.journals import NOW, fill, following, leading, read_all, running, verdict, write_one
from town import journal
from town.journal.append import INSERT_EVENT
from town.journal.connection import connect

WRITERS, EACH = 4, 30
DAWDLE = 0.02


def append(session, subject):
    entry = journal.Entry(subject, 1, "order.received", "reporter", NOW, {})
    return journal.append_many(session, [entry])[0]


@on_postgresql
def test_who_commits_late_is_missed_by_nobody(database):
    with database.write() as slow:
        late = append(slow, "order:1")
        with database.write() as quick:
            early = append(quick, "order:2")
        number(database)
        assert [row.id for row in read_all(database)] == [early]
    number(database)
    assert [row.id for row in read_all(database, position=1)] == [late]
    assert verdict(database).sound


@on_postgresql
def test_a_row_that_is_never_committed_leaves_no_gap(database):
    with database.read() as given_up:
        append(given_up, "order:100")
        fill(database, 3)
        number(database)
    later = [_write(database, f"order:{n}") for n in (101, 102)]
    number(database)
    assert [row.position for row in read_all(database)] == [1, 2, 3, 4, 5]
    assert [row.id for row in read_all(database, position=3)] == later


def _write(database, subject):
    with database.write() as session:
        return append(session, subject)


def test_readers_see_every_row_exactly_once_while_writers_overlap(database):
    with leading(database), following(database) as one, following(database) as other:
        written = sorted(_all_at_once(database))
        for seen in (one, other):
            seen.wait_for(len(written))
    rows = read_all(database)
    assert sorted(row.id for row in rows) == written
    assert [row.id for row in rows] == one.ids == other.ids
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert verdict(database).sound


def test_the_versions_of_a_subject_are_numbered_in_their_order(database):
    with leading(database), following(database) as seen:
        seen.wait_for(len(_all_at_once(database)))
    versions: dict[str, list[int]] = {}
    for row in read_all(database):
        versions.setdefault(row.subject, []).append(row.version)
    assert versions
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values())


@on_postgresql
def test_two_leaders_without_a_lock_cannot_both_number_a_row(database):
    over = threading.Event()
    leaders = [threading.Thread(target=_number_without_lock, args=(database, over)) for _ in range(2)]
    for leader in leaders:
        leader.start()
    written = _all_at_once(database)
    over.set()
    for leader in leaders:
        leader.join()
    number(database)
    rows = read_all(database)
    assert sorted(row.id for row in rows) == sorted(written)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert verdict(database).sound


def _number_without_lock(database, over):
    with connect(url_as(database, LEADER), name="tests-numbering") as connection:
        while not over.is_set():
            try:
                journal.number_once(connection)
            except psycopg.errors.UniqueViolation:
                continue


@on_postgresql
def test_only_one_of_two_would_be_leaders_leads(database):
    with leading(database), leading(database), following(database) as seen:
        seen.wait_for(len(_all_at_once(database)))
        with database.read() as session:
            locks = "SELECT count(*), count(*) FILTER (WHERE granted) FROM pg_locks WHERE locktype = 'advisory'"
            assert session.connection().exec_driver_sql(locks).one() == (1, 1)
    assert verdict(database).sound


@on_postgresql
def test_a_row_that_was_numbered_already_does_not_stop_the_leader(database, owner):
    """A restored queue may still hold rows whose numbers were restored too."""
    fill(database, 3)
    number(database)
    with owner(database).write() as session:
        session.connection().exec_driver_sql("INSERT INTO journal_pending VALUES (1), (2), (77)")
    _write(database, "order:100")
    number(database)
    assert [row.position for row in read_all(database)] == [1, 2, 3, 4]
    assert verdict(database).sound


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
DATA = st.dictionaries(
    TEXT, st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
)
EVENT = st.fixed_dictionaries(
    {"kind": TEXT, "actor": TEXT, "at": st.datetimes(timezones=st.just(NOW.tzinfo)), "data": DATA}
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENT, min_size=1, max_size=5))
def test_the_same_events_have_the_same_hashes_on_both_engines(sqlite, postgresql, events):
    rows = [{"id": uuid.uuid4(), "subject": f"order:{uuid.uuid4()}", "version": 1, **event} for event in events]
    with sqlite.write() as session:
        written = [journal.Entry(**{name: row[name] for name in journal.Entry.__slots__}) for row in rows]
        ids = journal.append_many(session, written)
    with postgresql.write() as session:
        session.connection().execute(INSERT_EVENT, [{**row, "id": made} for row, made in zip(rows, ids, strict=True)])
    number(postgresql)
    with sqlite.read() as one, postgresql.read() as other:
        assert journal.head(one) == journal.head(other)
        last = journal.head(one)[0] - len(rows)
        assert journal.read_after(one, last) == journal.read_after(other, last)


def _all_at_once(database):
    """Several writers, each in his own thread; gives back the ids of what was committed."""
    written: list[uuid.UUID] = []

    def work(seed):
        luck = random.Random(seed)
        written.extend(filter(None, (write_one(database, luck, DAWDLE) for _ in range(EACH))))

    with running(*(lambda seed=seed: work(seed) for seed in range(WRITERS))):
        pass
    return written
