"""People of the bureau who are struck dead at their work: ``case_clerk.py ANSWERS`` does what each line on stdin asks.

Every task is done by a fork, so that nobody waits for programs and fonts to be loaded. It stops before its so-manieth
writing statement and in any case before its commit, or after that; says so on the descriptor ``ANSWERS`` as
``<pid> <where>``, and waits to be killed. Whoever is left alone ends with stdin.
"""

import datetime as dt
import json
import os
import signal
import sys
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import configure_mappers

from enforcement.documents import load_fonts
from enforcement.rules.cases.actions import Action
from enforcement.rules.parties import PartyKind
from enforcement.services import local_rules, powers, provisions, tiers
from enforcement.services.cases import evidence, on_due
from tests.ground.bureau import BUREAU, RESTAURANT, Bureau, Life
from tests.ground.cast import PEOPLE, Cast
from town import settings, watch
from town.database import Database
from town.people import Account, Squad
from town.settings import Settings

WRITING, BEFORE_COMMIT, AFTER_COMMIT, BROKE = "writing", "before_commit", "after_commit", "broke"
WRITES = ("INSERT", "UPDATE", "DELETE")
PEOPLE_BY_LOGIN = {one.login: one for one in (*PEOPLE, *BUREAU)}
PICTURE = b"\xff\xd8 as the recorder took it \xff\xd9"

Task = dict[str, Any]


def open_case(bureau: Bureau, asked: Task) -> None:
    """登记线索."""
    bureau.open(asked["power"])


def keep_party(bureau: Bureau, _asked: Task) -> None:
    """登记当事人."""
    bureau.party(RESTAURANT, PartyKind.ORGANISATION)


def keep_file(bureau: Bureau, asked: Task) -> None:
    """上传证据."""
    row = Life(bureau, uuid.UUID(asked["case"])).row
    ready = evidence.admit(bureau.settings, row, "现场.jpg", PICTURE)()
    with bureau.database.write() as session:
        evidence.add(session, row, ready, "account:苏敏", bureau.now)


def take(bureau: Bureau, asked: Task) -> None:
    """办案."""
    person = PEOPLE_BY_LOGIN[asked["by"]]
    Life(bureau, uuid.UUID(asked["case"])).take(Action(asked["action"]), person, asked["said"])


def ring(bureau: Bureau, _asked: Task) -> None:
    """The watch looks at what is due."""
    watch.tick(bureau.database, bureau.now, on_due())


TASKS: dict[str, Callable[[Bureau, Task], None]] = {
    "open": open_case,
    "party": keep_party,
    "file": keep_file,
    "take": take,
    "ring": ring,
}


@dataclass
class Mortal:
    """Whoever does one task. ``answers``: where he says that he stands still. ``writes``: so many he may do before."""

    answers: int
    where: str
    writes: int
    written: int = 0
    committed: bool = False

    def watch_himself(self) -> None:
        """Stop where it was asked."""
        event.listen(Engine, "before_cursor_execute", self._about_to_execute)
        event.listen(Engine, "commit", self._about_to_commit)

    def stand_still(self, where: str) -> None:
        """Say so, and wait for the end."""
        os.write(self.answers, f"{os.getpid()} {where}\n".encode())
        os.read(0, 1)
        os._exit(1)

    def _about_to_execute(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(WRITES):
            if self.where == WRITING and self.written == self.writes:
                self.stand_still(WRITING)
            self.written += 1

    def _about_to_commit(self, _connection: Any) -> None:
        if self.where != AFTER_COMMIT or self.committed:  # what is committed twice can be torn in two
            self.stand_still(BEFORE_COMMIT)
        self.committed = True


def live(bureau: Bureau, asked: Task, answers: int) -> None:
    """One task, over connections of one's own."""
    mortal = Mortal(answers, asked["where"], asked.get("writes", 0))
    mortal.watch_himself()
    bureau.now = dt.datetime.fromisoformat(asked["now"])
    TASKS[asked["do"]](bureau, asked)
    mortal.stand_still(AFTER_COMMIT)


def be_mortal(bureau: Bureau, asked: Task, answers: int) -> None:
    """One task, and the end, whatever happens."""
    try:
        live(bureau, asked, answers)
    except BaseException:
        traceback.print_exc()
        os.write(answers, f"{os.getpid()} {BROKE}\n".encode())
    finally:
        os._exit(1)


def at_work(given: Settings) -> Bureau:
    """The bureau with all that a process keeps in memory, and no connection open: forks do not share one."""
    load_fonts(given.fonts)
    configure_mappers()
    database = Database(given.database_url, pool_size=2)
    with database.read() as session:
        accounts = {account.login: account for account in session.scalars(select(Account))}
        cast = Cast(accounts, {squad.code: squad for squad in session.scalars(select(Squad))})
        bureau = Bureau(database, given, cast)
        for held in (powers, provisions, tiers, local_rules):
            held.on(session, bureau.today)
    database.close()
    return bureau


def main(answers: int) -> None:
    """Fork for every line."""
    bureau = at_work(settings.read())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if not os.fork():
            be_mortal(bureau, json.loads(line), answers)


if __name__ == "__main__":
    main(int(sys.argv[1]))
