"""What somebody with the owner's rights could do to a journal, after putting the guard out of action.

Each attack gets a session, a random position and luck; it gives back what the first finding must say.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.journals import ROWS
from town.clock import microseconds
from town.database import canonical
from town.journal import Damage, chain
from town.journal.models import Event, Position

SEQ_AT = "(SELECT seq FROM journal_position WHERE position = :p)"
SQLITE_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'"


@dataclass(frozen=True)
class Clue:
    """What a verification must say first."""

    damage: Damage
    position: int | None
    event: str | None = None


Attack = Callable[[Session, int, random.Random], Clue]


def disarm(session: Session) -> None:
    """Put triggers and foreign keys out of action, for this transaction."""
    if not on_sqlite(session):
        return run(session, "SET LOCAL session_replication_role = replica")
    run(session, "PRAGMA defer_foreign_keys = ON")
    for name in session.scalars(text(SQLITE_TRIGGERS)).all():
        run(session, f"DROP TRIGGER {name}")
    return None


def on_sqlite(session: Session) -> bool:
    """Which engine it is."""
    return session.connection().dialect.name == "sqlite"


def run(session: Session, statement: str, **values: object) -> None:
    """One statement, whatever it does."""
    session.execute(text(statement), values)


def one(session: Session, statement: str, **values: object) -> object:
    """One value."""
    return session.execute(text(statement), values).scalar()


def event_at(session: Session, position: int) -> str:
    """The id of the event at a position, as 32 hex digits."""
    found = one(session, "SELECT id FROM journal JOIN journal_position USING (seq) WHERE position = :p", p=position)
    return uuid.UUID(str(found)).hex


def update_of(column: str, value: str) -> Attack:
    """Change one column of one event."""

    def attack(session: Session, position: int, luck: random.Random) -> Clue:
        run(session, f"UPDATE journal SET {column} = {value} WHERE seq = {SEQ_AT}", p=position)
        return Clue(Damage.CHANGED, position, event_at(session, position))

    return attack


def update_id(session: Session, position: int, luck: random.Random) -> Clue:
    """Give one event another id."""
    run(session, f"UPDATE journal SET id = :id WHERE seq = {SEQ_AT}", p=position, id=_random_id(session, luck))
    return Clue(Damage.CHANGED, position)


def update_at(session: Session, position: int, luck: random.Random) -> Clue:
    """Move one event by a microsecond."""
    return update_of("at", "at + 1" if on_sqlite(session) else "at + interval '1 microsecond'")(session, position, luck)


def update_hash(session: Session, position: int, luck: random.Random) -> Clue:
    """Change one hash."""
    run(session, "UPDATE journal_position SET hash = :h WHERE position = :p", h=luck.randbytes(32), p=position)
    return Clue(Damage.HASH_CHANGED if position < ROWS else Damage.CHANGED, position, event_at(session, position))


def delete_event(session: Session, position: int, luck: random.Random) -> Clue:
    """Delete the event and leave its number."""
    run(session, f"DELETE FROM journal WHERE seq = {SEQ_AT}", p=position)
    return Clue(Damage.EVENT_DELETED, position)


def delete_number(session: Session, position: int, luck: random.Random) -> Clue:
    """Delete the number and leave the event."""
    event = event_at(session, position)
    run(session, "DELETE FROM journal_position WHERE position = :p", p=position)
    return Clue(Damage.NUMBER_DELETED, position, event) if position < ROWS else Clue(Damage.UNNUMBERED, None, event)


def delete_both(session: Session, position: int, luck: random.Random) -> Clue:
    """Delete the row whole."""
    position = min(position, ROWS - 1)  # the last one is a cut tail, which only the head outside can tell
    delete_event(session, position, luck)
    run(session, "DELETE FROM journal_position WHERE position = :p", p=position)
    return Clue(Damage.GAP, position)


def delete_and_renumber(session: Session, position: int, luck: random.Random) -> Clue:
    """Delete the row whole and close the gap."""
    position = min(position, ROWS - 2)
    delete_both(session, position, luck)
    _shift(session, position, -1)
    return Clue(Damage.REMOVED, position)


def insert_event(session: Session, position: int, luck: random.Random) -> Clue:
    """Put in an event that nobody has numbered."""
    _insert(session, luck)
    return Clue(Damage.UNNUMBERED, None)


def insert_at_the_end(session: Session, position: int, luck: random.Random) -> Clue:
    """Put in an event with a number and an invented hash."""
    _number(session, ROWS + 1, _insert(session, luck), luck.randbytes(32))
    return Clue(Damage.CHANGED, ROWS + 1)


def insert_and_renumber(session: Session, position: int, luck: random.Random) -> Clue:
    """Put in an event with an invented hash and move the rest."""
    position = min(position, ROWS - 1)
    _shift(session, position, 1)
    _number(session, position, _insert(session, luck), luck.randbytes(32))
    return Clue(Damage.INSERTED, position)


def swap_contents(session: Session, position: int, luck: random.Random) -> Clue:
    """Let two numbers point to each other's events."""
    other = _other(position, luck)
    seqs = [
        one(session, "SELECT seq FROM journal_position WHERE position = :p", p=place) for place in (position, other)
    ]
    for place, seq in ((position, -1), (other, seqs[0]), (position, seqs[1])):
        run(session, "UPDATE journal_position SET seq = :s WHERE position = :p", s=seq, p=place)
    return Clue(Damage.SWAPPED, min(position, other))


