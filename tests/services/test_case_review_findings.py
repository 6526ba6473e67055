"""Ways round the procedure that a whole case shows: old papers, old results, two posts in one hand, other people's files."""

import uuid

import pytest

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.states import State
from tests import usual_acts
from tests.ground.bureau import FOUNDED, LI_WEI, QIAN_MEI, ZHOU_ZHENG
from tests.ground.cast import ACTOR, LIN_XIAOFENG, SU_MIN, Person, hashed
from tests.ground.databases import on_sqlite
from tests.lives_in_states import ROADS
from town import staff
from town.errors import Refused
from town.people import Role
from town.staff import PersonEntry

pytestmark = on_sqlite


def stopped(life, action, by=SU_MIN, **facts):
    """The codes of what stands against an act; empty when it is done."""
    try:
        life.do(action, by, **facts)
    except Refused as refused:
        return [one["code"] for one in refused.facts.get("stops", [])] or [refused.problem.code]
    return []


def appointed(bureau, person: Person, *roles: Role) -> Person:
    """The same person in another post as well."""
    with bureau.database.write() as session:
        entry = PersonEntry(person.login, person.name, roles, person.squad, None)
        staff.keep_person(session, entry, hashed(), ACTOR, FOUNDED)
    return person


def test_who_wrote_the_evidence_down_does_not_decide_though_other_names_stand_on_it(bureau, door):
    others = [LIN_XIAOFENG.login, LI_WEI.login]
    life = bureau.open("SR003", officers=tuple(others))
    life.do("name_party", LI_WEI).do("inspect", officers=others)
    life.do("ask_filing", LIN_XIAOFENG, officers=others)
    inside = door.signed_in(appointed(bureau, SU_MIN, Role.OFFICER, Role.APPROVER))
    said = {"action": "file", "version": life.row.version, "facts": usual_acts.facts(life, Action.FILE)}
    told = inside.post(f"/api/v1/cases/{life.id}/acts", said).json
    assert [one["code"] for one in told["stops"]] == ["approves_own_case"]
    assert stopped(life, "file", ZHOU_ZHENG) == []


def test_a_decision_made_again_waits_for_its_own_terms(bureau):
    life = ROADS[State.PERFORMING](bureau)
    life.do("contest", contest_kind="suit", organ="云川县人民法院")
    life.do("contest_ruled", contest_kind="suit", contest_result="upheld")
    bureau.later(days=1)
    life.do("revoke", ZHOU_ZHENG).do("redecide", ZHOU_ZHENG)
    case = life.case
    assert [one.decision for one in case.contests] == [case.decision.sequence]
    assert case.ruling is None
    life.told().heard().decided()
    assert life.case.contests_now == ()
    bureau.later(days=20)
    life.do("urge")
    life.do("serve_paper", paper=life.paper("urging_letter"))
    bureau.later(days=16)
    assert stopped(life, "apply_to_court", ZHOU_ZHENG) == ["suit_term_open"]


def test_a_ruling_about_the_old_decision_closes_nothing_of_the_new_one(bureau):
    life = ROADS[State.COURT](bureau)
    life.do("court_ruled", ruling="refused")
    life.do("revoke", ZHOU_ZHENG).do("redecide", ZHOU_ZHENG)
    life.told().heard().decided()
    assert "not_paid" in stopped(life, "ask_closing")


def test_an_old_announcement_serves_no_new_notice(bureau):
    life = ROADS[State.TO_NOTIFY](bureau)
    life.do("announce", paper=life.paper("penalty_notice"))
    life.do("serve_notice")
    life.do("renotify", words="又查明新的事实。")
    life.do("conclude").do("approve_notice", ZHOU_ZHENG)
    bureau.later(days=40)
    assert stopped(life, "serve_notice", manner="by_notice", signature=None, receiver=None) == ["not_announced"]


def test_an_old_notice_is_not_announced_for_the_new_one(bureau):
    life = ROADS[State.NOTIFIED](bureau)
    old = life.paper("penalty_notice")
    life.do("renotify", words="又查明新的事实。").do("conclude").do("approve_notice", ZHOU_ZHENG)
    assert stopped(life, "announce", paper=old) == ["paper_replaced"]
    assert stopped(life, "announce", paper=life.paper("penalty_notice")) == []


def test_evidence_shows_no_file_that_the_case_does_not_have(bureau):
    life = ROADS[State.INVESTIGATING](bureau)
    assert stopped(life, "add_evidence", file=str(uuid.uuid4())) == ["not_found"]


def test_a_decision_that_was_revoked_leaves_no_case_that_cannot_be_closed(bureau):
    life = bureau.open("SR003").known().filed().do("order_correction")
    life.told().heard().decided()
    bureau.later(days=3)
    life.do("revoke", ZHOU_ZHENG)
    assert stopped(life, "close", ZHOU_ZHENG) == ["not_rechecked"]
    life.do("recheck_correction")
    assert stopped(life, "close", ZHOU_ZHENG) == []


@pytest.mark.parametrize("facts", [{"until": "9999-12-31"}, {"until": "0001-01-01"}])
def test_a_day_no_calendar_reaches_is_refused_as_a_wrong_fact(bureau, facts):
    assert stopped(ROADS[State.INVESTIGATING](bureau), "order_correction", **facts) == ["invalid"]


def test_a_login_that_no_database_keeps_is_refused_as_a_wrong_fact(bureau):
    life = ROADS[State.INVESTIGATING](bureau)
    assert stopped(life, "no_correction", officers=["su\x00min", "linxiaofeng"]) == ["invalid"]
    assert stopped(life, "conclude", factors={"harm": "\x00"}) == ["invalid"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_nor_a_moment(bureau, moment):
    assert stopped(ROADS[State.INVESTIGATING](bureau), "inspect", begun=moment) == ["invalid"]


def test_the_desk_opens_no_papers_of_another_squad_by_being_an_officer_too(bureau, door):
    life = ROADS[State.DECIDED](bureau)
    both = appointed(bureau, QIAN_MEI, Role.OFFICER, Role.DISPATCHER)
    inside, path = door.signed_in(both), f"/api/v1/cases/{life.id}"
    told = inside.get(path)
    assert told.json["party"]["masked"] is True
    assert "周国英" not in told.text
    for paper in ("case.json", "file.pdf", "file.zip", f"documents/{life.paper('penalty_decision')}.pdf"):
        assert inside.get(f"{path}/{paper}").json["code"] == "not_found"
    shown = inside.get("/api/v1/cases").json["cases"]
    assert [one["party_name"] for one in shown] != ["周国英"]
