"""What a document (文书) says, before it is printed: blocks that know nothing of fonts or paper. Two outputs read them."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Layout(StrEnum):
    """Which of the three faces a form has: 公文 with large type, 笔录, or 表格 (审批表)."""

    LETTER = "letter"
    RECORD = "record"
    TABLE = "table"


class Style(StrEnum):
    """How a paragraph stands: indented, flush, as a bold heading, in small type, centred, or at the right."""

    BODY = "body"
    FLUSH = "flush"
    HEADING = "heading"
    NOTE = "note"
    CENTRE = "centre"
    RIGHT = "right"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Part):
    """段落. ``keep``: no page ends between it and the next block."""

    kind: Literal["text"] = "text"
    text: str
    style: Style = Style.BODY
    keep: bool = False


class Cell(_Part):
    """单元格. ``label``: the form's own word. ``signed``: lines at the lower right, as in an 意见栏. ``lines``: least height."""

    text: str = ""
    label: bool = False
    centre: bool = False
    columns: int = 1
    rows: int = 1
    lines: int = 1
    signed: tuple[str, ...] = ()


class Table(_Part):
    """表格. ``widths``: shares of the text's width. The first ``head`` rows come again on every page."""

    kind: Literal["table"] = "table"
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0


class Dialogue(_Part):
    """问答: questions with their answers, word by word."""

    kind: Literal["dialogue"] = "dialogue"
    pairs: tuple[tuple[str, str], ...]


class Signature(_Part):
    """签名: who signs, what is printed on the line, and whether the day stands beside it."""

    who: str
    printed: str = ""
    day: bool = True


class Signatures(_Part):
    """签名栏: lines to be signed by hand."""

    kind: Literal["signatures"] = "signatures"
    lines: tuple[Signature, ...]


class Seal(_Part):
    """落款: the organ over the day, at the right, with room for the seal upon them. Never alone on a page."""

    kind: Literal["seal"] = "seal"
    organ: str
    day: str


class Space(_Part):
    """空行."""

    kind: Literal["space"] = "space"
    lines: float = 1


class Break(_Part):
    """换页."""

    kind: Literal["break"] = "break"


Block = Annotated[Text | Table | Dialogue | Signatures | Seal | Space | Break, Field(discriminator="kind")]


class Content(_Part):
    """文书内容: one filled form. ``day``: of the document, local. ``signed_pages``: who signs at the foot of every page."""

    form: str
    edition: str
    title: str
    layout: Layout
    organ: str
    number: str | None
    day: dt.date
    blocks: tuple[Block, ...]
    signed_pages: tuple[str, ...] = ()
    remark: str = ""

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return self.model_dump(mode="json")

    @classmethod
    def from_data(cls, data: object) -> "Content":
        """Out of what ``as_data`` gave. Raises ValueError for anything else."""
        return cls.model_validate(data)

    def canonical(self) -> bytes:
        """The one way to write it down, for the hash: UTF-8 JSON, sorted names, no blanks."""
        return json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """内容摘要: what the code on the paper shows."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def characters(self) -> set[str]:
        """Every character that is going to be printed."""
        return set("".join(_texts(self.as_data()))) - {"\n"}


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
