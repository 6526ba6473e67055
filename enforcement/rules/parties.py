"""Parties (当事人): who may be penalised, what their papers say, how old they are, and what others see of them.

行政处罚法 30 (14 and 18 years), 52, 59 (what a decision names); 个人信息保护法 6.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from enforcement.rules import masking
from enforcement.rules.findings import Doubt, warning
from enforcement.rules.identity_numbers import birth_in, credit_doubts, gender_in, personal_doubts

WITHOUT_PENALTY, WITH_LENIENCE = 14, 18
"""Under 14 no penalty, under 18 a lighter one (行政处罚法 30)."""


class PartyKind(StrEnum):
    """当事人类型."""

    PERSON = "person"
    ORGANISATION = "organisation"
    SOLE_TRADER = "sole_trader"


class Paper(StrEnum):
    """证件类型."""

    ID_CARD = "id_card"
    RESIDENCE_PERMIT = "residence_permit"
    HOME_RETURN_PERMIT = "home_return_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    PERMANENT_RESIDENCE = "permanent_residence"
    CREDIT_CODE = "credit_code"
    OTHER = "other"
    NONE = "none"


KIND_NAMES = {
    PartyKind.PERSON: "个人",
    PartyKind.ORGANISATION: "单位",
    PartyKind.SOLE_TRADER: "个体工商户",
}
PAPER_NAMES = {
    Paper.ID_CARD: "居民身份证",
    Paper.RESIDENCE_PERMIT: "港澳台居民居住证",
    Paper.HOME_RETURN_PERMIT: "港澳居民来往内地通行证",
    Paper.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    Paper.PASSPORT: "护照",
    Paper.PERMANENT_RESIDENCE: "外国人永久居留身份证",
    Paper.CREDIT_CODE: "统一社会信用代码",
    Paper.OTHER: "其他证件",
    Paper.NONE: "未出示证件",
}
GENDER_NAMES = {"male": "男", "female": "女"}
BY_GB_11643 = {Paper.ID_CARD, Paper.RESIDENCE_PERMIT}
OF_MANY_ISSUERS = {Paper.PASSPORT, Paper.OTHER}
"""Two countries, or two offices, may give out the same number."""
NOT_OF_A_PERSON = {Paper.CREDIT_CODE}
OF_AN_ORGANISATION = {Paper.CREDIT_CODE, Paper.OTHER, Paper.NONE}


@dataclass(frozen=True, slots=True)
class Identity:
    """当事人资料 as told. ``gender``: male or female. ``head``: 法定代表人, 负责人 or 经营者. Says nothing when printed."""

    name: str
    number_kind: Paper = Paper.NONE
    number: str | None = None
    birth: dt.date | None = None
    gender: str | None = None
    address: str | None = None
    phone: str | None = None
    head: str | None = None
    job: str | None = None

    def __repr__(self) -> str:
        return "Identity(…)"


def tidied(identity: Identity) -> Identity:
    """The same without stray blanks and with half-width numbers; birth and gender from the number where it has them.

    Raises ValueError for a ``number_kind`` that is no ``Paper``.
    """
    tidy = replace(
        identity,
        name=_tidy(identity.name) or "",
        number_kind=Paper(identity.number_kind),
        number="".join(unicodedata.normalize("NFKC", identity.number or "").upper().split()) or None,
        address=_tidy(identity.address),
        phone=_tidy(identity.phone),
        head=_tidy(identity.head),
        job=_tidy(identity.job),
    )
    return replace(tidy, birth=birth_of(tidy), gender=_gender_of(tidy))


def birth_of(identity: Identity) -> dt.date | None:
    """出生日期: what the identity number says, else what was told; None when nobody knows."""
    told = birth_in(identity.number or "") if identity.number_kind in BY_GB_11643 else None
    return told or identity.birth


def age_on(birth: dt.date, day: dt.date) -> int:
    """周岁: full years on a day, usually that of the act. A year is full on the day after the birthday.

    民法典 200 to 202: a span of years begins the day after and ends with the birthday, so who acts on his 14th birthday
    is not yet 14; born on 29 February, he is older from 1 March of every year. Raises ValueError before the birth.
    """
    if day < birth:
        raise ValueError("not born yet")
    reached = (day.month, day.day) > (birth.month, birth.day)
    return max(0, day.year - birth.year - (not reached))


def same_party_key(identity: Identity) -> str | None:
    """What two tellings of the same party have in common: paper and number. None where there is no number.

    Numbers of many issuers only count together with the date of birth.
    """
    if identity.number is None or identity.number_kind == Paper.NONE:
        return None
    birth = f":{identity.birth or ''}" if identity.number_kind in OF_MANY_ISSUERS else ""
    return f"{identity.number_kind}:{identity.number}{birth}"


def changed(before: Identity, after: Identity) -> tuple[str, ...]:
    """Names of the fields that are told differently."""
    return tuple(one.name for one in fields(Identity) if getattr(before, one.name) != getattr(after, one.name))


def check(kind: PartyKind, identity: Identity, today: dt.date) -> tuple[Doubt, ...]:
    """Everything odd about a party as told; only those that ``refuses`` keep it from being kept. Tidies first."""
    tidy = tidied(identity)
    found = [*_paper_doubts(kind, tidy, today)]
    found += (
        _organisation_doubts(tidy) if kind == PartyKind.ORGANISATION else _person_doubts(kind, identity, tidy, today)
    )
    if not tidy.name:
        found.append(Doubt("name", "name_missing", "请填写当事人的姓名或名称。"))
    if not tidy.address:
        found.append(warning("address", "address_missing", "没有住址，决定书上要写，送达也要用，请补问。"))
    return tuple(found)


def masked(identity: Identity, kind: PartyKind = PartyKind.PERSON) -> Identity:
    """脱敏: what somebody sees whose work does not need more. An organisation's own name, number and seat are public."""
    hidden = replace(
        identity,
        birth=None,
        phone=masking.phone(identity.phone),
        head=masking.name(identity.head),
        job=None,
    )
    if _is_public(identity, kind):
        return hidden
    return replace(
        hidden,
        name=masking.name(identity.name) or "",
        number=masking.number(identity.number),
        address=masking.address(identity.address),
    )


