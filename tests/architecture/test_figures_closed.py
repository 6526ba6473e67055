"""What may never feed an indicator or an appraisal cannot: fine totals, case quotas, counts of things found, persons.

行政处罚法 74(3); 国办函〔2026〕12号. The inputs are a closed set, the formula can name nothing else, no route offers more.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oversight.models import Appeal, Exclusion, Formula, Snapshot
from oversight.rules import appraisal, formula
from oversight.rules.appraisal import Names
from oversight.rules.counting import By
from oversight.rules.formula import STARTER
from oversight.rules.indicators import DEFINITIONS, Indicator
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import parse, span
from oversight.views import appraisal as appraisal_views
from oversight.views import indicators as indicator_views
from service.openapi import describe
from tests.architecture.source import ROOT, imports, tree
from tests.rules.some_facts import fact

INPUTS = {
    "id", "holder", "area", "kind", "severity", "received_at", "filed", "suspended_at", "in_case", "reworked", "extended",
    "response_due_at", "responded_at", "handling_due_at", "handled_at", "closing_due_at", "closed_at", "solved",
    "satisfied", "excluded",
}  # fmt: skip
"""A new one is a decision; it is made here too."""
FORBIDDEN = re.compile(
    r"fine|money|amount|fen\b|penal|income|confiscat|officer|leader|worker|person|account|login|handler|actor|author"
    r"|rank|points?\b|score|quota|found|patrol|bonus|salary|device|position",
    re.IGNORECASE,
)
SERVICES = ROOT / "oversight/services"
ABOUT_THE_ACT = {"asked_by_name", "decided_by_name", "frozen_by_name", "kept_by_name"}
"""Who asked for an exclusion and who approved it must be shown; nothing is counted by them."""
COUNTING = ("indicators", "counting", "formula", "appraisal", "order_facts", "life", "periods", "canonical", "appeals")
READING = sorted(path for room in ("figures", "appraisal") for path in (SERVICES / room).glob("*.py"))
READ = {
    "dispatch.models.Order", "dispatch.models.Report", "grids.models.Area", "grids.models.Grid", "grids.models.BASE",
    "grids.models.Edition", "oversight.models.Exclusion", "oversight.models.Formula", "oversight.models.Snapshot",
    "oversight.models.Appeal", "town.watch.Deadline", "town.journal.models.Event", "town.people.Squad",
    "town.people.Role", "town.profile.Town",
}  # fmt: skip
COLUMNS = {
    "Order": {"id", "category", "severity", "received_at", "changed_at", "state", "grid_id"},
    "Report": {"order_id", "solved", "attitude", "rated_at"},
    "Deadline": {"subject", "kind", "due_at", "met_at", "extended", "started_at", "state", "round"},
    "Event": {"kind", "at", "data", "subject", "version"},
    "Squad": {"id", "code"},
    "Area": {"code", "id"},
    "Grid": {"id", "area_id"},
    "Exclusion": {"order_id", "ground", "state"},
}
"""Everything that is read of an order; of the journal's data only squad, lane and state."""
TOLD_OF_EVENTS = {"squad", "lane", "to"}
ROUTES = [*indicator_views.routes.listed, *appraisal_views.routes.listed]


def test_the_inputs_of_every_indicator_are_a_closed_set():
    assert {field.name for field in fields(OrderFact)} == INPUTS
    assert [name for name in INPUTS if FORBIDDEN.search(name)] == []


def test_counting_reaches_nothing_but_its_own_rules():
    for name in COUNTING:
        reached = {
            one for one in imports(_rule(name)) if not one.startswith(("oversight.rules", "datetime", "collections"))
        }
        assert {
            one for one in reached if one.startswith(("enforcement", "town.people", "town.access", "service"))
        } == set()


def test_an_indicator_looks_at_nothing_but_the_facts():
    """Every attribute that a rule reads of a fact is one of the inputs."""
    read = {
        node.attr
        for node in _attributes(_rule("indicators"))
        if isinstance(node.value, ast.Name) and node.value.id == "fact"
    }
    assert read <= INPUTS
    assert read


def test_no_table_of_cases_fines_or_people_is_read():
    assert READING
    for path in READING:
        models = {
            one for one in imports(path) if ".models" in one or one.startswith(("town.people", "town.watch.Deadline"))
        }
        assert {one for one in models if one[0].islower() and one.rsplit(".", 1)[-1][:1].isupper()} <= READ, path
        assert not any(one.startswith("enforcement") for one in imports(path)), path


