"""办理时限 as a table people fill in: one line per kind of matter, severity and stage."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as Limit

from dispatch import labels
from dispatch.rules.times_table import ANY, TimeLine
from town.bodies import Body
from town.sheets import Choice, Field, Whole, template
from town.terms import Unit

TITLE = "办理时限"
EVERY = ("全部", "所有", "不限")
STAGES = {name: code for code, name in labels.STAGES.items()}
SEVERITIES = {**{name: code.value for code, name in labels.SEVERITIES.items()}, **dict.fromkeys(EVERY, ANY)}
MOST = 100_000


def _code(value: Any) -> Any:
    """A whole code or its front; Excel may have cut off its leading zero."""
    if not isinstance(value, str):
        return value
    if value in EVERY:
        return ANY
    return value.zfill(len(value) + 1) if value.isdecimal() and len(value) in (1, 4) else value


class TimeRow(Body):
    """One line of the table, as typed."""

    event_code: Annotated[str, BeforeValidator(_code), Limit(max_length=20, pattern=r"^(\*|[\w.-]+)$")] = ANY
    severity: Annotated[str, Choice(SEVERITIES)] = ANY
    stage: Annotated[str, Choice(STAGES)]
    amount: Annotated[Whole, Limit(ge=1, le=MOST)]
    unit: Annotated[Unit, Choice(labels.UNITS)]
    longest: Annotated[Whole, Limit(ge=0, le=MOST)] = 0
    times: Annotated[Whole, Limit(ge=0, le=9)] = 0
    source: Annotated[str, Limit(max_length=200)] = ""

    def line(self) -> TimeLine:
        """As the rules know it."""
        return TimeLine(**self.model_dump() | {"unit": self.unit.value})


FIELDS = (
    Field("event_code", "事项代码", "五位代码；只写前几位管一类（06 管市容环境类）；空着或写「全部」管全部", "06010"),
    Field("severity", "严重程度", "一般、重大、紧急；空着或写「全部」不分轻重", "一般"),
    Field("stage", "环节", f"只能写：{'、'.join(STAGES)}", "处置", required=True),
    Field("amount", "时限", "整数", "4", required=True),
    Field("unit", "单位", "分钟、紧急工作时（昼夜连续）、工作时、工作日、日、个月", "工作时", required=True),
    Field("longest", "最长可延", "延期合计不超过多少，单位同上；不能延期就空着", "4"),
    Field("times", "可延次数", "和最长可延一起写", "1"),
    Field("source", "依据来源", "抄自哪里，供核对", "本镇办理时限规定"),
)
NAMES = {field.header: field.name for field in FIELDS}


def table(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file to fill in, or to go on from these rows (cells by header)."""
    return template(TITLE, FIELDS, rows)
