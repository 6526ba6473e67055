"""A file of tables, told by its content and not by its name, within limits that are checked before it is unpacked."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from town.errors import Refused
from town.sheets import books, texts
from town.sheets.limits import DEFAULT, Limits

__all__ = ["DEFAULT", "Limits", "Row", "Sheet", "Sheets", "read"]

NOTES = frozenset({"说明", "填写说明", "填表说明", "备注", "notes", "readme"})
"""Sheets of a workbook that tell people something, and hold no rows."""

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format 3")


@dataclass(frozen=True, slots=True)
class Row:
    """One line with something in it. ``number`` is what Excel shows, from 1; cells are text, blanks cut off."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """工作表: its lines that are not blank, the header among them."""

    name: str
    lines: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file of tables. ``encoding`` is empty for XLSX; ``skipped``: sheets that were hidden or only notes."""

    source: str
    sha256: str
    encoding: str
    sheets: tuple[Sheet, ...] = field(repr=False)
    skipped: tuple[str, ...] = ()


def read(content: Path | bytes, name: str = "", limits: Limits = DEFAULT) -> Sheets:
    """The tables of a CSV (UTF-8, UTF-16 with its mark, GB18030) or XLSX file. ``name`` is for people only.

    Raises Refused("file_unreadable") with a sentence for anything else, and for what is over the limits.
    """
    name = name or (content.name if isinstance(content, Path) else "表格")
    data = _loaded(content, limits)
    digest = hashlib.sha256(data).hexdigest()
    _refuse_what_is_no_table(data)
    if data.startswith(ZIP):
        book = books.read(data, limits)
        sheets = {title: lines for title, lines in book.sheets.items() if title.strip().lower() not in NOTES}
        skipped = (*book.hidden, *(title for title in book.sheets if title not in sheets))
        return Sheets(name, digest, "", tuple(_sheet(*one) for one in sheets.items()), skipped)
    text = texts.read(data, limits)
    return Sheets(name, digest, text.encoding, (_sheet(Path(name).stem, text.lines),))


def _loaded(content: Path | bytes, limits: Limits) -> bytes:
    try:
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        if size > limits.bytes:
            raise Refused("file_unreadable", why=f"文件有 {size} 字节，最多 {limits.bytes} 字节；请拆成几个文件。")
        return content.read_bytes() if isinstance(content, Path) else content
    except OSError as error:
        raise Refused("file_unreadable", why=f"打不开文件：{error.strerror}。请核对路径和权限。") from None


def _refuse_what_is_no_table(data: bytes) -> None:
    if not data.strip():
        raise Refused("file_unreadable", why="文件是空的。")
    if data.startswith(COMPOUND):
        locked = ENCRYPTED in data
        why = "文件加了密码，请去掉密码后再导入。" if locked else "这是旧的 .xls 格式，请用 Excel 或 WPS 另存为 .xlsx。"
        raise Refused("file_unreadable", why=why)
    if data.startswith(NOT_TABLES):
        raise Refused("file_unreadable", why="这不是表格文件，请用 .xlsx 或 .csv。")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Refused("file_unreadable", why="这是网页或 XML，只是名字像表格；请用 Excel 打开后另存为 .xlsx。")


def _sheet(name: str, lines: list[tuple[str, ...]]) -> Sheet:
    return Sheet(name, tuple(Row(number, cells) for number, cells in enumerate(lines, 1) if any(cells)))
