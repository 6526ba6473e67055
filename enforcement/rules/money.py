"""Money (金额): how a sum is written, what a late payer owes on top, and what is still owed. Whole fen everywhere."""

import datetime as dt
import re
import string
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from enforcement.rules import numerals

FEN_IN_YUAN = 100
LATE_PERCENT_A_DAY = 3
"""行政处罚法 72(1)1."""
DAY = dt.timedelta(days=1)

DIGITS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?([百千万亿]?)")
FULL_WIDTH = {0xFF01 + place: chr(0x21 + place) for place in range(94)}
AS_PLAIN = {wide: plain.upper() for wide, plain in FULL_WIDTH.items()} | str.maketrans(
    string.ascii_lowercase, string.ascii_uppercase
)
SIZES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
CURRENCY = re.compile(r"^(?:人民币|RMB)?¥?|\s")
CHARACTERS = re.compile(r"(?:(.+?)[元圆])?(零)?(?:(.)角)?(零)?(?:(.)分)?[整正]?")
"""Yuan, a zero, jiao, a zero, fen."""

Span = tuple[dt.date, dt.date | None]
"""From a day to a day, both included; None: it still runs."""


def yuan(fen: int) -> str:
    """The sum as people read it: "1,250.50 元", "1,250 元"."""
    whole, part = divmod(abs(fen), FEN_IN_YUAN)
    return f"{'-' if fen < 0 else ''}{whole:,}{f'.{part:02d}' if part else ''} 元"


def capitals(fen: int) -> str:
    """大写金额: 壹仟贰佰伍拾元整, 叁元零伍分. Raises ValueError for a negative sum or 10**12 yuan."""
    whole, part = divmod(fen, FEN_IN_YUAN)
    jiao, last = divmod(part, 10)
    spelled = f"{numerals.capitals(whole)}元" if whole or not part else ""
    if jiao:
        spelled += f"{numerals.capitals(jiao)}角"
    elif last and spelled:
        spelled += "零"
    return spelled + (f"{numerals.capitals(last)}分" if last else "整")


def parse(text: str) -> int:
    """The fen of "1,250.50 元", "1.5万元", "四百元", "二万五千元整" or "壹仟贰佰伍拾元零伍分".

    Raises ValueError for anything that is not one sum and nothing else, and for parts of a fen.
    """
    bare = CURRENCY.sub("", unicodedata.normalize("NFKC", text).strip())
    digits = DIGITS.fullmatch(re.sub(r"[元圆][整正]?$", "", bare))
    return _from_digits(digits, text) if digits else _from_characters(bare, text)


def _from_digits(found: re.Match[str], text: str) -> int:
    fen = Decimal(found[1].replace(",", "") + (found[2] or "")) * SIZES[found[3]] * FEN_IN_YUAN
    if fen != int(fen):
        raise ValueError(f"parts of a fen: {text}")
    return int(fen)


def _from_characters(bare: str, text: str) -> int:
    found = CHARACTERS.fullmatch(bare)
    if not found or not any(found.group(1, 3, 5)):
        raise ValueError(f"not a sum: {text}")
    whole, jiao, last = (numerals.number(part) if part else 0 for part in found.group(1, 3, 5))
    if max(jiao, last) > 9:
        raise ValueError(f"not a sum: {text}")
    return whole * FEN_IN_YUAN + jiao * 10 + last


