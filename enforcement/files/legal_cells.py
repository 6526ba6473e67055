"""Kinds of cells in lists a fine follows from: shares, conditions, and who and what a row is for."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as Limit
from pydantic_core import PydanticCustomError

from enforcement.rules import conditions
from enforcement.rules.cases.fields import PENALTY_KINDS
from enforcement.rules.factors import ELEMENTS, FACTORS, MONEYS
from enforcement.rules.law_choice import SHARES, Stage, Subject
from town.sheets import Choice, Whole

SUBJECTS = {"个人": Subject.PERSON, "单位": Subject.ORGANISATION, "不限": Subject.ANY}
STAGES = {"一般": Stage.BASE, "拒不改正": Stage.REFUSAL}
SUBJECT_NAMES = {code: name for name, code in SUBJECTS.items()}
STAGE_NAMES = {code: name for name, code in STAGES.items()}
KIND_CODES = {name: code for code, name in PENALTY_KINDS.items()}
ELEMENT_CODES = {name: code for code, name in ELEMENTS.items()}
MEASURES = {FACTORS[f"{share}_fen"].label: share for share in sorted(SHARES) if f"{share}_fen" in MONEYS} | {
    FACTORS[code].label: code for code in ("area_m2", "volume_m3", "length_m", "count", "vehicles", "animals", "trees")
}
BETWEEN = re.compile(r"[、,，;；\s]+")
MOST_YUAN = 100_000_000
MOST_BP = 10_000_000
FEN, BP_IN_PERCENT, BP_IN_TIMES = 100, 100, 10_000


def named(words: Mapping[str, str]) -> BeforeValidator:
    """Several Chinese words, or the codes they stand for, as codes; unknown words stay, and a check tells of them."""
    return BeforeValidator(lambda value: tuple(words.get(one, one) for one in codes(value)))


def codes(value: Any) -> tuple[str, ...]:
    """Words as somebody typed them, several with a separator between."""
    return (
        tuple(dict.fromkeys(part for part in BETWEEN.split(value) if part)) if isinstance(value, str) else tuple(value)
    )


def _share(value: Any) -> Any:
    """In hundredths of a per cent."""
    if not isinstance(value, str):
        return value
    plain = value.strip().removesuffix("%").removesuffix("倍")
    try:
        return round(float(plain) * (BP_IN_TIMES if value.strip().endswith("倍") else BP_IN_PERCENT))
    except ValueError:
        raise PydanticCustomError("cell_share", "要写成 5% 或 2倍") from None


def _conditions(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return tuple(conditions.parsed(value))
    except ValueError as error:
        raise PydanticCustomError("cell_conditions", "{why}", {"why": str(error).rstrip("。")}) from None


Code = Annotated[str, Limit(max_length=60, pattern=r"^[\w.-]+$")]
PowerCode = Annotated[str, Limit(max_length=40, pattern=r"^[\w.-]+$")]
Yuan = Annotated[Whole, Limit(ge=0, le=MOST_YUAN)]
Share = Annotated[int, BeforeValidator(_share), Limit(ge=0, le=MOST_BP)]
Conditions = Annotated[tuple[list[Any], ...], BeforeValidator(_conditions)]
SubjectCell = Annotated[Subject, Choice(SUBJECTS)]
StageCell = Annotated[Stage, Choice(STAGES)]


def fen(yuan: int | None) -> int | None:
    """Whole yuan as fen."""
    return None if yuan is None else yuan * FEN
