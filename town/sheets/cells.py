"""Kinds of cells: what people write for a day, a yes, an amount, a list or a choice, as fields of a model."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
BETWEEN = re.compile(r"[、,，;；\s]+")
YES = frozenset({"是", "有", "对", "真", "√", "✓", "y", "yes", "true", "1"})
NO = frozenset({"否", "无", "不", "假", "×", "✗", "n", "no", "false", "0"})
OWN = "cell_"
"""Complaints of this kind carry their own sentence."""


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = DAY.fullmatch(MIDNIGHT.sub("", value))
    try:
        if found:
            return dt.date(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        pass
    raise PydanticCustomError("cell_day", "日期要写成 2026-01-10")


def _yes_no(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.lower() in YES | NO:
        return value.lower() in YES
    raise PydanticCustomError("cell_yes_no", "只能填「是」或「否」")


def _whole(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.replace(",", "").replace("，", "").removesuffix("元")
    try:
        return int(plain)
    except ValueError:
        raise PydanticCustomError("cell_whole", "要填整数") from None


def _codes(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(part for part in BETWEEN.split(value) if part))


def _days(value: Any) -> Any:
    return tuple(_day(part) for part in _codes(value)) if isinstance(value, str) else value


class Choice(BeforeValidator):
    """A field filled with one of some Chinese words, or with the code the word stands for."""

    def __init__(self, words: Mapping[str, str]) -> None:
        def chosen(value: Any) -> Any:
            if value in words:
                return words[value]
            if not isinstance(value, str) or value in words.values():
                return value
            known = "、".join(dict.fromkeys(words))
            raise PydanticCustomError("cell_choice", "只能填 {known}", {"known": known})

        super().__init__(chosen)


class Digits(BeforeValidator):
    """A code of digits that Excel took for a number: its leading zeros are put back."""

    def __init__(self, length: int) -> None:
        def filled(value: Any) -> Any:
            return value.zfill(length) if isinstance(value, str) and value.isdecimal() else value

        super().__init__(filled)


Day = Annotated[dt.date, BeforeValidator(_day)]
Days = Annotated[tuple[dt.date, ...], BeforeValidator(_days)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Whole = Annotated[int, BeforeValidator(_whole)]
Codes = Annotated[tuple[str, ...], BeforeValidator(_codes)]
