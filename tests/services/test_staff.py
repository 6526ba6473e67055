"""The town's people from the desk: squads, certificates, shifts, leave and conflicts, each change in the journal."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tests.ground.cast import (
    CERTIFICATES,
    EAST,
    GAS,
    INNER,
    LIN_XIAOFENG,
    QIAN_GONG,
    SU_MIN,
    VALID_FROM,
    VALID_TO,
    XIAO_LIN,
    XIAO_WU,
    ZHAO_HAI,
)
from town import access, accounts, journal, officers, reference, roster, staff
from town.errors import Refused
from town.partners import PartnerKind
from town.people import Role
from town.staff import (
    CertificateEntry,
    ConflictEntry,
    LeaveEntry,
    PartnerEntry,
    PersonEntry,
    ShiftEntry,
    SquadEntry,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = "account:desk"
TODAY = dt.date(2026, 11, 23)
MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=SHANGHAI).astimezone(dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
DAY_SHIFT = ShiftEntry(INNER, LIN_XIAOFENG.login, MORNING, MORNING + 12 * HOUR, leads=True)
NIGHT_SHIFT = ShiftEntry(INNER, SU_MIN.login, MORNING + 12 * HOUR, MORNING + DAY, leads=True)


def refusal(session, function, *words):
    with pytest.raises(Refused) as caught:
        function(session, *words)
    return caught.value


def events(session, subject):
    return [event.kind for event in journal.events_of(session, subject)]


def test_a_squad_holds_fields_and_names_its_stand_in(staffed, cast):
    entry = SquadEntry(INNER, "城中片区中队", ("市容环卫", "规划建设"), LIN_XIAOFENG.login)
    with staffed.write() as session:
        squad = staff.keep_squad(session, entry, DESK, MORNING)
        assert refusal(session, staff.keep_squad, replace(entry, stand_in="nobody"), DESK, MORNING).problem.code == (
            "person_unknown"
        )
    with staffed.read() as session:
        inner = next(card for card in staff.squads(session) if card.entry.code == INNER)
        assert set(inner.entry.fields) == {"市容环卫", "规划建设"}
        assert [member.entry.name for member in inner.members] == ["林晓峰", "苏敏", "小吴"]
        assert events(session, f"squad:{squad.id}") == ["squad.changed"]


def test_a_new_squad_and_a_closed_one(staffed):
    with staffed.write() as session:
        staff.keep_squad(session, SquadEntry("NW", "南圩片区中队"), DESK, MORNING)
        staff.close_squad(session, EAST, DESK, MORNING)
    with staffed.read() as session:
        assert {card.entry.code: card.active for card in staff.squads(session)} == {
            INNER: True,
            EAST: False,
            "NW": True,
        }
        assert refusal(session, staff.close_squad, EAST, DESK, MORNING).problem.code == "squad_unknown"


def test_partners_are_kept_by_code_and_closed_instead_of_deleted(staffed):
    with staffed.write() as session:
        gas = next(card.entry for card in staff.partners(session) if card.entry.code == GAS)
        staff.keep_partner(session, replace(gas, phone="0512-5550009"), DESK, MORNING)
        staff.close_partner(session, "water", DESK, MORNING)
    with staffed.read() as session:
        known = {card.entry.code: card for card in staff.partners(session)}
        assert known[GAS].entry == replace(gas, phone="0512-5550009")
        assert not known["water"].active
        assert refusal(session, staff.close_partner, "water", DESK, MORNING).problem.code == "partner_unknown"


def test_somebody_of_a_partner_acts_for_it_and_for_no_squad(staffed, cast):
    with staffed.write() as session:
        access.issue(session, cast.actor(QIAN_GONG), "secret", MORNING)
        gas = next(card for card in staff.partners(session) if card.entry.code == GAS)
        who = access.identify(session, "Bearer secret", MORNING)
    assert (who.partner_id, who.squad_id, who.in_squad) == (gas.id, None, False)


def test_who_changes_squad_belongs_to_it_at_once_and_the_journal_says_so(staffed, cast):
    moved = PersonEntry(SU_MIN.login, SU_MIN.name, ("checker", "officer"), EAST)
    with staffed.write() as session:
        account = staff.keep_person(session, moved, None, DESK, MORNING)
        assert account.squad_id == cast.squad_id(EAST)
        assert next(card.entry for card in staff.people(session) if card.entry.login == SU_MIN.login) == moved
        assert events(session, cast.actor(SU_MIN))[-1] == "account.changed"


def test_a_new_login_without_a_password_is_not_made(staffed):
    with staffed.write() as session:
        nobody = PersonEntry("newcomer", "新人", ("officer",), INNER)
        assert refusal(session, staff.keep_person, nobody, None, DESK, MORNING).problem.code == "people_changed"


def test_a_closed_person_is_signed_out_at_once_and_may_come_back(staffed, cast):
    with staffed.write() as session:
        access.issue(session, cast.actor(SU_MIN), "secret", MORNING)
        staff.close_person(session, SU_MIN.login, DESK, MORNING)
        assert refusal(session, access.identify, "Bearer secret", MORNING).problem.code == "not_signed_in"
        back = staff.keep_person(session, PersonEntry(SU_MIN.login, "苏敏", ("officer",), INNER), None, DESK, MORNING)
        assert back.active
        assert accounts.fits(back.password, "only-for-tests-2026")


def test_a_certificate_makes_an_officer_and_is_listed_with_the_days_left(staffed, cast):
    with staffed.read() as session:
        sumin = officers.officer(session, cast.account(SU_MIN).id)
        (card,) = [one for one in staff.certificates(session, TODAY) if one.entry.login == SU_MIN.login]
    assert sumin is not None
    assert officers.may_enforce(sumin.roles, sumin.certificates, TODAY).ok
    assert (card.state, card.days_left, card.name) == ("certified", (VALID_TO - TODAY).days, "苏敏")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (VALID_FROM - DAY, "not_yet"),
        (VALID_TO - 61 * DAY, "certified"),
        (VALID_TO - 60 * DAY, "expiring"),
        (VALID_TO, "expiring"),
        (VALID_TO + DAY, "expired"),
    ],
)
def test_a_certificate_that_ends_within_sixty_days_is_flagged(staffed, day, state):
    with staffed.read() as session:
        assert {card.state for card in staff.certificates(session, day)} == {state}


def test_a_revoked_certificate_no_longer_makes_an_officer(staffed, cast):
    number = CERTIFICATES[SU_MIN.login]
    with staffed.write() as session:
        staff.revoke_certificate(session, number, TODAY, DESK, MORNING)
        staff.revoke_certificate(session, number, TODAY + 5 * DAY, DESK, MORNING)
        sumin = officers.officer(session, cast.account(SU_MIN).id)
        assert sumin is not None
        assert officers.certified(sumin.certificates, TODAY - DAY).ok
        assert officers.certified(sumin.certificates, TODAY).code == "revoked"
        assert events(session, cast.actor(SU_MIN))[-1] == "certificate.revoked"
        assert refusal(session, staff.revoke_certificate, "云执 9999", TODAY, DESK, MORNING).problem.code == "not_found"


@pytest.mark.parametrize("person", [XIAO_WU, XIAO_LIN])
def test_auxiliaries_and_grid_workers_are_given_no_certificate(staffed, person):
    card = CertificateEntry("云执 0009", person.login, "行政执法证", "云川县人民政府", VALID_FROM, VALID_TO)
    with staffed.write() as session:
        refused = refusal(session, staff.add_certificate, card, DESK, MORNING)
    assert refused.problem.code == "may_not_enforce"
    assert "54号" in refused.detail


def test_a_certificate_number_is_given_once_and_ends_after_it_begins(staffed):
    card = CertificateEntry(CERTIFICATES[SU_MIN.login], ZHAO_HAI.login, "行政执法证", "省", VALID_FROM, VALID_TO)
    with staffed.write() as session:
        taken = refusal(session, staff.add_certificate, card, DESK, MORNING)
        backwards = replace(card, number="云执 0010", valid_to=VALID_FROM - DAY)
        assert refusal(session, staff.add_certificate, backwards, DESK, MORNING).problem.code == "span_backwards"
    assert (taken.problem.code, taken.facts["login"]) == ("certificate_exists", SU_MIN.login)


def test_the_roster_says_who_answers_at_each_hour(staffed):
    with staffed.write() as session:
        staff.add_shift(session, DAY_SHIFT, DESK, MORNING)
        staff.add_shift(session, NIGHT_SHIFT, DESK, MORNING)
        night = roster.read(session, MORNING + 15 * HOUR, MORNING + 15 * HOUR)
        both = roster.read(session, MORNING, MORNING + DAY)
        assert roster.rostered(session) == {INNER}
    assert [one.login for one in night.shifts] == [SU_MIN.login]
    assert both.answering(INNER, MORNING) == (LIN_XIAOFENG.login,)
    assert both.answering(INNER, MORNING + 12 * HOUR) == (SU_MIN.login,)
    assert both.answering(EAST, MORNING) == ()


def test_leave_hands_the_squad_to_whoever_else_is_on_duty(staffed):
    second = ShiftEntry(INNER, SU_MIN.login, MORNING, MORNING + 8 * HOUR)
    helper = ShiftEntry(INNER, XIAO_WU.login, MORNING, MORNING + 8 * HOUR)
    with staffed.write() as session:
        for entry in (DAY_SHIFT, second, helper):
            staff.add_shift(session, entry, DESK, MORNING)
        staff.add_leave(session, LeaveEntry(LIN_XIAOFENG.login, MORNING, MORNING + 2 * HOUR, "病假"), DESK, MORNING)
        today = roster.read(session, MORNING, MORNING + DAY)
        cards = staff.shifts_of_day(session, TODAY, SHANGHAI)
    assert today.answering(INNER, MORNING) == (SU_MIN.login,)
    assert today.answering(INNER, MORNING + 2 * HOUR) == (LIN_XIAOFENG.login, SU_MIN.login)
    assert {one.login for one in today.on_duty(MORNING)} == {SU_MIN.login, XIAO_WU.login}
    assert {card.entry.login: card.leave for card in cards} == {
        LIN_XIAOFENG.login: True,
        SU_MIN.login: False,
        XIAO_WU.login: False,
    }


def test_somebody_blocked_is_on_duty_no_more(staffed):
    with staffed.write() as session:
        staff.add_shift(session, DAY_SHIFT, DESK, MORNING)
        staff.close_person(session, LIN_XIAOFENG.login, DESK, MORNING)
        assert roster.read(session, MORNING, MORNING).shifts == ()


@pytest.mark.parametrize(
    ("wrong", "code", "says"),
    [
        (replace(DAY_SHIFT, starts_at=MORNING + HOUR, leads=False), "shift_refused", "已经有班"),
        (replace(DAY_SHIFT, login=SU_MIN.login), "shift_refused", "已经有带班人"),
        (replace(NIGHT_SHIFT, login=ZHAO_HAI.login), "shift_refused", "赵海不是这个中队的人"),
        (replace(NIGHT_SHIFT, login=XIAO_WU.login), "shift_refused", "不能带班"),
        (replace(NIGHT_SHIFT, ends_at=NIGHT_SHIFT.starts_at), "span_backwards", "结束要晚于开始"),
        (replace(NIGHT_SHIFT, login="nobody"), "person_unknown", "nobody"),
        (replace(NIGHT_SHIFT, squad="ZZ"), "squad_unknown", "ZZ"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_in_plain_words(staffed, wrong, code, says):
    with staffed.write() as session:
        staff.add_shift(session, DAY_SHIFT, DESK, MORNING)
        refused = refusal(session, staff.add_shift, wrong, DESK, MORNING)
        assert len(staff.shifts_of_day(session, TODAY, SHANGHAI)) == 1
    assert refused.problem.code == code
    assert says in refused.detail


def test_a_shift_is_struck_before_it_begins_cut_while_it_runs_and_a_fact_afterwards(staffed, cast):
    with staffed.write() as session:
        day, night = (staff.add_shift(session, one, DESK, MORNING) for one in (DAY_SHIFT, NIGHT_SHIFT))
        noon = MORNING + 4 * HOUR
        staff.end_shift(session, day.id, DESK, noon)
        staff.end_shift(session, night.id, DESK, noon)
        (left,) = staff.shifts(session, MORNING, MORNING + 2 * DAY)
        assert left.entry == replace(DAY_SHIFT, ends_at=noon)
        assert refusal(session, staff.end_shift, day.id, DESK, noon + HOUR).problem.code == "shift_over"
        assert refusal(session, staff.end_shift, night.id, DESK, noon).problem.code == "not_found"
        told = events(session, f"roster:{cast.squad_id(INNER)}")
    assert told == ["shift.added", "shift.added", "shift.ended", "shift.ended"]


def test_somebody_back_early_ends_his_leave(staffed):
    entry = LeaveEntry(LIN_XIAOFENG.login, MORNING, MORNING + 3 * DAY, "事假")
    with staffed.write() as session:
        leave = staff.add_leave(session, entry, DESK, MORNING)
        staff.end_leave(session, leave.id, DESK, MORNING + DAY)
        assert staff.leaves(session, MORNING)[0].entry.ends_at == MORNING + DAY
        assert staff.leaves(session, MORNING + DAY) == []


def test_an_interest_keeps_one_from_a_grid_until_it_ends(staffed):
    entry = ConflictEntry(SU_MIN.login, "grid:CZ-01", "亲属在此开店", TODAY)
    with staffed.write() as session:
        conflict = staff.add_conflict(session, entry, DESK, MORNING)
        standing = officers.conflicts_on(session, TODAY)
        assert officers.conflicted(standing, SU_MIN.login, "grid:CZ-01", TODAY)
        assert officers.conflicts_on(session, TODAY - DAY) == ()
        staff.end_conflict(session, conflict.id, TODAY + DAY, DESK, MORNING)
        assert officers.conflicts_on(session, TODAY + 2 * DAY) == ()
        assert [card.entry.valid_to for card in staff.conflicts(session, TODAY)] == [TODAY + DAY]
        wrong = refusal(session, staff.add_conflict, replace(entry, about="somebody"), DESK, MORNING)
        assert wrong.problem.code == "invalid"


def test_personal_grounds_stand_beside_the_journal_and_can_be_erased(staffed, cast):
    with staffed.write() as session:
        staff.add_leave(session, LeaveEntry(SU_MIN.login, MORNING, MORNING + DAY, "手术住院"), DESK, MORNING)
        staff.add_conflict(session, ConflictEntry(SU_MIN.login, "party:P1", "配偶持股", TODAY), DESK, MORNING)
        told = journal.events_of(session, cast.actor(SU_MIN))
        grounds = [journal.words_by_cite(session, event.data["ground"]) for event in told[-2:]]
        assert grounds == ["手术住院", "配偶持股"]
        assert "手术住院" not in str(told)
        assert "配偶持股" not in str(told)
        journal.erase_words(session, cast.actor(SU_MIN), MORNING)
        assert journal.words_by_cite(session, told[-1].data["ground"]) is None


CHANGES = {
    "squad": lambda s: staff.keep_squad(s, SquadEntry("NW", "南圩片区中队"), DESK, MORNING),
    "partner": lambda s: staff.keep_partner(s, PartnerEntry("park", "公园处", PartnerKind.UTILITY), DESK, MORNING),
    "person": lambda s: staff.keep_person(
        s, PersonEntry(SU_MIN.login, "苏敏", (Role.OFFICER,), INNER), None, DESK, MORNING
    ),
    "shift": lambda s: staff.add_shift(s, DAY_SHIFT, DESK, MORNING),
    "leave": lambda s: staff.add_leave(s, LeaveEntry(SU_MIN.login, MORNING, MORNING + DAY, "事假"), DESK, MORNING),
    "certificate": lambda s: staff.revoke_certificate(s, CERTIFICATES[SU_MIN.login], TODAY, DESK, MORNING),
    "conflict": lambda s: staff.add_conflict(
        s, ConflictEntry(SU_MIN.login, "grid:CZ-01", "亲属", TODAY), DESK, MORNING
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_gives_those_who_decide_a_new_version(staffed, change):
    with staffed.read() as session:
        before = reference.hold(session)
    with staffed.write() as session:
        change(session)
    with staffed.read() as session:
        after = reference.hold(session)
    assert after[reference.Kind.PEOPLE] != before[reference.Kind.PEOPLE]
    assert after[reference.Kind.SERVING] == before[reference.Kind.SERVING]


def test_a_whole_roster_is_added_at_once_or_not_at_all(staffed, cast):
    with staffed.write() as session:
        staff.add_shifts(session, [DAY_SHIFT, NIGHT_SHIFT], DESK, MORNING)
        assert events(session, f"roster:{cast.squad_id(INNER)}") == ["shift.added"] * 2
    clashing = [
        replace(DAY_SHIFT, starts_at=MORNING + DAY, ends_at=MORNING + DAY + HOUR),
        replace(DAY_SHIFT, leads=False),
    ]
    with pytest.raises(Refused, match="shift_refused"), staffed.write() as session:
        staff.add_shifts(session, clashing, DESK, MORNING)
    with staffed.read() as session:
        assert len(staff.shifts(session, MORNING, MORNING + 9 * DAY)) == 2


def test_two_desks_at_once_never_make_two_leaders(staffed):
    at_once = threading.Barrier(2)

    def add(login):
        with staffed.write() as session:
            staff.add_shift(session, replace(DAY_SHIFT, login=login), DESK, MORNING)

    def together(login):
        at_once.wait()
        try:
            add(login)
        except Refused as refused:
            return refused.problem.code
        return "added"

    with ThreadPoolExecutor(2) as desks:
        answers = sorted(desks.map(together, (LIN_XIAOFENG.login, SU_MIN.login)))
    assert answers == ["added", "shift_refused"]
