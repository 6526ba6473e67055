"""A place or a kind of matter put right later: decided anew, nothing forgotten."""

from typing import Any

import pytest
from sqlalchemy import func, select

from dispatch.models import Decided
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, SU_MIN, WU_YUE, XIAO_LIN, ZHAO_HAI
from tests.ground.databases import on_sqlite
from tests.ground.desk import detail
from tests.ground.lists import GAS_BOX, NOISE, RUBBISH, STALLS
from tests.ground.web import IN_THE_MIDDLE_OF_EAST, IN_THE_MIDDLE_OF_INNER, ON_THE_BORDER, OUT_OF_TOWN, Door
from town import journal

WHY = "居民回电说在路东"


@pytest.fixture
def door(listed, app) -> Door:
    """The town's door, with its lists in force."""
    return Door(app)


@pytest.fixture
def desk(door) -> Door:
    """陈静 at the desk."""
    return door.signed_in(CHEN_JING)


def correct(asking: Door, order, **fix: Any) -> Any:
    body = {"version": order["version"], "words": WHY, **fix}
    return asking.post(f"/api/v1/orders/{order['id']}/corrections", body)


def arrived(door: Door, leader: Door):
    door.report(category=STALLS)
    order = leader.newest_order()
    for action in ("accept", "arrive"):
        order = leader.step(order, action).json
    return order


def test_another_place_is_another_squads_and_both_decisions_are_kept(door, desk):
    door.report(category=STALLS)
    before = desk.newest_order()
    after = correct(desk, before, place=IN_THE_MIDDLE_OF_EAST).json
    assert (before["squad"]["code"], after["squad"]["code"], after["state"]) == ("CZ", "CD", "dispatched")
    assert [(one["round"], one["way_name"], one["actor_name"]) for one in after["decisions"]] == [
        (1, "按规则自动决定", "系统"),
        (2, "更正后重新决定", "陈静"),
    ]
    (line,) = [line for line in after["timeline"] if line["kind"] == "order.corrected"]
    assert line["words"] == WHY
    assert door.signed_in(LIN_XIAOFENG).get(f"/api/v1/orders/{after['id']}").status_code == 404
    assert door.signed_in(ZHAO_HAI).newest_order()["id"] == after["id"]


def test_an_ambiguous_place_made_plain_leaves_the_desk(door, desk):
    door.report(ON_THE_BORDER, category=STALLS)
    order = desk.newest_order()
    after = correct(desk, order, place=IN_THE_MIDDLE_OF_EAST).json
    assert (order["state"], after["state"], after["squad"]["code"]) == ("received", "dispatched", "CD")
    kinds = {clock["kind"]: clock["state"] for clock in after["clocks"]}
    assert kinds["decide"] == "dropped"
    assert (kinds["accept"], kinds["answer"]) == ("running", "running")


def test_another_kind_goes_to_whom_that_kind_belongs(door, desk):
    door.report(category=STALLS)
    order = desk.newest_order()
    order = correct(desk, order, category=GAS_BOX).json
    assert (order["lane"], order["partner"]["code"], order["squad"]) == ("unit", "gas", None)
    order = correct(desk, order, category=NOISE).json
    assert (order["state"], order["partner"]["code"], len(order["transfers"])) == ("transferred", "police", 1)
    assert [one["row"] for one in order["decisions"]] == ["squad", "facility", "no_power"]


def test_a_place_still_in_doubt_stays_in_doubt_when_only_the_kind_is_corrected(door, desk):
    door.report(ON_THE_BORDER, category=STALLS)
    after = correct(desk, desk.newest_order(), category=RUBBISH).json
    assert (after["state"], after["decisions"][-1]["row"]) == ("received", "ambiguous")


def test_the_squad_that_keeps_the_order_goes_on_where_it_is(door, desk):
    leader = door.signed_in(LIN_XIAOFENG)
    order = arrived(door, leader)
    there = IN_THE_MIDDLE_OF_INNER | {"lat": IN_THE_MIDDLE_OF_INNER["lat"] + 0.001}
    after = correct(door.signed_in(SU_MIN), order, place=there)
    assert after.status_code == 200, after.text
    assert (after.json["state"], after.json["place"]["lat"]) == ("on_site", pytest.approx(there["lat"], abs=1e-6))
    assert [clock["state"] for clock in after.json["clocks"] if clock["kind"] == "handle"] == ["running"]


