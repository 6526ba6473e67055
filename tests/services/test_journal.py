"""One journal: written with the change it tells of, read by position, erasable where people's words stand."""

import datetime as dt
import threading
import uuid

import pytest
from sqlalchemy.exc import IntegrityError

from tests.ground.databases import number, on_postgresql, on_sqlite
from tests.journals import NOW, entry, fill, read_all
from town import clock, journal
from town.errors import Refused

REPORT = "report:周阿姨"


def append(database, version, subject="order:1", data=None):
    with database.write() as session:
        return journal.append(
            session,
            subject=subject,
            version=version,
            kind="order.received",
            actor="reporter",
            at=NOW,
            data=data or {"grid": "云溪-03", "photos": 2},
        )


def events(database, subject="order:1"):
    with database.read() as session:
        return journal.events_of(session, subject)


def test_what_was_written_is_read_back_as_it_was(database):
    identifier = append(database, 1)
    number(database)
    (row,) = read_all(database)
    assert (row.id, row.position, row.subject, row.version) == (identifier, 1, "order:1", 1)
    assert (row.at, row.kind, row.actor, row.data) == (
        NOW,
        "order.received",
        "reporter",
        {"grid": "云溪-03", "photos": 2},
    )


def test_nothing_is_written_when_the_change_is_given_up(database):
    with database.read() as session:
        journal.append_many(session, [entry(0), entry(1)])
    number(database)
    assert read_all(database) == []


def test_a_note_takes_the_next_version_of_its_subject(database):
    append(database, 1, "squad:1")
    append(database, 7, "squad:2")
    with database.write() as session:
        for subject in ("squad:1", "squad:2", "squad:3", "squad:3"):
            journal.note(session, subject=subject, kind="squad.changed", actor="system:tests", at=NOW, data={})
    versions = {
        subject: [row.version for row in events(database, subject)] for subject in ("squad:1", "squad:2", "squad:3")
    }
    assert versions == {"squad:1": [1, 2], "squad:2": [7, 8], "squad:3": [1, 2]}


def test_a_version_is_written_once(database):
    append(database, 1)
    with pytest.raises(Refused, match="stale") as refused:
        append(database, 1)
    assert refused.value.facts == {"current": 1}
    assert len(events(database)) == 1


def test_a_version_below_one_is_no_version(database):
    with pytest.raises(IntegrityError):
        append(database, 0)


