"""What a decision is made by is asked once, held until it is kept, and asked anew when it may have changed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, text

from tests.ground.cast import SETTLED
from tests.ground.databases import on_postgresql, on_sqlite
from tests.ground.lists import STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER
from town import reference
from town.reference import Kind

TABLES_READ = re.compile(r"^SELECT\b.*?\bFROM\s+(\w+)", re.DOTALL)


@contextmanager
def reads() -> Iterator[list[str]]:
    """The tables that are read, in order."""
    found: list[str] = []

    def hear(_connection, _cursor, statement, *_rest):
        if read := TABLES_READ.match(statement):
            found.append(read[1])

    event.listen(Engine, "before_cursor_execute", hear)
    yield found
    event.remove(Engine, "before_cursor_execute", hear)


@on_sqlite
def test_an_intake_reads_what_it_decides_by_once(listed, door):
    door.report(IN_THE_MIDDLE_OF_INNER, category=STALLS)
    with reads() as tables:
        receipt = door.report(IN_THE_MIDDLE_OF_EAST, category=STALLS)
    assert receipt["similar"] == {"count": 0, "can_join": False, "joined": False}
    assert tables == ["town", "reference", "work_order", "workday_edition", "journal_position"]


def test_who_holds_already_asks_nobody(database, cast):
    with database.write() as session:
        held = reference.hold(session)
        with reads() as tables:
            assert reference.hold(session) == held
        assert tables == []


def test_what_the_same_transaction_changes_it_sees(database, cast):
    with database.write() as session:
        before = reference.hold(session)
        reference.change(session, Kind.PEOPLE, SETTLED)
        after = reference.hold(session)
    assert before[Kind.PEOPLE] != after[Kind.PEOPLE]
    assert before[Kind.SERVING] == after[Kind.SERVING]


@on_postgresql
def test_what_was_held_in_a_savepoint_is_held_anew_after_its_rollback(database, cast):
    shared = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted")
    with database.write() as session:
        savepoint = session.begin_nested()
        reference.hold(session)
        savepoint.rollback()
        assert session.scalar(shared) == 0
        reference.hold(session)
        assert session.scalar(shared) == 1
