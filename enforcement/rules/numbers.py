"""Document numbers (文号): 云综执罚决字〔2026〕第001号, how others write theirs, and what may not be wrong with a series."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

DIGITS = 3
"""At least so many; the thousandth number has four."""
WRITTEN = re.compile(
    r"(?P<body>.+?)字?[〔\[【(](?P<year>(?:19|20)[0-9]{2})年?[〕\]】)]第?(?P<sequence>[0-9]{1,18})号"
)  # fmt: skip


class NumberKind(StrEnum):
    """文书字: the mark in a number. One series per organ, mark and year."""

    FILING = "立"
    INSPECTION = "检"
    INTERVIEW = "询"
    CORRECTION = "责改"
    SAMPLE = "抽"
    HOLD = "先登"
    HOLD_HANDLING = "登处"
    SEIZURE = "封"
    SEIZURE_EXTENDED = "封延"
    SEIZURE_LIFTED = "解"
    RECUSAL = "避"
    REVIEW = "法审"
    PENALTY_NOTICE = "罚告"
    HEARING_NOTICE = "听告"
    HEARING_CALLED = "听通"
    DECISION = "罚决"
    ON_SPOT_DECISION = "当罚"
    NO_PENALTY = "不罚"
    NOT_PROVEN = "不成"
    WITHDRAWAL = "撤案"
    REVOCATION = "撤"
    MENDING = "更"
    SERVICE = "送"
    SERVICE_NOTICE = "公"
    LATER_PAYMENT = "缓"
    EXTENSION = "延"
    DEMAND = "催"
    ENFORCEMENT = "强申"
    TRANSFER = "移"
    ASSISTANCE = "协"
    PROPERTY = "物处"
    CREDIT_REPAIR = "信"
    CLOSING = "结"
    ARCHIVE = "归"


KIND_NAMES = {
    NumberKind.FILING: "立案审批表",
    NumberKind.INSPECTION: "现场检查（勘验）通知",
    NumberKind.INTERVIEW: "询问通知书",
    NumberKind.CORRECTION: "责令（限期）改正通知书",
    NumberKind.SAMPLE: "抽样取证通知书",
    NumberKind.HOLD: "先行登记保存证据通知书",
    NumberKind.HOLD_HANDLING: "先行登记保存证据处理通知书",
    NumberKind.SEIZURE: "查封（扣押）决定书",
    NumberKind.SEIZURE_EXTENDED: "延长查封（扣押）期限决定书",
    NumberKind.SEIZURE_LIFTED: "解除查封（扣押）决定书",
    NumberKind.RECUSAL: "回避决定书",
    NumberKind.REVIEW: "法制审核意见书",
    NumberKind.PENALTY_NOTICE: "行政处罚事先告知书",
    NumberKind.HEARING_NOTICE: "行政处罚听证告知书",
    NumberKind.HEARING_CALLED: "行政处罚听证通知书",
    NumberKind.DECISION: "行政处罚决定书",
    NumberKind.ON_SPOT_DECISION: "当场行政处罚决定书",
    NumberKind.NO_PENALTY: "不予行政处罚决定书",
    NumberKind.NOT_PROVEN: "违法事实不成立决定书",
    NumberKind.WITHDRAWAL: "撤销案件决定书",
    NumberKind.REVOCATION: "撤销行政处罚决定书",
    NumberKind.MENDING: "行政处罚决定更正书",
    NumberKind.SERVICE: "送达回证",
    NumberKind.SERVICE_NOTICE: "送达公告",
    NumberKind.LATER_PAYMENT: "延期（分期）缴纳罚款决定书",
    NumberKind.EXTENSION: "延长办案期限审批表",
    NumberKind.DEMAND: "履行行政处罚决定催告书",
    NumberKind.ENFORCEMENT: "强制执行申请书",
    NumberKind.TRANSFER: "案件移送函",
    NumberKind.ASSISTANCE: "协助函",
    NumberKind.PROPERTY: "罚没物品处理记录",
    NumberKind.CREDIT_REPAIR: "信用修复告知书",
    NumberKind.CLOSING: "结案审批表",
    NumberKind.ARCHIVE: "归档登记",
}
MARKS = sorted(NumberKind, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of a number: 云综执, 罚决, 2026, 1. ``kind`` is None where the mark is none of ours."""

    prefix: str
    kind: NumberKind | None
    year: int
    sequence: int


def text(prefix: str, kind: str, year: int, sequence: int) -> str:
    """The number as it stands on a document, with the brackets 〔 and 〕 (GB/T 9704). Raises ValueError for nonsense."""
    if not prefix.strip() or year not in range(1900, 2100) or sequence < 1:
        raise ValueError(f"no document number: {prefix} {kind} {year} {sequence}")
    return f"{prefix}{NumberKind(kind)}字〔{year}〕第{sequence:0{DIGITS}d}号"


def parse(written: str) -> Number:
    """The parts of a number however it is written: any brackets, with or without 字 and 第, any zeros in front.

    Two writings of one number give equal parts. Raises ValueError for what is no document number.
    """
    found = WRITTEN.fullmatch("".join(unicodedata.normalize("NFKC", written).split()))
    if not found:
        raise ValueError(f"no document number: {written}")
    body = found["body"]
    kind = next((mark for mark in MARKS if body.endswith(mark) and body != mark), None)
    return Number(body.removesuffix(kind or ""), kind, int(found["year"]), int(found["sequence"]))


class NumberState(StrEnum):
    """文号状态."""

    OUTSTANDING = "outstanding"
    ISSUED = "issued"
    VOID = "void"


STATE_NAMES = {NumberState.OUTSTANDING: "待出文", NumberState.ISSUED: "已出文", NumberState.VOID: "作废"}


@dataclass(frozen=True, slots=True)
class Given:
    """One number as it is kept. ``documented``: a document carries it; ``explained``: it says why it is void."""

    text: str
    sequence: int
    state: str
    documented: bool
    explained: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """一处文号问题: missing, twice, beyond, unnamed or unaccounted."""

    sequence: int
    code: str
    sentence: str


def faults(last: int, given: Sequence[Given]) -> Iterator[Fault]:
    """What is wrong with a series that has reached ``last``: every number in it is issued, void or outstanding, once."""
    count = Counter(one.sequence for one in given)
    for missing in sorted(set(range(1, last + 1)) - count.keys()):
        yield Fault(missing, "missing", f"缺第 {missing} 号：序列已到 {last}，登记簿里没有这一号。")
    for sequence in sorted(count):
        if count[sequence] > 1:
            yield Fault(sequence, "twice", f"第 {sequence} 号用了 {count[sequence]} 次。")
        if not 1 <= sequence <= last:
            yield Fault(sequence, "beyond", f"第 {sequence} 号不在序列里：序列只到 {last}。")
    for one in given:
        if not _accounted(one):
            yield Fault(one.sequence, "unaccounted", f"{one.text} 既不是待出文，也没有对应的文书或作废理由。")


def _accounted(one: Given) -> bool:
    if one.state == NumberState.VOID:
        return one.explained
    return one.state == (NumberState.ISSUED if one.documented else NumberState.OUTSTANDING)
