"""裁量基准 as a table: one line per tier, its conditions in words that can be checked."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field as Limit

from enforcement.files.legal_cells import Code, Conditions, PowerCode, Share, StageCell, SubjectCell, Yuan, fen
from enforcement.rules.discretion.tiers import TierFact
from enforcement.rules.factors import BY_LABEL
from enforcement.rules.law_choice import Stage
from town.bodies import Body
from town.sheets import Field, Whole, YesNo, template

TITLE = "裁量基准"


class TierRow(Body):
    """One line of the discretion benchmark, as typed."""

    power_code: PowerCode
    code: Code
    name: Annotated[str, Limit(max_length=40)]
    seq: Annotated[Whole, Limit(ge=1, le=100)]
    subject: SubjectCell
    stage: StageCell = Stage.BASE
    provision: Annotated[str, Limit(max_length=60)] = ""
    conditions: Conditions = ()
    words: Annotated[str, Limit(max_length=500)]
    low: Yuan | None = None
    high: Yuan | None = None
    low_bp: Share | None = None
    high_bp: Share | None = None
    no_penalty: YesNo = False
    document: Annotated[str, Limit(max_length=200)] = ""
    origin: Annotated[str | None, Limit(max_length=300)] = None

    def fact(self) -> TierFact:
        """As the rules know it, sums in fen."""
        plain = self.model_dump(exclude={"origin", "low", "high"})
        plain |= {"subject": self.subject.value, "stage": self.stage.value}
        return TierFact(**plain, low_fen=fen(self.low), high_fen=fen(self.high))


FIELDS = (
    Field("power_code", "权力代码", "权力清单里的代码", "HJ003", required=True),
    Field("code", "编号", "同一权力里不重复", "person-base-1", required=True),
    Field("name", "档次", "从轻、一般、从重，或基准里的叫法", "从轻", required=True),
    Field("seq", "顺序", "从轻到重，1、2、3 …", "1", required=True),
    Field("subject", "对象", "个人、单位或不限", "个人", required=True),
    Field("stage", "阶段", "一般；或拒不改正（含逾期不改正）", "一般"),
    Field("provision", "罚则编号", "只用于哪一条罚则；都适用的空着"),
    Field(
        "conditions",
        "条件",
        f"全部满足才算这一档，用分号隔开；「或」两边留空格。各档之间不能重叠。可以用的事实：{'、'.join(BY_LABEL)}",
        "一年内已受处罚次数 = 0；危害后果 属于 没有危害后果、危害后果轻微；已经改正 = 是",
    ),
    Field("words", "公布的情形", "基准里的原文，写进处罚决定书", "首次被查处，危害后果轻微，已经改正", required=True),
    Field("low", "罚款下限", "元", "500"),
    Field("high", "罚款上限", "元", "1850"),
    Field("low_bp", "下限比例", "罚则按比例计算的写这里，如 5%"),
    Field("high_bp", "上限比例", "如 7%"),
    Field("no_penalty", "不予处罚", "是：这一档不处罚"),
    Field("document", "基准文件", "公布这一基准的文件", "云综执〔2026〕2号"),
    Field("origin", "来源说明", "抄自哪里，供核对；不导入"),
)
NAMES = {field.header: field.name for field in FIELDS}
CELLS = {"low_fen": "low", "high_fen": "high"}
"""Where a fact stands in the table under another name."""


def table(rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """An XLSX file to fill in, or to go on from these rows (cells by header)."""
    return template(TITLE, FIELDS, rows)
