"""The live feed (实时): one poller per process reads the journal and fans out to every open stream.

A stream first joins the fan-out, then catches up from its own position, and drops what it has already sent: nothing is
missed in between, and nothing is sent twice. A stream that cannot keep up, or whose poller cannot read, is ended; its
screen comes back by position. Where the squads are stands in no journal: it has no position, each message tells all of
it, and a stream that has no room for one waits for the next.
"""

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from dispatch.schemas import ChangeOut
from dispatch.services import changes
from maps import positions
from maps.positions import Moves
from maps.schemas import PositionsOut
from town import access, clock, journal
from town.access import staff
from town.database import Database
from town.errors import Refused
from town.people import Role

LOG = structlog.get_logger()
TICK_SECONDS = 5.0
NOWHERE = -1
"""Stands for the position of a message that has none."""
PAGE = 500
BACKLOG = 2000
AWAY = (SQLAlchemyError, psycopg.Error, OSError)
WATCHERS = staff(Role.WALL, Role.DISPATCHER, Role.SUPERVISOR, Role.CHECKER)
"""Who may watch the whole town."""


@dataclass(eq=False)
class Stream:
    """One open screen: what waits to be sent to it, and whether it must end because something is missing there."""

    waiting: "queue.Queue[tuple[int, str]]" = field(default_factory=lambda: queue.Queue(BACKLOG))
    broken: bool = False


class Feed:
    """The fan-out of one process. ``limit``: streams at most; one more is refused, never hung."""

    def __init__(self, database: Database, limit: int) -> None:
        self._database = database
        self._limit = limit
        self._streams: set[Stream] = set()
        self._lock = threading.Lock()
        self._poller: threading.Thread | None = None

    def open(self, after: int, authorization: str | None) -> Iterator[str]:
        """Server-sent events after a position. Raises Refused("streams_full")."""
        stream = Stream()
        with self._lock:
            if len(self._streams) >= self._limit:
                raise Refused("streams_full", limit=self._limit)
            if self._poller is None:
                self._poller = self._begin()
            self._streams = self._streams | {stream}
        sending = self._send(stream, after, authorization)
        next(sending)  # one that was never begun, as after a HEAD, would never leave the fan-out
        return sending

    def _begin(self) -> threading.Thread:
        """The poller knows its position before the first stream catches up, so that nothing falls between the two."""
        with self._database.read() as session:
            position, _ = journal.head(session)
        poller = threading.Thread(target=self._poll, args=(position,), name="live", daemon=True)
        poller.start()
        return poller

    def _send(self, stream: Stream, after: int, authorization: str | None) -> Iterator[str]:
        try:
            yield ""
            yield "retry: 2000\n\n"
            for position, text in self._caught_up(after):
                after = position
                yield text
            yield tick(after)
            yield from self._where()
            while not stream.broken and self._still_allowed(authorization):
                for position, text in self._arriving(stream):
                    if position > after:
                        after = position
                        yield text
                    elif position == NOWHERE:
                        yield text
                yield tick(after)
        finally:
            with self._lock:
                self._streams = self._streams - {stream}

    def _caught_up(self, after: int) -> Iterator[tuple[int, str]]:
        """Everything numbered after a position until now."""
        while True:
            with self._database.read() as session:
                events = journal.read_after(session, after, PAGE)
                dressed = changes.dress(session, events)
            yield from ((change.position, message(change)) for change in dressed)
            if not events:
                return
            after = events[-1].position

    def _where(self) -> Iterator[str]:
        """Where the squads are now, for a screen that has just come; later it hears when somebody moves."""
        try:
            with self._database.read() as session:
                seen = positions.shown(session, clock.now())
        except AWAY:
            return  # the next tick ends the stream
        if seen.positions:
            yield moved(seen)

    def _arriving(self, stream: Stream) -> Iterator[tuple[int, str]]:
        """What arrives until the next tick is due."""
        until = clock.elapsed() + TICK_SECONDS
        while (left := until - clock.elapsed()) > 0:
            try:
                yield stream.waiting.get(timeout=left)
            except queue.Empty:
                return

    def _still_allowed(self, authorization: str | None) -> bool:
        """A token that was revoked or lost its role ends its stream at the next tick; so does a database that is away."""
        try:
            with self._database.read() as session:
                WATCHERS.check(access.identify(session, authorization, clock.now()))
                return True
        except (Refused, *AWAY):
            return False

    def _poll(self, position: int) -> None:
        try:
            self._follow(position)
        except Exception:
            LOG.exception("live feed broke")
            with self._lock:
                self._poller = None
            self._end_streams()

    def _end_streams(self) -> None:
        """No screen goes on ticking over a feed that hears nothing: it comes back by position, or learns that it cannot."""
        for stream in self._streams:
            stream.broken = True

    def _follow(self, position: int) -> None:
        bell: journal.Bell | None = None
        moves = Moves(self._database)
        while self._watched():
            try:
                bell = bell or journal.Bell(self._database)
                position = self._fan_out(position)
                self._tell(moves)
                bell.wait(1.0)
            except AWAY as error:
                LOG.warning("live feed waits for the database", error=type(error).__name__)
                self._end_streams()
                threading.Event().wait(1.0)
        if bell:
            bell.close()

    def _watched(self) -> bool:
        """Whether anybody watches; when not, the poller ends, and the next stream begins another."""
        with self._lock:
            if not self._streams:
                self._poller = None
            return bool(self._streams)

    def _fan_out(self, position: int) -> int:
        with self._database.read() as session:
            events = journal.read_after(session, position, PAGE)
            dressed = changes.dress(session, events)
        for change in dressed:
            for stream in self._streams:
                _offer(stream, (change.position, message(change)))
        return events[-1].position if events else position

    def _tell(self, moves: Moves) -> None:
        if seen := moves.news():
            for stream in self._streams:
                if not stream.waiting.full():  # the next message tells all of it again
                    _offer(stream, (NOWHERE, moved(seen)))


def _offer(stream: Stream, item: tuple[int, str]) -> None:
    if stream.broken:
        return  # what follows a gap would make the screen resume behind it
    try:
        stream.waiting.put_nowait(item)
    except queue.Full:
        stream.broken = True


def message(change: ChangeOut) -> str:
    """One change as a server-sent event; its id is the position to resume from."""
    return f"id: {change.position}\nevent: change\ndata: {change.model_dump_json()}\n\n"


def moved(seen: PositionsOut) -> str:
    """Where the squads are, as a server-sent event without an id: there is nothing to resume from."""
    return f"event: positions\ndata: {seen.model_dump_json()}\n\n"


def tick(position: int) -> str:
    """A sign of life with the position reached."""
    return f'event: tick\ndata: {{"position":{position},"at":"{clock.now().isoformat()}"}}\n\n'
