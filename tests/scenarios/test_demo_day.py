"""A day in the demo town, at high speed: everything that can happen in a town does, and nothing breaks."""

import json
import signal
import uuid
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from dispatch.models import Decided, Order, Report
from dispatch.rules import workflow
from tests.ground.processes import Processes, until
from tests.own_demo import Demo
from town import clock, journal
from town.database import Database
from town.journal import Numbered
from town.people import Squad
from town.positions import Position

PATIENCE_SECONDS = 150
LOOK_SECONDS = 0.5
"""The diary reads all that has happened, on the machine that everybody in town needs too."""
HAPPENINGS = {
    "report.received",
    "report.answered",
    "report.rated",
    "photo.added",
    "order.waiting",
    "order.dispatched",
    "order.accepted",
    "order.arrived",
    "order.handled",
    "order.checked",
    "order.closed",
    "order.answered",
    "order.settled",
    "order.returned",
    "order.disputed",
    "order.arbitrated",
    "order.transferred",
    "order.taken_over",
    "order.suggested",
    "order.linked",
    "joint.called",
    "joint.reported",
    "joint.done",
}
ROWS = {
    "emergency",
    "outside",
    "no_power",
    "ambiguous",
    "facility",
    "small",
    "squad",
    "unclassified",
    "by_hand",
    "arbitrated",
}
HARMLESS = {"stale", "illegal_step", "order_ended", "link_settled", "nothing_to_join"}
"""Somebody else was faster: the crew drops what it wanted and looks again."""


class Diary:
    """What has happened since the town was made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._from = self._head()

    def missing(self) -> set[str]:
        """What has not happened yet."""
        events = self._events()
        return {
            *(HAPPENINGS - {event.kind for event in events}),
            *(ROWS - self._rows()),
            *({"gcj02", "wgs84", "bd09"} - self._spellings()),
            *({"three ways"} if max(self._ways(events).values(), default=0) < 2 else ()),
            *({"unit", "grid"} - self._lanes_done()),
            *({"moving"} if self.positions() == 0 else ()),
        }

    def positions(self) -> int:
        """How many tablets were heard of."""
        with self._database.read() as session:
            return len(session.scalars(select(Position)).all())

    def reported(self) -> int:
        """How many reports there are."""
        with self._database.read() as session:
            return len(session.scalars(select(Report.id)).all())

    def waiting(self) -> set[uuid.UUID]:
        """Open orders, but for those in a case, those of the leader who forgets some, and of 网格员, one of whom is shut out."""
        late = select(Squad.id).where(Squad.code == "HX").scalar_subquery()
        with self._database.read() as session:
            open_ones = select(Order.id).where(
                Order.state.not_in({*workflow.ENDED, workflow.State.IN_CASE}),
                Order.squad_id.is_distinct_from(late),
                Order.lane != "grid",
            )
            return set(session.scalars(open_ones))

    def _head(self) -> int:
        with self._database.read() as session:
            return journal.head(session)[0]

    def _events(self) -> list[Numbered]:
        with self._database.read() as session:
            return journal.read_after(session, self._from, limit=100_000)

    def _rows(self) -> set[str]:
        with self._database.read() as session:
            return {str(one.answer["row"]) for one in session.scalars(select(Decided))}

    def _spellings(self) -> set[str]:
        with self._database.read() as session:
            return set(session.scalars(select(Report.crs)))

    def _ways(self, events: list[Numbered]) -> Counter[str]:
        """How many later reports joined each order."""
        return Counter(event.data["order"] for event in events if event.data.get("joins"))

    def _lanes_done(self) -> set[str]:
        with self._database.read() as session:
            return set(session.scalars(select(Order.lane).where(Order.state == "answered")))


@pytest.fixture
def demo(processes: Processes) -> Iterator[Demo]:
    """A town without a past, so that everything in it happens now."""
    made = Demo(processes, processes.folder())
    made.found(days=0)
    yield made
    made.end_if_running()


@pytest.mark.timeout(500)
def test_in_a_day_everything_happens_and_nothing_breaks_and_after_a_fall_it_goes_on(demo, record_property):
    database = Database(f"sqlite:///{demo.data / 'town.sqlite3'}")
    diary = Diary(database)
    demo.start()
    begun = clock.elapsed()
    until(lambda: not diary.missing(), f"{diary.missing()}", seconds=PATIENCE_SECONDS, pause=LOOK_SECONDS)
    record_property("all_happened_after_seconds", round(clock.elapsed() - begun, 1))
    assert diary.positions() == 11
    demo.end(signal.SIGKILL)
    refused = _refused_without_trouble(demo)

    waiting, reported = diary.waiting(), diary.reported()
    demo.order("accounts", "block", "laofan")
    demo.start()
    until(
        lambda: diary.reported() > reported + 3,
        "people to go on reporting",
        seconds=PATIENCE_SECONDS,
        pause=LOOK_SECONDS,
    )
    until(
        lambda: not waiting & diary.waiting(), "what was open to be done", seconds=PATIENCE_SECONDS, pause=LOOK_SECONDS
    )
    demo.end(signal.SIGTERM)
    refused += _refused_without_trouble(demo)
    database.close()
    record_property("refused", str(dict(refused)))
    assert set(refused) <= HARMLESS


def _refused_without_trouble(demo: Demo) -> Counter[str]:
    """What the crew was refused; no process has said anything of an error."""
    lines = [line for file in (demo.data / "logs").glob("*.log") for line in file.read_text().splitlines()]
    said = [json.loads(line) for line in lines if line.startswith("{")]
    assert [one for one in said if one["level"] in ("error", "critical")] == []
    assert [line for line in lines if "Traceback" in line] == []
    return Counter(one["code"] for one in said if one["event"] == "crew.refused")
