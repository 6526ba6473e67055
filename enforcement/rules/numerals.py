"""Chinese numerals (中文数字), both ways: 四百, 二万五千 and 壹仟贰佰伍拾. Whole numbers below a million million."""

import re
from collections.abc import Iterator

LIMIT = 10**12
PLAIN = "零一二三四五六七八九十百千"
CAPITAL = "零壹贰叁肆伍陆柒捌玖拾佰仟"
WRITTEN_OTHERWISE = str.maketrans(
    dict(zip(CAPITAL, PLAIN, strict=True)) | {"〇": "零", "○": "零", "两": "二", "萬": "万", "億": "亿"}
)
TENS = ("", "十", "百", "千")
GROUPS = (("亿", 10**8), ("万", 10**4), ("", 1))
COUNTED = re.compile(r"([一二三四五六七八九])?([十百千])|([一二三四五六七八九])$")
SIZES = {"十": 10, "百": 100, "千": 1000}


def words(number: int) -> str:
    """The number as it is read: 1250 is 一千二百五十, 100500 十万零五百. Raises ValueError outside 0..10**12-1."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"not a number to spell: {number}")
    spelled = _full(number)
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def capitals(number: int) -> str:
    """大写: the number in characters that nobody can alter with a stroke: 1250 is 壹仟贰佰伍拾. Raises as ``words`` does."""
    words(number)
    return _full(number).translate(str.maketrans(PLAIN, CAPITAL))


def number(text: str) -> int:
    """The number that ``words`` or ``capitals`` spell, also with 两, 〇 or 十五 for 一十五.

    Raises ValueError for everything else, so also for what two people read differently (二万五).
    """
    plain = text.translate(WRITTEN_OTHERWISE)
    value = sum(_group(group) * size for group, size in _groups(plain))
    if plain not in _spellings(value):
        raise ValueError(f"not a Chinese number: {text}")
    return value


def _full(number: int) -> str:
    spelled, rest = "", number
    for name, size in GROUPS:
        group, rest = divmod(rest, size)
        if group:
            spelled += ("零" if spelled and (group < 1000 or spelled.endswith("零")) else "") + _thousand(group) + name
        elif spelled and rest and not spelled.endswith("零"):
            spelled += "零"
    return re.sub("零+", "零", spelled) or "零"


def _thousand(group: int) -> str:
    digits = f"{group:04d}"
    spelled = "".join(
        PLAIN[int(digit)] + TENS[3 - place] if digit != "0" else "零" for place, digit in enumerate(digits)
    )
    return re.sub("零+", "零", spelled).strip("零")


def _spellings(value: int) -> Iterator[str]:
    """Every accepted spelling: 十五 beside 一十五, 一十万零五千 beside 一十万五千 (zeros that a cheque may carry)."""
    full = _full(value) if value < LIMIT else ""
    for spelled in {full, *(re.sub(f"(?<=[十百千]{name})(?=[一二三四五六七八九]千)", "零", full) for name in "万亿")}:
        yield spelled
        if spelled.startswith("一十"):
            yield spelled[1:]


def _groups(plain: str) -> Iterator[tuple[str, int]]:
    rest = plain
    for name, size in GROUPS:
        head, found, tail = rest.partition(name) if name else (rest, "", "")
        if found or not name:
            yield head, size
            rest = tail


def _group(text: str) -> int:
    return sum(
        SIZES[unit] * (PLAIN.index(digit) if digit else 1) if unit else PLAIN.index(single)
        for digit, unit, single in COUNTED.findall(text)
    )
