"""Who gets an order: row by row, and the laws of the whole table."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dispatch import labels
from dispatch.rules import routing
from dispatch.rules.facts import EventFact, Facts, NearGrid, NearOrder, PowerFact, SquadFact
from dispatch.rules.routing import Decision
from dispatch.rules.workflow import Lane

CZ, CD = NearGrid("CZ01", "CZ", 0.0), NearGrid("CD07", "CD", 8.0)
CZ_SQUAD, CD_SQUAD = SquadFact("CZ-squad", ("CZ",)), SquadFact("CD-squad", ("CD",))
BUILDING = SquadFact("GH-squad", ("CZ", "CD"), fields=("规划建设",))

STALL = EventFact("09006", "enforcement", "市容环卫", holder="city")
ILLEGAL_BUILDING = EventFact("06001", "enforcement", "规划建设")
MANHOLE = EventFact("01001", "facility", "市政", unit="water")
GAS_LEAK = EventFact("99901", "enforcement", "燃气", emergency=True)
WASHING_LINE = EventFact("06007", "enforcement", "市容环卫", small=True)
HELD = (PowerFact("SR017", "in_force"),)
GIVEN_BACK = (PowerFact("SR017", "handed_back", "county"), PowerFact("SR018", "expired"))


def facts(covering: NearGrid | None = CZ, *nearby: NearGrid, **given: object) -> Facts:
    known = {"nearest": None, "accuracy_m": 10.0, "near_border": False, "squads": (CZ_SQUAD, CD_SQUAD)} | given
    return Facts(covering=covering, nearby=nearby or ((covering,) if covering else ()), **known)  # type: ignore[arg-type]


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def said(decision: Decision, code: str) -> str:
    return next(labels.reason(code, reason.facts) for reason in decision.reasons if reason.code == code)


def test_a_matter_without_a_name_goes_to_the_squad_of_the_area_to_be_looked_at() -> None:
    decision = routing.route(facts())
    assert (decision.row, decision.lane, decision.squad) == ("unclassified", Lane.SQUAD, "CZ-squad")
    assert codes(decision) == ["in_grid", "served_by", "unclassified"]


def test_a_power_in_force_sends_it_to_the_squad_of_the_area_and_names_the_line() -> None:
    decision = routing.route(facts(event=STALL, powers=HELD))
    assert (decision.row, decision.squad, decision.power) == ("squad", "CZ-squad", "SR017")
    assert said(decision, "by_power") == "依据权力清单 SR017"


def test_a_fire_is_not_dispatched_but_put_before_the_desk_at_once() -> None:
    decision = routing.route(facts(event=GAS_LEAK, powers=HELD))
    assert (decision.row, decision.lane, decision.alarm) == ("emergency", Lane.DESK, True)


def test_a_place_outside_the_town_goes_to_the_county() -> None:
    decision = routing.route(facts(None, nearest=NearGrid("CD07", "CD", 420.4), county="county"))
    assert (decision.row, decision.lane, decision.partner) == ("outside", Lane.TRANSFER, "county")
    assert said(decision, "outside") == "地点不在本镇任何网格内，离网格 CD07 最近，约 420 米"


def test_a_place_outside_waits_at_the_desk_while_no_county_is_known_or_the_border_is_near() -> None:
    far = NearGrid("CD07", "CD", 420.4)
    assert routing.route(facts(None, nearest=far)).lane is Lane.DESK
    assert routing.route(facts(None, nearest=far, county="county", near_border=True)).lane is Lane.DESK


def test_a_place_outside_that_may_be_inside_by_its_accuracy_is_ambiguous() -> None:
    decision = routing.route(facts(None, CD, county="county"))
    assert (decision.row, decision.lane) == ("ambiguous", Lane.DESK)


def test_without_a_power_on_that_day_it_goes_to_the_body_that_holds_it() -> None:
    decision = routing.route(facts(event=STALL, powers=GIVEN_BACK))
    assert (decision.row, decision.lane, decision.partner) == ("no_power", Lane.TRANSFER, "county")
    assert said(decision, "no_power") == "本镇当日没有办理这类事项的有效权力（SR017 已退回、SR018 已到期）"


def test_without_a_line_in_the_list_the_kind_of_matter_names_the_body() -> None:
    assert routing.route(facts(event=STALL, powers=())).partner == "city"


def test_without_any_power_list_nobody_is_sent_out() -> None:
    decision = routing.route(facts(event=STALL, powers=None))
    assert (decision.row, decision.lane, decision.alarm) == ("no_power_list", Lane.DESK, True)


def test_a_loose_manhole_cover_goes_to_the_water_works() -> None:
    decision = routing.route(facts(event=MANHOLE, powers=()))
    assert (decision.row, decision.lane, decision.partner) == ("facility", Lane.UNIT, "water")


def test_a_facility_nobody_answers_for_waits_at_the_desk() -> None:
    decision = routing.route(facts(event=replace(MANHOLE, unit=None), powers=()))
    assert (decision.lane, codes(decision)) == (Lane.DESK, ["facility", "no_unit"])


def test_a_small_matter_is_the_grid_workers() -> None:
    decision = routing.route(facts(event=WASHING_LINE, powers=HELD, worker="xiaolin"))
    assert (decision.row, decision.lane, decision.worker, decision.squad) == ("small", Lane.GRID, "xiaolin", "CZ-squad")


def test_a_small_matter_without_a_grid_worker_is_the_squads() -> None:
    small = facts(event=WASHING_LINE, powers=HELD)
    assert routing.route(small).lane is Lane.SQUAD
    in_conflict = replace(small, worker="xiaolin", conflicted=frozenset({"xiaolin"}))
    assert routing.route(in_conflict).lane is Lane.SQUAD


def test_a_circle_that_reaches_another_squad_is_never_guessed() -> None:
    decision = routing.route(facts(CZ, CZ, CD))
    assert (decision.row, decision.squad) == ("ambiguous", None)
    assert said(decision, "ambiguous") == "定位误差 10 米，可能属于不同中队的网格：CZ01（0 米）、CD07（8 米）"


def test_a_circle_over_the_whole_town_names_the_nearest_grids_only() -> None:
    all_over = [NearGrid(f"CD{number:04}", "CD", float(number)) for number in range(1, 2000)]
    told = routing.route(facts(CZ, CZ, *all_over, accuracy_m=100_000.0)).reasons[0].facts["candidates"]
    assert [near["grid"] for near in told] == ["CZ01", *(f"CD{number:04}" for number in range(1, 10))]


def test_another_grid_of_the_same_squad_is_no_doubt() -> None:
    both = (SquadFact("one", ("CZ", "CD")),)
    assert routing.route(facts(CZ, CZ, CD, squads=both)).squad == "one"


def test_an_area_without_a_squad_is_told_to_the_desk() -> None:
    decision = routing.route(facts(squads=()))
    assert (decision.row, decision.lane, decision.alarm) == ("unserved", Lane.DESK, True)


def test_the_squad_that_holds_the_field_comes_before_the_one_for_everything() -> None:
    three = (CZ_SQUAD, CD_SQUAD, BUILDING)
    assert routing.route(facts(event=ILLEGAL_BUILDING, powers=HELD, squads=three)).squad == "GH-squad"
    assert routing.route(facts(event=STALL, powers=HELD, squads=three)).squad == "CZ-squad"


def test_two_areas_whose_field_one_squad_holds_are_no_doubt() -> None:
    three = (CZ_SQUAD, CD_SQUAD, BUILDING)
    assert routing.route(facts(CZ, CZ, CD, event=ILLEGAL_BUILDING, powers=HELD, squads=three)).squad == "GH-squad"


def test_whoever_is_on_duty_leads_and_steps_aside_in_a_conflict_of_interest() -> None:
    squad = replace(CZ_SQUAD, on_duty=("linxiaofeng", "sumin"), certified=("linxiaofeng", "sumin"), rostered=True)
    assert routing.route(facts(squads=(squad,))).leader == "linxiaofeng"
    decision = routing.route(facts(squads=(squad,), conflicted=frozenset({"linxiaofeng"})))
    assert decision.leader == "sumin"
    assert "conflict" in codes(decision)


def test_when_nobody_is_on_duty_the_named_stand_in_answers() -> None:
    squad = replace(CZ_SQUAD, rostered=True, stand_in="chenjing")
    decision = routing.route(facts(squads=(squad,)))
    assert (decision.squad, decision.leader, decision.alarm) == ("CZ-squad", "chenjing", False)


def test_when_there_is_no_stand_in_either_the_squad_gets_it_and_the_desk_is_alarmed() -> None:
    decision = routing.route(facts(squads=(replace(CZ_SQUAD, rostered=True),)))
    assert (decision.squad, decision.leader, decision.alarm) == ("CZ-squad", None, True)
    assert "nobody" in codes(decision)


def test_a_crew_without_certificates_alarms_the_desk_where_a_penalty_may_follow() -> None:
    squad = replace(CZ_SQUAD, on_duty=("xiaowu",), rostered=True)
    assert routing.route(facts(event=STALL, powers=HELD, squads=(squad,))).alarm
    assert not routing.route(facts(squads=(squad,))).alarm


def test_without_accuracy_a_near_border_is_noted_and_not_guessed_away() -> None:
    decision = routing.route(facts(accuracy_m=None, near_border=True))
    assert decision.squad == "CZ-squad"
    assert "near_border" in codes(decision)


def test_a_likely_duplicate_is_told_and_holds_nothing_back() -> None:
    alone = routing.route(facts(event=STALL, powers=HELD))
    beside = routing.route(facts(event=STALL, powers=HELD, near_orders=(NearOrder("an order", 4.0, 2.0),)))
    assert (beside.squad, beside.row) == (alone.squad, alone.row)
    assert said(beside, "duplicate") == "附近有 1 件同类工单，可能是同一件事"


some_code = st.sampled_from(["A", "B", "C"])
logins = st.sampled_from(["u", "v", "w"])
near = st.builds(NearGrid, some_code, some_code, st.floats(0, 500))
event = st.builds(
    EventFact,
    code=some_code,
    nature=st.sampled_from(["enforcement", "facility", "service"]),
    field=some_code,
    emergency=st.booleans(),
    small=st.booleans(),
    unit=st.none() | some_code,
    holder=st.none() | some_code,
)
power = st.builds(PowerFact, some_code, st.sampled_from(list(labels.STANDINGS)), st.none() | some_code)
squad = st.builds(
    SquadFact,
    code=st.sampled_from(["x", "y", "z"]),
    areas=st.lists(some_code, max_size=3).map(tuple),
    fields=st.lists(some_code, max_size=2).map(tuple),
    on_duty=st.lists(logins, max_size=3, unique=True).map(tuple),
    certified=st.lists(logins, max_size=3, unique=True).map(tuple),
    stand_in=st.none() | logins,
    rostered=st.booleans(),
)
anything = st.builds(
    Facts,
    covering=st.none() | near,
    nearby=st.lists(near, max_size=4).map(tuple),
    nearest=st.none() | near,
    accuracy_m=st.none() | st.floats(0, 1000),
    near_border=st.booleans(),
    squads=st.lists(squad, max_size=4, unique_by=lambda one: one.code).map(tuple),
    event=st.none() | event,
    powers=st.none() | st.lists(power, max_size=3).map(tuple),
    worker=st.none() | logins,
    conflicted=st.frozensets(logins),
    county=st.none() | some_code,
    near_orders=st.lists(st.builds(NearOrder, some_code, st.floats(0, 50), st.floats(0, 200)), max_size=2).map(tuple),
)
HELD_BY = {Lane.SQUAD: "squad", Lane.GRID: "worker", Lane.UNIT: "partner", Lane.TRANSFER: "partner"}


@given(anything)
def test_there_is_always_exactly_one_answer_with_reasons_a_person_can_read(case: Facts) -> None:
    decision = routing.route(case)
    assert decision.reasons
    assert decision.row in labels.ROWS
    if decision.lane is not Lane.DESK:
        assert getattr(decision, HELD_BY[decision.lane]) is not None
    for reason in decision.reasons:
        assert "{" not in labels.reason(reason.code, reason.facts)


@given(anything)
def test_the_same_facts_give_the_same_answer_even_years_later_from_the_archive(case: Facts) -> None:
    archived = Facts.from_data(json.loads(json.dumps(case.as_data())))
    assert archived == case
    assert routing.route(archived).as_data() == routing.route(case).as_data()


@given(anything)
def test_in_whichever_order_squads_are_listed_the_answer_is_the_same(case: Facts) -> None:
    backwards = replace(case, squads=tuple(reversed(case.squads)))
    assert routing.route(backwards) == routing.route(case)


@given(anything)
def test_a_squad_is_sent_for_a_named_matter_only_under_a_power_in_force(case: Facts) -> None:
    decision = routing.route(case)
    if decision.lane is Lane.SQUAD and case.event and case.event.nature == "enforcement":
        assert decision.power in {line.code for line in case.powers or () if line.in_force}


@given(anything)
def test_nobody_in_conflict_ever_leads(case: Facts) -> None:
    decision = routing.route(case)
    assert decision.leader not in case.conflicted
    assert decision.worker not in case.conflicted