def _is_public(identity: Identity, kind: PartyKind) -> bool:
    """A trader is public under a trade name, not where he trades under his own."""
    if kind == PartyKind.SOLE_TRADER:
        return identity.number_kind == Paper.CREDIT_CODE and bool(identity.head) and identity.name != identity.head
    return kind == PartyKind.ORGANISATION


def _paper_doubts(kind: PartyKind, tidy: Identity, today: dt.date) -> Iterator[Doubt]:
    paper, number = tidy.number_kind, tidy.number
    if paper not in _papers_of(kind):
        yield Doubt(
            "number_kind", "paper_of_another", f"{KIND_NAMES[kind]}不能用「{PAPER_NAMES[paper]}」，请另选证件类型。"
        )
    elif paper == Paper.NONE:
        if number:
            yield Doubt("number", "number_unexpected", "选了「未出示证件」就不能填号码，请改选证件类型。")
    elif not number:
        yield Doubt("number", "number_missing", f"请填写{PAPER_NAMES[paper]}号码；没有出示就选「未出示证件」。")
    elif paper in BY_GB_11643:
        yield from personal_doubts(number, today)
    elif paper == Paper.CREDIT_CODE:
        yield from credit_doubts(number)


def _papers_of(kind: PartyKind) -> set[Paper]:
    if kind == PartyKind.PERSON:
        return set(Paper) - NOT_OF_A_PERSON
    return OF_AN_ORGANISATION if kind == PartyKind.ORGANISATION else set(Paper)


def _organisation_doubts(tidy: Identity) -> Iterator[Doubt]:
    if not tidy.head:
        yield warning("head", "head_missing", "没有法定代表人（负责人），决定书上要写，请补问。")


def _person_doubts(kind: PartyKind, told: Identity, tidy: Identity, today: dt.date) -> Iterator[Doubt]:
    if told.gender and told.gender != tidy.gender:
        yield warning("gender", "gender_differs", "性别与身份证号不一致，以证件为准。")
    if told.birth and told.birth != tidy.birth:
        yield warning("birth", "birth_differs", "出生日期与身份证号不一致，以证件为准。")
    if told.birth and told.birth > today:
        yield Doubt("birth", "birth_future", "出生日期在今天以后，请再核对。")
    if tidy.birth is None and kind == PartyKind.PERSON:
        yield warning("birth", "birth_missing", "不知道出生日期，就不知道行为时是否满 14、18 周岁，请补问。")


def _gender_of(identity: Identity) -> str | None:
    told = gender_in(identity.number or "") if identity.number_kind in BY_GB_11643 else None
    return told or identity.gender or None


def _tidy(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
