"""What a fine is weighed by (裁量事实): every fact by code, with its kind, Chinese label and unit.

An officer records facts; tiers, elements of provisions and grounds for mercy ask for them by code. A fact that is not
recorded is unknown, never "no".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from enforcement.rules import money

Value = bool | int | float | str
Factors = Mapping[str, Value]
"""Recorded facts by code: true or false, a whole number, a measure in its unit, or the code of a choice."""


class Kind(StrEnum):
    """How a fact is told. ``money``: whole fen."""

    FLAG = "flag"
    WHOLE = "whole"
    CHOICE = "choice"
    MEASURE = "measure"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Factor:
    """裁量事实: one kind of fact. ``choices``: code -> Chinese. ``no``: what to say when a flag is false.

    ``help``: what somebody new must know.
    """

    code: str
    kind: Kind
    label: str
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    no: str = ""
    help: str = ""

    def told(self, value: Value) -> str:
        """The fact as a clause: ``危害后果轻微``, ``尚未改正``, ``面积为 12.5 平方米``."""
        match self.kind:
            case Kind.FLAG:
                return self.label if value else self.no or _denied(self.label)
            case Kind.CHOICE:
                return self.choices[str(value)]
            case _:
                return f"{self.label}为 {self.shown(value)}"

    def shown(self, value: Value) -> str:
        """A number with its unit."""
        if self.kind is Kind.MONEY:
            return money.yuan(int(value))
        return f"{value:g} {self.unit}" if isinstance(value, float) else f"{value} {self.unit}"


def _denied(label: str) -> str:
    return f"不{label}" if label.startswith(("属于", "在", "是")) else f"没有{label}的情形"


HARMS = {"none": "没有危害后果", "slight": "危害后果轻微", "some": "有一定危害后果", "serious": "危害后果严重"}
MINDS = {
    "able": "能辨认和控制自己行为",
    "partly": "尚未完全丧失辨认或控制能力",
    "unable": "不能辨认或不能控制自己行为",
}
WEATHER = {"normal": "平常时段", "alert": "重污染天气预警期间"}

_ALL = (
    # the past
    Factor(
        "prior_penalties",
        Kind.WHOLE,
        "一年内已受处罚次数",
        "次",
        help="从本次违法行为往前一年内，同一事项已经作出的处罚。",
    ),
    Factor("first_offence", Kind.FLAG, "初次违法", no="不是初次违法", help="按首违不罚清单的期限和范围查询得出。"),
    # correcting
    Factor("refused", Kind.FLAG, "拒不改正", no="没有拒不改正", help="责令改正后拒不改正或者逾期不改正。"),
    Factor("corrected", Kind.FLAG, "已经改正", no="尚未改正", help="调查终结前已经改正。"),
    Factor("corrected_promptly", Kind.FLAG, "及时改正", no="未及时改正", help="被发现或者被责令后立即、按期改正。"),
    # how grave
    Factor("conduct_minor", Kind.FLAG, "违法行为轻微", no="违法行为不属于轻微"),
    Factor("harm", Kind.CHOICE, "危害后果", choices=HARMS),
    Factor("serious_circumstances", Kind.FLAG, "情节严重", no="不属于情节严重"),
    Factor("grave_impact", Kind.FLAG, "造成较大影响", no="没有造成较大影响"),
    Factor(
        "obstructed",
        Kind.FLAG,
        "阻挠执法",
        no="没有阻挠执法",
        help="威胁、恐吓、纠缠、推搡、辱骂、殴打工作人员或者扰乱工作秩序。",
    ),
    Factor("malicious", Kind.FLAG, "恶意损害", help="生态环境法典第一千零五十六条。"),
    Factor("public_safety", Kind.FLAG, "危及公共安全", no="没有危及公共安全"),
    Factor("emergency_time", Kind.CHOICE, "发生时段", choices=WEATHER),
    Factor("at_night", Kind.FLAG, "夜间实施", no="不在夜间实施"),
    # where, how long, how much
    Factor("place_sensitive", Kind.FLAG, "敏感区域", no="不在敏感区域", help="学校、医院、居民区、水源地、主干道等。"),
    Factor("duration_days", Kind.WHOLE, "持续天数", "天"),
    Factor("overdue_days", Kind.WHOLE, "逾期天数", "天"),
    Factor("count", Kind.WHOLE, "数量", "处"),
    Factor("vehicles", Kind.WHOLE, "车辆数", "辆"),
    Factor("animals", Kind.WHOLE, "动物数", "只"),
    Factor("trees", Kind.WHOLE, "树木数", "株"),
    Factor("people_affected", Kind.WHOLE, "影响人数", "人"),
    Factor("area_m2", Kind.MEASURE, "面积", "平方米"),
    Factor("volume_m3", Kind.MEASURE, "体积", "立方米"),
    Factor("length_m", Kind.MEASURE, "长度", "米"),
    Factor("weight_kg", Kind.MEASURE, "重量", "千克"),
    Factor("exceeded_percent", Kind.MEASURE, "超标百分比", "%"),
    Factor("exceeded_db", Kind.MEASURE, "噪声超标", "分贝"),
    Factor("amount_fen", Kind.MONEY, "货值", "元"),
    Factor("income_fen", Kind.MONEY, "违法所得", "元"),
    Factor("loss_fen", Kind.MONEY, "造成损失", "元"),
    Factor("cost_fen", Kind.MONEY, "工程造价", "元"),
    Factor("value_fen", Kind.MONEY, "树木价值", "元"),
    Factor("compensation_fen", Kind.MONEY, "绿化补偿费", "元"),
    # who
    Factor("minor", Kind.FLAG, "已满十四周岁不满十八周岁", no="不是未成年人"),
    Factor("mental", Kind.CHOICE, "辨认和控制能力", choices=MINDS),
    Factor(
        "subjective_fault_absent", Kind.FLAG, "没有主观过错", no="不能证明没有主观过错", help="当事人有证据足以证明。"
    ),
    # what speaks for the party
    Factor("harm_removed", Kind.FLAG, "主动消除或减轻危害后果"),
    Factor("coerced", Kind.FLAG, "受他人胁迫或诱骗"),
    Factor("confessed", Kind.FLAG, "主动供述尚未掌握的违法行为"),
    Factor("merit", Kind.FLAG, "配合查处有立功表现"),
    Factor("restored", Kind.FLAG, "有效修复生态环境", no="没有修复生态环境"),
    Factor("compensated", Kind.FLAG, "及时缴纳赔偿金", no="没有缴纳赔偿金"),
    Factor("cooperated", Kind.FLAG, "配合调查", no="不配合调查"),
    # elements some articles ask for
    Factor("affects_surroundings", Kind.FLAG, "影响周边环境", no="没有影响周边环境"),
    Factor("populated_area", Kind.FLAG, "在人口集中地区"),
    Factor("banned_area_and_time", Kind.FLAG, "在禁止焚烧的区域和时段"),
    Factor("earthwork", Kind.FLAG, "属于建筑土方", help="工程渣土、建筑垃圾另填。"),
    Factor("construction_waste", Kind.FLAG, "属于工程渣土或建筑垃圾"),
    Factor("unsealed_vehicle", Kind.FLAG, "车辆未密闭致遗撒", no="车辆没有未密闭致遗撒"),
    Factor("household_waste", Kind.FLAG, "属于生活垃圾"),
    Factor("correctable", Kind.FLAG, "可以采取改正措施消除影响", no="不能采取改正措施消除影响"),
    Factor("cannot_be_demolished", Kind.FLAG, "不能拆除", no="能够拆除"),
    Factor("outdoor_advertisement", Kind.FLAG, "属于户外广告设施"),
    Factor("builder", Kind.FLAG, "是施工单位"),
    Factor("facility_damaged", Kind.FLAG, "损坏绿化设施", no="没有损坏绿化设施"),
)
FACTORS = {one.code: one for one in _ALL}
BY_LABEL = {one.label: one for one in _ALL}
ELEMENTS = {one.code: one.label for one in _ALL if one.kind is Kind.FLAG} | {"harm_serious": "造成严重后果"}
"""What a provision may ask for besides the act: every flag, and serious harm."""
LOOKED_UP = frozenset({"prior_penalties", "first_offence"})
"""What the party's earlier cases tell, not the officer."""
QUANTITIES = frozenset(one.code for one in _ALL if one.kind in {Kind.WHOLE, Kind.MEASURE})
MONEYS = frozenset(one.code for one in _ALL if one.kind is Kind.MONEY)


