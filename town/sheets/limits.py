"""What a file of tables may hold at most."""

from dataclasses import dataclass

from town.errors import Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """``unpacked``: bytes of a workbook once unzipped. ``rows``, ``columns``: of one sheet. ``cell``: characters."""

    bytes: int = 10_000_000
    unpacked: int = 60_000_000
    rows: int = 20_000
    columns: int = 200
    cell: int = 5_000
    sheets: int = 50


DEFAULT = Limits()


def check(row: int, cells: tuple[str, ...], limits: Limits) -> None:
    """Raises Refused("file_unreadable") when a line is too far down, too wide, or holds too long a cell."""
    if row > limits.rows:
        raise Refused("file_unreadable", why=f"超过 {limits.rows} 行，请删掉多余的行，或拆成几个文件。")
    if len(cells) > limits.columns:
        raise Refused("file_unreadable", why=f"第 {row} 行超过 {limits.columns} 列，请删掉多余的列。")
    if any(len(cell) > limits.cell for cell in cells):
        raise Refused("file_unreadable", why=f"第 {row} 行有一格超过 {limits.cell} 个字，请缩短。")
