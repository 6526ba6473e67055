"""What really happened in an evening, as the database and the journal have it, for everybody's eyes to be held against."""

from collections import Counter, defaultdict

from sqlalchemy import select

from dispatch.models import Order, Report
from tests.faults.people import walked
from tests.journals import read_all, verdict
from town import journal
from town.database import Database
from town.people import Squad
from town.watch import Deadline

RUNNING = {"answer": "running"}
CLOCKS = {
    "received": RUNNING,
    "dispatched": RUNNING | {"accept": "running"},
    "accepted": RUNNING | {"accept": "met", "arrive": "running"},
    "on_site": RUNNING | {"accept": "met", "arrive": "met", "handle": "running"},
    "handled": RUNNING | {"accept": "met", "arrive": "met", "handle": "met", "check": "running"},
    "checked": RUNNING | {"accept": "met", "arrive": "met", "handle": "met", "check": "met"},
    "closed": RUNNING | {"accept": "met", "arrive": "met", "handle": "met", "check": "met"},
    "answered": dict.fromkeys(("answer", "accept", "arrive", "handle", "check"), "met"),
}
"""The clocks of an order in every state of its life."""


class Truth:
    """One look at the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as session:
            rows = session.execute(select(Order.id, Order.state, Squad.code).outerjoin(Squad, Squad.id == Order.squad_id))
            self.states = {}
            self.squads = {}
            for order, state, squad in rows:
                self.states[str(order)] = state
                self.squads[str(order)] = squad

    def orders(self, squad: str | None = None) -> set[str]:
        """All orders, or those of one squad."""
        return {order for order, its in self.squads.items() if squad in (None, its)}

    def settled(self) -> bool:
        """Whether everybody has done what is his to do: signed for all, walked some to the end."""
        return all(self._at_rest(order, state) for order, state in self.states.items())

    def _at_rest(self, order: str, state: str) -> bool:
        if self.squads[order] is None:
            return state == "received"
        return state == ("answered" if walked({"id": order}) else "accepted")

    def events(self, squad: str | None = None) -> list[str]:
        """The ids of everything that happened to orders, of one squad or all, in the journal's order."""
        mine = {f"order:{order}" for order in self.orders(squad)}
        return [str(row.id) for row in read_all(self._database) if row.subject in mine]

    def words(self) -> Counter[str | None]:
        """What was reported, and how often."""
        with self._database.read() as session:
            reports = session.scalars(select(Report.id)).all()
            return Counter(journal.words_of(session, f"report:{report}", "words") for report in reports)

    def reports_by_order(self) -> Counter[str]:
        """How many reports each order stands for."""
        with self._database.read() as session:
            return Counter(map(str, session.scalars(select(Report.order_id))))

    def wrong_clocks(self) -> dict[str, list[tuple[str, str, int]]]:
        """Every order whose clocks are not exactly those of its state, each once."""
        clocks = defaultdict(list)
        with self._database.read() as session:
            for subject, kind, state, turn in session.execute(
                select(Deadline.subject, Deadline.kind, Deadline.state, Deadline.round)
            ):
                clocks[subject.removeprefix("order:")].append((kind, state, turn))
        right = {order: sorted((kind, its, 1) for kind, its in CLOCKS[state].items()) for order, state in self.states.items()}
        return {order: clocks[order] for order in right if sorted(clocks[order]) != right[order]}

    def answers(self) -> tuple[Counter[str], Counter[str]]:
        """How often each order was closed, and how often it was answered."""
        rows = read_all(self._database)
        closed, answered = (
            Counter(row.subject for row in rows if row.kind == kind) for kind in ("order.closed", "order.answered")
        )
        return closed, answered

    def unnumbered(self) -> int:
        """Committed rows without a number."""
        with self._database.read() as session:
            return journal.lag(session)

    def damages(self) -> list[str]:
        """What a verification of the journal finds."""
        return [finding.sentence for finding in verdict(self._database).findings]
