"""Published decisions (公示的处罚决定): what a neighbour's list says, read so that his decisions can be compared with ours.

What cannot be read is said and never guessed: a fine that is misread would be compared with.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from enforcement.rules import money, numbers, numerals
from enforcement.rules.findings import Finding
from enforcement.rules.numbers import Number

NUMBER, PARTY, MATTER, BASIS = "处罚决定书文号", "被处罚人姓名", "处罚事由", "处罚依据"
RESULT, ORGAN, DAY = "处罚结果", "行政执法单位名称", "处罚日期"
COLUMNS = (NUMBER, PARTY, MATTER, BASIS, RESULT, ORGAN, DAY)

AMOUNT = r"(?:人民币)?[:：]?([¥0-9.,，零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+[元圆](?:[一-龥][角分])*[整正]?)"
FINE = re.compile(rf"(?:处以?|给予|并处|并)*(?:罚款|罚金){AMOUNT}(?:的?(?:行政)?处罚)?")
FINE_TURNED = re.compile(rf"(?:处以?|给予|并处|并)*{AMOUNT}的?罚款(?:的?(?:行政)?处罚)?")
TOGETHER = re.compile(rf"合并(?:执行|处罚|处)?罚款{AMOUNT}")
CONFISCATED = re.compile(rf"没收违法所得{AMOUNT}")
DETENTION = re.compile(r"(?:处以?|给予|并处|并)*行政拘留([0-9零一二三四五六七八九十]+)[日天]")
WARNING = re.compile(r"(?:处以?|给予|并处|并)*(?:警告|通报批评)(?:的?(?:行政)?处罚)?")
NO_PENALTY = re.compile(r"(?:决定)?不予(?:行政)?处罚")
FILLERS = re.compile(r"^(?:并|且|同时|决定|以及|和)?$")
SEPARATORS = re.compile(r"[，,；;、。\s]+")

LAW = re.compile(r"《([^》]+)》")
PLACE = re.compile(
    r"第(?P<article>[^第条款项目]+)条(?:之(?P<sub>[一二三四五六七八九十]))?"
    r"(?:第(?P<paragraph>[^第条款项目]+)款)?(?:第(?P<item>[^第条款项目]+)项)?"
    r"|第(?P<same_article>[^第条款项目]+)款(?:第(?P<its_item>[^第条款项目]+)项)?"
    r"|第(?P<same_paragraph>[^第条款项目]+)项"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """一处依据: 《law》第 article 条之 sub 第 paragraph 款第 item 项; None where it is not named."""

    law: str
    article: int
    sub: int | None = None
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """处罚结果. Sums in fen, detention in days; ``others``: further penalties in the words of the list."""

    warning: bool = False
    fine_fen: int | None = None
    confiscated_fen: int | None = None
    detention_days: int | None = None
    no_penalty: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """一件公示的处罚决定. ``party``: as it was published, masked by its publisher."""

    number: Number
    party: str
    matter: str
    basis: tuple[Citation, ...]
    result: Result
    organ: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a list, and what somebody should look at; ``line`` counts the rows from 0."""

    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]


def read(rows: Iterable[Mapping[str, str]]) -> Reading:
    """A whole list under the headings ``COLUMNS``. A row that cannot be read is left out and said; so is a number said twice."""
    decisions: dict[int, Decision] = {}
    findings: list[Finding] = []
    for line, row in enumerate(rows):
        try:
            decisions[line] = decision(row)
        except ValueError as error:
            findings.append(Finding(line, "", "unreadable", f"读不懂：{error}"))
    findings += repeated(decisions)
    return Reading(tuple(decisions.values()), tuple(sorted(findings, key=lambda one: one.line)))