def swap_numbers(session: Session, position: int, luck: random.Random) -> Clue:
    """Give two rows each other's number, hash and all."""
    other = _other(position, luck)
    for old, new in ((position, 0), (other, position), (0, other)):
        run(session, "UPDATE journal_position SET position = :new WHERE position = :old", old=old, new=new)
    return Clue(Damage.SWAPPED, min(position, other))


def change_words(session: Session, position: int, luck: random.Random) -> Clue:
    """Change what a reporter wrote."""
    column, value = luck.choice(
        [("body", "'没有占道'"), ("field", "'answer'"), ("salt", "NULL"), ("body", "NULL"), ("erased_at", "at")]
    )
    run(session, f"UPDATE journal_words SET {column} = {value} WHERE subject = 'order:3'")
    return Clue(Damage.WORDS_CHANGED, None)


ATTACKS: dict[str, Attack] = {
    "subject": update_of("subject", "'order:99'"),
    "version": update_of("version", "version + 100"),
    "at": update_at,
    "kind": update_of("kind", "'order.closed'"),
    "actor": update_of("actor", "'account:赵海'"),
    "data": update_of("data", "replace(data, '城中', '城东')"),
    "id": update_id,
    "hash": update_hash,
    "delete event": delete_event,
    "delete number": delete_number,
    "delete both": delete_both,
    "delete and renumber": delete_and_renumber,
    "insert event": insert_event,
    "insert at the end": insert_at_the_end,
    "insert and renumber": insert_and_renumber,
    "swap contents": swap_contents,
    "swap numbers": swap_numbers,
    "change words": change_words,
}


def rechain(session: Session, first: int) -> None:
    """Compute the chain anew from a position on: inside the database nothing is left to see."""
    numbered = select(Event).join(Position).order_by(Position.position)
    links = chain.extend(0, chain.START, map(_as_chained, session.scalars(numbered)))
    for position, digest in links[first - 1 :]:
        run(session, "UPDATE journal_position SET hash = :h WHERE position = :p", h=digest, p=position)


def cut_tail(session: Session, first: int) -> None:
    """Take every row from a position on out of both tables."""
    run(session, "DELETE FROM journal WHERE seq IN (SELECT seq FROM journal_position WHERE position >= :p)", p=first)
    run(session, "DELETE FROM journal_position WHERE position >= :p", p=first)


def _as_chained(event: Event) -> chain.Row:
    moment, data = microseconds(event.at), canonical(event.data)
    return chain.Row(event.id.hex, event.subject, event.version, moment, event.kind, event.actor, data)


def _other(position: int, luck: random.Random) -> int:
    return luck.choice([place for place in range(1, ROWS + 1) if place != position])


def _shift(session: Session, first: int, by: int) -> None:
    run(session, "UPDATE journal_position SET position = -(position + :by) WHERE position >= :p", by=by, p=first)
    run(session, "UPDATE journal_position SET position = -position WHERE position < 0")


def _insert(session: Session, luck: random.Random) -> object:
    run(
        session,
        "INSERT INTO journal (id, subject, version, at, kind, actor, data)"
        " SELECT :id, 'order:99', 1, at, kind, actor, data FROM journal WHERE seq = 1",
        id=_random_id(session, luck),
    )
    return one(session, "SELECT seq FROM journal WHERE subject = 'order:99'")


def _number(session: Session, position: int, seq: object, digest: bytes) -> None:
    run(session, "INSERT INTO journal_position VALUES (:p, :s, :h)", p=position, s=seq, h=digest)


def _random_id(session: Session, luck: random.Random) -> object:
    identifier = uuid.UUID(int=luck.getrandbits(128))
    return identifier.hex if on_sqlite(session) else identifier
