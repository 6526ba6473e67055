"""Local rules (本地程序规定): values the law leaves to the place, each with its basis. None has a silent default.

A row whose basis begins with 待本镇确认 is a proposal that came with the product; whoever requires it is told so.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from enforcement.rules.conditions import Condition
from enforcement.rules.discretion.history import SCOPE_NAMES, FirstOffenceLine
from enforcement.rules.law_choice import Subject

UNCONFIRMED = "待本镇确认"


class Kind(StrEnum):
    """How a value is given. ``money``: fen. ``codes``: several. ``first_offence``, ``fast_matter``: a line by power."""

    MONEY = "money"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    LINE = "line"
    CODES = "codes"
    FIRST_OFFENCE = "first_offence"
    FAST_MATTER = "fast_matter"


class Per(StrEnum):
    """One value for the town, or one by power, or one for the town and one by each organ that entrusts powers to it."""

    TOWN = "town"
    POWER = "power"
    ORGAN = "organ"


@dataclass(frozen=True, slots=True)
class Rule:
    """规定: one kind of value. ``help``: what it decides, for who fills it in."""

    name: str
    kind: Kind
    label: str
    help: str
    per: Per = Per.TOWN
    choices: Mapping[str, str] = field(default_factory=dict)


SUBJECTS = {Subject.PERSON.value: "个人", Subject.ORGANISATION.value: "单位"}
_ORGAN = (
    ("organ_name", "机关全称", "文书的署名机关；委托事项写委托机关"),
    ("organ_number_prefix", "文号代字", "例如 云综执"),
    ("organ_place", "行政区划简称", "例如 云溪"),
    ("organ_address", "机关地址", "陈述申辩、听证、领取文书的地方"),
    ("organ_postcode", "邮政编码", "机关地址的邮编"),
    ("organ_phone", "联系电话", "文书上的联系电话"),
    ("reconsideration_organ", "复议机关", "向谁申请行政复议"),
    ("court_name", "管辖法院", "向哪个人民法院起诉、申请强制执行"),
    ("bank_name", "代收银行", "罚款缴到哪家银行"),
    ("bank_account", "银行账户", "户名和账号"),
    ("electronic_payment", "电子支付", "电子支付怎么缴"),
)
_ALL = (
    Rule(
        "hearing_fine_person_fen", Kind.MONEY, "听证罚款数额·个人", "对个人罚款到这个数额，要告知听证权（行政处罚法63）"
    ),
    Rule("hearing_fine_organisation_fen", Kind.MONEY, "听证罚款数额·单位", "对单位罚款到这个数额，要告知听证权"),
    Rule("hearing_confiscation_person_fen", Kind.MONEY, "听证没收数额·个人", "没收个人的违法所得或非法财物到这个数额"),
    Rule(
        "hearing_confiscation_organisation_fen",
        Kind.MONEY,
        "听证没收数额·单位",
        "没收单位的违法所得或非法财物到这个数额",
    ),
    Rule("hearing_inclusive", Kind.FLAG, "听证数额含本数", "规定写「以上」的填是，写「超过」的填否"),
    Rule("review_fine_person_fen", Kind.MONEY, "法制审核数额·个人", "对个人罚款到这个数额，决定前要法制审核（58）"),
    Rule("review_fine_organisation_fen", Kind.MONEY, "法制审核数额·单位", "对单位罚款到这个数额，决定前要法制审核"),
    Rule("review_kinds", Kind.CODES, "法制审核的处罚种类", "哪些处罚种类决定前一律法制审核"),
    Rule("collective_fine_person_fen", Kind.MONEY, "集体讨论数额·个人", "对个人罚款到这个数额，要集体讨论（57）"),
    Rule("collective_fine_organisation_fen", Kind.MONEY, "集体讨论数额·单位", "对单位罚款到这个数额，要集体讨论"),
    Rule("collective_kinds", Kind.CODES, "集体讨论的处罚种类", "哪些处罚种类一律集体讨论"),
    Rule("defence_days", Kind.WHOLE, "陈述申辩期限", "工作日；法律没有规定，由本镇定（44、45）"),
    Rule("decision_days", Kind.WHOLE, "作出决定期限", "自然日，从立案起算；法律规定九十日（60）"),
    Rule("fast_decision_days", Kind.WHOLE, "简案快办期限", "自然日，从立案起算"),
    Rule("publish_days", Kind.WHOLE, "公示期限", "工作日，从作出决定起算"),
    Rule("notice_service_days", Kind.WHOLE, "公告送达期限", "自然日；民事诉讼法规定三十日（95）"),
    Rule("sole_trader_as", Kind.CHOICE, "个体工商户按", "个体工商户适用个人还是单位的幅度和数额", choices=SUBJECTS),
    Rule("seizure_allowed", Kind.FLAG, "可以查封扣押", "省级规定准许的才填是（行政强制法17、18）"),
    Rule("band_percent", Kind.WHOLE, "同案偏离幅度", "百分比；超出要说明理由并经法制审核"),
    Rule("prior_months", Kind.WHOLE, "既往处罚回溯月数", "从违法行为往前几个月内的处罚算「已受处罚」"),
    Rule("recorded_acts", Kind.CODES, "音像记录的行为", "哪些办案行为要全程音像记录，写行为代码"),
    Rule(
        "first_offence", Kind.FIRST_OFFENCE, "首违不罚", "值写回溯月数，范围写同一事项、同一领域或所有事项", Per.POWER
    ),
    Rule("fast_matter", Kind.FAST_MATTER, "简案快办", "值写是；条件写不适用的情形", Per.POWER),
    *(Rule(name, Kind.LINE, label, help, Per.ORGAN) for name, label, help in _ORGAN),
)
CATALOGUE = {one.name: one for one in _ALL}
BY_LABEL = {one.label: one for one in _ALL}
SCOPES = {name: scope.value for scope, name in SCOPE_NAMES.items()}


class Absent(ValueError):
    """没有规定: a value is required that the town has not given, or not confirmed. The sentence says what to do."""

    def __init__(self, names: Iterable[str], key: str = "") -> None:
        self.names = tuple(names)
        labels = "、".join(f"「{CATALOGUE[name].label}」" for name in self.names)
        whose = f"（{key}）" if key else ""
        super().__init__(f"本镇还没有规定或确认{labels}{whose}，请在本地程序规定里补上依据后启用。")


@dataclass(frozen=True, slots=True)
class RuleFact:
    """程序规定: one value with its basis. ``key``: code of a power, or of the organ that entrusts; empty for the town."""

    name: str
    key: str
    value: Any
    basis: str

    @property
    def confirmed(self) -> bool:
        """Whether the town answers for it."""
        return not self.basis.startswith(UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Organ:
    """署名机关: in whose name a paper goes out, and what papers tell about it."""

    organ_name: str
    organ_number_prefix: str
    organ_place: str
    organ_address: str
    organ_postcode: str
    organ_phone: str
    reconsideration_organ: str
    court_name: str
    bank_name: str
    bank_account: str
    electronic_payment: str


@dataclass(frozen=True, slots=True)
class FastMatter:
    """简案快办事项. ``exclusions``: with one of these facts the ordinary procedure must be used."""

    power_code: str
    exclusions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class LocalRules:
    """The values of one edition by name and key; unconfirmed proposals are known, but never given out."""

    by_key: Mapping[tuple[str, str], RuleFact] = field(default_factory=dict, repr=False)
    edition_id: uuid.UUID | None = None

    @classmethod
    def of(cls, rows: Iterable[RuleFact], edition_id: uuid.UUID | None = None) -> "LocalRules":
        """From the rows of an edition."""
        return cls({(one.name, one.key): one for one in rows}, edition_id)

    def given(self, name: str, key: str = "") -> Any:
        """A confirmed value; None where there is none."""
        found = self.by_key.get((name, key))
        return found.value if found and found.confirmed else None

    def require(self, name: str, key: str = "") -> Any:
        """A confirmed value. Raises Absent where there is none."""
        value = self.given(name, key)
        if value is None:
            raise Absent((name,), key)
        return value

    def basis(self, name: str, key: str = "") -> str:
        """What the value rests on. Raises Absent."""
        self.require(name, key)
        return self.by_key[name, key].basis

    def missing(self, names: Iterable[str] = (), key: str = "") -> tuple[str, ...]:
        """Which of these (every value of the town, if none is named) nobody has given or confirmed."""
        asked = names or (one.name for one in CATALOGUE.values() if one.per is not Per.POWER)
        return tuple(name for name in asked if self.given(name, key) is None)

    def fen(self, name: str) -> int:
        """A sum. Raises Absent."""
        return int(self.require(name))

    def whole(self, name: str) -> int:
        """A number. Raises Absent."""
        return int(self.require(name))

    def codes(self, name: str) -> frozenset[str]:
        """Several codes. Raises Absent."""
        return frozenset(self.require(name))

    def threshold(self, what: str, subject: str) -> int:
        """``threshold("hearing_fine", "person")``: in fen. Raises Absent."""
        return self.fen(f"{what}_{subject}_fen")

    def reaches_hearing(self, what: str, subject: str, fen: int) -> bool:
        """Whether a sum ("fine" or "confiscation") gives the right to a hearing (行政处罚法 63). Raises Absent."""
        limit = self.threshold(f"hearing_{what}", subject)
        return fen > limit or (fen == limit and bool(self.require("hearing_inclusive")))

    def subject(self, party_kind: str) -> str:
        """The subject of provisions a kind of party counts as: person or organisation. Raises Absent."""
        return str(self.require("sole_trader_as")) if party_kind == "sole_trader" else party_kind

    @property
    def seizure_allowed(self) -> bool:
        """Only where a confirmed rule says so (行政强制法 17): to say nothing is to forbid."""
        return self.given("seizure_allowed") is True

    def must_be_filmed(self, action: str) -> bool:
        """Whether an act must be recorded in sound and picture. Raises Absent."""
        return action in self.codes("recorded_acts")

    def first_offence(self, power_code: str, field: str = "") -> FirstOffenceLine | None:
        """The power's line of 首违不罚清单, if it is on it."""
        value = self.given("first_offence", power_code)
        if value is None:
            return None
        return FirstOffenceLine(power_code, value["months"], value["scope"], _conditions(value), field)

    def fast_matter(self, power_code: str) -> FastMatter | None:
        """The power's line among the matters of the fast lane, if it is one."""
        value = self.given("fast_matter", power_code)
        return None if value is None else FastMatter(power_code, _conditions(value))

    def organ(self, entrusted_by: str = "") -> Organ:
        """In whose name papers go out: the town, or the organ that entrusted the power. Raises Absent with all that lacks."""
        names = tuple(Organ.__dataclass_fields__)
        if lacking := self.missing(names, entrusted_by):
            raise Absent(lacking, entrusted_by)
        return Organ(**{name: self.require(name, entrusted_by) for name in names})


def _conditions(value: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple(tuple(one) for one in value.get("conditions", ()))
