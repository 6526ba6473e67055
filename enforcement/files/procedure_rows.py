"""本地程序规定 as a table: one line per value that the law leaves to the place."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field as Limit
from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from enforcement.files.legal_cells import KIND_CODES, Conditions
from enforcement.rules import money
from enforcement.rules.discretion.history import SCOPE_NAMES, Scope
from enforcement.rules.local_rules import CATALOGUE, Kind, Rule, RuleFact
from town.bodies import Body
from town.sheets import Choice, Field, template

TITLE = "本地程序规定"
LABELS = {one.label: one.name for one in CATALOGUE.values()}
SCOPES = {name: scope for scope, name in SCOPE_NAMES.items()}
YES_NO = {"是": True, "否": False}
BETWEEN = re.compile(r"[、,，;；\s]+")


class ProcedureRow(Body):
    """One line of the local rules, as typed. ``value`` is read as the kind of value that ``name`` asks for."""

    name: Annotated[str, Choice(LABELS)]
    key: Annotated[str, Limit(max_length=40)] = ""
    value: Any
    conditions: Conditions = ()
    scope: Annotated[Scope, Choice(SCOPES)] = Scope.POWER
    basis: Annotated[str, Limit(max_length=300)]
    origin: Annotated[str | None, Limit(max_length=300)] = None

    @field_validator("name")
    @classmethod
    def known(cls, name: str) -> str:
        """Only what the rules know."""
        if name not in CATALOGUE:
            raise PydanticCustomError("cell_rule", "没有这一项，请照模板里的名称填写")
        return name

    @field_validator("value")
    @classmethod
    def of_its_kind(cls, value: Any, info: ValidationInfo) -> Any:
        """The cell as the value that is kept."""
        rule = CATALOGUE.get(info.data.get("name", ""))
        return _read(rule, value) if rule and isinstance(value, str) else value

    def fact(self) -> RuleFact:
        """As the rules know it."""
        value = self.value
        if CATALOGUE[self.name].kind is Kind.FIRST_OFFENCE:
            value = {"months": value, "scope": self.scope.value, "conditions": list(self.conditions)}
        elif CATALOGUE[self.name].kind is Kind.FAST_MATTER:
            value = {"conditions": list(self.conditions)}
        return RuleFact(self.name, self.key, value, self.basis)


def _read(rule: Rule, text: str) -> Any:
    """Raises PydanticCustomError with what the cell should hold."""
    try:
        match rule.kind:
            case Kind.MONEY:
                return money.parse(text if text.endswith("元") else f"{text}元")
            case Kind.WHOLE | Kind.FIRST_OFFENCE:
                return _whole(text)
            case Kind.FLAG:
                return YES_NO[text]
            case Kind.FAST_MATTER:
                return {"是": True}[text]
            case Kind.CHOICE:
                return {name: code for code, name in rule.choices.items()}[text]
            case Kind.CODES:
                return [KIND_CODES.get(one, one) for one in BETWEEN.split(text) if one]
            case _:
                return text
    except (ValueError, KeyError):
        raise PydanticCustomError("cell_value", "{wanted}", {"wanted": _wanted(rule)}) from None


def _whole(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _wanted(rule: Rule) -> str:
    if rule.kind is Kind.CHOICE:
        return f"只能填{'、'.join(rule.choices.values())}"
    wanted = {Kind.MONEY: "要填金额，如 5000元", Kind.FLAG: "只能填是或否", Kind.FAST_MATTER: "写是；不是的删掉这一行"}
    return wanted.get(rule.kind, "要填整数")


FIELDS = (
    Field("name", "项目", f"可以写：{'、'.join(LABELS)}", "陈述申辩期限", required=True),
    Field("key", "对象", "首违不罚和简案快办写权力代码；机关信息写委托机关代码，本镇的空着"),
    Field("value", "值", "金额写元；是或否；几个用顿号隔开", "3", required=True),
    Field("conditions", "条件", "首违不罚：还要满足的；简案快办：有这些情形的不适用"),
    Field("scope", "范围", "首违不罚：同一事项、同一领域或所有事项"),
    Field(
        "basis", "依据", "哪个文件规定的；以「待本镇确认」开头的当作没有", "云溪镇行政执法程序规定第五条", required=True
    ),
    Field("origin", "来源说明", "供核对；不导入"),
)
NAMES = {field.header: field.name for field in FIELDS}


def table(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file to fill in, or to go on from these rows (cells by header)."""
    return template(TITLE, FIELDS, rows)