def test_two_who_decide_at_once_write_one_version(database):
    start, outcomes = threading.Barrier(8), []

    def decide():
        start.wait()
        try:
            outcomes.append(append(database, 1))
        except Refused as refused:
            outcomes.append(refused.problem.code)

    threads = [threading.Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("stale") == 7
    assert len(events(database)) == 1


def test_the_history_of_a_subject_is_there_before_it_is_numbered(database):
    for version in (1, 2, 3):
        append(database, version)
    append(database, 1, subject="order:2")
    assert [event.version for event in events(database)] == [1, 2, 3]


@pytest.mark.parametrize("forbidden", [float("nan"), float("inf")])
def test_numbers_that_are_none_stay_out(database, forbidden):
    with pytest.raises(Exception, match="Out of range float"):
        append(database, 1, data={"x": forbidden})
    assert events(database) == []


def test_a_moment_without_a_zone_stays_out(database):
    with pytest.raises(Exception, match="offset-naive"), database.write() as session:
        journal.append_many(session, [entry(0, at=NOW.replace(tzinfo=None))])


def test_reading_in_pages_misses_nothing(database):
    written = fill(database, 250)
    number(database)
    rows = read_all(database)
    assert [row.id for row in rows] == written
    assert [row.position for row in rows] == list(range(1, 251))


def test_an_empty_journal_has_a_head_too(database):
    with database.read() as session:
        assert journal.head(session) == (0, bytes(32))
        assert journal.read_after(session, 0) == []


def test_the_head_is_the_last_row(database):
    fill(database)
    number(database)
    with database.read() as session:
        position, digest = journal.head(session)
    assert position == len(read_all(database))
    assert digest != bytes(32)


def test_a_cursor_only_goes_forward(database):
    def advance(position):
        with database.write() as session:
            journal.advance(session, "doorbell", position, NOW)
            return journal.cursor(session, "doorbell")

    with database.read() as session:
        assert journal.cursor(session, "doorbell") == 0
    assert [advance(position) for position in (5, 3, 9, 9, 1)] == [5, 5, 9, 9, 9]
    with database.read() as session:
        assert journal.cursor(session, "timeline") == 0


def keep(database, body, at=NOW, field="words"):
    with database.write() as session:
        return journal.keep_words(session, subject=REPORT, field=field, body=body, at=at)


def test_words_are_found_by_their_field_and_by_citation(database):
    cite = keep(database, "门口占道经营，推不过轮椅")
    keep(database, "13 号门口", field="place")
    with database.read() as session:
        assert journal.words_of(session, REPORT, "words") == "门口占道经营，推不过轮椅"
        assert journal.words_by_cite(session, cite) == "门口占道经营，推不过轮椅"
        assert journal.words_of(session, REPORT, "answer") is None


def test_the_newest_words_of_a_field_count_and_the_older_stay_cited(database):
    older = keep(database, "在路口")
    keep(database, "在桥头", at=NOW + dt.timedelta(microseconds=1))
    with database.read() as session:
        assert journal.words_of(session, REPORT, "words") == "在桥头"
        assert journal.words_by_cite(session, older) == "在路口"


def test_the_same_words_twice_are_cited_differently(database):
    assert keep(database, "占道") != keep(database, "占道")


def test_erased_words_are_gone_and_the_journal_stays_sound(database):
    cites = [keep(database, "占道"), keep(database, "门口", field="place")]
    append(database, 1, data={"words": cites[0]})
    with database.write() as session:
        assert journal.erase_words(session, REPORT, NOW) == 2
        assert journal.erase_words(session, REPORT, NOW) == 0
    number(database)
    with database.read() as session:
        assert journal.words_of(session, REPORT, "words") is None
        assert [journal.words_by_cite(session, cite) for cite in cites] == [None, None]
        assert journal.verify(session).sound


@on_postgresql
def test_rows_that_wait_for_their_number_are_counted_with_their_age(database):
    fill(database, 3)
    append(database, 1, subject="order:9")
    later = NOW + dt.timedelta(seconds=61)
    with database.read() as session:
        assert journal.lag(session) == 4
        assert journal.unnumbered_since(session, later, 60) == 4
        assert journal.unnumbered_since(session, later, 62) == 0
    number(database)
    with database.read() as session:
        assert journal.lag(session) == journal.unnumbered_since(session, later, 60) == 0


@on_sqlite
def test_on_sqlite_nothing_ever_waits(database):
    fill(database, 3)
    with database.read() as session:
        assert journal.lag(session) == journal.unnumbered_since(session, NOW + dt.timedelta(days=1), 60) == 0


def test_the_bell_rings_when_rows_are_numbered(database):
    bell = journal.Bell(database)
    ringing = threading.Timer(0.2, lambda: (append(database, 1), number(database)))
    started = clock.elapsed()
    ringing.start()
    bell.wait(30)
    waited = clock.elapsed() - started
    ringing.join()
    bell.close()
    assert waited < 15
    assert len(read_all(database)) == 1


def test_the_bell_remembers_what_rang_before_it_was_listened_to(database):
    bell = journal.Bell(database)
    append(database, 1)
    number(database)
    started = clock.elapsed()
    bell.wait(30)
    bell.close()
    assert clock.elapsed() - started < 15


def test_a_silent_bell_lets_its_reader_go(database):
    bell = journal.Bell(database)
    bell.wait(0.05)
    bell.close()


@on_postgresql
def test_a_bell_that_lost_its_line_rings_again(database, owner):
    bell = journal.Bell(database)
    with owner(database).write() as session:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wangge-reader'"
        session.connection().exec_driver_sql(ended)
    bell.wait(0.01)
    bell.wait(0.01)
    append(database, 1)
    number(database)
    started = clock.elapsed()
    bell.wait(30)
    bell.close()
    assert clock.elapsed() - started < 15


def test_an_id_is_older_when_it_was_made_earlier(database):
    written = fill(database, 20)
    assert written == sorted(written, key=uuid.UUID.__str__)
