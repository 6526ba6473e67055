"""Who gets an order: row by row, and the laws of the whole table."""

from hypothesis import given
from hypothesis import strategies as st

from dispatch import labels
from dispatch.rules import routing
from dispatch.rules.routing import Facts, NearGrid

CZ, CD = NearGrid("CZ01", "CZ", 0.0), NearGrid("CD07", "CD", 8.0)
SQUADS = {"CZ": "CZ-squad", "CD": "CD-squad"}


def facts(covering: NearGrid | None = CZ, *nearby: NearGrid, **given: object) -> Facts:
    known = {"nearest": None, "accuracy_m": 10.0, "near_border": False, "squads": SQUADS} | given
    return Facts(covering=covering, nearby=nearby or ((covering,) if covering else ()), **known)  # type: ignore[arg-type]


def test_the_squad_of_the_area_gets_it() -> None:
    decision = routing.route(facts())
    assert decision.squad == "CZ-squad"
    assert [reason.code for reason in decision.reasons] == ["in_grid", "served_by"]


def test_a_place_outside_the_town_goes_to_the_desk_with_the_nearest_grid() -> None:
    decision = routing.route(facts(None, nearest=NearGrid("CD07", "CD", 420.4)))
    assert decision.squad is None
    assert labels.reason("outside", decision.reasons[0].facts) == "地点不在本镇任何网格内，离网格 CD07 最近，约 420 米"


def test_a_circle_that_reaches_another_squad_is_never_guessed() -> None:
    decision = routing.route(facts(CZ, CZ, CD))
    assert decision.squad is None
    said = labels.reason("ambiguous", decision.reasons[0].facts)
    assert said == "定位误差 10 米，可能属于不同中队的网格：CZ01（0 米）、CD07（8 米）"


def test_a_circle_over_the_whole_town_names_the_nearest_grids_only() -> None:
    all_over = [NearGrid(f"CD{number:04}", "CD", float(number)) for number in range(1, 2000)]
    told = routing.route(facts(CZ, CZ, *all_over, accuracy_m=100_000.0)).reasons[0].facts["candidates"]
    assert [near["grid"] for near in told] == ["CZ01", *(f"CD{number:04}" for number in range(1, 10))]


def test_another_grid_of_the_same_squad_is_no_doubt() -> None:
    both = {"CZ": "one", "CD": "one"}
    assert routing.route(facts(CZ, CZ, CD, squads=both)).squad == "one"


def test_an_area_without_a_squad_is_told_to_the_desk() -> None:
    decision = routing.route(facts(squads={}))
    assert decision.squad is None
    assert decision.reasons[0].code == "unserved"


def test_without_accuracy_a_near_border_is_noted_and_not_guessed_away() -> None:
    decision = routing.route(facts(accuracy_m=None, near_border=True))
    assert decision.squad == "CZ-squad"
    assert decision.reasons[-1].code == "near_border"


codes = st.sampled_from(["A", "B", "C"])
near = st.builds(NearGrid, codes, codes, st.floats(0, 500))
anything = st.builds(
    Facts,
    covering=st.none() | near,
    nearby=st.lists(near, max_size=4).map(tuple),
    nearest=st.none() | near,
    accuracy_m=st.none() | st.floats(0, 1000),
    near_border=st.booleans(),
    squads=st.dictionaries(codes, st.sampled_from(["x", "y"])),
)


@given(anything)
def test_there_is_always_exactly_one_answer_with_reasons_a_person_can_read(case: Facts) -> None:
    decision = routing.route(case)
    assert decision == routing.route(case)
    assert decision.reasons
    assert decision.squad is None or decision.squad in case.squads.values()
    for reason in decision.reasons:
        assert "{" not in labels.reason(reason.code, reason.facts)
