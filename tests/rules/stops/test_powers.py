"""Whether the town may punish at all: place, power, limitation, no second fine, the higher rule, the law of the day."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import (
    DECIDING,
    FACTS,
    FINE,
    IN_FORCE,
    OPENED,
    POWER,
    TOLD,
    act,
    allows,
    case,
    codes,
    empty,
    forbids,
    world,
)

A = Action
AT_THE_GATES = [A.ASK_FILING, A.FILE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.APPROVE_FAST, A.APPROVE_NOTICE, A.DECIDE]
NO_PENALTY = {"outcome": "no_penalty", "ground": "lawful_now", "kinds": None, "fine_fen": None}


def opened(action, **told):
    before = case(action)
    return replace(before, opened={**OPENED, **told})


@pytest.mark.parametrize("action", AT_THE_GATES)
def test_what_happened_outside_the_town_is_not_the_towns_to_punish(action):
    assert forbids("outside_town", act(action), opened(action, in_town=False))


@pytest.mark.parametrize("action", AT_THE_GATES)
def test_what_happened_in_town_is(action):
    assert allows("outside_town", act(action), opened(action, in_town=True))


def test_a_place_nobody_looked_up_is_unknown():
    assert forbids("unknown", act(A.FILE), opened(A.FILE, in_town=None))


def lost(when, code="handed_back", why="自 2026-10-01 起已退回。"):
    return world(power=POWER | {when: {"in_force": False, "code": code, "why": why}})


@pytest.mark.parametrize("action", AT_THE_GATES)
def test_a_power_not_in_force_when_it_was_done_carries_no_penalty(action):
    assert forbids("power_then", act(action), outside=lost("on_act", "not_published"))


@pytest.mark.parametrize("action", AT_THE_GATES)
def test_a_power_published_and_in_force_that_day_does(action):
    assert allows("power_then", act(action))


@pytest.mark.parametrize("action", [*AT_THE_GATES, A.APPROVE_HOLD, A.APPROVE_SEIZURE, A.EXTEND_SEIZURE])
def test_a_power_handed_back_in_the_middle_decides_nothing_more(action):
    assert forbids("power_today", act(action), outside=lost("today"))


@pytest.mark.parametrize("action", [*AT_THE_GATES, A.APPROVE_HOLD, A.APPROVE_SEIZURE, A.EXTEND_SEIZURE])
def test_a_power_in_force_today_does(action):
    assert allows("power_today", act(action))


def test_after_a_hand_back_the_case_is_transferred():
    assert allows("power_today", act(A.TRANSFER, transfer_ground="handed_back"), outside=lost("today"))


@pytest.mark.parametrize(("ended", "found"), [("2024-11-22", "2026-11-23"), ("2020-02-29", "2022-03-01")])
def test_two_years_after_its_end_an_act_is_no_longer_punished(ended, found):
    before = opened(A.CONCLUDE, acted_from=ended, acted_on=ended, discovered_on=found)
    assert forbids("too_late", act(A.CONCLUDE), before)


@pytest.mark.parametrize(("ended", "found"), [("2024-11-23", "2026-11-23"), ("2020-02-29", "2022-02-28")])
def test_on_the_last_day_of_the_two_years_it_is(ended, found):
    before = opened(A.CONCLUDE, acted_from=ended, acted_on=ended, discovered_on=found)
    assert allows("too_late", act(A.CONCLUDE), before)


OLD = {"acted_from": "2022-01-01", "acted_on": "2022-01-01", "discovered_on": "2026-06-01"}


def test_harm_to_life_and_health_and_to_the_environment_may_be_punished_for_five_years():
    harmful = FACTS | {"harm": "some", "public_safety": True}
    assert allows("too_late", act(A.CONCLUDE, factors=harmful), opened(A.CONCLUDE, **OLD))
    eco = world(power=POWER | {"field": "生态环境"})
    assert allows("too_late", act(A.CONCLUDE, factors=FACTS | {"harm": "some"}), opened(A.CONCLUDE, **OLD), eco)


def test_without_harm_the_five_years_do_not_run():
    harmless = FACTS | {"harm": "none", "public_safety": True}
    assert forbids("too_late", act(A.CONCLUDE, factors=harmless), opened(A.CONCLUDE, **OLD))
    assert forbids("too_late", act(A.CONCLUDE, factors=FACTS | {"harm": "some"}), opened(A.CONCLUDE, **OLD))


def test_a_case_is_filed_within_the_five_years_and_never_after():
    assert allows("too_late", act(A.FILE), opened(A.FILE, **OLD))
    assert forbids("too_late", act(A.FILE), opened(A.FILE, **OLD | {"discovered_on": "2027-01-02"}))


def test_who_is_out_of_time_is_let_off_with_that_ground():
    told = act(A.CONCLUDE, outcome="no_penalty", ground="lapsed", kinds=None, fine_fen=None)
    assert allows("too_late", told, opened(A.CONCLUDE, **OLD))


OTHER = {
    "case": "另案",
    "power": "SR006",
    "event": "09006",
    "acted_from": "2026-11-02",
    "acted_on": "2026-11-03",
    "fine_fen": 20_000,
    "outcome": "penalty",
    "state": "closed",
    "same_place": True,
}


def beside(**told):
    return world(same_party=[OTHER | told])


@pytest.mark.parametrize("action", [A.FILE, A.DECIDE_ON_SPOT, A.CONCLUDE, A.APPROVE_NOTICE, A.DECIDE])
def test_one_act_is_never_fined_twice(action):
    assert forbids("fined_already", act(action), outside=beside())


def test_nor_under_another_power_over_the_same_matter():
    assert forbids("fined_already", act(A.DECIDE), outside=beside(power="SR007"))


@pytest.mark.parametrize(
    "told",
    [
        {"acted_from": "2026-11-03"},
        {"same_place": False},
        {"power": "SR001", "event": "06011"},
        {"fine_fen": None, "outcome": "no_penalty"},
        {"state": "revoked"},
    ],
)
def test_another_day_place_or_matter_is_another_act_and_no_fine_is_no_second_one(told):
    assert allows("fined_already", act(A.DECIDE), outside=beside(**told))


def test_a_second_decision_that_only_warns_is_no_second_fine():
    warned = replace(FINE, kinds=("warning",), fine_fen=0)
    before = replace(DECIDING, submitted=warned, notice=replace(TOLD, proposal=warned))
    assert allows("fined_already", act(A.DECIDE), before, beside())


@pytest.mark.parametrize("action", [A.FILE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST])
def test_no_second_case_is_opened_about_one_act(action):
    assert forbids("other_case_open", act(action), outside=beside(state="investigating", fine_fen=None))


@pytest.mark.parametrize("state", ["source", "withdrawn", "closed"])
def test_a_clue_nobody_filed_or_a_case_that_ended_without_fine_is_no_hindrance(state):
    assert allows("other_case_open", act(A.FILE), outside=beside(state=state, fine_fen=None))


HIGHER = world(higher={"code": "WZ001", "name": "无照经营", "high_fen": 1_000_000})


@pytest.mark.parametrize("action", [A.ASK_FILING, A.FILE, A.DECIDE_ON_SPOT, A.PROPOSE_FAST, A.CONCLUDE])
def test_of_several_rules_the_one_with_the_higher_fine_is_used(action):
    assert forbids("higher_fine", act(action), outside=HIGHER)


def test_unless_it_is_written_down_why_that_one_does_not_fit():
    assert allows("higher_fine", empty(A.ASK_FILING), outside=HIGHER)
    assert allows("higher_fine", act(A.CONCLUDE, higher_excluded="有营业执照"), outside=HIGHER)
    assert allows("higher_fine", act(A.FILE), replace(case(A.FILE), higher_excluded="有营业执照"), HIGHER)


def law(**told):
    return world(law={"provision": None, "why": "2026-11-02 没有条文处罚这种情形。", "lawful_now": False} | told)


def test_without_a_provision_there_is_no_penalty():
    assert forbids("no_provision", act(A.CONCLUDE), outside=law())


def test_with_one_there_is():
    assert allows("no_provision", act(A.CONCLUDE))


def test_what_the_new_law_allows_is_not_punished():
    assert forbids("lawful_now", act(A.DECIDE), outside=law(lawful_now=True))


def test_it_is_let_off_under_the_new_law():
    told = act(A.SUBMIT_DECISION, **NO_PENALTY)
    assert allows("lawful_now", told, outside=law(lawful_now=True))


def test_a_power_that_is_half_told_is_unknown():
    assert codes(act(A.FILE), outside=world(power={"on_act": IN_FORCE})) == ["unknown"]
