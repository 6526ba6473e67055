"""Nothing that the product allows is unlawful (合法性): random lives, judged by a checker that shares no line with it."""

from collections import Counter
from functools import lru_cache
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from enforcement.rules.cases.actions import Action
from tests.ground.databases import on_sqlite
from tests.lives import walker
from tests.lives.real_town import RealCase, RealTown
from tests.lives.walker import POWERS, live
from tests.oracle.breaches import PLANTED
from tests.oracle.checker import check

LIVES, MANY_LIVES = 2_000, 100_000
PARTS = 8
SOME = 400
FEWEST_PLANTED = 100
"""Kinds of breach that must fit into lives that chance wrote; the rest is planted into lives written by hand."""
NEVER_BY_CHANCE = {
    Action.OPEN,
    Action.DISPOSE_GOODS,
    Action.ASK_SEIZURE,
    Action.APPROVE_SEIZURE,
    Action.EXTEND_SEIZURE,
    Action.LIFT_SEIZURE,
    Action.LAPSE_SEIZURE,
}
"""Seizure is not allowed in this town, and nobody here confiscates goods."""


@pytest.mark.parametrize("part", range(PARTS))
def test_the_checker_finds_nothing_in_two_thousand_lives(scale, record_property, part):
    lives = range(part, scale(LIVES, MANY_LIVES), PARTS)
    found = [(seed, one.code, one.sentence) for seed in lives for one in check(live(seed).json())]
    record_property("lives", len(lives))
    assert found == []


@lru_cache(SOME)
def told(seed):
    """The life with this number as a file."""
    return live(seed).json()


SELDOM = {Action.APPLY_TO_COURT, Action.COURT_RULED, Action.TAKE_BACK}
"""In fewer than one life in four hundred; the scenarios walk them."""


def test_lives_go_everywhere():
    ways, done = Counter(), Counter()
    for seed in range(SOME):
        case = told(seed)
        ways[case["case"]["lane"], case["case"]["outcome"]] += 1
        done.update({Action(act["action"]) for act in case["acts"]})
    assert {lane for lane, _ in ways} == {"on_spot", "fast", "ordinary"}
    assert {outcome for _, outcome in ways} >= {"penalty", "no_penalty", "not_proven", None}
    assert set(Action) - set(done) <= NEVER_BY_CHANCE | SELDOM


def test_every_breach_planted_into_a_life_is_found(record_property):
    fitting, missed = 0, []
    for breach in PLANTED:
        spoilt = next((one for seed in range(SOME) if (one := breach.plant(told(seed)))), None)
        fitting += spoilt is not None
        if spoilt and breach.code not in {one.code for one in check(spoilt)}:
            missed.append(breach.name)
    record_property("planted", fitting)
    assert missed == []
    assert fitting >= FEWEST_PLANTED


class Lives(RuleBasedStateMachine):
    """Hypothesis walks, and cuts a bad life down to the acts that matter."""

    def __init__(self) -> None:
        super().__init__()
        self.case = walker.begin(walker.town(), Random(0))

    @rule(seed=st.integers(0, 2**32))
    def something_happens(self, seed):
        walker.step(self.case, Random(seed))

    @invariant()
    def nothing_is_unlawful(self):
        assert check(self.case.json()) == []


Lives.TestCase.settings = settings(max_examples=30, stateful_step_count=60, deadline=None)
TestLives = Lives.TestCase


@on_sqlite
def test_the_services_let_nothing_unlawful_pass_either(bureau):
    town = RealTown(bureau)
    for seed in range(6):
        chance = Random(seed)
        case = RealCase(town, bureau.open(chance.choice(sorted(POWERS))))
        town.cases.append(case)
        for _ in range(60):
            if walker.step(case, chance):
                assert check(case.json()) == [], seed
