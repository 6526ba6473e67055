"""事项清单 as a table: one line per kind of matter."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field as Limit

from enforcement.rules.events import EventLine, Nature
from town.bodies import Body
from town.sheets import Choice, Digits, Field, Whole, YesNo, template

TITLE = "事项清单"
NATURES = {"执法": Nature.ENFORCEMENT, "设施": Nature.FACILITY, "服务": Nature.SERVICE}
NATURE_NAMES = {code: name for name, code in NATURES.items()}


class EventRow(Body):
    """One line of the list of kinds of matter, as typed."""

    code: Annotated[str, Digits(5), Limit(max_length=20, pattern=r"^[\w.-]+$")]
    name: Annotated[str, Limit(max_length=120)]
    class_name: Annotated[str, Limit(max_length=60)]
    nature: Annotated[Nature, Choice(NATURES)]
    field: Annotated[str, Limit(max_length=40)]
    emergency: YesNo = False
    small: YesNo = False
    unit: Annotated[str | None, Limit(max_length=40)] = None
    holder: Annotated[str | None, Limit(max_length=40)] = None
    offered: Annotated[str | None, Limit(max_length=40)] = None
    near_m: Annotated[Whole, Limit(ge=1, le=1000)] = 30
    near_days: Annotated[Whole, Limit(ge=1, le=365)] = 7
    origin: Annotated[str | None, Limit(max_length=300)] = None

    def line(self) -> EventLine:
        """Without what only helps to look it up."""
        return EventLine(**self.model_dump(exclude={"origin"}))


FIELDS = (
    Field("code", "代码", "国标代码五位；本镇自定的用 99 开头", "09006", required=True),
    Field("name", "名称", "事项名称", "占道经营", required=True),
    Field("class_name", "大类", "国标大类", "街面秩序类", required=True),
    Field("nature", "性质", "执法、设施或服务", "执法", required=True),
    Field("field", "领域", "和中队的领域一致", "市容环卫", required=True),
    Field("emergency", "紧急", "是：先提示拨打 110、119、120，再记录", "否"),
    Field("small", "小事", "是：网格员可以劝导了结", "否"),
    Field("unit", "责任单位", "设施或服务由谁办，写协同单位代码"),
    Field("holder", "主管部门", "本镇没有权力时移送给谁，写协同单位代码", "urban"),
    Field("offered", "市民选项", "市民上报时看到的字；不给市民选就空着", "占道经营"),
    Field("near_m", "相近米数", "多近算可能重复", "30"),
    Field("near_days", "相近天数", "多少天内算可能重复", "7"),
    Field("origin", "来源说明", "抄自哪里，供核对；不导入"),
)
NAMES = {field.header: field.name for field in FIELDS}


def table(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file to fill in, or to go on from these rows (cells by header)."""
    return template(TITLE, FIELDS, rows)
