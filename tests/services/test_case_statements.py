"""How often the database is asked (语句数): it does not grow with acts, people or parties."""

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from sqlalchemy import event

from enforcement.rules.parties import Identity, Paper
from enforcement.schemas import CaseQuery
from enforcement.services.cases import pictures
from tests.ground.bureau import ZHOU_ZHENG, Bureau
from tests.ground.cast import SU_MIN
from town.database import Database

DETAIL, ACT, PAGE = 30, 60, 8
PASSPORTS = count(1)


def asked(database: Database, task: Callable[[], Any]) -> int:
    """How many statements a task takes."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        task()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(statements)


def test_one_case_is_shown_with_few_statements(bureau, record_property):
    life = bureau.open("SR003").known().filed().told()
    early = asked(bureau.database, life.detail)
    life.heard().decided().do("pay")
    late = asked(bureau.database, lambda: life.detail(ZHOU_ZHENG))
    record_property("statements", (early, late))
    assert max(early, late) < DETAIL


def test_an_act_takes_few_statements(bureau, record_property):
    life = bureau.open("SR003").known().filed().told().heard()
    figures = {
        action: asked(bureau.database, partial(life.do, action, *by))
        for action, *by in (
            ("submit_decision",),
            ("decide", ZHOU_ZHENG),
            ("serve_decision",),
            ("pay",),
            ("ask_closing",),
        )
    }
    record_property("statements", figures)
    assert max(figures.values()) < ACT


def test_a_page_of_cases_takes_as_many_for_twelve_parties_as_for_two(bureau, record_property):
    some = [pages(bureau, 2), pages(bureau, 10)]
    record_property("statements", some)
    assert some[0] == some[1] <= PAGE


def pages(bureau: Bureau, more: int) -> int:
    """Statements for the first page after so many more cases, each against somebody else."""
    for _ in range(more):
        told = Identity("周国英", Paper.PASSPORT, f"E{next(PASSPORTS):08d}", address="河东村 12 号")
        bureau.open("SR003").do("name_party", party=bureau.party(told))

    def page() -> None:
        with bureau.database.read() as session:
            found = pictures.page(session, bureau.settings, bureau.actor(SU_MIN), CaseQuery(limit=50), bureau.now)
            assert len({one.party_name for one in found}) == 1

    return asked(bureau.database, page)
