"""The page on discretion names every fact and counts what the starter lists hold."""

from enforcement import starter
from enforcement.rules.factors import FACTORS
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/discretion.md").read_text()


def test_every_fact_is_named():
    assert [one.label for one in FACTORS.values() if one.label not in PAGE] == []


def test_the_starter_has_as_many_provisions_as_the_page_says():
    rows = starter.rows("provisions")
    powers = {row["权力代码"] for row in rows}
    repealed = [row for row in rows if row["失效日期"]]
    assert f"{len(rows)} rows for {len(powers)} powers, {len(repealed)} of them of repealed laws" in PAGE
    assert f"{sum(row['已核对'] != '是' for row in rows)} rows nobody has read" in PAGE
