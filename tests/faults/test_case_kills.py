"""kill -9 at every act of a case, just before its commit and just after: all of it stands, or nothing of it does."""

import json
import os
import select as polling
import signal
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from enforcement.models import DocumentNumber, EvidenceFile, Party, PenaltyCase
from enforcement.rules.cases import clocks, papers
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act
from enforcement.rules.cases.folding import fold
from enforcement.rules.numbers import NumberState
from enforcement.services import numbers
from enforcement.services.cases import clocking, evidence, records
from enforcement.services.cases import papers as documents
from tests.faults.case_clerk import AFTER_COMMIT, BEFORE_COMMIT, WRITING
from tests.ground.bureau import FANG_NING, XU_FEI, ZHOU_ZHENG, Bureau, Life
from tests.ground.cast import SU_MIN
from tests.ground.databases import number
from tests.journals import verdict
from tests.oracle.checker import check
from tests.own_processes import PROJECT, environment
from tests.usual_acts import FACTORS
from town import journal, profile, watch, workdays
from town.database import Base, Database
from town.media import files
from town.settings import child_environment

PATIENCE = 60
NUMBERING = {"journal_pending", "journal_position"}
"""What is written beside everybody else, by whoever numbers the journal."""
STRIDE = 4
"""The long form also strikes before every so-manieth statement that writes."""


class Clerks:
    """The program whose forks do one task each, and are killed at it."""

    def __init__(self, database: Database, folder: Path) -> None:
        reading, writing = os.pipe()
        self.log = folder / "clerks.log"
        given = environment(database, folder / "data", PYTHONPATH=str(PROJECT))
        with self.log.open("ab") as output:
            self._program = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.case_clerk", str(writing)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                pass_fds=[writing],
                cwd=PROJECT,
                env=child_environment(given),
                start_new_session=True,
            )
        os.close(writing)
        self._answers = os.fdopen(reading, "rb", buffering=0)
        self.kills = 0

    def strike(self, task: dict[str, Any]) -> str:
        """kill -9 whoever does it, where he stands still; gives back where that was."""
        assert self._program.stdin
        self._program.stdin.write(json.dumps(task).encode() + b"\n")
        self._program.stdin.flush()
        told, _, _ = polling.select([self._answers], [], [], PATIENCE)
        assert told, self.log.read_text()
        pid, where = self._answers.readline().decode().split()
        assert where in {WRITING, BEFORE_COMMIT, AFTER_COMMIT}, self.log.read_text()
        self._kill(int(pid))
        return where

    def end(self) -> None:
        """No more tasks."""
        self._program.communicate(timeout=PATIENCE)
        self._answers.close()

    def _kill(self, pid: int) -> None:
        handle = os.pidfd_open(pid)
        try:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            assert polling.select([handle], [], [], PATIENCE)[0], "it did not die"
        finally:
            os.close(handle)
        self.kills += 1


@dataclass
class Fate:
    """Whatever anybody in the bureau does, he is struck before his commit, and again after it when he does it again."""

    bureau: Bureau
    clerks: Clerks
    stride: int = 0
    tasks: int = 0

    def befall(self, **task: Any) -> None:
        """Before the commit nothing of it stands, anywhere; after it all does."""
        told = task | {"now": self.bureau.now.isoformat()}
        before = self._contents()
        for moment in self._moments_before(told):
            assert self._contents() == before, f"{task} left something behind, {moment}"
        assert self.clerks.strike(told | {"where": AFTER_COMMIT}) == AFTER_COMMIT
        assert self._contents() != before, f"{task} is lost"
        self.tasks += 1

    def _moments_before(self, task: dict[str, Any]) -> Iterator[str]:
        writes, where = 0, WRITING if self.stride else BEFORE_COMMIT
        while (stood := self.clerks.strike(task | {"where": where, "writes": writes})) != BEFORE_COMMIT:
            yield f"{stood} {writes}"
            writes += self.stride
        yield stood

    def _contents(self) -> dict[str, list[Any]]:
        """Every row there is, read over a connection of its own."""
        with fresh(self.bureau) as bureau, bureau.database.read() as session:
            there = session.connection().dialect.name
            kept = [one for one in Base.metadata.sorted_tables if one.info.get("only", there) == there]
            names = [one.name for one in kept if one.name not in NUMBERING]
            return {name: sorted(map(repr, session.execute(text(f"SELECT * FROM {name}")))) for name in names}


@dataclass
class Doomed(Life):
    """A case in which nobody who acts survives it."""

    fate: Fate | None = None

    def take(self, action, by, said):
        assert self.fate
        self.fate.befall(do="take", case=str(self.id), action=action, by=by.login, said=dict(said))
        whole(self.bureau, self.id)
        return self


@contextmanager
def fresh(bureau: Bureau) -> Iterator[Bureau]:
    """The same bureau seen over a connection that nobody had before."""
    database = Database(bureau.database.url.render_as_string(hide_password=False), pool_size=2)
    yield Bureau(database, bureau.settings, bureau.cast, bureau.now)
    database.close()


def whole(bureau: Bureau, case: uuid.UUID) -> None:
    """Row, acts, papers, numbers, clocks and journal tell the same."""
    number(bureau.database)
    with fresh(bureau) as seen:
        life = Life(seen, case)
        acts = acts_of(life)
        as_folded(life, acts)
        printed(life, acts)
        numbered(life)
        timed(life, acts)
        written_down(life, acts)


def acts_of(life: Life) -> list[Act]:
    with life.bureau.database.read() as session:
        return [records.act_of(one) for one in records.acts_of(session, life.id)]


