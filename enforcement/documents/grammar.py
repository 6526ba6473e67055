"""How a form (文书格式) is written in TOML. ``docs/forms.md`` tells it to those who write one."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from enforcement.documents.content import Layout, Style


class Author(StrEnum):
    """以谁的名义: the organ that has the power (the entrusting one where it is entrusted).

    Inner papers (审批表, 笔录) name the office of the case, which prints as the organ too: a squad is nobody on paper.
    """

    ORGAN = "organ"
    OFFICE = "office"


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Conditional(_Rule):
    """Shown only ``when`` a slot is there and not empty (``name``), or says so (``name=value``); ``unless`` the other way."""

    when: str | None = None
    unless: str | None = None


class TextBlock(Conditional):
    """One paragraph, or one for every row of the list ``each``. A line break in it begins a new paragraph."""

    text: str
    style: Style = Style.BODY
    each: str | None = None


class PartBlock(Conditional):
    """Blocks that several forms share, out of ``[parts]``."""

    part: str


class Row(Conditional):
    """One row of a table: label, value, label, value …; the last cell stretches. ``each``: again for every row of a list.

    ``signed``: lines at the last cell's lower right. ``lines``: makes the row higher.
    """

    cells: tuple[str, ...]
    each: str | None = None
    lines: int = 1
    signed: tuple[str, ...] = ()


class GroupRow(Conditional):
    """Rows with one label standing before all of them, such as 当事人."""

    group: str
    rows: "tuple[AnyRow, ...]"


class OpinionRow(Conditional):
    """意见栏: a label, and what the slot ``of`` says: text, name, certificate, day; or several of them.

    ``blank``: without the slot the box stays empty, for a signature by hand.
    """

    opinion: str
    of: str
    blank: bool = False


AnyRow = tuple[str, ...] | Row | GroupRow | OpinionRow


class TableBlock(Conditional):
    """A table of labels and values (审批表)."""

    table: tuple[AnyRow, ...]
    widths: tuple[float, ...]


class Column(_Rule):
    """One column of a list of things."""

    head: str
    text: str
    width: float = 1


class ItemsBlock(Conditional):
    """清单: one line for each row of the list ``items``; ``end`` closes it, so that nothing can be added."""

    items: str
    columns: tuple[Column, ...]
    end: str = "以下空白"


class DialogueBlock(Conditional):
    """问答 out of the list ``dialogue``."""

    dialogue: str
    asked: str = "{.question}"
    answered: str = "{.answer}"


class SignatureLine(Conditional):
    """One line to sign. ``printed`` may name who is expected there."""

    who: str
    printed: str = ""
    day: bool = True
    each: str | None = None


class SignaturesBlock(Conditional):
    """签名栏."""

    signatures: tuple[SignatureLine, ...]


class SealBlock(Conditional):
    """落款 over whose words the seal is set."""

    seal: str = "{organ}"
    day: str = "{date}"


class SpaceBlock(Conditional):
    """空行."""

    space: float


class BreakBlock(Conditional):
    """换页."""

    break_page: Annotated[bool, Field(alias="break")]


AnyBlock = (
    TextBlock
    | PartBlock
    | TableBlock
    | ItemsBlock
    | DialogueBlock
    | SignaturesBlock
    | SealBlock
    | SpaceBlock
    | BreakBlock
)


class Joined(_Rule):
    """A phrase out of a list: one text for every row, joined."""

    each: str
    text: str
    join: str = "、"


class Boxes(_Rule):
    """A phrase of boxes, ticked where the slot ``of`` says so."""

    of: str
    boxes: dict[str, str]


class Clause(Conditional):
    """A phrase that is there or not; ``otherwise`` stands in its place."""

    text: str
    otherwise: str = ""


Phrase = Joined | Boxes | Clause


class Shared(_Rule):
    """What forms share: the labels of slots, phrases, and parts."""

    labels: dict[str, str] = {}
    phrases: dict[str, Phrase] = {}
    parts: dict[str, tuple[AnyBlock, ...]] = {}


class Form(Shared):
    """文书格式: one kind of document in one edition. ``number_kind``: its kind in a 文号, or none."""

    code: str
    title: str
    edition: str
    layout: Layout
    author: Author = Author.ORGAN
    number_kind: str | None = None
    signed_pages: tuple[str, ...] = ()
    remark: str = ""
    blocks: tuple[AnyBlock, ...]

    def on(self, shared: Shared) -> "Form":
        """The form with what it shares; its own words go first."""
        own = {name: {**getattr(shared, name), **getattr(self, name)} for name in Shared.model_fields}
        return self.model_copy(update=own)
