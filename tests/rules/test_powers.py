"""What the town may enforce on a day: own, delegated and entrusted powers, published, suspended, handed back."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.rules.powers import Change, ChangeFact, Code, Mode, PowerFact, applicable, standing

DAY = dt.date(2026, 11, 23)
ONE = dt.timedelta(days=1)


def power(code="SR006", **given):
    facts: dict[str, Any] = {
        "name": "擅自占用人行道设摊经营",
        "field": "市容环卫",
        "mode": Mode.DELEGATED,
        "events": ("09006",),
        "published_on": dt.date(2026, 1, 5),
        "effective_from": dt.date(2026, 1, 10),
        "effective_to": None,
        "document": "云政发〔2025〕118号",
        "list_entry": "第 6 项",
        "grantor": "urban",
    } | given
    return PowerFact(code=code, **facts)


def entrusted(**given):
    letter = {"document": "云建委〔2026〕3号", "list_entry": None, "effective_to": dt.date(2026, 12, 31)}
    return power("RQ004", mode=Mode.ENTRUSTED, **(letter | given))


def handed_back(day, to="eco"):
    return ChangeFact(Change.HANDED_BACK, day, to, "云政函〔2026〕9号")


def suspended(day):
    return ChangeFact(Change.SUSPENDED, day, None, "云政函〔2026〕7号")


def resumed(day):
    return ChangeFact(Change.RESUMED, day, None, "云政函〔2026〕8号")


def test_a_delegated_power_with_decision_and_list_entry_is_in_force_by_article_24():
    how = standing(power(), DAY)
    assert (how.in_force, how.code, how.holder) == (True, Code.IN_FORCE, None)
    assert "第二十四条" in how.why
    assert "云政发〔2025〕118号" in how.why


def test_an_own_power_needs_no_document():
    how = standing(power(mode=Mode.OWN, document=None, list_entry=None, grantor=None), DAY)
    assert how.in_force
    assert "第十七条" in how.why


def test_an_entrusted_power_is_in_force_within_its_term_and_names_the_letter():
    how = standing(entrusted(), DAY)
    assert how.in_force
    assert "云建委〔2026〕3号" in how.why
    assert "2026-12-31" in how.why


@pytest.mark.parametrize("missing", ["document", "list_entry"])
def test_without_decision_or_list_entry_a_delegated_power_is_nobodys_but_the_grantors(missing):
    how = standing(power(**{missing: None}), DAY)
    assert (how.code, how.holder) == (Code.NO_DECISION, "urban")


@pytest.mark.parametrize("missing", ["document", "effective_to", "published_on"])
def test_an_entrustment_without_letter_term_or_publication_does_not_hold(missing):
    how = standing(entrusted(**{missing: None}), DAY)
    assert (how.code, how.holder) == (Code.NO_LETTER, "urban")
    assert "第二十条" in how.why


@pytest.mark.parametrize("published", [None, DAY + ONE])
def test_what_is_not_published_is_no_basis(published):
    how = standing(power(published_on=published), DAY)
    assert how.code is Code.NOT_PUBLISHED
    assert "第五条第三款" in how.why


def test_a_power_begins_on_its_first_day_and_ends_after_its_last():
    held = power(effective_from=DAY, effective_to=DAY + ONE)
    codes = [standing(held, day).code for day in (DAY - ONE, DAY, DAY + ONE, DAY + 2 * ONE)]
    assert codes == [Code.NOT_YET, Code.IN_FORCE, Code.IN_FORCE, Code.EXPIRED]


def test_an_expired_entrustment_cites_article_20():
    assert "第二十条" in standing(entrusted(), dt.date(2027, 1, 1)).why


def test_a_suspended_power_rests_until_it_is_resumed():
    held = power(changes=(suspended(DAY), resumed(DAY + 3 * ONE)))
    codes = [standing(held, DAY + n * ONE).code for n in (-1, 0, 2, 3)]
    assert codes == [Code.IN_FORCE, Code.SUSPENDED, Code.SUSPENDED, Code.IN_FORCE]


def test_of_a_suspension_and_a_resumption_on_one_day_the_suspension_counts():
    assert standing(power(changes=(resumed(DAY), suspended(DAY))), DAY).code is Code.SUSPENDED


def test_from_the_day_it_is_handed_back_the_new_holder_acts():
    held = power(changes=(handed_back(DAY),))
    assert standing(held, DAY - ONE).in_force
    how = standing(held, DAY)
    assert (how.code, how.holder) == (Code.HANDED_BACK, "eco")
    assert "云政函〔2026〕9号" in how.why


def test_powers_in_force_come_first_then_the_higher_fine_then_the_code():
    listed = [power("C", fine_max=100), power("A", fine_max=50), power("D", fine_max=9_000, published_on=None)]
    listed += [power("B", fine_max=50), power("E", fine_max=None), power("X", events=("06001",))]
    found = applicable(listed, "09006", DAY)
    assert [one.code for one, _ in found] == ["C", "A", "B", "E", "D"]


days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
maybe_days = st.none() | days
texts = st.none() | st.sampled_from(["", "文号"])
changes = st.lists(
    st.builds(ChangeFact, st.sampled_from(Change), days, st.sampled_from([None, "eco", "urban"]), st.just("函")),
    max_size=6,
)
powers = st.builds(
    power,
    mode=st.sampled_from(Mode),
    published_on=maybe_days,
    effective_from=days,
    effective_to=maybe_days,
    document=texts,
    list_entry=texts,
    grantor=st.sampled_from([None, "urban"]),
    changes=changes.map(tuple),
    fine_max=st.none() | st.integers(0, 1000),
)


@given(powers, days)
def test_every_power_stands_somehow_on_every_day_and_says_why(held, day):
    how = standing(held, day)
    assert how == standing(held, day)
    assert how.in_force is (how.code is Code.IN_FORCE)
    assert "行政处罚法第" in how.why
    assert how.holder is None or not how.in_force


@given(powers, days, days)
def test_a_power_handed_back_is_never_in_force_again(held, back, day):
    returned = replace(held, changes=(*held.changes, handed_back(back)))
    assert day < back or not standing(returned, day).in_force


@given(powers, days, st.randoms())
def test_the_order_in_which_changes_were_written_down_does_not_matter(held, day, chance):
    mixed = list(held.changes)
    chance.shuffle(mixed)
    assert standing(replace(held, changes=tuple(mixed)), day) == standing(held, day)


@given(st.lists(powers, max_size=6), days, st.randoms())
def test_the_same_powers_give_the_same_answer_however_they_are_listed(listed, day, chance):
    named = [replace(held, code=f"P{number}") for number, held in enumerate(listed)]
    mixed = list(named)
    chance.shuffle(mixed)
    assert applicable(mixed, "09006", day) == applicable(named, "09006", day)