def decision(row: Mapping[str, str]) -> Decision:
    """One row. Raises ValueError that says what could not be read."""
    missing = [column for column in COLUMNS if not (row.get(column) or "").strip()]
    if missing:
        raise ValueError(f"没有填{'、'.join(missing)}")
    return Decision(
        number=numbers.parse(row[NUMBER]),
        party=row[PARTY].strip(),
        matter=row[MATTER].strip(),
        basis=citations(row[BASIS]),
        result=result(row[RESULT]),
        organ=row[ORGAN].strip(),
        day=dt.date.fromisoformat(row[DAY].strip().replace("/", "-")),
    )


def repeated(decisions: Mapping[int, Decision]) -> Iterator[Finding]:
    """Every later decision that bears a number already used, in whatever brackets and with whatever zeros."""
    first: dict[Number, int] = {}
    for line, one in decisions.items():
        earlier = first.setdefault(one.number, line)
        if earlier != line:
            same = decisions[earlier] == one
            code, what = ("repeated_row", "整行重复") if same else ("repeated_number", "内容不同，同一文号用了两次")
            yield Finding(line, NUMBER, code, f"文号与第 {earlier + 1} 行相同（{what}）。", refuses=False)


def result(text: str) -> Result:
    """What a decision imposes: 罚款四百元, 行政拘留五日并处罚款二百元, 警告, 没收违法所得1200元，并处罚款五千元 …

    Raises ValueError where a sum of money or a detention is named that cannot be read, or several fines without their
    sum (合并执行).
    """
    rest, together = _taken(TOGETHER, _plain(text))
    rest, fines = _taken(FINE, rest)
    rest, turned = _taken(FINE_TURNED, rest)
    rest, confiscated = _taken(CONFISCATED, rest)
    rest, detained = _taken(DETENTION, rest)
    rest, warned = _taken(WARNING, rest)
    rest, nothing = _taken(NO_PENALTY, rest)
    if re.search(r"罚款|罚金|拘留", rest):
        raise ValueError(f"处罚结果「{text}」")
    return Result(
        warning=bool(warned),
        fine_fen=_one(text, together or fines + turned, money.parse),
        confiscated_fen=_one(text, confiscated, money.parse),
        detention_days=_one(text, detained, _count),
        no_penalty=bool(nothing),
        others=tuple(part for part in SEPARATORS.split(rest) if not FILLERS.match(part)),
    )


def citations(text: str) -> tuple[Citation, ...]:
    """Every article a basis names, law by law; 「第二款」 after an article means the same article's.

    Raises ValueError where no law, no article or no number can be read.
    """
    before, *parts = LAW.split(_plain(text))
    if before or not parts:
        raise ValueError(f"处罚依据「{text}」")
    laws = zip(parts[::2], parts[1::2], strict=True)
    return tuple(citation for law, places in laws for citation in _places(law, places))


def _places(law: str, text: str) -> Iterator[Citation]:
    last: Citation | None = None
    for place in PLACE.finditer(text):
        last = _place(law, place, last)
        yield last
    if last is None or "第" in PLACE.sub("", text):
        raise ValueError(f"《{law}》{text}")


def _place(law: str, found: re.Match[str], last: Citation | None) -> Citation:
    said = {name: _count(digits.strip("()")) for name, digits in found.groupdict().items() if digits}
    if "article" in said:
        return Citation(law, said["article"], said.get("sub"), said.get("paragraph"), said.get("item"))
    if last is None:
        raise ValueError(f"《{law}》{found[0]}")
    if "same_article" in said:
        return replace(last, paragraph=said["same_article"], item=said.get("its_item"))
    return replace(last, item=said["same_paragraph"])


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, list[str]]:
    """The text without what the pattern finds, and what it found: the first group, or all of it."""
    found = [match[1] if pattern.groups else match[0] for match in pattern.finditer(text)]
    return pattern.sub("，", text), found


def _one(text: str, found: list[str], parse: Callable[[str], int]) -> int | None:
    if len(found) > 1:
        raise ValueError(f"处罚结果「{text}」有几笔，没有合并")
    return parse(found[0]) if found else None


def _count(digits: str) -> int:
    return int(digits) if digits.isdecimal() else numerals.number(digits)
