"""Replay (回放): reports of the past through the real intake, one transaction each, as often as one likes.

A report is known by its source and its key, so a replay that was cut short is simply run again.
"""

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dispatch.models import Decided, Order, Report
from dispatch.rules.workflow import Lane
from dispatch.services import Received, deciding, matters, receive
from grids.models import Grid
from service.replay_rows import BadRow, Reading, Row, report
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.people import Squad
from town.profile import Town

BATCH = 500
ABOUT_THE_ROW = {"place_invalid": "place_invalid", "invalid": "invalid.category"}
"""Refusals of the intake that are about the row, and what the row's result calls them; any other ends the replay."""


class Outcome(StrEnum):
    """What became of a row: who had its order first, or that it was refused."""

    DISPATCHED = "dispatched"
    GRID_WORKER = "grid_worker"
    UNIT = "unit"
    TRANSFERRED = "transferred"
    WAITING = "waiting"
    REFUSED = "refused"


OUTCOMES = {
    Lane.SQUAD: Outcome.DISPATCHED,
    Lane.GRID: Outcome.GRID_WORKER,
    Lane.UNIT: Outcome.UNIT,
    Lane.TRANSFER: Outcome.TRANSFERRED,
    Lane.DESK: Outcome.WAITING,
}


@dataclass(frozen=True, slots=True)
class Result:
    """One line of ``--out``: no ids, no times, so that every engine and every run gives the same.

    ``row``: which row of the routing table answered. ``reason``: codes of its reasons joined by ``+``; for a refused row
    its code and a sentence.
    """

    key: str
    outcome: Outcome
    grid: str
    squad: str
    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A result, and whether it was known from before."""

    result: Result
    known: bool


@dataclass
class Tally:
    """What a replay comes to: counts by outcome, by squad and by the code of each reason."""

    rows: int = 0
    created: int = 0
    known: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    squads: Counter[str] = field(default_factory=Counter)
    table: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, done: Done) -> None:
        """Count one row."""
        result = done.result
        self.rows += 1
        self.known += done.known
        self.created += not done.known and result.outcome is not Outcome.REFUSED
        self.outcomes[result.outcome] += 1
        self.squads.update([result.squad] if result.squad else [])
        self.table.update([result.row] if result.row else [])
        self.reasons.update(result.reason.split(":")[0].split("+"))

    def facts(self) -> dict[str, Any]:
        """The counts as JSON carries them, the largest first."""
        counts = {name: dict(getattr(self, name).most_common()) for name in ("outcomes", "squads", "table", "reasons")}
        return {"rows": self.rows, "created": self.created, "known": self.known, **counts}


@dataclass(frozen=True)
class Replay:
    """A replay into one town. ``now`` is asked for every row: the moment it is written down."""

    database: Database
    town: Town
    master_key: str
    reading: Reading
    now: Callable[[], Instant]

    def run(self, rows: Iterable[Row]) -> Iterator[Done]:
        """Take the rows in, in their order. Raises Refused when the town cannot take any ("no_grids")."""
        left = iter(rows)
        while batch := list(islice(left, BATCH)):
            stored = self._stored(row.key for row in batch)
            for row in batch:
                done = Done(stored[row.key], True) if row.key in stored else self._take(row)
                if done.result.outcome is not Outcome.REFUSED:
                    stored[row.key] = done.result
                yield done

    def _take(self, row: Row) -> Done:
        try:
            return Done(self._receive(row), False)
        except BadRow as bad:
            return Done(_refused(row, f"invalid.{bad.field}", bad.why), False)
        except Refused as refused:
            if refused.problem.code not in ABOUT_THE_ROW:
                raise
            return Done(_refused(row, ABOUT_THE_ROW[refused.problem.code], _why(row, refused)), False)
        except IntegrityError:  # another replay may have been first with this key; the unique index told
            winner = self._stored([row.key]).get(row.key)
            if winner is None:
                raise
            return Done(winner, True)

    def _receive(self, row: Row) -> Result:
        now = self.now()
        new = report(row, self.reading, now)
        with self.database.write() as session:
            matters.require(session, new.category, new.received_at)
            return _routed(session, row.key, receive(session, self.town, self.master_key, new, now))

    def _stored(self, keys: Iterable[str]) -> dict[str, Result]:
        """Results of the keys that came before, as their orders stand now."""
        found = (
            select(Report.source_key, Grid.code, Squad.code, Decided.answer)
            .join(Order, Order.id == Report.order_id)
            .join(Decided, and_(Decided.order_id == Order.id, Decided.round == 1))
            .outerjoin(Grid, Grid.id == Order.grid_id)
            .outerjoin(Squad, Squad.id == Order.squad_id)
            .where(Report.source == self.reading.source, Report.source_key.in_(list(keys)))
        )
        with self.database.read() as session:
            return {key: _result(key, grid, squad, answer) for key, grid, squad, answer in session.execute(found)}


@contextmanager
def results_file(path: Path) -> Iterator[Callable[[Result], None]]:
    """Write results to ``path``: there whole when the block ends well, untouched when it does not."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(column.name for column in fields(Result))
            yield lambda result: table.writerow(astuple(result))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _routed(session: Session, key: str, received: Received) -> Result:
    grid, squad = received.location.grid, received.squad
    [decided] = deciding.of(session, received.order.id)
    return _result(key, grid.code if grid else None, squad.code if squad else None, decided.answer)


def _result(key: str, grid: str | None, squad: str | None, answer: Mapping[str, Any]) -> Result:
    reasons = "+".join(reason["code"] for reason in answer["reasons"])
    return Result(key, OUTCOMES[Lane(answer["lane"])], grid or "", squad or "", answer["row"], reasons)


def _why(row: Row, refused: Refused) -> str:
    return f"没有「{row.cells['category']}」这个事项类别" if refused.problem.code == "invalid" else refused.detail


def _refused(row: Row, code: str, why: str) -> Result:
    return Result(row.key, Outcome.REFUSED, "", "", "", f"{code}: 第 {row.line} 行，{why}")
