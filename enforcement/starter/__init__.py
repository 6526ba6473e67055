"""起步清单: lists to begin with, made from public facts with their sources; a legal officer must go through every row.

No row says how a power was conferred or published, because that is each town's own fact: imported as they are, the
delegated powers are in force nowhere. Tiers are no town's published benchmark, and local rules are proposals that nobody
has confirmed. ``demo_powers``, ``demo_tiers`` and ``demo_procedure`` fill that in with inventions, for the demo town only.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from enforcement.rules import repealed
from enforcement.rules.local_rules import UNCONFIRMED
from town.partners import PartnerKind
from town.sheets import Sheets, read

DEMO_DECISION = "云政发〔2025〕118号（虚构）"
DEMO_LETTER = "云建委〔2026〕3号（虚构）"
DEMO_NOTICE = "云溪镇政务公开栏（虚构）"
DEMO_PUBLISHED, DEMO_FROM, DEMO_LETTER_UNTIL = dt.date(2026, 1, 5), dt.date(2026, 1, 10), dt.date(2027, 12, 31)
DEMO_ENTRUSTED = "燃气"
DEMO_BENCHMARK = "《云溪镇行政处罚裁量基准》（云综执〔2026〕2号，虚构）"
DEMO_PROCEDURE = "《云溪镇行政执法程序规定》（云政发〔2026〕6号，虚构）"
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


def provisions() -> Sheets:
    """What the articles behind those powers provide, and what the ten repealed laws provided before."""
    return read(_file("provisions"), "起步罚则.csv")


def tiers() -> Sheets:
    """Every range cut in three, 30, 40 and 30 parts of a hundred, by facts: to be replaced by the town's own benchmark."""
    return read(_file("tiers"), "起步裁量基准.csv")


def procedure() -> Sheets:
    """Proposals for what the law leaves to the place, and the few values it gives itself."""
    return read(_file("procedure"), "起步本地程序规定.csv")


def partners() -> tuple[StarterPartner, ...]:
    """The bodies the two lists name, for a town that has registered none."""
    return tuple(StarterPartner(row["代码"], row["名称"], KINDS[row["类别"]]) for row in rows("partners"))


def demo_powers() -> Sheets:
    """The powers as 云溪镇 of the demo holds them: gas by letter, the rest by decision; every document is invented."""
    return as_sheets(demo_power_rows(), "云溪镇权力清单（演示）.csv")


def demo_power_rows() -> list[dict[str, str]]:
    """Line by line, cells by header."""
    return [{**row, **_conferred(number, row)} for number, row in enumerate(rows("powers"), 1)]


def demo_tiers() -> Sheets:
    """The tiers as if 云溪镇 had published them."""
    return as_sheets(demo_tier_rows(), "云溪镇裁量基准（演示）.csv")


def demo_tier_rows() -> list[dict[str, str]]:
    """Line by line, cells by header."""
    return [{**row, "基准文件": DEMO_BENCHMARK} for row in rows("tiers")]


def demo_procedure() -> Sheets:
    """The local rules as if 云溪镇 had confirmed them, and what its papers tell of its organs."""
    return as_sheets(demo_procedure_rows(), "云溪镇程序规定（演示）.csv")


def demo_procedure_rows() -> list[dict[str, str]]:
    """Line by line, cells by header."""
    proposed = [{**row, "依据": _confirmed(row["依据"])} for row in rows("procedure")]
    return [*proposed, *rows("demo_organs")]


def as_sheets(lines: Sequence[Mapping[str, str]], name: str) -> Sheets:
    """Lines with cells by header as a file that can be imported."""
    written = io.StringIO()
    writer = csv.DictWriter(written, lines[0].keys())
    writer.writeheader()
    writer.writerows(lines)
    return read(written.getvalue().encode(), name)


def rows(name: str) -> list[dict[str, str]]:
    """One of the files line by line, cells by header: ``events``, ``powers``, ``provisions``, ``tiers`` and so on."""
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


def _confirmed(basis: str) -> str:
    return DEMO_PROCEDURE if basis.startswith(UNCONFIRMED) else basis


def _file(name: str) -> bytes:
    return (resources.files(__name__) / f"{name}.csv").read_bytes()
