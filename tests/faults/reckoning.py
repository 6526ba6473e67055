"""What really happened in an evening, as the database and the journal have it; everybody's eyes are held against it."""

from collections import Counter, defaultdict

from sqlalchemy import select

from dispatch.models import Order, Report
from tests.faults.people import walked
from tests.ground.cast import SQUADS
from tests.journals import read_all, verdict
from town import journal
from town.database import Database
from town.people import Squad
from town.watch import Deadline

PROMISE = {"answer": "running"}
SIGNED = PROMISE | {"accept": "met"}
CLOCKS = {
    "received": PROMISE | {"decide": "running"},
    "accepted": SIGNED | {"arrive": "running"},
    "answered": dict.fromkeys(("answer", "accept", "arrive", "handle", "check"), "met"),
}
"""The clocks of an order in each state that is left when everybody has done what is his to do."""


class Orders:
    """Every order, its state and its squad."""

    def __init__(self, database: Database) -> None:
        of_squad = select(Order.id, Order.state, Squad.code).outerjoin(Squad, Squad.id == Order.squad_id)
        with database.read() as session:
            rows = [(str(order), state, squad) for order, state, squad in session.execute(of_squad)]
        self.states = {order: state for order, state, _ in rows}
        self._squads = {order: squad for order, _, squad in rows}

    def orders(self, squad: str | None = None) -> set[str]:
        """All orders, or those of one squad."""
        return {order for order, its in self._squads.items() if squad in (None, its)}

    def settled(self) -> bool:
        """Whether everybody has done what is his to do: signed for every order of a squad, walked some to the end."""
        return all(state == self._last_state(order) for order, state in self.states.items())

    def _last_state(self, order: str) -> str:
        if self._squads[order] is None:
            return "received"
        return "answered" if walked({"id": order}) else "accepted"


class Truth(Orders):
    """One look at everything."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        with database.read() as session:
            reports = session.execute(select(Report.id, Report.order_id)).all()
            self.reports = [
                (journal.words_of(session, f"report:{report}", "words"), str(order)) for report, order in reports
            ]
            self.clocks: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
            held = select(Deadline.subject, Deadline.kind, Deadline.state, Deadline.round)
            for subject, kind, state, turn in session.execute(held):
                self.clocks[subject.removeprefix("order:")].append((kind, state, turn))
            self.unnumbered = journal.lag(session)
        self._journal = read_all(database)
        self._events = {squad: self._events_of(squad) for squad in (None, *SQUADS)}
        self.damages = verdict(database).findings

    def events(self, squad: str | None = None) -> list[str]:
        """The ids of everything that happened to orders, to all or to those of one squad, in the journal's order."""
        return self._events[squad]

    def lost(self, acknowledged: dict[str, str]) -> list[str]:
        """What was acknowledged and is not there."""
        return sorted(acknowledged.keys() - {words for words, _ in self.reports})

    def made_up(self, acknowledged: dict[str, str]) -> list[tuple[str | None, int]]:
        """What nobody sent, or is there more often than it was sent."""
        told = Counter(words for words, _ in self.reports)
        return [(words, times) for words, times in told.items() if times > 1 or words not in acknowledged]

    def without_one_report(self) -> list[str]:
        """Orders that stand for no report, or for several."""
        held = Counter(order for _, order in self.reports)
        return [order for order in self.orders() | held.keys() if held[order] != 1 or order not in self.states]

    def with_wrong_clocks(self) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
        """Orders whose clocks are not exactly those of their state, each once."""
        right = {state: sorted((kind, its, 1) for kind, its in clocks.items()) for state, clocks in CLOCKS.items()}
        found = ((order, state, sorted(self.clocks[order])) for order, state in self.states.items())
        return [(order, state, clocks) for order, state, clocks in found if clocks != right.get(state)]

    def not_answered_once(self) -> list[tuple[str, int]]:
        """Closed orders that were not answered, or not once."""
        closed, answered = (
            Counter(row.subject for row in self._journal if row.kind == kind)
            for kind in ("order.closed", "order.answered")
        )
        return [(order, answered[order]) for order in closed | answered if not closed[order] == answered[order] == 1]

    def _events_of(self, squad: str | None) -> list[str]:
        mine = {f"order:{order}" for order in self.orders(squad)}
        return [str(row.id) for row in self._journal if row.subject in mine]
