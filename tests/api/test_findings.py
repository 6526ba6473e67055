"""The desk and the nightly proof: what was found is a task, somebody takes it, and a run is asked for."""

import datetime as dt

import pytest

from oversight.services.proof import proving
from tests.ground.cast import CHEN_JING, LIN_XIAOFENG, ZHENG_YAN
from tests.ground.databases import on_sqlite
from tests.ground.web import Door
from tests.proof_town import FAULTS, NIGHT, healthy

DUE = next(fault for fault in FAULTS if fault.check == "case_due")


@pytest.fixture
def proof_town(listed, settings, cast):
    return healthy(listed, settings, cast)


@pytest.fixture
def door(proof_town, app) -> Door:
    return Door(app)


def prove(town, later: int = 0):
    return proving.prove(town.database, town.settings, town.stores, NIGHT + dt.timedelta(minutes=later))


def test_what_was_found_waits_at_the_desk_and_whoever_takes_it_is_named(proof_town, door):
    DUE.plant(proof_town)
    prove(proof_town)
    desk, supervisor = door.signed_in(CHEN_JING), door.signed_in(ZHENG_YAN)
    page = desk.get("/api/v1/findings").json
    assert (page["open"], page["waiting"], page["last_run"]["found"]) == (1, False, 1)
    (finding,) = page["findings"]
    assert finding["check_name"] == "在办案件有期限"
    assert finding["subject"]["kind_name"] == "案件"
    assert finding["subject"]["id"] == str(proof_town.case)
    taken = desk.post(f"/api/v1/findings/{finding['id']}/take")
    assert (taken.status_code, taken.json["taken_by_name"]) == (200, CHEN_JING.name)
    assert desk.post(f"/api/v1/findings/{finding['id']}/take").status_code == 200
    assert supervisor.post(f"/api/v1/findings/{finding['id']}/take").status_code == 403
    DUE.mend(proof_town)
    prove(proof_town, later=2)
    assert desk.get("/api/v1/findings").json["findings"] == []
    assert [one["id"] for one in desk.get("/api/v1/findings", open="false").json["findings"]] == [finding["id"]]
    assert desk.post(f"/api/v1/findings/{finding['id']}/take").json["code"] == "finding_settled"


def test_a_report_without_an_answer_names_the_order_to_open(proof_town, door):
    fault = next(one for one in FAULTS if one.check == "report_answered")
    fault.plant(proof_town)
    prove(proof_town)
    (finding,) = door.signed_in(CHEN_JING).get("/api/v1/findings").json["findings"]
    assert finding["subject"]["id"] == str(proof_town.report)
    assert (finding["about"]["kind"], finding["about"]["id"]) == ("order", str(proof_town.order))


def test_a_run_is_asked_for_once_and_begun_by_the_worker(proof_town, door):
    desk = door.signed_in(CHEN_JING)
    first, again = desk.post("/api/v1/findings/runs"), desk.post("/api/v1/findings/runs")
    assert (first.status_code, first.json["finished_at"]) == (202, None)
    assert again.json["id"] == first.json["id"]
    assert desk.get("/api/v1/findings").json["waiting"]
    proving.prove_when_due(proof_town.database, proof_town.settings, proof_town.stores, NIGHT)
    page = desk.get("/api/v1/findings").json
    assert (page["waiting"], page["last_run"]["id"], page["last_run"]["by_name"]) == (
        False,
        first.json["id"],
        CHEN_JING.name,
    )


@on_sqlite
def test_findings_are_paged_and_nobody_else_sees_them(proof_town, door):
    with_all = [fault for fault in FAULTS if fault.check in {"case_due", "joint_due", "supervision_due"}]
    for fault in with_all:
        fault.plant(proof_town)
    prove(proof_town)
    desk = door.signed_in(CHEN_JING)
    first = desk.get("/api/v1/findings", limit=2).json
    rest = desk.get("/api/v1/findings", limit=2, before=first["next"]).json
    assert [len(first["findings"]), len(rest["findings"]), rest["next"]] == [2, 1, None]
    assert len({one["id"] for one in (*first["findings"], *rest["findings"])}) == 3
    assert door.signed_in(LIN_XIAOFENG).get("/api/v1/findings").status_code == 403
