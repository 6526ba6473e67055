"""What may be done in a case, and what is sent to do it (办案接口)."""

import datetime as dt
import uuid
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, Field, StringConstraints

from enforcement.rules.cases.actions import Action
from enforcement.rules.parties import Paper, PartyKind
from enforcement.schemas.basics import CodedOut, Short, StopOut
from town.bodies import Body, Reply, Upload


class ChoiceOut(CodedOut):
    """What can be chosen. Of a person ``ok`` says whether he may act, and ``why`` by which certificate, or why not."""

    ok: bool | None = None
    why: str | None = None


class OpeningOptions(Reply):
    """登记线索: whom and what a new case of the asker's squad may name today."""

    officers: list[ChoiceOut]
    powers: list[ChoiceOut]


class FactorOut(Reply):
    """裁量事实 that may be recorded. ``asked``: the power's tiers ask for it."""

    code: str
    kind: str
    label: str
    unit: str
    help: str
    choices: list[ChoiceOut]
    asked: bool = False


class FieldOut(Reply):
    """One field of a form."""

    name: str
    label: str
    kind: str
    required: bool
    help: str
    choices: list[ChoiceOut] | None
    factors: list[FactorOut] | None
    value: Any = None


class ActionOut(Reply):
    """What may be done now, or what stands against it. ``danger``: cannot be taken back."""

    action: str
    name: str
    article: str
    open: bool
    missing: list[StopOut]
    warnings: list[str]
    fields: list[FieldOut]
    danger: bool


class ActIn(Body):
    """办案行为: one act to record. ``at``: when it was done, if not now."""

    action: Action
    version: Annotated[int, Field(ge=1)]
    at: AwareDatetime | None = None
    facts: dict[str, Any] = Field(default_factory=dict, max_length=60)


class PartyIn(Body):
    """当事人 as told."""

    kind: PartyKind
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    number_kind: Paper
    number: Short | None = None
    birth: dt.date | None = None
    gender: Short | None = None
    address: Short | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    head: Short | None = None
    job: Short | None = None


class PartyKept(Reply):
    """The party as kept. ``warnings``: what looks wrong and does not stop anything. ``age``: on the day of the act."""

    party: uuid.UUID
    version: int
    warnings: list[str]
    age: int | None
    cases: int


class EvidenceUpload(Upload):
    """A file of evidence."""

    FIELD: ClassVar[str] = "file"
    filename: Short = ""


class FileKept(Reply):
    """The file as kept."""

    file: uuid.UUID
    sha256: str
    size: int
