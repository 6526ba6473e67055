"""罚则 as a table: one line per provision, the old law's beside the new."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field as Limit

from enforcement.files.legal_cells import (
    ELEMENT_CODES,
    KIND_CODES,
    MEASURES,
    Code,
    PowerCode,
    Share,
    StageCell,
    SubjectCell,
    Yuan,
    fen,
    named,
)
from enforcement.rules.law_choice import ProvisionFact, Stage
from town.bodies import Body
from town.sheets import Choice, Day, Field, YesNo, template

TITLE = "罚则"


class ProvisionRow(Body):
    """One line of the list of provisions, as typed."""

    power_code: PowerCode
    code: Code
    matter: Annotated[str, Limit(max_length=120)]
    law: Annotated[str, Limit(max_length=200)]
    article: Annotated[str, Limit(max_length=80)]
    effective_from: Day
    effective_to: Day | None = None
    subject: SubjectCell
    stage: StageCell = Stage.BASE
    kinds: Annotated[tuple[str, ...], named(KIND_CODES), Limit(max_length=10)]
    elements: Annotated[tuple[str, ...], named(ELEMENT_CODES), Limit(max_length=10)] = ()
    low: Yuan | None = None
    high: Yuan | None = None
    measure: Annotated[str | None, Choice(MEASURES)] = None
    low_bp: Share | None = None
    high_bp: Share | None = None
    verified: YesNo = False
    origin: Annotated[str | None, Limit(max_length=300)] = None

    def fact(self) -> ProvisionFact:
        """As the rules know it, sums in fen."""
        plain = self.model_dump(exclude={"origin", "low", "high"})
        plain |= {"subject": self.subject.value, "stage": self.stage.value}
        return ProvisionFact(**plain, low_fen=fen(self.low), high_fen=fen(self.high))


FIELDS = (
    Field("power_code", "权力代码", "权力清单里的代码", "HJ003", required=True),
    Field("code", "编号", "同一权力里不重复，启用后不要改", "1132-3", required=True),
    Field("matter", "事项", "简短的名称", "露天烧烤", required=True),
    Field("law", "法律", "不带书名号", "生态环境法典", required=True),
    Field("article", "条款", "第几条第几款第几项", "第一千一百三十二条第三款", required=True),
    Field("effective_from", "施行日期", "这一版条文从哪天起施行", "2026-08-15", required=True),
    Field("effective_to", "失效日期", "施行到哪天为止（含当天）；旧法必填"),
    Field("subject", "对象", "个人、单位或不限", "个人", required=True),
    Field("stage", "阶段", "一般；或拒不改正（含逾期不改正）", "一般"),
    Field(
        "kinds",
        "处罚种类",
        f"几种用顿号隔开；责令改正不是处罚。可以写：{'、'.join(KIND_CODES)}",
        "罚款、没收违法所得、没收非法财物",
        required=True,
    ),
    Field("elements", "构成要件", f"行为以外条文还要求的，几个用顿号隔开：{'、'.join(ELEMENT_CODES)}"),
    Field("low", "罚款下限", "元；没有下限写 0", "500"),
    Field("high", "罚款上限", "元", "5000"),
    Field("measure", "计算基数", f"按比例或按数量计罚的才写：{'、'.join(MEASURES)}"),
    Field("low_bp", "下限比例", "如 5% 或 1倍"),
    Field("high_bp", "上限比例", "如 10% 或 5倍"),
    Field("verified", "已核对", "是：有人对照过法条原文", "是"),
    Field("origin", "来源说明", "抄自哪里，供核对；不导入"),
)
NAMES = {field.header: field.name for field in FIELDS}
CELLS = {"low_fen": "low", "high_fen": "high"}
"""Where a fact stands in the table under another name."""


def table(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file to fill in, or to go on from these rows (cells by header)."""
    return template(TITLE, FIELDS, rows)
