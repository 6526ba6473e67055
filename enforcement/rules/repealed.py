"""Ten laws that 生态环境法典 repealed from 2026-08-15 (art. 1242), and where their most used articles went."""

import datetime as dt
import re

CODE = "生态环境法典"
REPEALED_ON = dt.date(2026, 8, 15)
LAWS = (
    "海洋环境保护法",
    "环境保护法",
    "环境影响评价法",
    "大气污染防治法",
    "水污染防治法",
    "土壤污染防治法",
    "固体废物污染环境防治法",
    "噪声污染防治法",
    "放射性污染防治法",
    "清洁生产促进法",
)
CITED = re.compile(rf"({'|'.join(LAWS)})(?!实施|律|规)(?:》)?(?:[（(][^）)]*[）)])?(?:》)?第?(\d+)?")
CROSSWALK = {
    ("大气污染防治法", 115): 1128,
    ("大气污染防治法", 116): 1129,
    ("大气污染防治法", 117): 1130,
    ("大气污染防治法", 118): 1132,
    ("大气污染防治法", 119): 1131,
    ("大气污染防治法", 120): 1133,
    ("噪声污染防治法", 77): 1185,
    ("噪声污染防治法", 81): 1189,
    ("噪声污染防治法", 82): 1190,
    ("固体废物污染环境防治法", 111): 1169,
}


def cited(basis: str) -> str | None:
    """The first repealed law that a legal basis cites, if any."""
    found = CITED.search(basis)
    return found[1] if found else None


def successor(basis: str) -> str | None:
    """The article of the code that took the place of the one cited, where that is known."""
    found = CITED.search(basis)
    if not found or not found[2]:
        return None
    article = CROSSWALK.get((found[1], int(found[2])))
    return f"《{CODE}》第{article}条" if article else None