def test_the_squad_on_site_may_find_it_is_the_neighbours(door):
    leader = door.signed_in(LIN_XIAOFENG)
    order = arrived(door, leader)
    answer = correct(leader, order, place=IN_THE_MIDDLE_OF_EAST)
    assert answer.status_code == 200, answer.text
    assert door.signed_in(ZHAO_HAI).newest_order()["state"] == "dispatched"


def test_the_squad_puts_the_place_right_and_not_the_kind(door):
    leader = door.signed_in(LIN_XIAOFENG)
    door.report(category=STALLS)
    order = leader.newest_order()
    assert correct(leader, order, category=RUBBISH).json["code"] == "forbidden"
    assert correct(door.signed_in(ZHAO_HAI), order, place=IN_THE_MIDDLE_OF_EAST).status_code == 404
    for person in (XIAO_LIN, WU_YUE):
        assert correct(door.signed_in(person), order, place=IN_THE_MIDDLE_OF_EAST).status_code == 403


def test_what_has_been_handled_or_handed_over_is_not_corrected_any_more(door, desk):
    leader = door.signed_in(LIN_XIAOFENG)
    order = arrived(door, leader)
    handled = leader.step(order, "handle", outcome="fixed", words="已劝离").json
    refused = correct(desk, handled, category=RUBBISH)
    assert (refused.status_code, refused.json["code"]) == (409, "illegal_step")
    assert refused.json["detail"] == "工单现在是「已处置」，不能「更正」。"
    door.report(OUT_OF_TOWN, category=STALLS)
    assert correct(desk, desk.newest_order(), category=RUBBISH).json["code"] == "illegal_step"


def test_suggestions_follow_the_order_to_its_right_place(door, desk):
    door.report(category=STALLS)
    door.report(IN_THE_MIDDLE_OF_EAST, category=STALLS)
    door.report(category=STALLS)
    newest, eastern, _ = desk.get("/api/v1/orders").json["orders"]
    after = correct(desk, newest, place=IN_THE_MIDDLE_OF_EAST).json
    states = {link["other"]["id"]: link["state"] for link in after["links"]}
    assert states.pop(eastern["id"]) == "suggested"
    assert list(states.values()) == ["dismissed"]


def test_a_correction_that_may_not_be_made_changes_nothing(door, desk, listed):
    door.report(category=STALLS)
    order = desk.newest_order()
    place = IN_THE_MIDDLE_OF_EAST
    refused: dict[str, dict[str, Any]] = {
        "stale": {"version": 7, "place": place},
        "missing_fact": {},
        "crs_unknown": {"place": place | {"crs": "utm"}},
        "place_invalid": {"place": place | {"lat": 91}},
        "invalid": {"category": "99999"},
    }
    for code, fix in refused.items():
        assert correct(desk, order, **fix).json["code"] == code, code
    odds: tuple[dict[str, Any], ...] = (
        {"words": " "},
        {"words": None},
        {"place": {"lon": 1, "lat": 1}},
        {"squad": "CD"},
        {"category": ""},
    )
    for odd in odds:
        assert correct(desk, order, **({"place": place} | odd)).json["code"] == "invalid", odd
    assert detail(desk, order)["version"] == 1
    with listed.read() as session:
        assert session.scalar(select(func.count()).select_from(Decided)) == 1


def test_the_new_squads_tablet_is_rung_and_nobodys_when_the_order_stays(door, desk, listed, cast):
    door.report(category=STALLS)
    near = IN_THE_MIDDLE_OF_INNER | {"lat": IN_THE_MIDDLE_OF_INNER["lat"] + 0.001}
    order = correct(desk, desk.newest_order(), place=near).json
    correct(desk, order, place=IN_THE_MIDDLE_OF_EAST)
    with listed.read() as session:
        stayed, moved = journal.events_of(session, f"order:{order['id']}")[1:]
    assert (stayed.data["rings"], moved.data["rings"]) == (False, True)
    assert moved.data["squad"] == str(cast.squad_id("CD"))
    assert WHY not in str(moved.data)


@on_sqlite
def test_of_two_corrections_at_once_the_second_is_told_so(door, desk):
    door.report(category=STALLS)
    order = desk.newest_order()
    assert correct(desk, order, place=IN_THE_MIDDLE_OF_EAST).status_code == 200
    second = correct(desk, order, category=RUBBISH).json
    assert (second["code"], second["current"]) == ("stale", 2)
