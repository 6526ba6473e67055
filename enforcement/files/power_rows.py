"""权力清单 as a table: one line per power."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field as Limit

from enforcement.rules.powers import Mode
from town.bodies import Body
from town.sheets import Choice, Codes, Day, Digits, Field, Whole, YesNo, template

TITLE = "权力清单"
MODES = {"自有": Mode.OWN, "法定": Mode.OWN, "赋权": Mode.DELEGATED, "委托": Mode.ENTRUSTED}
MODE_NAMES = {Mode.OWN: "自有", Mode.DELEGATED: "赋权", Mode.ENTRUSTED: "委托"}
MOST_YUAN = 100_000_000

Code = Annotated[str, Limit(max_length=40, pattern=r"^[\w.-]+$")]
Yuan = Annotated[Whole, Limit(ge=0, le=MOST_YUAN)]
EventCode = Annotated[str, Digits(5), Limit(max_length=20)]


class PowerRow(Body):
    """One line of the power list, as typed."""

    code: Code
    official_code: Annotated[str | None, Limit(max_length=40)] = None
    name: Annotated[str, Limit(max_length=300)]
    field: Annotated[str, Limit(max_length=40)]
    basis: Annotated[str, Limit(max_length=1000)]
    penalty: Annotated[str, Limit(max_length=1000)]
    fine_min: Yuan | None = None
    fine_max: Yuan | None = None
    warn_first: YesNo = False
    events: Annotated[Codes, Limit(max_length=50)] = ()
    mode: Annotated[Mode, Choice(MODES)]
    document: Annotated[str | None, Limit(max_length=200)] = None
    list_entry: Annotated[str | None, Limit(max_length=60)] = None
    grantor: Annotated[str | None, Limit(max_length=40)] = None
    published_on: Day | None = None
    published_at_place: Annotated[str | None, Limit(max_length=300)] = None
    effective_from: Day
    effective_to: Day | None = None
    superseded_by: Annotated[str | None, Limit(max_length=40)] = None
    verified: YesNo = False
    origin: Annotated[str | None, Limit(max_length=300)] = None


FIELDS = (
    Field("code", "代码", "本镇自己的编号，全表唯一，启用后不要改", "SR006", required=True),
    Field("official_code", "统一编码", "上级清单里的编码，没有就空着"),
    Field("name", "名称", "违法行为", "擅自占用人行道设摊经营", required=True),
    Field("field", "领域", "哪个中队管：市容环卫、规划建设、排水 …", "市容环卫", required=True),
    Field("basis", "法律依据", "法律、法规、规章的名称和条款", "《某省市容和环境卫生管理条例》第16条", required=True),
    Field("penalty", "处罚", "条文规定的处罚种类和幅度", "责令改正；拒不改正可处50元以下罚款", required=True),
    Field("fine_min", "罚款下限", "元，整数；按比例计算的空着", "0"),
    Field("fine_max", "罚款上限", "元，整数；按比例计算的空着", "50"),
    Field("warn_first", "先责令改正", "是：逾期不改或拒不改正才能罚", "是"),
    Field("events", "事项代码", "事项清单里的代码，几个用顿号隔开", "09006"),
    Field("mode", "行使方式", "自有、赋权或委托", "赋权", required=True),
    Field("document", "文号", "赋权写省级决定的文号，委托写委托书的文号", "某政发〔2025〕1号"),
    Field("list_entry", "县清单条目", "赋权事项在县级清单里的条目号", "12"),
    Field("grantor", "来源机关", "赋权或委托的机关，写协同单位代码", "urban"),
    Field("published_on", "公布日期", "公布之前不能使用", "2026-01-05"),
    Field("published_at_place", "公布地址", "网址或公布栏"),
    Field("effective_from", "生效日期", "从哪天起可以用", "2026-01-10", required=True),
    Field("effective_to", "失效日期", "用到哪天为止（含当天）；委托必填"),
    Field("superseded_by", "替代代码", "由哪一项替代"),
    Field("verified", "已核对", "是：有人对照过法条原文", "是"),
    Field("origin", "来源说明", "抄自哪里，供核对；不导入"),
)
NAMES = {field.header: field.name for field in FIELDS} | {"事项编码": "events", "类型": "mode", "设定依据": "basis"}


def table(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file to fill in, or to go on from these rows (cells by header)."""
    return template(TITLE, FIELDS, rows)
