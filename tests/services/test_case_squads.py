"""Whose case it is (承办中队): its own people open it and act in it; who is lent is assigned with the reason on record."""

import pytest

from enforcement.rules.cases.states import State
from tests.ground.bureau import QIAN_MEI
from tests.ground.cast import LIN_XIAOFENG, SU_MIN
from tests.ground.databases import on_sqlite
from tests.lives_in_states import ROADS
from town.errors import Refused

pytestmark = on_sqlite
WITH_THE_NEIGHBOUR = [SU_MIN.login, QIAN_MEI.login]
LOAN = "林晓峰病假，城东片区中队长赵海同意借调钱梅。"


def stops(refused) -> list[str]:
    return [one["code"] for one in refused.value.facts["stops"]]


def test_nobody_opens_a_case_in_the_name_of_another_squads_people(bureau):
    with pytest.raises(Refused, match="钱梅不是承办中队的人员") as refused:
        bureau.open("SR003", officers=tuple(WITH_THE_NEIGHBOUR))
    assert stops(refused) == ["other_squad"]


def test_another_squads_officer_acts_only_once_he_was_lent(bureau):
    life = ROADS[State.INVESTIGATING](bureau)
    for act in (("inspect",), ("assign", LIN_XIAOFENG)):
        with pytest.raises(Refused) as refused:
            life.do(*act, officers=WITH_THE_NEIGHBOUR)
        assert stops(refused) == ["other_squad"]
    life.do("assign", LIN_XIAOFENG, officers=WITH_THE_NEIGHBOUR, loan_words=LOAN)
    life.do("inspect", officers=WITH_THE_NEIGHBOUR)
    assert life.json()["acts"][-2]["given"]["loan_words"] == LOAN


def test_the_leader_is_offered_the_neighbours_where_he_assigns_and_nobody_elsewhere(bureau):
    allowed = {one.action: one for one in ROADS[State.INVESTIGATING](bureau).detail(LIN_XIAOFENG).allowed}

    def offered(action: str) -> dict[str, str]:
        [field] = [one for one in allowed[action].fields if one.name == "officers"]
        return {one.code: one.why or "" for one in field.choices}

    assert QIAN_MEI.login not in offered("inspect")
    assert offered("assign")[QIAN_MEI.login].startswith("外中队")
