"""Parties: papers are read and doubted, never turned away for a check digit; ages follow the civil code; masks hide people."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.rules import identity_numbers, masking, parties
from enforcement.rules.parties import Identity, Paper, PartyKind

TODAY = dt.date(2026, 11, 23)
GENUINE = "11010519491231002X"
PERSON, FIRM, TRADER = PartyKind.PERSON, PartyKind.ORGANISATION, PartyKind.SOLE_TRADER
ZHOU = Identity(
    "周小英", Paper.ID_CARD, GENUINE, address="云溪镇人民路12号3幢402室", phone="13800000001", job="个体"
)  # fmt: skip
WORKS = Identity(
    "云溪渣土运输有限公司", Paper.CREDIT_CODE, "91350200776049653A", address="云溪镇工业大道8号", phone="13900000002",
    head="郑万里",
)  # fmt: skip


def doubts(kind, identity):
    return {doubt.code: doubt.refuses for doubt in parties.check(kind, identity, TODAY)}


@pytest.mark.parametrize(("kind", "identity"), [(PERSON, ZHOU), (FIRM, WORKS)])
def test_good_papers_raise_no_doubt(kind, identity):
    assert doubts(kind, identity) == {}


@pytest.mark.parametrize("code", ["91350200776049653A", "91350203MA31NDF85F", "913502115628130384"])
def test_genuine_credit_codes_keep_both_checks(code):
    assert (identity_numbers.organisation_check(code), identity_numbers.credit_check(code)) == (code[16], code[17])


@pytest.mark.parametrize(
    "code", ["91350100M0001TGQXM", "91350200776049653B", "9135020077604965XA", "913502", "91IO0200776049653A"]
)
def test_a_credit_code_is_doubted_but_never_turned_away(code):
    found = doubts(FIRM, replace(WORKS, number=code))
    assert found.keys() < {"credit_check", "credit_shape"}
    assert list(found.values()) == [False]


def test_a_wrong_check_digit_of_a_person_is_only_pointed_out():
    assert doubts(PERSON, replace(ZHOU, number=GENUINE[:-1] + "1")) == {"number_check": False}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105491231002", "number_old"),
        ("1101051949123100", "number_shape"),
        ("1101051949123100XX", "number_shape"),
        ("11010519491331002X", "number_birth"),
        ("11010520490101002X", "number_birth"),
    ],
)
def test_what_cannot_be_an_identity_number_is_turned_away(number, code):
    assert doubts(PERSON, replace(ZHOU, number=number))[code] is True


def test_a_number_of_no_province_or_of_a_very_old_person_is_pointed_out():
    assert doubts(PERSON, replace(ZHOU, number="100105190512310021")).keys() >= {"number_region", "number_birth"}


@given(st.integers(0, 10**17 - 1), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_keeps_the_check(number, place, shift):
    right = f"{number:017d}"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert identity_numbers.personal_check(right) != identity_numbers.personal_check(wrong)


@given(st.text(identity_numbers.CREDIT_ALPHABET, min_size=17, max_size=17), st.integers(0, 15))
def test_two_signs_that_changed_places_never_keep_a_credit_codes_check(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert code == swapped or identity_numbers.credit_check(code) != identity_numbers.credit_check(swapped)


@pytest.mark.parametrize(
    "paper",
    [Paper.HOME_RETURN_PERMIT, Paper.TAIWAN_PERMIT, Paper.PASSPORT, Paper.PERMANENT_RESIDENCE, Paper.OTHER],
)
def test_other_papers_have_no_rule_but_a_birth_is_asked_for(paper):
    stranger = Identity("JOHN SMITH", paper, "K1234567", address="云溪镇")
    assert doubts(PERSON, stranger) == {"birth_missing": False}


def test_who_shows_no_paper_is_taken_down_all_the_same():
    assert doubts(PERSON, Identity("周小英", address="云溪镇")) == {"birth_missing": False}
    assert doubts(PERSON, Identity("周小英", Paper.NONE, "1", address="云溪镇"))["number_unexpected"] is True


@pytest.mark.parametrize(
    ("kind", "identity", "code"),
    [
        (PERSON, replace(ZHOU, name=" "), "name_missing"),
        (PERSON, replace(ZHOU, number=" "), "number_missing"),
        (PERSON, replace(WORKS), "paper_of_another"),
        (FIRM, replace(ZHOU), "paper_of_another"),
        (PERSON, Identity("周", birth=dt.date(2027, 1, 1), address="云溪镇"), "birth_future"),
    ],
)
def test_what_nobody_could_be_penalised_by_is_turned_away(kind, identity, code):
    assert doubts(kind, identity)[code] is True


def test_what_a_decision_must_name_is_asked_for():
    assert doubts(FIRM, replace(WORKS, head=None, address=None)) == {"head_missing": False, "address_missing": False}


def test_a_sole_trader_may_show_either_paper():
    assert doubts(TRADER, replace(WORKS, name="小郑面馆")) == doubts(TRADER, ZHOU) == {}


def test_birth_and_gender_follow_the_number_and_a_difference_is_pointed_out():
    told = replace(ZHOU, number=" １１０１０５ 19491231002x", birth=dt.date(1950, 1, 1), gender="male")
    tidy = parties.tidied(told)
    assert (tidy.number, tidy.birth, tidy.gender) == (GENUINE, dt.date(1949, 12, 31), "female")
    assert doubts(PERSON, told) == {"birth_differs": False, "gender_differs": False}
    assert identity_numbers.gender_in(GENUINE[:16] + "3X") == "male"


def test_without_such_a_number_birth_and_gender_are_as_told():
    told = Identity("李", Paper.PASSPORT, "K1", birth=dt.date(1990, 1, 1), gender="male")
    assert (parties.birth_of(told), parties.tidied(told).gender) == (dt.date(1990, 1, 1), "male")
    assert parties.birth_of(Identity("李")) is None


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2012-11-23", "2012-11-23", 0),
        ("2012-11-23", "2026-11-22", 13),
        ("2012-11-23", "2026-11-23", 13),
        ("2012-11-23", "2026-11-24", 14),
        ("2008-11-23", "2026-11-23", 17),
        ("2008-11-23", "2026-11-24", 18),
        ("2012-02-29", "2026-02-28", 13),
        ("2012-02-29", "2026-03-01", 14),
        ("2008-02-29", "2024-02-29", 15),
        ("2008-02-29", "2024-03-01", 16),
        ("2008-12-31", "2027-01-01", 18),
    ],
)
def test_a_year_is_full_on_the_day_after_the_birthday(birth, day, age):
    assert parties.age_on(dt.date.fromisoformat(birth), dt.date.fromisoformat(day)) == age


def test_nobody_acts_before_he_is_born():
    with pytest.raises(ValueError, match="not born"):
        parties.age_on(TODAY, TODAY - dt.timedelta(1))


@given(st.dates(dt.date(1930, 1, 1), TODAY), st.integers(0, 30_000))
def test_nobody_grows_younger(birth, days):
    day = birth + dt.timedelta(days)
    assert 0 <= parties.age_on(birth, day + dt.timedelta(1)) - parties.age_on(birth, day) <= 1


def test_the_same_party_is_known_by_paper_and_number():
    assert parties.same_party_key(ZHOU) == parties.same_party_key(replace(ZHOU, name="周英", address="别处"))
    assert parties.same_party_key(Identity("周小英")) is None
    assert parties.same_party_key(replace(ZHOU, number_kind=Paper.OTHER)) != parties.same_party_key(ZHOU)


def test_passports_of_two_countries_with_one_number_are_two_people():
    one, other = (Identity("X", Paper.PASSPORT, "K1", birth=dt.date(year, 1, 1)) for year in (1980, 1990))
    assert parties.same_party_key(one) != parties.same_party_key(other)


def test_what_changed_is_named():
    assert parties.changed(ZHOU, replace(ZHOU, name="周英", phone=None)) == ("name", "phone")


def test_an_identity_tells_nothing_when_it_is_printed():
    assert f"{ZHOU} {ZHOU!r} {[ZHOU]}" == "Identity(…) Identity(…) [Identity(…)]"


@pytest.mark.parametrize(
    ("full", "seen"),
    [
        ("周", "*"),
        ("周英", "周*"),
        ("周小英", "周*英"),
        ("欧阳小英", "欧**英"),
        ("阿卜杜拉·买买提江", "阿***江"),
        ("", ""),
    ],
)
def test_names_keep_their_ends(full, seen):
    assert masking.name(full) == seen


@pytest.mark.parametrize(
    ("full", "seen"),
    [(GENUINE, "1101************2X"), ("K12345678", "K******78"), ("A123", "****"), (None, None)],
)
def test_numbers_keep_their_ends(full, seen):
    assert masking.number(full) == seen


@pytest.mark.parametrize(
    ("full", "seen"),
    [("13800000001", "138****0001"), ("0512-5550001", "****01"), ("110", "****"), (None, None)],
)
def test_telephones_are_cut(full, seen):
    assert masking.phone(full) == seen


@pytest.mark.parametrize(
    ("full", "seen"),
    [
        ("云溪镇人民路12号3幢402室", "云溪镇人民路***"),
        ("江苏省云川县城关街道东大街8号", "江苏省云川县城关街道东大街***"),
        ("台州市路桥区银安街5号", "台州市路桥区银安街***"),
        ("云溪镇周家村三组15号", "云溪镇周家村***"),
        ("云溪镇工业大道", "云溪镇工业大道"),
        ("12幢402室", "***"),
        ("", ""),
    ],
)
def test_addresses_end_at_the_street(full, seen):
    assert masking.address(full) == seen


def test_who_does_not_need_it_sees_a_person_only_in_outline():
    assert parties.masked(parties.tidied(ZHOU)) == Identity(
        "周*英", Paper.ID_CARD, "1101************2X", None, "female", "云溪镇人民路***", "138****0001"
    )


def test_an_organisation_is_public_but_its_head_is_not():
    assert parties.masked(WORKS, FIRM) == replace(WORKS, head="郑*里", phone="139****0002")


def test_a_trader_under_his_own_name_is_masked_like_a_person():
    assert parties.masked(replace(WORKS, name="小郑面馆"), TRADER).name == "小郑面馆"
    assert parties.masked(replace(WORKS, name="郑万里"), TRADER).name == "郑*里"
    assert parties.masked(ZHOU, TRADER).name == "周*英"


def test_every_kind_and_paper_has_a_name():
    assert (set(parties.KIND_NAMES), set(parties.PAPER_NAMES)) == (set(PartyKind), set(Paper))
