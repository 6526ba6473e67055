"""Conditions of a tier (裁量条件): all must hold; each compares a recorded fact, or is an "or" of such comparisons.

As data: ``[fact, comparison, value]``, or ``["any", "of", [condition, ...]]``. As people write them:
``一年内已受处罚次数 ≥ 1 或 危害后果 = 危害后果严重；已经改正 = 否``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from enforcement.rules import money
from enforcement.rules.factors import BY_LABEL, FACTORS, Factor, Factors, Kind, fits

Condition = Sequence[Any]
ANY, OF = "any", "of"
NUMBERS = {Kind.WHOLE, Kind.MEASURE, Kind.MONEY}


def _among(value: object, chosen: Iterable[object]) -> bool:
    return value in chosen


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "is": eq,
    "is_not": ne,
    "below": lt,
    "at_most": le,
    "at_least": ge,
    "above": gt,
    "among": _among,
}
SIGNS = {"=": "is", "≠": "is_not", "<": "below", "≤": "at_most", "≥": "at_least", ">": "above", "属于": "among"}
SIGN_OF = {comparison: sign for sign, comparison in SIGNS.items()}
OPPOSITE = {
    "is": "is_not",
    "is_not": "is",
    "below": "at_least",
    "at_least": "below",
    "at_most": "above",
    "above": "at_most",
}
WORDS = {"below": "不足", "at_most": "不超过", "at_least": "达到", "above": "超过", "is_not": "不是"}
PLAIN = str.maketrans({"＝": "=", "＜": "<", "＞": ">", "（": "(", "）": ")", "；": ";"})
SPELLED = (("不等于", "≠"), ("!=", "≠"), ("<>", "≠"), (">=", "≥"), ("<=", "≤"))
CLAUSE = re.compile(r"(.+?)\s*(属于|[=≠<≤≥>])\s*(.+)")
YES, NO = frozenset({"是", "有"}), frozenset({"否", "无", "没有"})


def holds(condition: Condition, factors: Factors) -> bool | None:
    """Whether it holds; None when that hangs on a fact nobody has recorded."""
    code, comparison, value = condition
    if code == ANY:
        return _any([holds(one, factors) for one in value])
    return COMPARISONS[comparison](factors[code], value) if code in factors else None


def facts_of(condition: Condition) -> frozenset[str]:
    """The codes of the facts it asks for."""
    return frozenset(code for code, _, _ in leaves((condition,)))


def missing(conditions: Iterable[Condition], factors: Factors) -> tuple[str, ...]:
    """The facts that must still be recorded before these can be told true or false."""
    hanging = (one for one in conditions if holds(one, factors) is None)
    return tuple(sorted({code for one in hanging for code in facts_of(one)} - factors.keys()))


def leaves(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The single comparisons, those within an "or" too."""
    for one in conditions:
        if one[0] == ANY:
            yield from leaves(one[2])
        else:
            yield one


def negated(condition: Condition) -> list[Any]:
    """What holds exactly when a single comparison does not, as long as its fact is recorded."""
    code, comparison, value = condition
    if comparison == "among":
        others = [one for one in FACTORS[code].choices if one not in value]
        return [code, "among", others]
    if isinstance(value, bool):
        return [code, comparison, not value]
    return [code, OPPOSITE[comparison], value]


def wrong(condition: Condition) -> str | None:
    """Why this is no condition, in Chinese; None when it is one."""
    if len(condition) != 3:
        return "条件要有事实、比较和数值三部分。"
    code, comparison, value = condition
    if code == ANY:
        return _wrong_any(comparison, value)
    factor = FACTORS.get(code)
    if factor is None:
        return f"没有叫「{code}」的裁量事实。"
    return _wrong_comparison(factor, comparison, value)