def elements_of(factors: Factors) -> frozenset[str]:
    """The elements that are recorded as met."""
    flags = {code for code, value in factors.items() if code in ELEMENTS and value is True}
    return frozenset(flags | ({"harm_serious"} if factors.get("harm") == "serious" else set()))


def fact_behind(element: str) -> str:
    """The fact an element follows from."""
    return "harm" if element == "harm_serious" else element


def unanswered(elements: Iterable[str], factors: Factors) -> tuple[str, ...]:
    """The facts these elements follow from that nobody has recorded."""
    return tuple(sorted({fact_behind(one) for one in elements} - factors.keys()))


def wrong(factors: Factors) -> tuple[str, ...]:
    """What cannot be recorded so: one Chinese sentence for each."""
    return tuple(sentence for code, value in factors.items() if (sentence := _wrong(code, value)))


def fits(factor: Factor, value: object) -> bool:
    """Whether the fact may have this value."""
    match factor.kind:
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.CHOICE:
            return isinstance(value, str) and value in factor.choices
        case Kind.MEASURE:
            return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e12
        case _:
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


def _wrong(code: str, value: object) -> str | None:
    factor = FACTORS.get(code)
    if factor is None:
        return f"没有叫「{code}」的裁量事实。"
    return None if fits(factor, value) else f"「{factor.label}」不能填「{value}」。"
