"""What reconsideration and courts leave of a decision (复议、诉讼变更), through the real services and on paper."""

import pytest

from enforcement.rules.cases.states import State
from enforcement.services.cases import on_due, papers
from tests.ground.bureau import ZHOU_ZHENG, Bureau, Life
from tests.ground.databases import on_sqlite
from tests.lives_in_states import ROADS
from tests.oracle.checker import check
from town import watch
from town.errors import Refused

pytestmark = on_sqlite
CHANGED = {"contest_result": "changed", "words": "变更罚款数额。"}


@pytest.fixture
def contested(bureau: Bureau) -> Life:
    """Fined 150 yuan, and reconsideration asked for."""
    return ROADS[State.PERFORMING](bureau).do("contest")


def stops(life: Life, *act: object, **said: object) -> list[str]:
    """What stands against an act."""
    with pytest.raises(Refused) as refused:
        life.do(*act, **said)  # type: ignore[arg-type]
    return [one["code"] for one in refused.value.facts["stops"]]


def lawful(life: Life) -> None:
    """The independent checker finds nothing, once the watch has looked at what is due."""
    watch.tick(life.bureau.database, life.bureau.now, on_due())
    assert check(life.json()) == []


def printed(life: Life, kind: str) -> str:
    """Everything the newest paper of a kind says."""
    with life.bureau.database.read() as session:
        found = [one for one in papers.of_case(session, life.id) if one.kind == kind]
        return str(papers.content_of(life.bureau.settings, found[-1]).as_data())


def test_a_changed_fine_is_what_is_owed_paid_and_told_from_then_on(contested):
    contested.do("contest_ruled", **CHANGED, fine_fen=9_000)
    assert (contested.row.fine_fen, contested.detail().owed.principal_fen) == (9_000, 9_000)
    assert stops(contested, "pay", amount_fen=9_001) == ["paid_too_much"]
    contested.do("pay", amount_fen=9_000).do("ask_closing")
    report = printed(contested, "closing_request")
    assert "罚款人民币玖拾元整（90 元）" in report
    assert "经行政复议变更" in report
    contested.do("close", ZHOU_ZHENG).do("archive")
    told = contested.json()
    assert told["case"]["fine_fen"] == 9_000
    assert check(told) == []


def test_a_change_is_told_with_its_sum_and_never_for_the_worse(contested):
    assert stops(contested, "contest_ruled", **CHANGED) == ["changed_sum"]
    assert stops(contested, "contest_ruled", **CHANGED, fine_fen=15_001) == ["changed_heavier"]


def test_who_is_urged_and_taken_to_court_is_so_for_the_changed_sum(contested):
    life, bureau = contested, contested.bureau
    life.do("contest_ruled", **CHANGED, fine_fen=9_000)
    bureau.later(days=60)
    life.do("urge")
    letter = printed(life, "urging_letter")
    assert "玖拾元整" in letter
    assert "壹佰伍拾元整" not in letter
    life.do("serve_paper", paper=life.paper("urging_letter"))
    bureau.later(days=20)
    life.do("apply_to_court", ZHOU_ZHENG)
    asked = printed(life, "court_application")
    assert "决定确定的款项为人民币玖拾元整" in asked
    assert "加处罚款人民币玖拾元整" in asked
    lawful(life)


def test_who_had_paid_more_than_is_left_owes_nothing(contested):
    contested.do("pay")
    contested.do("contest_ruled", **CHANGED, fine_fen=9_000)
    assert contested.detail().owed.left_fen == 0
    assert [one.state for one in contested.detail().clocks if one.kind == "pay"] == ["met"]
    contested.closed()
    lawful(contested)


def test_a_decision_that_reconsideration_revoked_is_not_carried_out(contested):
    contested.do("contest_ruled", contest_result="revoked")
    assert contested.row.fine_fen is None
    assert stops(contested, "pay", amount_fen=1) == ["paid_too_much"]
    contested.closed()
    lawful(contested)


def test_a_suit_about_the_old_decision_goes_on_beside_the_new_one(bureau):
    life = ROADS[State.PERFORMING](bureau).do("contest", contest_kind="suit")
    life.do("revoke", ZHOU_ZHENG).do("redecide", ZHOU_ZHENG).told().heard().decided()
    bureau.later(days=40)
    assert life.detail().owed.late_fee_fen > 0
    life.do("contest", contest_kind="suit")
    assert stops(life, "contest_ruled", contest_kind="suit") == ["contest_unclear"]
    life.do("contest_ruled", contest_kind="suit", contest_result="revoked", earlier_decision=True)
    assert life.row.fine_fen == 15_000
    life.do("contest_ruled", contest_kind="suit", contest_result="upheld")
    life.do("pay", amount_fen=life.detail().owed.left_fen).do("ask_closing")
    assert "对已经撤销的原决定提起行政诉讼" in printed(life, "closing_request")
    lawful(life)


def test_a_case_that_is_told_anew_goes_on_in_the_ordinary_lane(bureau):
    life = bureau.open("SR003").known().do("propose_fast").do("approve_fast", ZHOU_ZHENG).do("serve_notice")
    life.do("renotify")
    assert (life.state, life.row.lane, life.case.switched) == ("investigating", "ordinary", True)
    life.told().heard().decided().do("pay").closed()
    lawful(life)
