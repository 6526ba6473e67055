"""The page on penalty cases tells every stop and every term as the tables have them."""

import re
from collections.abc import Iterator

from enforcement.rules.cases.clocks import TABLE, ClockRule
from enforcement.rules.stops.catalogue import CATALOGUE
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/cases.md").read_text()
STOPS_HEAD = "| code | stops when | article |"
CLOCKS_HEAD = "| code | term | article | effect | begins | length |"


def test_every_stop_is_told_with_its_article_and_nothing_else():
    assert list(_rows(STOPS_HEAD)) == [[f"`{one.code}`", one.label, one.article] for one in CATALOGUE.values()]


def test_every_term_is_told_with_its_article_and_what_it_does():
    expected = [[f"`{row.clock}`", row.name, row.article, _effect(row)] for row in TABLE]
    assert [row[:4] for row in _rows(CLOCKS_HEAD)] == expected


def test_every_term_says_when_it_begins_and_how_long_it_is():
    assert [row for row in _rows(CLOCKS_HEAD) if not all(row[4:6])] == []


def test_every_stop_the_page_speaks_of_exists():
    before = PAGE.split("## Terms")[0]
    spoken = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", before))
    from_errors = {"local_rule_missing", "fonts_missing", "glyph_missing"}
    assert spoken - set(CATALOGUE) - from_errors == set()


def _effect(row: ClockRule) -> str:
    return "window" if row.window else "wall" if row.stops else "alarm"


def _rows(head: str) -> Iterator[list[str]]:
    _, _, rest = PAGE.partition(f"{head}\n")
    for line in rest.splitlines()[1:]:
        if not line.startswith("| "):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]
