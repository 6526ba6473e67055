"""The page on the nightly proof names every check, in the order in which they run."""

import re

from oversight.services.proof.checks import BROKEN, CHECKS
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/proof.md").read_text()


def test_every_check_stands_on_the_page_by_its_code_and_name_and_nothing_else():
    told = re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert told == [(check.code, check.name) for check in (*CHECKS, BROKEN)]


def test_every_check_has_a_name_of_its_own():
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