def test_of_each_table_only_these_columns_are_read():
    path = ROOT / "oversight/services/figures/order_facts.py"
    read: dict[str, set[str]] = {}
    for node in _attributes(path):
        if isinstance(node.value, ast.Name) and node.value.id in COLUMNS:
            read.setdefault(node.value.id, set()).add(node.attr)
    assert {model: read[model] - COLUMNS[model] for model in read if read[model] - COLUMNS[model]} == {}
    told = {node.args[0].value for node in _calls(path) if _asks_data(node) and isinstance(node.args[0], ast.Constant)}
    assert told == TOLD_OF_EVENTS


def test_every_indicator_is_a_share_of_orders_and_named_by_nothing_else():
    assert {one.code for one in DEFINITIONS} == set(Indicator)
    assert [code for code in Indicator if FORBIDDEN.search(code) or not code.endswith("_rate")] == []
    asked = span(parse("2026-11"), ZoneInfo("Asia/Shanghai"))
    for one in DEFINITIONS:
        assert {type(answer(fact(), asked)) for answer in (one.among, one.met)} == {bool}


@pytest.mark.parametrize("code", ["fine_total", "cases_filed", "penalised_count", "reports_found", "officer_rate", ""])
def test_a_formula_cannot_name_what_is_no_indicator(code):
    with pytest.raises(ValueError, match=r"考核只能用这些指标"):
        formula.read({**STARTER.as_data(), "parts": [{"indicator": code, "weight": 100}]})


def test_a_formula_has_no_other_place_to_put_something():
    assert set(STARTER.as_data()) == formula.FIELDS == {"name", "valid_from", "parts", "difficulty", "digits"}
    for smuggled in ("fines", "quota", "officers", "bonus", "rank"):
        with pytest.raises(ValueError, match="只有这些项"):
            formula.read({**STARTER.as_data(), smuggled: 1})


def test_more_of_the_same_never_counts_for_more():
    """A hundred orders found and done weigh as one: shares have no place for a number of them."""
    asked = span(parse("2026-11"), ZoneInfo("Asia/Shanghai"))
    one = fact(response_due_at=fact().received_at, closed_at=fact().received_at)
    names = Names("云溪镇", {"CZ": "城中片区中队"})
    few, many = (appraisal.appraise(STARTER, [one] * count, asked, names)["squads"][0]["result"] for count in (1, 100))
    assert few == many


def test_rows_are_towns_areas_and_squads_and_never_people():
    assert set(By) == {"town", "area", "squad"}


def test_tables_of_appraisal_hold_no_person_but_who_asked_and_who_decided():
    columns = {column.name for model in (Formula, Snapshot, Appeal, Exclusion) for column in model.__table__.columns}
    assert {name for name in columns if FORBIDDEN.search(name)} == set()
    assert {name for name in columns if name.endswith("_by")} == {"kept_by", "frozen_by", "asked_by", "decided_by"}


def test_no_route_asks_or_tells_more():
    assert len(ROUTES) == 15
    for route in ROUTES:
        described = describe((route,))
        own = {
            name: schema for name, schema in described["components"]["schemas"].items() if name not in SHOWN_ELSEWHERE
        }
        found = [name for name in _names({"paths": described["paths"], "schemas": own}) if _odd(name)]
        assert found == [], route.rule


def test_the_names_that_are_shown_elsewhere_are_those_of_an_order():
    """Drilling down shows the order as every list does; nothing of it is counted."""
    behind = next(route for route in ROUTES if route.rule.endswith("/orders"))
    shown = set(describe((behind,))["components"]["schemas"]) & SHOWN_ELSEWHERE
    assert {"OrderOut", "Named"} <= shown


SHOWN_ELSEWHERE = {"OrderOut", "Named", "Problem", "ClockOut", "Coded", "PlaceOut"}


def _rule(name: str) -> Path:
    return ROOT / f"oversight/rules/{name}.py"


def _attributes(path: Path) -> Iterator[ast.Attribute]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute))


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def _asks_data(node: ast.Call) -> bool:
    """``data.get(…)``, as the journal's data are read."""
    asked = node.func
    if not (isinstance(asked, ast.Attribute) and asked.attr == "get"):
        return False
    return isinstance(asked.value, ast.Name) and asked.value.id == "data"


def _names(described: Any) -> Iterator[str]:
    match described:
        case dict():
            for key, value in described.items():
                if key not in {"description", "summary", "title"}:
                    yield from (key, *_names(value))
        case list():
            for value in described:
                yield from _names(value)
        case str() if " " not in described:
            yield described


def _odd(name: str) -> bool:
    told = name.removeprefix("#/components/schemas/")
    return bool(FORBIDDEN.search(told)) and told not in ABOUT_THE_ACT | set(ROLES) | SHOWN_ELSEWHERE


ROLES = [role for route in ROUTES for role in route.rights.roles]
