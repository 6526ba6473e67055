"""docs/case-file.md tells every field of case.json, and none that does not exist."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from enforcement.rules.cases.fields import FIELDS
from enforcement.rules.parties import PartyKind
from tests.architecture.source import ROOT
from tests.ground.bureau import FANG_NING, RESTAURANT, XU_FEI, ZHOU_ZHENG, Bureau, Life
from tests.ground.databases import on_sqlite
from tests.services.test_case_file import with_photo
from tests.usual_acts import FACTORS

DOCUMENTED = set(re.findall(r"^\| `([^`]+)`", (ROOT / "docs/case-file.md").read_text(), re.MULTILINE))
BY_KEY = re.compile(r"(known\.officers|known\.numbers|known\.local|known\.factors)\.[^.\[]+")
"""Mappings whose keys are logins, forms, rules or facts."""
OPENING = {
    "power",
    "event",
    "order",
    "source",
    "grid",
    "in_town",
    "acted_from",
    "acted_on",
    "discovered_on",
    "lon",
    "lat",
}


@pytest.fixture
def heard(bureau: Bureau) -> Life:
    """油烟 of a restaurant: with a hearing, a review, a photograph, and everything after the decision."""
    life = with_photo(bureau.open("HJ001")).known(RESTAURANT, PartyKind.ORGANISATION).filed()
    life.told(fine_fen=3_000_000, factors=FACTORS | {"harm": "some", "corrected": False})
    life.do("request_hearing").do("call_hearing", XU_FEI)
    bureau.later(days=14, hours=1)
    life.do("hold_hearing", FANG_NING).do("submit_decision").do("review", XU_FEI).do("decide", ZHOU_ZHENG)
    return life.do("serve_decision").do("pay").closed()


@pytest.fixture
def held(bureau: Bureau) -> Life:
    """The second case of somebody: goods held, a correction re-checked, parts, urged."""
    bureau.open("SR001").known().do("decide_on_spot", fine_fen=2_500)
    bureau.later(days=30)
    life = bureau.open("SR003").do("name_party").do("inspect").do("question").do("add_evidence").do("verify_evidence")
    life.do("order_correction").filed().do("ask_hold").do("approve_hold", ZHOU_ZHENG).do("settle_hold")
    life.do("recheck_correction").told().heard().decided()
    life.do("approve_delay", ZHOU_ZHENG)
    bureau.later(days=62)
    life.do("urge")
    return life.do("serve_paper", paper=life.paper("urging_letter"))


def named(value: Any, path: str = "") -> Iterator[str]:
    """The path of every field, as the page writes it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from named(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and (not value or isinstance(value[0], dict)):
        for one in value:
            yield from named(one, f"{path}[]")
    else:
        yield path


def as_written(path: str) -> str:
    """Without what stands before given and known, and with one name for keys that are data."""
    bare = path.removeprefix("acts[].") if path.startswith(("acts[].given", "acts[].known")) else path
    bare = re.sub(r"known\.law\.(old|new)\.", "known.law.provision.", bare)
    return BY_KEY.sub(r"\1.*", bare)


@on_sqlite
@pytest.mark.parametrize("lived", ["heard", "held"])
def test_every_field_of_a_real_case_is_told(lived, request, bureau):
    fields = {as_written(one) for one in named(request.getfixturevalue(lived).json())}
    fields = {one for one in fields if not one.startswith("given.factors.")}
    assert fields - DOCUMENTED == set()
    assert len(fields) > 120


def test_every_fact_an_act_can_have_is_told_and_no_other():
    told = {one.removeprefix("given.") for one in DOCUMENTED if one.startswith("given.") and "[]" not in one}
    assert told == set(FIELDS) | OPENING
