"""Who may enforce: the post, the certificate on that day, two different officers, and what one must keep away from."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town.people import Role
from town.qualification import (
    AVOIDANCE,
    ENFORCING,
    GRID_STAFF,
    NEVER,
    QUALIFIED,
    CertificateFact,
    ConflictFact,
    OfficerFact,
    certified,
    conflicted,
    may_act_together,
    may_enforce,
)

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


def card(number="云执 0001", start=dt.date(2025, 1, 1), end=dt.date(2029, 12, 31), revoked=None):
    return CertificateFact(number, start, end, revoked)


def officer(login, *cards, roles=("officer",)):
    return OfficerFact(login, frozenset(roles), cards)


def test_a_certificate_holds_on_its_first_and_on_its_last_day():
    held = card()
    assert certified([held], held.valid_from).ok
    assert certified([held], held.valid_to).ok
    assert certified([held], held.valid_from - DAY).code == "not_yet"
    assert certified([held], held.valid_to + DAY).code == "expired"


def test_a_revoked_certificate_ends_on_the_day_it_is_revoked():
    held = card(revoked=TODAY)
    assert certified([held], TODAY - DAY).ok
    assert certified([held], TODAY).code == "revoked"


def test_without_a_certificate_nobody_is_an_officer_and_the_article_is_named():
    standing = certified([], TODAY)
    assert (standing.ok, standing.code, standing.article) == (False, "no_certificate", QUALIFIED)


def test_the_reason_names_the_certificate_and_the_day():
    assert certified([card(end=TODAY - DAY)], TODAY).why == "执法证 云执 0001 已于 2026-11-22 到期"


def test_a_renewed_certificate_stands_for_the_expired_one():
    old, new = card("云执 0001", end=TODAY - DAY), card("云执 0101", start=TODAY)
    assert certified([new, old], TODAY).number == "云执 0101"
    assert certified([old, new], TODAY - DAY).number == "云执 0001"


@pytest.mark.parametrize("role", ["auxiliary", "grid_worker"])
def test_auxiliaries_and_grid_workers_never_enforce_not_even_with_a_certificate(role):
    standing = may_enforce({role, "officer"}, [card()], TODAY)
    assert (standing.ok, standing.code, standing.article) == (False, role, GRID_STAFF)


def test_a_certificate_without_the_post_is_not_enough():
    assert may_enforce({"dispatcher"}, [card()], TODAY).code == "no_post"
    assert may_enforce({"dispatcher", "squad_leader"}, [card()], TODAY).ok


def test_the_posts_of_the_rules_are_posts_of_the_town():
    assert {*ENFORCING, *NEVER} <= {role.value for role in Role}


def test_officers_act_in_twos_with_certificates_of_their_own():
    first, second = officer("sumin", card("云执 0001")), officer("linxiaofeng", card("云执 0002"))
    assert may_act_together([first, second], TODAY).ok
    assert may_act_together([first], TODAY).code == "too_few"
    assert may_act_together([], TODAY).code == "too_few"
    assert may_act_together([first, first], TODAY).code == "too_few"
    assert may_act_together([first, officer("anan", card("云执 0001"))], TODAY).code == "same_certificate"


def test_one_who_may_not_is_not_made_good_by_two_who_may():
    helper = officer("xiaowu", card("云执 0003"), roles=("auxiliary",))
    first, second = officer("sumin", card("云执 0001")), officer("linxiaofeng", card("云执 0002"))
    assert may_act_together([first, second, helper], TODAY).code == "auxiliary"


def test_who_has_an_interest_keeps_away_from_that_grid_on_those_days():
    conflict = ConflictFact("sumin", "grid:CZ-01", TODAY, TODAY + DAY)
    found = [conflicted([conflict], "sumin", "grid:CZ-01", TODAY + n * DAY) for n in (-1, 0, 1, 2)]
    assert found == [None, conflict, conflict, None]
    assert conflicted([conflict], "sumin", "grid:CZ-02", TODAY) is None
    assert conflicted([conflict], "linxiaofeng", "grid:CZ-01", TODAY) is None
    assert AVOIDANCE.endswith("第四十三条")


def test_an_interest_without_an_end_lasts():
    assert conflicted([ConflictFact("sumin", "party:P1", TODAY)], "sumin", "party:P1", TODAY + 3650 * DAY)


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
CARDS = st.lists(
    st.builds(card, number=st.sampled_from(["1", "2", "3"]), start=DAYS, end=DAYS, revoked=st.none() | DAYS)
)
ROLES = st.sets(st.sampled_from([role.value for role in Role]))


@given(CARDS, DAYS)
def test_who_is_certified_holds_a_certificate_that_is_valid_on_that_day(cards, day):
    valid = {
        c.number for c in cards if c.valid_from <= day <= c.valid_to and not (c.revoked_on and c.revoked_on <= day)
    }
    standing = certified(cards, day)
    assert standing.ok == bool(valid)
    assert not standing.ok or standing.number in valid


@given(ROLES, CARDS, DAYS)
def test_every_standing_says_why_not_and_names_its_article(roles, cards, day):
    standing = may_enforce(roles, cards, day)
    assert standing.article
    assert standing.ok != bool(standing.why)
    assert not (standing.ok and roles & NEVER.keys())


@given(st.lists(st.tuples(st.sampled_from("abc"), ROLES, CARDS)), DAYS)
def test_those_who_may_act_together_are_two_who_each_may(people, day):
    officers = [officer(login, *cards, roles=roles) for login, roles, cards in people]
    if may_act_together(officers, day).ok:
        last = {one.login: one for one in officers}
        alone = [may_enforce(one.roles, one.certificates, day) for one in last.values()]
        assert all(one.ok for one in alone)
        assert len({one.number for one in alone}) >= 2