def as_folded(life: Life, acts: list[Act]) -> None:
    row, case = life.row, fold(acts)
    party = str(row.party_id) if row.party_id else None
    assert [one.sequence for one in acts] == [*range(1, row.version + 1)]
    assert (row.version, row.state, row.lane, tuple(row.handlers), party, row.fine_fen or 0) == (
        case.version, case.state, case.lane, case.handlers, case.party.id if case.party else None, case.fine_fen,
    )  # fmt: skip


def printed(life: Life, acts: list[Act]) -> None:
    """The papers each act calls for, no others, and each with its file."""
    with life.bureau.database.read() as session:
        kept = documents.of_case(session, life.id)
    due = [(one.sequence, form) for place, one in enumerate(acts, 1) for form in papers.due(fold(acts[:place]), one)]
    assert Counter((one.sequence, one.kind) for one in kept) == Counter(due)
    for one in kept:
        paper = documents.path(life.bureau.settings, one).read_bytes()
        assert (files.digest(paper), len(paper), paper[:4]) == (one.sha256, one.size, b"%PDF")
    for act in acts:
        given = act.known.get("numbers", {})
        assert given == {one.kind: one.number for one in kept if one.sequence == act.sequence and one.number}


def numbered(life: Life) -> None:
    """No gap, and every number on its document."""
    with life.bureau.database.read() as session:
        assert numbers.gaps(session) == ()
        rows = session.scalars(select(DocumentNumber)).all()
        carried = {one.number: one.id for one in documents.of_case(session, life.id) if one.number}
    assert {one.text: one.document_id for one in rows} == carried
    assert {one.state for one in rows} <= {NumberState.ISSUED}


def timed(life: Life, acts: list[Act]) -> None:
    """A clock for every act that starts one, and none that no act started."""
    with life.bureau.database.read() as session:
        calendar = workdays.calendar(session, profile.current(session))
        kept = watch.of(session, clocking.subject(life.id))
    changes = [
        change for place, one in enumerate(acts, 1) for change in clocks.changes(fold(acts[:place]), one, calendar)
    ]
    begun = Counter(str(one.clock) for one in changes if one.what == "begun")
    assert Counter(one.kind for one in kept) == begun
    for kind, turns in begun.items():
        assert [one.round for one in kept if one.kind == kind] == [*range(1, turns + 1)]


def written_down(life: Life, acts: list[Act]) -> None:
    """One entry for every act, and one for every paper."""
    with life.bureau.database.read() as session:
        told = journal.events_of(session, clocking.subject(life.id))
        made = [len(journal.events_of(session, f"document:{one.id}")) for one in documents.of_case(session, life.id)]
    assert [(one.version, one.kind, one.actor) for one in told] == [
        (one.sequence, f"case.{one.action}", one.actor) for one in acts
    ]
    assert set(made) <= {1}
    assert verdict(life.bureau.database).sound


@pytest.fixture
def clerks(bureau, tmp_path):
    ready = Clerks(bureau.database, tmp_path)
    yield ready
    ready.end()


@pytest.fixture
def fate(bureau, clerks, scale):
    return Fate(bureau, clerks, scale(0, STRIDE))


def opened(fate: Fate, power: str) -> Doomed:
    fate.befall(do="open", power=power)
    with fate.bureau.database.read() as session:
        case = session.scalars(select(PenaltyCase.id)).one()
    whole(fate.bureau, case)
    return Doomed(fate.bureau, case, fate)


def named(fate: Fate, life: Life) -> None:
    """确认当事人: the party is kept, then the case is about it."""
    fate.befall(do="party")
    with fate.bureau.database.read() as session:
        party = session.scalars(select(Party.id)).one()
    life.take(Action.NAME_PARTY, SU_MIN, {"party": str(party)})


def photographed(fate: Fate, life: Life) -> None:
    """A file that may have been on the disk before its row was there; never the other way round."""
    fate.befall(do="file", case=str(life.id))
    with fate.bureau.database.read() as session:
        file = session.scalars(select(EvidenceFile)).one()
    assert files.digest(evidence.path(fate.bureau.settings, file).read_bytes()) == file.sha256
    life.do("add_evidence", file=str(file.id)).do("verify_evidence")


def lapsed(fate: Fate, life: Life) -> None:
    """Goods are held until nobody decided about them in time: the watch says so, and they go back."""
    life.do("ask_hold").do("approve_hold", ZHOU_ZHENG)
    fate.bureau.later(days=12)
    fate.befall(do="ring")
    whole(fate.bureau, life.id)
    assert life.row.state == "investigating"
    assert acts_of(life)[-1].action == "lapse_hold"
    life.do("settle_hold", settlement="returned")


@pytest.mark.timeout(1800)
def test_who_is_killed_at_an_act_has_done_all_of_it_or_nothing(fate, record_property):
    life = opened(fate, "HJ001")
    named(fate, life)
    life.do("question")
    photographed(fate, life)
    life.do("no_correction").filed()
    lapsed(fate, life)
    life.told(fine_fen=3_000_000, factors=FACTORS | {"harm": "some", "corrected": False}).do("hear_defence")
    life.do("request_hearing").do("call_hearing", XU_FEI)
    fate.bureau.later(days=14, hours=2)
    life.do("hold_hearing", FANG_NING).do("submit_decision").do("review", XU_FEI).do("decide", ZHOU_ZHENG)
    life.do("serve_decision").do("pay", SU_MIN).closed()
    assert life.state == "archived"
    assert check(life.json()) == []
    record_property("tasks", fate.tasks)
    record_property("kills", fate.clerks.kills)
