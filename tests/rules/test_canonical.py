"""One spelling of plain data (RFC 8785), so that a digest is the same wherever it is reckoned."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oversight.rules.canonical import LARGEST, canonical, digest

plain = some.recursive(
    some.none() | some.booleans() | some.integers(-LARGEST, LARGEST) | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=20,
)


def test_keys_are_sorted_by_their_utf16_code_units_as_the_standard_shows():
    """RFC 8785, 3.2.3: the emoji comes before the Hebrew presentation form, though its code point is higher."""
    told = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    ordered = list(json.loads(canonical(told)).values())
    assert ordered == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_text_is_escaped_no_more_than_it_must_be():
    assert canonical({"a": '中\u000f\n"\\/'}) == '{"a":"中\\u000f\\n\\"\\\\/"}'.encode()


def test_nothing_stands_between_the_signs():
    assert canonical({"b": [1, True, None], "a": {}}) == b'{"a":{},"b":[1,true,null]}'


@pytest.mark.parametrize("odd", [1.5, float("nan"), LARGEST + 1, {1: 2}, object(), b"x", "\ud800", {"a": [0.1]}])
def test_what_systems_spell_differently_is_refused(odd):
    with pytest.raises(ValueError, match=r".+"):
        canonical(odd)


@given(plain)
def test_what_was_kept_as_json_has_the_digest_it_had(value):
    kept = json.loads(json.dumps(value, ensure_ascii=False, sort_keys=True))
    assert digest(kept) == digest(value)
    assert json.loads(canonical(value)) == value
