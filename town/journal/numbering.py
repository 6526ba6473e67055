"""The numbering leader (PostgreSQL): gives committed rows their place in the one order, chained, without a gap.

Any number of processes may want to lead; an advisory lock lets one. Should two lead all the same, the primary key of
``journal_position`` lets only one of them commit. SQLite needs no leader: there the writer numbers itself.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
import structlog

from town.clock import microseconds
from town.journal import chain
from town.journal.connection import connect

LOCK = 4711
BATCH = 1000
COALESCE = 0.005
HEARTBEAT = 0.1
CANDIDATE_PAUSE = 0.5
RETRY_PAUSE = 0.5

NEWEST = "SELECT position, hash FROM journal_position ORDER BY position DESC LIMIT 1"
TAKE = """
    WITH taken AS (
        DELETE FROM journal_pending
        WHERE seq = ANY (ARRAY(SELECT seq FROM journal_pending ORDER BY seq LIMIT %s))
        RETURNING seq
    )
    SELECT seq, id, subject, version, at, kind, actor, data
    FROM taken JOIN journal USING (seq) LEFT JOIN journal_position USING (seq)
    WHERE position IS NULL ORDER BY seq
"""
PUT = "INSERT INTO journal_position (position, seq, hash) SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"

log = structlog.get_logger()


def number_once(connection: psycopg.Connection[Any]) -> int:
    """Number what is committed and waiting, at most BATCH rows, in one transaction. Gives back how many.

    Rows are taken in the order of ``seq`` over all that wait, never "above the last one": a late committer holds a low
    ``seq`` and must not be passed over.
    """
    with connection.transaction():
        position, digest = connection.execute(NEWEST).fetchone() or (0, chain.START)
        rows = connection.execute(TAKE, (BATCH,)).fetchall()
        if rows:
            positions, hashes = zip(*chain.extend(position, digest, map(_as_chained, rows)), strict=True)
            connection.execute(PUT, (list(positions), [row[0] for row in rows], list(hashes)))
            connection.execute("SELECT pg_notify('journal', '')")
    return len(rows)


def lead(url: str, stop: Callable[[], bool]) -> None:
    """Lead, or stand by to lead, until ``stop`` says so. A lost connection is begun again.

    ``url`` must reach PostgreSQL directly: lock, bell and numbering live on one session, which a pooler would share.
    """
    while not stop():
        try:
            with connect(url, name="wangge-numbering") as connection:
                if _elected(connection, stop):
                    log.info("journal.leading")
                    _number_until(connection, stop)
        except psycopg.Error as error:
            log.warning("journal.leader_lost", error=str(error).strip())
            time.sleep(RETRY_PAUSE)


def _elected(connection: psycopg.Connection[Any], stop: Callable[[], bool]) -> bool:
    """Wait for the lock of this town's schema; it falls with the session that held it."""
    ask = "SELECT pg_try_advisory_lock(%s, hashtext(current_schema()))"
    while not stop():
        if connection.execute(ask, (LOCK,)).fetchone() == (True,):
            return True
        time.sleep(CANDIDATE_PAUSE)
    return False


def _number_until(connection: psycopg.Connection[Any], stop: Callable[[], bool]) -> None:
    """1. Number. 2. After a full batch, again at once. 3. Rest, so that a burst shares one batch. 4. Wait for the poke.

    The heartbeat finds what a lost poke would have told.
    """
    connection.execute("LISTEN journal_poke")
    while not stop():
        if number_once(connection) == BATCH:
            continue
        time.sleep(COALESCE)
        for _ in connection.notifies(timeout=HEARTBEAT, stop_after=1):
            pass


def _as_chained(taken: tuple[Any, ...]) -> chain.Row:
    _seq, identifier, subject, version, at, kind, actor, data = taken
    return chain.Row(identifier.hex, subject, version, microseconds(at), kind, actor, data)
