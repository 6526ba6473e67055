"""起步清单: lists to begin with, made from public facts with their sources; a legal officer must go through every row.

No row says how a power was conferred or published, because that is each town's own fact: imported as they are, the
delegated powers are in force nowhere. ``demo_powers`` fills those columns with inventions, for the demo town only.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from enforcement.rules import repealed
from town.partners import PartnerKind
from town.sheets import Sheets, read

DEMO_DECISION = "云政发〔2025〕118号（虚构）"
DEMO_LETTER = "云建委〔2026〕3号（虚构）"
DEMO_NOTICE = "云溪镇政务公开栏（虚构）"
DEMO_PUBLISHED, DEMO_FROM, DEMO_LETTER_UNTIL = dt.date(2026, 1, 5), dt.date(2026, 1, 10), dt.date(2027, 12, 31)
DEMO_ENTRUSTED = "燃气"
KINDS = {
    "县": PartnerKind.COUNTY,
    "部门": PartnerKind.DEPARTMENT,
    "公安": PartnerKind.POLICE,
    "责任单位": PartnerKind.UTILITY,
}


@dataclass(frozen=True, slots=True)
class StarterPartner:
    """协同单位 that the lists name."""

    code: str
    name: str
    kind: PartnerKind


def events() -> Sheets:
    """Kinds of matter: GB/T 47678.5-2026 as publicly transcribed, and some local ones."""
    return read(_file("events"), "起步事项清单.csv")


def powers() -> Sheets:
    """Powers a town often holds, without how they were conferred."""
    return read(_file("powers"), "起步权力清单.csv")


def partners() -> tuple[StarterPartner, ...]:
    """The bodies the two lists name, for a town that has registered none."""
    return tuple(StarterPartner(row["代码"], row["名称"], KINDS[row["类别"]]) for row in rows("partners"))


def demo_powers() -> Sheets:
    """The powers as 云溪镇 of the demo holds them: gas by letter, the rest by decision; every document is invented."""
    lines = [{**row, **_conferred(number, row)} for number, row in enumerate(rows("powers"), 1)]
    written = io.StringIO()
    writer = csv.DictWriter(written, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    return read(written.getvalue().encode(), "云溪镇权力清单（演示）.csv")


def rows(name: str) -> list[dict[str, str]]:
    """One of the files line by line, cells by header: ``events``, ``powers`` or ``partners``."""
    return list(csv.DictReader(io.StringIO(_file(name).decode())))


def _conferred(number: int, row: Mapping[str, str]) -> dict[str, str]:
    """A power founded on the code is in force no earlier than the code."""
    begins = repealed.REPEALED_ON if repealed.CODE in row["法律依据"] else DEMO_FROM
    common = {"公布日期": str(DEMO_PUBLISHED), "公布地址": DEMO_NOTICE, "生效日期": str(begins)}
    if row["行使方式"] == "自有":
        return common
    if row["领域"] == DEMO_ENTRUSTED:
        return {**common, "行使方式": "委托", "文号": DEMO_LETTER, "失效日期": str(DEMO_LETTER_UNTIL)}
    return {**common, "文号": DEMO_DECISION, "县清单条目": f"第 {number} 项"}


def _file(name: str) -> bytes:
    return (resources.files(__name__) / f"{name}.csv").read_bytes()
