"""Over all states, actions and posts nothing outside the table is possible, asked as a program would ask it."""

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.procedure import TABLE
from enforcement.rules.cases.states import Lane, Post, State
from tests.ground.bureau import XU_FEI, ZHOU_ZHENG
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, SU_MIN, ZHAO_HAI
from tests.ground.databases import on_sqlite
from tests.lives_in_states import ROADS

POSTS = {
    SU_MIN.login: {Post.OFFICER},
    LIN_XIAOFENG.login: {Post.OFFICER, Post.LEADER},
    ZHOU_ZHENG.login: {Post.APPROVER},
    XU_FEI.login: {Post.REVIEWER},
}
WORKERS = (SU_MIN, LIN_XIAOFENG, ZHOU_ZHENG, XU_FEI)


def test_there_is_a_road_to_every_state():
    assert set(ROADS) == set(State)


def test_every_action_stands_in_the_table_and_every_entry_is_reachable():
    assert {action for _, action in TABLE} | {Action.OPEN} == set(Action) == set(DEEDS)


@on_sqlite
@pytest.mark.parametrize("state", list(State), ids=str)
def test_from_a_state_only_what_the_table_allows(bureau, door, state):
    life = ROADS[state](bureau)
    row = life.row
    assert row.state == state
    path = f"/api/v1/cases/{life.id}/acts"
    wrong = []
    for person in WORKERS:
        inside = door.signed_in(person)
        for action in Action:
            answer = inside.post(path, {"action": action, "version": row.version, "facts": {}})
            if answer.json["code"] not in expected(state, Lane(row.lane), action, POSTS[person.login]):
                wrong.append((person.login, action, answer.json["code"]))
    assert wrong == []
    assert life.row.version == row.version


def expected(state, lane, action, posts):
    """The refusals an empty form may meet here."""
    step = TABLE.get((state, action))
    if step is None or lane not in step.lanes:
        return {"illegal_act"}
    if not step.deed.by & posts:
        return {"forbidden"}
    return {"missing_fact", "case_stopped"}


@on_sqlite
def test_other_squads_see_nothing_and_the_desk_does_nothing(bureau, door):
    life = ROADS[State.INVESTIGATING](bureau)
    path = f"/api/v1/cases/{life.id}"
    assert door.signed_in(ZHAO_HAI).get(path).json["code"] == "not_found"
    assert (
        door.signed_in(ZHAO_HAI).post(f"{path}/acts", {"action": "inspect", "version": 1}).json["code"] == "not_found"
    )
    assert (
        door.signed_in(CHEN_JING).post(f"{path}/acts", {"action": "inspect", "version": 1}).json["code"] == "forbidden"
    )
    assert door.get(path).json["code"] == "not_signed_in"


@on_sqlite
def test_who_need_not_know_the_party_sees_it_masked(bureau, door):
    life = ROADS[State.INVESTIGATING](bureau)
    told = door.signed_in(CHEN_JING).get(f"/api/v1/cases/{life.id}").json
    assert told["party"]["masked"] is True
    assert "周国英" not in str(told)
    assert "11010519491231002X" not in str(told)
