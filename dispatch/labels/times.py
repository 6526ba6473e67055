"""Words for handling times (办理时限): severities, stages, grounds of a suspension and of an extension."""

from collections.abc import Mapping
from typing import Any

from dispatch.labels.orders import CLOCKS, GROUNDS
from dispatch.rules.grounds import ExtensionGround, SuspensionGround
from dispatch.rules.handling_times import Clock
from dispatch.rules.severity import Severity
from dispatch.rules.workflow import Action
from town.terms import Unit

SEVERITIES = {Severity.ORDINARY: "一般", Severity.MAJOR: "重大", Severity.URGENT: "紧急"}
"""严重程度."""

STAGES = {
    **{clock.value: name for clock, name in CLOCKS.items() if clock is not Clock.REVIEW},
    "decide_at_once": "紧急研判",
    "joint_report": "协办报到",
    "joint_assist": "协办",
    "joint_respond": "答复协办单位",
    "joint_arbitrate": "协办裁定",
}
"""环节: what a row of the table of handling times may be about."""

UNITS = {
    "分钟": Unit.MINUTES,
    "紧急工作时": Unit.HOURS,
    "小时": Unit.HOURS,
    "工作时": Unit.WORKING_HOURS,
    "工作日": Unit.WORKING_DAYS,
    "日": Unit.DAYS,
    "天": Unit.DAYS,
    "个月": Unit.MONTHS,
    "月": Unit.MONTHS,
}
"""How people write the unit of a term; the first word for each is the one we write."""

SUSPENSION_GROUNDS = {
    SuspensionGround.WAITING_FOR_OTHERS: "等别的单位",
    SuspensionGround.WEATHER: "天气原因",
    SuspensionGround.NEEDS_BUDGET: "等经费",
    SuspensionGround.PARTY_ABSENT: "当事人不在",
    SuspensionGround.OTHER_PROCEDURE: "在走别的程序",
}
"""挂账理由."""

EXTENSION_GROUNDS = {
    ExtensionGround.COMPLEX: "情况复杂",
    ExtensionGround.PARTY_ASKS: "当事人请求",
    ExtensionGround.WEATHER: "天气原因",
    ExtensionGround.WAITING_FOR_OTHERS: "等别的单位",
    ExtensionGround.OTHER: "其他",
}
"""延期理由."""

GROUNDS_OF: dict[Action, Mapping[Any, str]] = {
    Action.RETURN: GROUNDS,
    Action.DISPUTE: GROUNDS,
    Action.SUSPEND: SUSPENSION_GROUNDS,
    Action.ASK_EXTENSION: EXTENSION_GROUNDS,
}
GROUND_NAMES: dict[str, str] = {str(ground): name for names in GROUNDS_OF.values() for ground, name in names.items()}
"""Every ground, whatever it was said for."""


def unit(code: str) -> str:
    """A unit's word, after a number: 3 工作日."""
    return next(word for word, unit in UNITS.items() if unit == code)


def amount(number: int, code: str) -> str:
    """A number of a unit: 3 个工作日."""
    return f" {number} {unit(code)}"
