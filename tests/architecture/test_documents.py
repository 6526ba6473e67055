"""What can be set, refused or named is written down."""

import re
from collections.abc import Mapping
from enum import StrEnum

import pytest

from dispatch import labels
from dispatch.rules import handling_times, workflow
from service import tables
from tests.architecture.source import ROOT
from town import errors
from town.database import Base
from town.people import ROLE_NAMES, Role

CHINESE = re.compile(r"[一-鿿]+")
SETTING = re.compile(r"WANGGE_[A-Z_]+")


def test_every_setting_is_documented_and_nothing_else():
    in_use = set(SETTING.findall((ROOT / "town/settings.py").read_text()))
    assert set(SETTING.findall(_document("settings"))) == in_use


def test_every_refusal_is_documented():
    known = errors.CATALOGUE.values()
    rows = [f"| `{one.code}` | {one.status} | {one.title} | {one.detail} |" for one in known]
    missing = [row for row in rows if row not in _document("errors")]
    assert missing == [], "add to docs/errors.md:\n" + "\n".join(missing)


def test_no_refusal_is_documented_that_does_not_exist():
    documented = re.findall(r"^\| `(\w+)`", _document("errors"), re.MULTILINE)
    assert sorted(documented) == sorted(errors.CATALOGUE)


def test_the_chinese_name_of_every_table_stands_in_the_glossary():
    assert tables.ALL
    models = [mapper.class_ for mapper in Base.registry.mappers]
    words = {word for model in models for word in CHINESE.findall((model.__doc__ or "").splitlines()[0])}
    assert {word for word in words if word not in _document("glossary")} == set()


def test_every_table_says_what_it_holds():
    assert [mapper.class_ for mapper in Base.registry.mappers if not mapper.class_.__doc__] == []


def test_every_role_has_a_chinese_name():
    assert [role for role in Role if not CHINESE.fullmatch(ROLE_NAMES.get(role, ""))] == []


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (workflow.State, labels.STATES),
        (workflow.Action, labels.ACTIONS),
        (workflow.Post, labels.POSTS),
        (workflow.Outcome, labels.OUTCOMES),
        (handling_times.Clock, labels.CLOCKS),
    ],
)
def test_every_code_of_the_workflow_has_chinese_words(codes: type[StrEnum], words: Mapping[StrEnum, str]):
    assert [code for code in codes if not CHINESE.search(words.get(code, ""))] == []


def _document(name: str) -> str:
    return (ROOT / f"docs/{name}.md").read_text()
