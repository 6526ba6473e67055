"""The table of stops: every act has its guards, every stop an article and its two tests, and nothing unknown passes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import World
from enforcement.rules.stops import CATALOGUE, STOPS, as_data, standing_stops, stops
from enforcement.rules.stops.asking import LABELS
from tests.rules.stops.cases import KNOWN, TODAY, YUNXI, act, actor_of, allows, case, codes, empty, forbids, world

HERE = Path(__file__).parent
A = Action


@pytest.mark.parametrize("action", [one for one in Action if one is not A.OPEN])
def test_the_usual_act_is_allowed(action):
    assert codes(act(action)) == []


def asked_for(name: str) -> Iterator[str]:
    """The codes that some test asks ``forbids`` or ``allows`` about."""
    for file in HERE.glob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield ast.literal_eval(node.args[0])


@pytest.mark.parametrize("name", ["forbids", "allows"])
def test_for_every_stop_there_is_a_test_that_it_stops_and_one_that_it_lets_pass(name):
    assert set(CATALOGUE) - set(asked_for(name)) == set()


def test_every_stop_names_an_article_and_what_it_is_about():
    for one in CATALOGUE.values():
        assert re.search(r"第.+条|国办发〔2024〕54号", one.article)
        assert one.label
    assert [one["code"] for one in as_data()] == list(CATALOGUE)


@pytest.mark.parametrize("action", list(Action))
def test_every_act_is_guarded_at_least_against_a_false_date(action):
    assert STOPS[action]


@pytest.mark.parametrize("action", [one for one in Action if one is not A.OPEN])
def test_an_empty_form_is_not_held_against_anybody(action):
    told = empty(action)
    outside = World(TODAY, YUNXI, {**KNOWN, "actor": actor_of(action)})
    assert standing_stops(case(action), told, outside) == ()


@pytest.mark.parametrize("action", [one for one in Action if one is not A.OPEN])
def test_what_nobody_knows_is_never_taken_for_a_pass(action):
    """Take one fact of the world away after the other: the act passes as before, or is stopped as unknown."""
    for name in KNOWN:
        assert set(codes(act(action), outside=world(without=name))) <= {"unknown", "seizure_forbidden"}


@pytest.mark.parametrize(
    "name", ["power", "law", "bounds", "tier_outcome", "officers", "same_party", "higher", "hearing_due"]
)
def test_a_decision_without_one_of_these_facts_is_stopped(name):
    told = (
        A.SUBMIT_DECISION
        if name in ("hearing_due", "bounds", "tier_outcome", "law", "same_party")
        else A.DECIDE_ON_SPOT
    )
    assert codes(act(told), outside=world(without=name)) == ["unknown"]


def test_what_is_unknown_is_said_in_words():
    (one,) = stops(case(A.FILE), act(A.FILE), World(TODAY, YUNXI, {**KNOWN, "power": {}, "actor": "zhouzheng"}))
    assert one.code == "unknown"
    assert LABELS["power"] in one.sentence


def test_all_stops_that_hold_are_told_at_once_in_a_stable_order():
    told = act(A.INSPECT, officers=["xiaolin"], certificate_shown=False, avoidance_told=False)
    assert codes(told) == [
        "two_officers",
        "auxiliary",
        "certificate_not_shown",
        "avoidance_not_told",
    ]


def test_every_sentence_is_chinese_and_ends_as_one():
    told = act(
        A.DECIDE_ON_SPOT, officers=["xiaolin"], told=False, certificate_shown=False, fine_fen=10**8, kinds=["fine"]
    )
    outside = World(TODAY, YUNXI, {**KNOWN, "actor": "sumin"})
    for one in stops(case(A.DECIDE_ON_SPOT), told, outside):
        assert one.sentence.endswith("。")
        assert "。。" not in one.sentence
        assert not re.search(r"[a-z_]{4,}", one.sentence)


def test_a_fact_that_is_missing_is_said_and_a_complete_act_is_not_stopped_for_it():
    assert forbids("unknown", act(A.DECIDE), outside=world(without="law"))
    assert allows("unknown", act(A.DECIDE))
