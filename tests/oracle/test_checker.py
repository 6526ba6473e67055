"""The checker alone: it finds nothing in what was led by the law, and each breach that is planted into it."""

import copy
import json

import pytest

from tests.oracle import lives, long_lives
from tests.oracle.breaches import PLANTED
from tests.oracle.checker import check
from tests.oracle.planting import Planted

LIVES = {
    make.__name__: make()
    for make in (
        lives.on_spot_paid,
        lives.fast_lane,
        lives.defence_accepted,
        lives.first_offence,
        lives.transferred,
        long_lives.hearing_held,
        long_lives.forced_by_court,
        long_lives.revoked,
        long_lives.contested,
    )
}


@pytest.mark.parametrize("name", LIVES)
def test_nothing_is_found_in_a_case_led_by_the_law(name: str):
    assert check(LIVES[name]) == []


@pytest.mark.parametrize("breach", PLANTED, ids=lambda breach: f"{breach.code}-{breach.sow.__name__}")
def test_every_planted_breach_is_found_in_every_life_it_fits(breach: Planted):
    spoilt = {name: told for name, life in LIVES.items() if (told := breach.plant(life))}
    found = {name: {one.code for one in check(told)} for name, told in spoilt.items()}
    assert spoilt
    assert {name: codes for name, codes in found.items() if breach.code not in codes} == {}


def test_there_are_many_kinds_of_breaches_and_each_has_a_name_of_its_own():
    assert len({breach.code for breach in PLANTED}) >= 40
    assert len({breach.name for breach in PLANTED}) == len(PLANTED)


def test_a_breach_is_planted_into_a_copy():
    before = copy.deepcopy(LIVES)
    for breach in PLANTED:
        for life in LIVES.values():
            breach.plant(life)
    assert before == LIVES


def test_a_finding_names_its_article_and_speaks_chinese():
    for breach in PLANTED:
        for life in list(LIVES.values())[:3]:
            for found in check(breach.plant(life) or life):
                assert found.article
                assert any("\u4e00" <= letter <= "\u9fff" for letter in found.sentence)


def test_the_lives_are_plain_json():
    for life in LIVES.values():
        assert check(json.loads(json.dumps(life))) == []


def test_a_file_that_cannot_be_read_proves_nothing():
    assert [one.code for one in check({"format": "wangge-case/1"})] == ["unreadable"]
