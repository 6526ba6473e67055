"""The demo crew (演示班子): plays citizens, squads, 网格员, units, desk, checker and supervisor as real phones and tablets do.

Everything goes over the public API and MQTT. It remembers how many reports and calls there were and which receipts wait
for an answer; what its people have to do it reads anew, so it goes on after a restart where it was.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import structlog

from service import serve
from service.demo import people
from service.demo.atlas import Atlas
from service.demo.citizens import Citizens
from service.demo.client import Api, Gone, LockedOut, Problem
from service.demo.day import Day, Dial
from service.demo.desk import Desk
from service.demo.helpers import Helper, helpers
from service.demo.investigators import Investigator, investigators
from service.demo.people import CHECKER, DESK, GRID_WORKERS, LEADERS, PASSWORD, PLANNING, SUPERVISOR, TEAMS, UNITS, WALL
from service.demo.players import Player, Stage
from service.demo.walks import Fleet, Tablet
from town.settings import Settings

LONGEST_REST, SHORTEST_REST = 0.5, 0.02

LOG = structlog.get_logger()


@dataclass
class Memory:
    """What the crew must know after a restart."""

    reports: int = 0
    calls: int = 0
    receipts: list[str] = field(default_factory=list)

    @classmethod
    def recalled(cls, path: Path) -> "Memory":
        """What was kept, as far as it is still of use, or nothing yet."""
        kept = json.loads(path.read_text()) if path.is_file() else {}
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    def keep(self, path: Path) -> None:
        """Write it down; the file is whole at every moment, and for its owner only: receipts are credentials."""
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "w") as file:
            json.dump(asdict(self), file)
        os.replace(beside, path)


class Crew:
    """Everybody together, on one thread. ``rung``: wakes them before it is time."""

    def __init__(
        self, api: Api, settings: Settings, secrets: Mapping[str, str], day: Day, rung: threading.Event
    ) -> None:
        self._path = settings.data / "demo_crew.json"
        self._memory = Memory.recalled(self._path)
        self._day = day
        self._rung = rung
        squads = {code: team.code for team in TEAMS for code in people.tablets(team) if code in secrets}
        carried = {code: Tablet(code, "CZ" if squad == PLANNING else squad, day) for code, squad in squads.items()}
        self.fleet = Fleet(settings, secrets, carried, squads, self._ring)
        wall, desk = api.as_person(WALL.login, PASSWORD), api.as_person(DESK.login, PASSWORD)
        stage = Stage(day, Atlas(desk), lambda: int(wall.get("/api/v1/map/orders")["position"]), self.fleet.planned)
        self._desk = Desk(DESK, desk, stage, self._memory.calls)
        others = (*LEADERS, CHECKER, SUPERVISOR, *UNITS, *GRID_WORKERS)
        apis = {one.login: api.as_person(one.login, PASSWORD) for one in others}
        self._players: list[Player | Investigator | Helper] = [
            self._desk,
            *(Player(one, apis[one.login], stage) for one in others),
        ]
        self._players += investigators(api, day)
        self._players += helpers(apis, day)
        self._citizens = Citizens(api, day, self._memory.reports, self._memory.receipts)

    def run(self, stopped: Callable[[], bool]) -> None:
        """1. Everybody looks and acts. 2. Wait for a ring or the next step, whichever comes first."""
        while not stopped():
            try:
                self._once()
            except Gone as gone:
                LOG.info("crew.waits", why=str(gone))
            except (Problem, LockedOut) as problem:
                LOG.warning("crew.stumbled", why=str(problem))
            self._rung.wait(self._rest())
            self._rung.clear()

    def _once(self) -> None:
        """One look round, remembered. Raises Gone when the service does not answer."""
        try:
            for act in self._acts():
                act()
                self.fleet.tell()
        finally:
            self._remember()

    def _acts(self) -> Iterator[Callable[[], None]]:
        yield self._citizens.act
        for player in self._players:
            yield player.play

    def _remember(self) -> None:
        now = Memory(self._citizens.sent, self._desk.calls, self._citizens.receipts)
        if now != self._memory:
            self._memory = now
            now.keep(self._path)

    def _rest(self) -> float:
        due = min(self._citizens.next_at, *(player.next_at for player in self._players))
        return min(LONGEST_REST, max(SHORTEST_REST, self._day.seconds_until(due)))

    def _ring(self, squad: str) -> None:
        for player in self._players:
            if player.who.squad == squad:
                player.ring()
        self._rung.set()


def play(
    settings: Settings, secrets: Mapping[str, str], pace: float, rung: threading.Event, stopped: Callable[[], bool]
) -> None:
    """Play until told to stop; waits for the service to come up. ``secrets``: tablet code to secret."""
    crew = Crew(Api(serve.address(settings)), settings, secrets, Day(Dial(settings, pace)), rung)
    try:
        crew.run(stopped)
    finally:
        crew.fleet.close()
