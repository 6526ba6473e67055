"""属性表 (.dbf): in which encoding its texts are written. Chinese maps seldom say it, and GDAL would guess.

Texts that are UTF-8 and hold Chinese are UTF-8 whatever is declared, since that never happens by chance. Otherwise the
declaration counts (.cpg, then the language byte), then UTF-8, then GB18030 (which holds GBK and GB2312). An encoding is
only taken when every text can be read in it.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grids.layers import unreadable

HEADER, DESCRIPTOR, END, LANGUAGE = 32, 32, 0x0D, 29
TEXT = ord("C")
LANGUAGES = {0x4D: "gb18030", 0x4E: "cp949", 0x4F: "cp950", 0x78: "cp950", 0x7A: "gb18030", 0x7B: "cp932"}
CHINESE = re.compile("[\u3400-\u9fff]")
WESTERN = {"latin-1", "iso8859-1", "cp1252", "ascii"}
"""Programs write these when they know nothing; any byte can be read in them."""

LONGEST_CHARACTER = 4

Texts = frozenset[tuple[bytes, int]]
"""Texts with the width they stand in."""

NAMES = {"gb18030": "GB18030（含 GBK）", "utf-8": "UTF-8"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How texts are read. ``sign``: what told it, in words. ``cut``: texts that end in half a character."""

    codec: str
    sign: str
    cut: int = 0

    @property
    def words(self) -> str:
        """For a person: ``GB18030（含 GBK），按 .dbf 的语言标记 0x4D``."""
        return f"{NAMES.get(self.codec, self.codec.upper())}，{self.sign}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name's bytes, and where in a row it stands."""

    name: bytes
    is_text: bool
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """What the head of a .dbf says: rows, the bytes before the first and in each, the language byte, the columns."""

    rows: int
    start: int
    width: int
    language: int
    columns: tuple[Column, ...]

    def texts(self, dbf: bytes) -> "Texts":
        """Every different text with the width it stands in; names of columns have none."""
        shape = self.rows, self.width
        cells = np.frombuffer(dbf, dtype=np.uint8, count=self.rows * self.width, offset=self.start).reshape(shape)
        found = {(column.name, 0) for column in self.columns}
        for column in self.columns:
            if column.is_text:
                block = np.ascontiguousarray(cells[:, column.start : column.start + column.width])
                found |= {(text, column.width) for text in set(block.view(f"S{column.width}").ravel().tolist())}
        return frozenset(found)


def encoding_of(dbf: bytes, cpg: bytes | None = None, said: str | None = None) -> Encoding:
    """How the texts of an attribute table are to be read; ``said`` by a person counts alone.

    Raises Refused("file_unreadable") when they cannot be read in it, or in none that could be meant.
    """
    texts = (table := read_head(dbf)).texts(dbf)
    if said:
        return _as_said(texts, said)
    if all(text.isascii() for text, _ in texts):
        return Encoding("utf-8", "全是英文字母和数字")
    if _is_chinese_utf8(texts):
        return Encoding("utf-8", "按内容认出", _cut(texts, "utf-8") or 0)
    for codec, sign in _candidates(table, cpg):
        if (cut := _cut(texts, codec)) is not None:
            return Encoding(codec, sign, cut)
    raise unreadable("属性表里的文字既不是 UTF-8 也不是 GBK，请用 --encoding 写明编码，或另存为 UTF-8")


def read_head(dbf: bytes) -> Table:
    """What a table holds. Raises Refused("file_unreadable") when it is torn."""
    rows, start, width = (int.from_bytes(dbf[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    if len(dbf) < HEADER or start < HEADER or not width or len(dbf) < start + rows * width:
        raise unreadable("属性表 .dbf 不完整，请重新导出")
    columns = tuple(_columns(dbf[HEADER:start]))
    if columns and columns[-1].start + columns[-1].width > width:
        raise unreadable("属性表 .dbf 的列宽加起来超过一行，请重新导出")
    return Table(rows, start, width, dbf[LANGUAGE], columns)


def _columns(descriptors: bytes) -> Iterator[Column]:
    place = 1  # a row begins with the mark of deleted ones
    for at in range(0, len(descriptors) - DESCRIPTOR + 1, DESCRIPTOR):
        one = descriptors[at : at + DESCRIPTOR]
        if one[0] == END:
            return
        if not one[16]:
            raise unreadable("属性表 .dbf 里有一列没有宽度，请重新导出")
        yield Column(one[:11].split(b"\x00")[0], one[11] == TEXT, place, one[16])
        place += one[16]


def _as_said(texts: Texts, said: str) -> Encoding:
    try:
        codec = codecs.lookup(said).name
    except LookupError:
        raise unreadable(f"不认识文字编码「{said[:40]}」，请写 UTF-8、GBK 或 GB18030 这样的名称") from None
    codec = _wider(codec)
    if (cut := _cut(texts, codec)) is None:
        raise unreadable(f"属性表里的文字按 {said[:40]} 读不通，请换一种编码")
    return Encoding(codec, "按您写明的", cut)


def _candidates(table: Table, cpg: bytes | None) -> Iterator[tuple[str, str]]:
    if declared := _declared(cpg):
        yield declared, "按 .cpg 写明的"
    if table.language in LANGUAGES:
        yield LANGUAGES[table.language], f"按 .dbf 的语言标记 0x{table.language:02X}"
    yield "utf-8", "文件没有写明，按内容认出"
    yield "gb18030", "文件没有写明，按内容认出"


def _declared(cpg: bytes | None) -> str | None:
    """The codec that a .cpg names: ``UTF-8``, ``GBK``, ``936``, ``ANSI 936``, ``65001``."""
    words = (cpg or b"").decode("ascii", errors="ignore").split()
    spelled = words[-1] if words else ""
    spelled = "utf-8" if spelled == "65001" else f"cp{spelled}" if spelled.isdigit() else spelled
    try:
        codec = codecs.lookup(spelled).name
    except LookupError:
        return None
    return None if codec in WESTERN else _wider(codec)


def _wider(codec: str) -> str:
    return "gb18030" if codec in {"gbk", "gb2312", "cp936"} else codec


def _is_chinese_utf8(texts: Texts) -> bool:
    if _cut(texts, "utf-8") is None:
        return False
    return any(CHINESE.search(text.decode("utf-8", errors="ignore")) for text, _ in texts)


def _cut(texts: Texts, codec: str) -> int | None:
    """How many texts end in half a character, as fixed widths do to them; None when one cannot be read at all."""
    cut = 0
    for text, width in texts:
        try:
            text.decode(codec)
        except UnicodeDecodeError as error:
            if len(text) < width or error.start <= len(text) - LONGEST_CHARACTER or not width:
                return None
            cut += 1
    return cut
