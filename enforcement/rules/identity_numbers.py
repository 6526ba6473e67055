"""Numbers of papers (证件号码): 居民身份证 (GB 11643) and 统一社会信用代码 (GB 32100) with their check digits."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import accumulate, repeat

from enforcement.rules.findings import Doubt, warning

PERSONAL = re.compile(r"[0-9]{17}[0-9X]")
PERSONAL_CHECKS = "10X98765432"
PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83))
)  # fmt: skip
"""First two digits of GB/T 2260; 81, 82 and 83 stand on 居住证 of people from Hong Kong, Macao and Taiwan."""
OLDEST = 120
"""Years; beyond it a date of birth is looked at again."""

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT = re.compile(f"[{CREDIT_ALPHABET}]{{18}}")
CREDIT_WEIGHTS = tuple(accumulate(repeat(3, 16), lambda weight, three: weight * three % 31, initial=1))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_CHECKS = "0X987654321"


def personal_check(number: str) -> str:
    """The check digit that belongs behind the first 17 digits (GB 11643): weights 2**(17-i) mod 11."""
    return PERSONAL_CHECKS[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17])) % 11]


def credit_check(code: str) -> str:
    """The last character that belongs behind the first 17 (GB 32100): weights 3**(i-1) mod 31."""
    weighed = sum(CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(code[:17], CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-weighed % 31]


def organisation_check(code: str) -> str:
    """What belongs in place 17: the check of the organisation code (组织机构代码, GB 11714) in places 9 to 16."""
    values = (int(sign, 36) for sign in code[8:16])
    weighed = sum(value * weight for value, weight in zip(values, ORGANISATION_WEIGHTS, strict=True))
    return ORGANISATION_CHECKS[weighed % 11]


def birth_in(number: str) -> dt.date | None:
    """The date of birth in an identity number; None where there is none."""
    try:
        return dt.datetime.strptime(number[6:14], "%Y%m%d").date() if PERSONAL.fullmatch(number) else None  # noqa: DTZ007
    except ValueError:
        return None


def gender_in(number: str) -> str | None:
    """ "male" or "female" by the 17th digit: odd is male. None for what is no identity number."""
    if not PERSONAL.fullmatch(number):
        return None
    return "male" if int(number[16]) % 2 else "female"


def personal_doubts(number: str, today: dt.date) -> Iterator[Doubt]:
    """What is wrong with an identity number. Only a wrong shape forbids it; a wrong check digit is pointed out."""
    if re.fullmatch(r"[0-9]{15}", number):
        yield Doubt("number", "number_old", "15 位旧号已经停用，请按现在的证件填 18 位号码。")
        return
    if not PERSONAL.fullmatch(number):
        yield Doubt(
            "number",
            "number_shape",
            f"身份证号应是 17 位数字加 1 位数字或 X，这里是 {len(number)} 位，请对照证件再填。",
        )
        return
    yield from _birth_doubts(birth_in(number), today)
    if number[:2] not in PROVINCES:
        yield warning("number", "number_region", f"没有以 {number[:2]} 开头的地区，请对照证件再看一遍。")
    if number[17] != personal_check(number):
        yield warning("number", "number_check", "身份证号的校验位不对，多半有一位填错，请对照证件再看一遍。")


def _birth_doubts(birth: dt.date | None, today: dt.date) -> Iterator[Doubt]:
    if birth is None:
        yield Doubt(
            "number", "number_birth", "身份证号第 7 到 14 位不是日期；若证件确实如此，请改选「其他证件」并填出生日期。"
        )
    elif birth > today:
        yield Doubt("number", "number_birth", "身份证号里的出生日期在今天以后，请对照证件再填。")
    elif today.year - birth.year > OLDEST:
        yield warning("number", "number_birth", f"按身份证号出生于 {birth.year} 年，请对照证件再看一遍。")


def credit_doubts(code: str) -> Iterator[Doubt]:
    """What is odd about a credit code. Nothing forbids it: early genuine codes fail their own check."""
    if not CREDIT.fullmatch(code):
        yield warning(
            "number",
            "credit_shape",
            "统一社会信用代码应是 18 位数字和大写字母（不用 I、O、S、V、Z），请对照执照再看一遍。",
        )
    elif code[16] != organisation_check(code) or code[17] != credit_check(code):
        yield warning(
            "number", "credit_check", "统一社会信用代码的校验位不对；早期发的代码也有这样的，请对照执照再看一遍。"
        )
