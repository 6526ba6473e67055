"""A bad evening: everybody at work while the service is struck, and what each of them has seen in the end."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from tests.faults.clients import Caller
from tests.faults.people import Citizens, Colleague, Doorbell, Eyes, Wall, checker_plan, squad_plan
from tests.faults.reckoning import Orders, Truth
from tests.faults.stage import Stage, tablet
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, WU_YUE, ZHAO_HAI

SENDERS = 8
HANDS = 3
"""Steps that one colleague takes at a time."""
WALLS = 2
"""Screens, so that most web workers hold the line of one."""
READERS = 100
"""Reporters who read their timeline, besides those who were answered."""

Task = Callable[[threading.Event], None]


@contextmanager
def busy(tasks: Sequence[Task]) -> Iterator[threading.Event]:
    """Every task on a thread of its own until it is over; what breaks one of them, breaks the test."""
    over = threading.Event()
    with ThreadPoolExecutor(len(tasks)) as people:
        working = [people.submit(task, over) for task in tasks]
        try:
            yield over
        finally:
            over.set()
            for one in working:
                one.result()


class Evening:
    """Everybody who is there: 林晓峰 and 赵海 at their tablets, 吴越 who checks, 陈静 before the walls, and citizens."""

    def __init__(self, stage: Stage, rate: float) -> None:
        self._stage = stage
        self.anybody = Caller(stage.web.port)
        self.desk = self.anybody.signed_in(CHEN_JING)
        self.squads = {
            INNER: Colleague(self.anybody.signed_in(LIN_XIAOFENG), squad_plan),
            EAST: Colleague(self.anybody.signed_in(ZHAO_HAI), squad_plan),
        }
        self.checker = Colleague(self.anybody.signed_in(WU_YUE), checker_plan)
        self.walls = [Wall(self.desk) for _ in range(WALLS)]
        self.citizens = Citizens(stage.web.port, rate)
        self.doorbells: list[Doorbell] = []

    @contextmanager
    def colleagues_at_work(self) -> Iterator[None]:
        """Squads, checker and walls, until the block ends."""
        tasks: list[Task] = [wall.watch for wall in self.walls]
        for colleague in (*self.squads.values(), self.checker):
            tasks += [colleague.look, *[colleague.work] * HANDS]
        with self._listening(), busy(tasks) as over:
            try:
                yield
            finally:
                over.set()
                for wall in self.walls:
                    wall.switch_off()

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Every squad's tablet hears its doorbell."""
        with ExitStack() as ears:
            for squad, colleague in self.squads.items():
                secret = self._stage.secrets[squad]
                doorbell = Doorbell(self._stage.mqtt_port, tablet(squad), secret, colleague.rung)
                ears.callback(doorbell.close)
                self.doorbells.append(doorbell)
            yield

    @contextmanager
    def citizens_reporting(self) -> Iterator[None]:
        """Reports come in, until the block ends and the last one is acknowledged."""
        with busy([self.citizens.report] * SENDERS):
            yield

    def everybody_knows(self, there: Orders) -> bool:
        """Whether walls and squads know every order that there is."""
        return all(eyes.orders() >= there.orders(squad) for squad, eyes in self._eyes())

    def has_seen_all(self, truth: Truth) -> bool:
        """Whether walls and squads were told as often as something happened."""
        return all(len(eyes.shown) >= len(truth.events(squad)) for squad, eyes in self._eyes())

    def told_twice(self) -> list[tuple[str, str]]:
        """What walls or squads were shown twice."""
        return [fact for _, eyes in self._eyes() for fact in eyes.told_twice()]

    def wrongly_shown(self, truth: Truth) -> list[str]:
        """Whose eyes have seen anything but what happened, whole and in its order."""
        shown = [(squad, [change["event"] for change in eyes.shown]) for squad, eyes in self._eyes()]
        return [squad or "wall" for squad, events in shown if events != truth.events(squad)]

    def wrongly_drawn(self, truth: Truth) -> list[str]:
        """Open orders that the wall's first picture does not show once."""
        drawn = Counter(row[0] for row in self.desk.insist("GET", "/api/v1/map/orders")["orders"])
        return [order for order, state in truth.states.items() if state != "answered" and drawn[order] != 1]

    def wrongly_read(self, truth: Truth, luck: random.Random) -> list[str]:
        """Reports whose reporter reads a line twice, or is answered and does not read it once."""
        answered = [words for words, order in truth.reports if words and truth.states[order] == "answered"]
        others = luck.sample(sorted(self.citizens.receipts), min(READERS, len(self.citizens.receipts)))
        return [words for words in {*answered, *others} if not self._reads_well(words, words in answered)]

    def figures(self) -> dict[str, object]:
        """What the evening was like."""
        heard = [doorbell.heard for doorbell in self.doorbells]
        return {
            "reports": len(self.citizens.receipts),
            "sent_again_by_phones": self.citizens.repeats,
            "already_kept_when_sent_again": self.citizens.replays,
            "lines_of_the_walls": sum(wall.lines for wall in self.walls),
            "rings": sum(one.total() for one in heard),
            "wire_repeats_of_rings": sum(one.total() - len(one) for one in heard),
            "wire_repeats_on_the_walls": sum(wall.eyes.repeated for wall in self.walls),
            "wire_repeats_in_pulls": sum(colleague.eyes.repeated for colleague in self.squads.values()),
        }

    def _eyes(self) -> list[tuple[str | None, Eyes]]:
        """What each has seen, behind the squad whose orders he may see; a wall sees all."""
        return [(None, wall.eyes) for wall in self.walls] + [(squad, one.eyes) for squad, one in self.squads.items()]

    def _reads_well(self, words: str, answered: bool) -> bool:
        mine = self.anybody.with_receipt(self.citizens.receipts[words]).insist("GET", "/api/v1/report")
        lines = Counter(line["kind"] for line in mine["timeline"])
        once = lines["report.received"] == 1 and set(lines.values()) == {1}
        told = (mine["answer"] is not None, lines["order.answered"] == 1)
        return mine["words"] == words and once and told == (answered, answered)
