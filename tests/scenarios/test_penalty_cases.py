"""Penalty cases as a lawyer would tell them (办案实例): one path of the procedure each, through the real services."""

import datetime as dt

from enforcement.rules.parties import Identity, Paper, PartyKind
from enforcement.services import changes
from enforcement.services.cases import on_due
from tests.ground.bureau import FANG_NING, LI_WEI, RESTAURANT, XU_FEI, ZHOU_ZHENG
from tests.ground.cast import ACTOR, LIN_XIAOFENG, SU_MIN
from tests.ground.databases import on_sqlite
from tests.oracle.checker import check
from tests.usual_acts import FACTORS
from town import watch
from town.errors import Refused

pytestmark = on_sqlite
ORGANISATION = PartyKind.ORGANISATION
BOY = Identity("小宝", Paper.ID_CARD, "110105201401010019", address="云溪镇河东村 3 号")
TEENAGER = Identity("李小勇", Paper.ID_CARD, "11010520100101001X", address="云溪镇河东村 4 号")


class stopped:
    """The law forbids it, for the reason with this code."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __enter__(self) -> "stopped":
        return self

    def __exit__(self, kind, error, trace) -> bool:
        assert isinstance(error, Refused), f"nothing stopped it: {error}"
        found = [one["code"] for one in error.facts.get("stops", ())] or [error.problem.code]
        assert self.code in found, f"{found}: {error}"
        return True


def ring(bureau) -> None:
    """The watch looks at everything that is due."""
    while watch.tick(bureau.database, bureau.now, on_due()) == watch.BATCH:
        pass


def lawful(life) -> None:
    """The independent checker finds nothing in the exported case."""
    ring(life.bureau)
    assert check(life.json()) == []


def test_a_small_fine_is_decided_and_paid_on_the_spot(bureau):
    life = bureau.open("SR001").known()
    life.do("decide_on_spot", fine_fen=2_500, pay_manner="cash", cash_ground="small")
    life.do("pay", pay_manner="cash", cash_ground="small", officers=["sumin", "linxiaofeng"])
    life.do("report_on_spot").do("hand_in_cash").do("bank_cash", LIN_XIAOFENG).closed()
    assert life.state == "archived"
    lawful(life)


def test_whoever_disputes_a_fine_on_the_spot_asks_for_reconsideration_before_he_sues(bureau):
    life = bureau.open("SR001").known().do("decide_on_spot", fine_fen=2_500).do("report_on_spot")
    with stopped("reconsider_first"):
        life.do("contest", contest_kind="suit")
    life.do("contest")
    bureau.later(days=40)
    life.do("contest_ruled").do("contest", contest_kind="suit")
    lawful(life)


def test_a_listed_matter_goes_the_fast_lane_and_both_rights_are_still_given(bureau):
    life = bureau.open("SR003").known().do("propose_fast").do("approve_fast", ZHOU_ZHENG)
    with stopped("illegal_act"):
        life.do("submit_decision")
    life.do("serve_notice")
    with stopped("defence_open"):
        life.do("submit_decision")
    life.do("waive_defence").decided().do("pay").closed()
    assert life.row.lane == "fast"
    lawful(life)


def test_leaving_the_fast_lane_loses_nothing_and_nobody_comes_back(bureau):
    life = bureau.open("SR003").known().do("propose_fast").do("approve_fast", ZHOU_ZHENG).do("serve_notice")
    life.do("hear_defence").do("switch_to_ordinary")
    assert (life.state, life.row.lane, len(life.case.evidence)) == ("investigating", "ordinary", 1)
    life.told().heard().decided()
    lawful(life)


def test_a_defence_that_is_right_lowers_the_fine(bureau):
    life = bureau.open("SR003").known().filed().told(fine_fen=20_000)
    life.do("hear_defence", accepted="accepted", defence_review="情况属实，予以采纳。")
    bureau.later(days=8)
    life.decided(fine_fen=12_000).do("pay").closed()
    assert life.row.fine_fen == 12_000
    lawful(life)


def test_nobody_is_fined_more_because_he_defended_himself(bureau):
    life = bureau.open("SR003").known().filed().told(fine_fen=12_000).do("hear_defence")
    bureau.later(days=8)
    with stopped("heavier_than_notified"):
        life.do("submit_decision", fine_fen=20_000)


def test_new_facts_need_a_new_notice(bureau):
    life = bureau.open("SR003").known().filed().told(fine_fen=12_000).do("renotify")
    life.do("add_evidence", title="补充照片").do("verify_evidence", evidence=[2])
    life.told(fine_fen=20_000).heard().decided().do("pay").closed()
    assert life.row.fine_fen == 20_000
    lawful(life)


def heavy(bureau):
    """油烟 of a restaurant: a fine that gives the right to a hearing, a review and a discussion."""
    life = bureau.open("HJ001").known(RESTAURANT, ORGANISATION).filed()
    factors = FACTORS | {"harm": "some", "corrected": False}
    return life.told(fine_fen=3_000_000, factors=factors)


def test_a_larger_fine_is_decided_after_a_hearing_and_a_legal_review(bureau):
    life = heavy(bureau)
    life.do("request_hearing").do("call_hearing", XU_FEI)
    bureau.later(days=14, hours=1)
    life.do("hold_hearing", FANG_NING)
    with stopped("review_missing"):
        life.do("submit_decision")
        life.do("decide", ZHOU_ZHENG)
    life.do("review", XU_FEI).do("decide", ZHOU_ZHENG).do("serve_decision").do("pay").closed()
    lawful(life)


def test_a_review_before_the_hearing_does_not_count(bureau):
    life = heavy(bureau).do("review", XU_FEI).do("request_hearing").do("call_hearing", XU_FEI)
    bureau.later(days=14, hours=1)
    life.do("hold_hearing", FANG_NING).do("submit_decision")
    with stopped("review_missing"):
        life.do("decide", ZHOU_ZHENG)


def test_who_stays_away_from_his_hearing_gives_it_up(bureau):
    life = heavy(bureau).do("request_hearing").do("call_hearing", XU_FEI)
    life.do("serve_paper", paper=life.paper("hearing_call"))
    bureau.later(days=14, hours=1)
    life.do("forfeit_hearing", XU_FEI, forfeit="absent").do("review", XU_FEI).decided()
    lawful(life)


def test_a_hearing_is_asked_for_within_five_working_days(bureau):
    life = heavy(bureau)
    bureau.later(days=9)
    with stopped("hearing_asked_late"):
        life.do("request_hearing")
    life.do("review", XU_FEI).decided()
    lawful(life)


def test_a_first_offence_on_the_list_may_go_unpunished(bureau):
    life = bureau.open("SR001").known().filed()
    factors = FACTORS | {"corrected_promptly": True, "conduct_minor": False}
    life.do(
        "conclude",
        outcome="no_penalty",
        ground="first_offence",
        factors=factors,
        education="已当面教育。",
        fine_fen=None,
        kinds=None,
    )
    life.decided(education="已当面教育。").closed()
    assert life.row.outcome == "no_penalty"
    lawful(life)


def test_the_second_time_is_not_the_first(bureau):
    test_a_first_offence_on_the_list_may_go_unpunished(bureau)
    bureau.later(days=30)
    life = bureau.open("SR001").known().filed()
    factors = FACTORS | {"corrected_promptly": True}
    with stopped("not_first_offence"):
        life.do(
            "conclude",
            outcome="no_penalty",
            ground="first_offence",
            factors=factors,
            education="已当面教育。",
            fine_fen=None,
            kinds=None,
        )


def test_a_child_under_fourteen_is_not_punished(bureau):
    life = bureau.open("SR003").known(BOY).filed()
    with stopped("under_14"):
        life.do("conclude")
    life.do(
        "conclude", outcome="no_penalty", ground="under_14", education="已责令监护人管教。", fine_fen=None, kinds=None
    )
    life.decided(education="已责令监护人管教。").closed()
    lawful(life)


def test_a_teenager_is_punished_more_lightly(bureau):
    life = bureau.open("SR003").known(TEENAGER).filed()
    with stopped("must_be_lighter"):
        life.do("conclude", fine_fen=15_000)
    life.told(fine_fen=10_000, lighter="minor").heard().decided()
    lawful(life)


def test_what_cannot_be_proven_is_not_punished(bureau):
    life = bureau.open("SR003").known().filed()
    life.do("conclude", outcome="not_proven", ground="not_proven", fine_fen=None, kinds=None)
    life.decided().closed()
    assert life.row.outcome == "not_proven"
    lawful(life)


def test_a_crime_goes_to_the_police_and_may_come_back(bureau):
    life = bureau.open("SR003").known().filed().do("transfer", ZHOU_ZHENG)
    assert life.state == "transferred"
    life.do("take_back", ZHOU_ZHENG)
    assert life.state == "investigating"
    lawful(life)


def test_what_happened_outside_the_town_is_handed_on(bureau):
    life = bureau.open("SR003", in_town=False).known()
    with stopped("outside_town"):
        life.do("ask_filing")
    life.do("transfer", ZHOU_ZHENG, organ="邻镇人民政府", transfer_ground="place")
    lawful(life)


def test_under_an_entrusted_power_the_county_department_signs(bureau):
    life = bureau.open("RQ001").known(RESTAURANT, ORGANISATION).filed()
    [filing] = [one for one in life.detail().documents if one.kind == "filing_approval"]
    assert filing.number.startswith("云建")
    lawful(life)


def test_a_power_handed_back_before_the_decision_takes_the_case_with_it(bureau):
    life = bureau.open("SR003").known().filed().told().heard().do("submit_decision")
    with bureau.database.write() as session:
        changes.hand_back(session, ["SR003"], bureau.today, "urban", "云府〔2026〕51号", ACTOR, bureau.now)
    with stopped("power_today"):
        life.do("decide", ZHOU_ZHENG)
    life.do("transfer", ZHOU_ZHENG, organ="云川县城市管理局", transfer_ground="handed_back")
    lawful(life)


def test_a_decision_made_before_the_hand_back_is_carried_through(bureau):
    life = bureau.open("SR003").known().filed().told().heard().do("submit_decision").do("decide", ZHOU_ZHENG)
    with bureau.database.write() as session:
        changes.hand_back(session, ["SR003"], bureau.today, "urban", "云府〔2026〕51号", ACTOR, bureau.now)
    life.do("serve_decision").do("pay").closed()
    lawful(life)


def test_a_lighter_law_in_force_on_the_day_of_decision_counts(bureau):
    bureau.now = dt.datetime(2026, 8, 20, 2, 0, tzinfo=dt.UTC)
    acted = dt.date(2026, 8, 3)
    life = bureau.open("HJ003", acted_from=acted, acted_on=acted).known().filed()
    with stopped("above_provision"):
        life.do("conclude", fine_fen=1_000_000)
    life.do("conclude", fine_fen=100_000)
    assert life.detail().tier.law == "《生态环境法典》第一千一百三十二条第三款"
    lawful(life)


def test_a_heavier_law_does_not_reach_back(bureau):
    bureau.now = dt.datetime(2026, 8, 20, 2, 0, tzinfo=dt.UTC)
    acted = dt.date(2026, 8, 3)
    life = bureau.open("HW005", acted_from=acted, acted_on=acted).known().filed()
    life.do("conclude", fine_fen=12_000, factors=FACTORS | {"household_waste": True})
    assert life.detail().tier.law.startswith("《固体废物污染环境防治法》")
    lawful(life)


def test_who_cannot_pay_at_once_pays_in_parts(bureau):
    life = bureau.open("SR003").known().filed().told(fine_fen=20_000).heard().decided()
    first, second = (str(bureau.today + dt.timedelta(days=days)) for days in (20, 50))
    life.do("approve_delay", ZHOU_ZHENG, parts=[{"due": first, "fen": 10_000}, {"due": second, "fen": 10_000}])
    with stopped("not_paid"):
        life.do("ask_closing")
    life.do("pay", amount_fen=10_000)
    bureau.later(days=45)
    life.do("pay", amount_fen=10_000, receipt_number="苏财 00012346").closed()
    lawful(life)


def test_three_per_cent_a_day_stop_at_the_fine_itself_on_day_34(bureau):
    life = bureau.open("SR003").known().filed().told(fine_fen=10_000).heard().decided()
    due = life.detail().owed.next_due
    bureau.now = dt.datetime.combine(due + dt.timedelta(days=33), dt.time(4), dt.UTC)
    assert life.detail().owed.late_fee_fen == 9_900
    bureau.later(days=1)
    assert life.detail().owed.late_fee_fen == 10_000
    bureau.later(days=100)
    assert life.detail().owed.late_fee_fen == 10_000


def test_nothing_grows_while_the_decision_is_under_review(bureau):
    life = bureau.open("SR003").known().filed().told(fine_fen=10_000).heard().decided()
    life.do("contest")
    bureau.later(days=40)
    assert life.detail().owed.late_fee_fen == 0
    life.do("contest_ruled")
    bureau.later(days=2)
    assert life.detail().owed.late_fee_fen == 600


def test_service_by_notice_counts_after_thirty_days(bureau):
    life = bureau.open("SR003").known().filed().told().heard().do("submit_decision").do("decide", ZHOU_ZHENG)
    life.do("announce", paper=life.paper("penalty_decision"))
    bureau.later(days=10)
    with stopped("announced_too_short"):
        life.do("serve_decision", manner="by_notice", receiver=None, signature=None)
    bureau.later(days=22)
    life.do("serve_decision", manner="by_notice", receiver=None, signature=None)
    lawful(life)


def test_a_revoked_decision_leaves_the_public_page_within_three_working_days(bureau):
    life = bureau.open("SR003").known().filed().told().heard().do("submit_decision")
    life.do("decide", ZHOU_ZHENG, publish=True).do("serve_decision").do("publish").do("revoke", ZHOU_ZHENG)
    [clock] = [one for one in life.detail().clocks if one.kind == "unpublish"]
    assert clock.due_at == dt.datetime(2026, 11, 5, 16, 0, tzinfo=dt.UTC)
    life.do("unpublish")
    lawful(life)


def test_a_late_decision_is_made_with_an_approved_reason(bureau):
    life = bureau.open("SR003").known().filed()
    bureau.later(days=95)
    ring(bureau)
    assert "decide" in [one.clock for one in life.detail().alarms]
    life.do("approve_reason", ZHOU_ZHENG, words="等待鉴定意见。")
    assert "decide" not in [one.clock for one in life.detail().alarms]
    life.told().heard().decided().do("pay").closed()
    lawful(life)


def test_a_hold_that_nobody_settled_lapses_and_the_goods_go_back(bureau):
    life = bureau.open("SR003").known().do("ask_hold").do("approve_hold", ZHOU_ZHENG)
    bureau.later(days=12)
    ring(bureau)
    assert life.case.measures[0].lapsed
    with stopped("hold_lapsed"):
        life.do("settle_hold", settlement="confiscate")
    life.do("return_goods")
    lawful(life)


def test_nothing_is_seized_where_the_province_did_not_allow_it(bureau):
    life = bureau.open("SR003").known().filed()
    with stopped("seizure_forbidden"):
        life.do("ask_seizure")


def test_a_camera_picture_proves_nothing_before_a_person_reviewed_it(bureau):
    life = (
        bureau.open("SR003")
        .known()
        .do("add_evidence", origin="camera", device="CAM-07")
        .do("verify_evidence", evidence=[2])
    )
    life.filed()
    with stopped("camera_unreviewed"):
        life.do("conclude", evidence=[1, 2])
    life.do("review_evidence", XU_FEI, number=2).told(evidence=[1, 2])
    lawful(life)


def test_an_officer_who_had_to_withdraw_acts_no_more(bureau):
    life = bureau.open("SR003").known().filed().do("challenge").do("inspect").do("rule_challenge", ZHOU_ZHENG)
    with stopped("withdrawn"):
        life.do("inspect")
    two = [LI_WEI.login, LIN_XIAOFENG.login]
    life.do("assign", LIN_XIAOFENG, officers=two).do("inspect", LI_WEI, officers=two)
    lawful(life)


def test_one_act_is_never_fined_twice(bureau):
    bureau.open("SR003").known().filed().told().heard().decided()
    second = bureau.open("SR003").known()
    with stopped("fined_already"):
        second.do("ask_filing")


def test_who_does_not_pay_is_urged_and_then_the_court_is_asked(bureau):
    life = bureau.open("SR003").known().filed().told().heard().decided()
    bureau.later(days=200)
    with stopped("not_urged"):
        life.do("apply_to_court", ZHOU_ZHENG)
    life.do("urge")
    life.do("serve_paper", paper=life.paper("urging_letter"))
    with stopped("urging_term_open"):
        life.do("apply_to_court", ZHOU_ZHENG)
    bureau.later(days=16)
    life.do("apply_to_court", ZHOU_ZHENG).do("court_ruled").do("pay").closed()
    lawful(life)


def test_papers_go_by_network_only_to_who_agreed_in_writing(bureau):
    life = bureau.open("SR003").known().filed().do("conclude").do("approve_notice", ZHOU_ZHENG)
    with stopped("no_consent"):
        life.do("serve_notice", manner="electronic", channel="13800000077")
    life.do("confirm_address", electronic_consent=True, channel="13800000077")
    life.do("serve_notice", manner="electronic", channel="13800000077")
    lawful(life)


def test_a_matter_that_is_no_matter_is_not_filed(bureau):
    life = bureau.open("SR003").known().do("decline", ZHOU_ZHENG).do("archive")
    assert life.row.outcome == "declined"
    lawful(life)


def test_a_case_is_withdrawn_before_the_decision(bureau):
    life = bureau.open("SR003").known().filed().do("withdraw", ZHOU_ZHENG).do("archive")
    lawful(life)


def test_one_officer_alone_finds_nothing(bureau):
    with stopped("two_officers"):
        bureau.open("SR003").known().do("inspect", officers=[SU_MIN.login])