def worded(condition: Condition) -> str:
    """As a published benchmark would put it: ``面积不超过 10 平方米``, ``没有阻挠执法``."""
    code, comparison, value = condition
    if code == ANY:
        return "，或者".join(worded(one) for one in value)
    factor = FACTORS[code]
    if comparison == "among":
        return "或者".join(factor.told(one) for one in value)
    if factor.kind is Kind.FLAG:
        return factor.told(value is (comparison == "is"))
    if factor.kind is Kind.CHOICE:
        return f"{'不是' if comparison == 'is_not' else ''}{factor.told(value)}"
    return f"{factor.label}{WORDS.get(comparison, '为')} {factor.shown(value)}"


def written(conditions: Iterable[Condition]) -> str:
    """As people write them in a table; ``parsed`` reads it back."""
    return "；".join(_written(one) for one in conditions)


def parsed(text: str) -> list[list[Any]]:
    """Conditions from how people write them. Raises ValueError with a Chinese sentence."""
    return [_clause(part.strip()) for part in text.translate(PLAIN).split(";") if part.strip()]


def _any(answers: Sequence[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _wrong_any(comparison: object, value: object) -> str | None:
    if comparison != OF or not isinstance(value, (list, tuple)) or not value:
        return "「或」要由几个条件组成。"
    return next((why for one in value if (why := wrong(one))), None)


def _wrong_comparison(factor: Factor, comparison: str, value: Any) -> str | None:
    if comparison not in COMPARISONS or (factor.kind not in NUMBERS and comparison not in {"is", "is_not", "among"}):
        return f"「{factor.label}」不能这样比较。"
    if comparison == "among":
        fine = (
            factor.kind is Kind.CHOICE and isinstance(value, (list, tuple)) and all(fits(factor, one) for one in value)
        )
    else:
        fine = fits(factor, value)
    return None if fine else f"「{factor.label}」不能是「{value}」。"


def _written(condition: Condition) -> str:
    code, comparison, value = condition
    if code == ANY:
        return " 或 ".join(_written(one) for one in value)
    factor = FACTORS[code]
    return f"{factor.label} {SIGN_OF[comparison]} {_cell(factor, value)}"


def _cell(factor: Factor, value: Any) -> str:
    match factor.kind:
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.CHOICE:
            chosen = [value] if isinstance(value, str) else value
            return "、".join(factor.choices[one] for one in chosen)
        case Kind.MONEY:
            return money.yuan(value)
        case _:
            return str(value)


def _clause(text: str) -> list[Any]:
    parts = [part.strip() for part in re.split(r"\s或者?\s", text)]
    single = [_comparison(part) for part in parts]
    return single[0] if len(single) == 1 else [ANY, OF, single]


def _comparison(text: str) -> list[Any]:
    spelled = text
    for word, sign in SPELLED:
        spelled = spelled.replace(word, sign)
    found = CLAUSE.fullmatch(spelled)
    factor = BY_LABEL.get(found[1]) or FACTORS.get(found[1]) if found else None
    if found is None or factor is None:
        raise ValueError(f"看不懂条件「{text}」，要写成「危害后果 = 危害后果轻微」这样")
    return [factor.code, SIGNS[found[2]], _value(factor, SIGNS[found[2]], found[3])]


def _value(factor: Factor, comparison: str, text: str) -> Any:
    match factor.kind:
        case Kind.FLAG:
            value: Any = text in YES if text in YES | NO else None
        case Kind.CHOICE:
            codes = {name: code for code, name in factor.choices.items()}
            chosen = [codes.get(part.strip()) for part in re.split("[、,，]", text)]
            value = (chosen if comparison == "among" else chosen[0]) if None not in chosen else None
        case Kind.MONEY:
            value = money.parse(text if text.endswith("元") else f"{text}元")
        case _:
            value = _number(text.removesuffix(factor.unit).strip(), factor.kind)
    why = _wrong_comparison(factor, comparison, value)
    if why:
        raise ValueError(why if value is not None else f"「{factor.label}」不能是「{text}」。")
    return value


def _number(text: str, kind: Kind) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if number.is_integer():
        return int(number)
    return number if kind is Kind.MEASURE else None