def late_fee(fine_fen: int, due_day: dt.date, until_day: dt.date, paused: Collection[Span] = ()) -> int:
    """加处罚款: 3 % of the fine for every day after ``due_day`` up to and including ``until_day`` (the day of payment).

    Never above the fine, which it reaches on day 34 (行政处罚法 72(1)1); days of reconsideration or suit do not count
    (73(3)). A part of a fen is not asked for.
    """
    late = sum(not _within(day, paused) for day in _days(due_day + DAY, until_day))
    return min(fine_fen, fine_fen * LATE_PERCENT_A_DAY * late // 100)


def receipt_key(number: str) -> str:
    """票据号码 as it is compared: without blanks, full-width letters and figures as plain ones, all in capitals."""
    return "".join(number.translate(AS_PLAIN).split())


def split(total_fen: int, parts: int) -> tuple[int, ...]:
    """The sum in ``parts`` instalments of whole fen, none more than a fen apart, larger ones first."""
    if parts < 1 or total_fen < 0:
        raise ValueError(f"{total_fen} in {parts} parts")
    each, over = divmod(total_fen, parts)
    return tuple(each + (place < over) for place in range(parts))


class Share(StrEnum):
    """What a payment is set against."""

    FINE = "fine"
    CONFISCATED = "confiscated"
    LATE_FEE = "late_fee"


FINE_FIRST = (Share.FINE, Share.CONFISCATED, Share.LATE_FEE)
"""The fine first: what is paid of it stops growing, so the debt never outruns who pays what he can (处罚法 6: 教育相结合).

The statute names no order, and 民法典 561 (costs, interest, principal) is for debts between equals. Another order is the
town's to choose, and is an argument.
"""


@dataclass(frozen=True, slots=True)
class Instalment:
    """一期: this much of the fine is due on this day, which is still in time."""

    due: dt.date
    fen: int


@dataclass(frozen=True, slots=True)
class Payment:
    """一笔缴款: this much came in on this day."""

    day: dt.date
    fen: int


@dataclass(frozen=True, slots=True)
class Owed:
    """欠缴情况 at the end of a day, in fen. paid = what was set against principal and late fee, + excess.

    ``principal``: fine and confiscated sums as decided. ``late_fee``: grown so far, paid or not. ``left``: of both,
    still unpaid. ``overdue``: the part of the principal whose day has passed unpaid. ``excess``: paid too much, to be
    given back. ``next_due``: the earliest day with something unpaid, passed or not; None when all principal is paid.
    """

    principal: int
    late_fee: int
    paid: int
    left: int
    overdue: int
    excess: int
    next_due: dt.date | None


def owed(
    fine_fen: int,
    confiscated_fen: int,
    instalments: Sequence[Instalment],
    payments: Sequence[Payment],
    day: dt.date,
    paused: Collection[Span] = (),
    order: Sequence[Share] = FINE_FIRST,
) -> Owed:
    """What is owed at the end of ``day``. An approved delay (66(2)) is one instalment with the later day.

    The late fee grows on what of the fine is overdue and unpaid that day, by 3 % of it, and in all never above the
    fine. Confiscated sums fall due with the first instalment and bear no late fee. Raises ValueError when the
    instalments do not make up the fine or a payment is not positive.
    """
    plan = sorted(instalments, key=lambda one: one.due)
    if not plan or sum(one.fen for one in plan) != fine_fen or any(one.fen < 0 for one in plan):
        raise ValueError("instalments must make up the fine")
    if sorted(order) != sorted(Share) or any(payment.fen <= 0 for payment in payments):
        raise ValueError("every share has its place, and a payment is more than nothing")
    account = _Account(fine_fen, confiscated_fen, tuple(order))
    made = [payment for payment in payments if payment.day <= day]
    for today in _days(min([plan[0].due, *(payment.day for payment in made)]), day):
        if not _within(today, paused):
            account.grow(sum(one.fen for one in plan if one.due < today))
        account.take(sum(payment.fen for payment in made if payment.day == today))
    return account.closed(plan, day)


class _Account:
    """A running account: the late fee in hundredths of a fen, so that nothing is lost from day to day."""

    def __init__(self, fine_fen: int, confiscated_fen: int, order: tuple[Share, ...]) -> None:
        self.order = order
        self.due = {Share.FINE: fine_fen, Share.CONFISCATED: confiscated_fen, Share.LATE_FEE: 0}
        self.paid = dict.fromkeys(Share, 0)
        self.excess = 0
        self._hundredths = 0

    def grow(self, fallen_due: int) -> None:
        self._hundredths += LATE_PERCENT_A_DAY * max(0, fallen_due - self.paid[Share.FINE])
        self.due[Share.LATE_FEE] = min(self.due[Share.FINE], self._hundredths // 100)

    def take(self, fen: int) -> None:
        for share in self.order:
            part = min(fen, self.due[share] - self.paid[share])
            self.paid[share] += part
            fen -= part
        self.excess += fen

    def closed(self, plan: Sequence[Instalment], day: dt.date) -> Owed:
        principal = self.due[Share.FINE] + self.due[Share.CONFISCATED]
        settled = sum(self.paid.values())
        return Owed(
            principal=principal,
            late_fee=self.due[Share.LATE_FEE],
            paid=settled + self.excess,
            left=principal + self.due[Share.LATE_FEE] - settled,
            overdue=self._overdue(plan, day),
            excess=self.excess,
            next_due=self._next_due(plan),
        )

    def _overdue(self, plan: Sequence[Instalment], day: dt.date) -> int:
        fine = sum(one.fen for one in plan if one.due < day) - self.paid[Share.FINE]
        confiscated = self.due[Share.CONFISCATED] - self.paid[Share.CONFISCATED]
        return max(0, fine) + (confiscated if plan[0].due < day else 0)

    def _next_due(self, plan: Sequence[Instalment]) -> dt.date | None:
        if self.paid[Share.CONFISCATED] < self.due[Share.CONFISCATED]:
            return plan[0].due
        reached = 0
        for one in plan:
            reached += one.fen
            if self.paid[Share.FINE] < reached:
                return one.due
        return None


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def _within(day: dt.date, spans: Collection[Span]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spans)
