"""The demo's people call others to some matters, and whoever is called says what the table of joint tasks knows."""

import itertools
import random

import pytest

from dispatch.rules import joint
from dispatch.rules.joint import Action, Asked, Ground, Post, State, Step
from enforcement import starter
from service.demo import joint_script, matters
from service.demo.people import EVERYBODY, LEADERS, PLANNING, SUPERVISOR, UNITS, team_of
from service.demo.settling import TOWN
from town.backstops import FALLBACK_ROLES

CHANCES = [random.Random(number) for number in range(40)]


def task(state, post, refusals=0):
    offered = joint.allowed(state, frozenset({post}), refusals, False)
    return {"state": state.value, "refusals": refusals, "allowed": [{"action": step.action.value} for step in offered]}


@pytest.mark.parametrize(("state", "post", "refusals"), list(itertools.product(State, Post, range(3))))
def test_what_is_said_is_complete_and_may_be_done(state, post, refusals):
    for chance in CHANCES:
        said = joint_script.answer(task(state, post, refusals), chance)
        if said:
            ground = Ground(said["ground"]) if "ground" in said else None
            asked = Asked(state, Action(said["action"]), frozenset({post}), frozenset(said), refusals, False, ground)
            assert isinstance(joint.decide(asked), Step), said


def test_nothing_stays_lying_with_somebody_who_could_go_on():
    for state, post in ((State.CALLED, Post.BODY), (State.REPORTED, Post.BODY), (State.REFUSED, Post.CALLER)):
        assert joint_script.answer(task(state, post), CHANCES[0])
    assert joint_script.answer(task(State.ARBITRATION, Post.SUPERVISOR, 2), CHANCES[0])


def order(**changes):
    said = {"joint": [], "can_call": True, "squad": {"code": "CZ"}, "category": matters.DUMP.category, "words": []}
    return said | changes


def test_leaders_call_the_planning_squad_to_a_fence_and_the_cleaners_to_some_rubbish():
    fence = joint_script.whistle(order(words=list(matters.SITE_FENCE.words)), CHANCES[0])
    assert fence
    assert fence["squads"] == [PLANNING]
    called = [joint_script.whistle(order(), chance) for chance in CHANCES]
    assert {"sanitation"} == {one["partners"][0] for one in called if one}
    assert None in called
    for nobody in ({"can_call": False}, {"squad": {"code": PLANNING}}, {"joint": [{"state": "done"}]}):
        assert joint_script.whistle(order(words=list(matters.SITE_FENCE.words), **nobody), CHANCES[0]) is None


def test_a_squad_and_a_unit_work_only_on_what_is_their_own():
    inner = team_of("CZ").leader
    assert joint_script.is_his(order(), inner)
    assert not joint_script.is_his(order(), next(one for one in LEADERS if one is not inner))
    assert not joint_script.is_his(order(partner=None), UNITS[0])
    assert joint_script.is_his(order(partner={"code": UNITS[0].partner}), UNITS[0])
    assert joint_script.is_his(order(), SUPERVISOR)


def test_the_demo_town_names_whom_it_falls_back_on():
    roles = {one.login: one.role for one in EVERYBODY}
    assert roles[TOWN.fallback] in FALLBACK_ROLES
    assert TOWN.last_resort in {one.code for one in starter.partners()}
