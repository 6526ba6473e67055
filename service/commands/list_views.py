"""Lists as people and scripts see them: what is wrong with a file, what would change, which editions there are."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from enforcement.models import ListEdition
from enforcement.services.previews import Difference, Preview
from service.commands.common import table
from town.sheets import Complaint

ACTOR = "system:cli"
SHOWN = 40
CODES_SHOWN = 10

day_type = click.DateTime(formats=["%Y-%m-%d"])


def tell(preview: Preview[Any]) -> None:
    """Everything wrong with a file, and what would change."""
    sheets = preview.sheets
    encoding = f"，编码 {sheets.encoding}" if sheets.encoding else ""
    click.echo(f"{sheets.source}：{len(preview.rows)} 行可以读{encoding}。")
    if sheets.skipped:
        click.echo(f"没有读的表（隐藏或说明）：{'、'.join(sheets.skipped)}")
    _tell_each(preview.refusing)
    _tell_together(preview.warnings)
    _tell_difference(preview.difference, preview.against)
    click.echo("没有通过检查，不能导入。" if preview.refusing else "通过检查，可以导入。")


def as_json(preview: Preview[Any]) -> dict[str, Any]:
    """A preview for scripts."""
    return {
        "source": preview.sheets.source,
        "sha256": preview.sheets.sha256,
        "encoding": preview.sheets.encoding,
        "skipped": list(preview.sheets.skipped),
        "rows": len(preview.rows),
        "refused": bool(preview.refusing),
        "complaints": [{**one.facts(), "where": one.where} for one in preview.complaints],
        "against": preview.against,
        **preview.difference.facts(),
    }


def edition_row(edition: ListEdition, day: dt.date) -> dict[str, Any]:
    """An edition for scripts and tables."""
    return {
        "name": edition.name,
        "state": _state(edition, day),
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "confirmed_by": edition.confirmed_by,
        "source": edition.source,
        "id": edition.id,
    }


def editions_table(rows: list[dict[str, Any]]) -> None:
    """The editions of a list."""
    table([("版次", "状态", "启用", "停用", "确认人", "来源", "编号"), *(tuple(row.values()) for row in rows)])


def write_template(file: Path, content: bytes) -> None:
    """Write an empty table; never over a file that is there."""
    try:
        with file.open("xb") as written:
            written.write(content)
    except OSError as error:
        raise click.UsageError(f"写不了 {file}：{error.strerror}。请换个文件名。") from None
    click.echo(f"已写好 {file}。填好后用 import 导入；第二张表说明每一列怎么填。")


def listed(codes: Sequence[str]) -> str:
    """How many, and the first few."""
    first = "、".join(codes[:CODES_SHOWN])
    more = " 等" if len(codes) > CODES_SHOWN else ""
    return f"{len(codes)} 个" + (f"：{first}{more}" if codes else "")


def _state(edition: ListEdition, day: dt.date) -> str:
    if edition.valid_from is None:
        return "未启用"
    if edition.valid_to is not None and edition.valid_to <= max(day, edition.valid_from):
        return "已停用"
    return "待启用" if edition.valid_from > day else "启用中"


def _tell_each(complaints: Sequence[Complaint]) -> None:
    table([("必须改", one.where, one.sentence) for one in complaints[:SHOWN]])
    if len(complaints) > SHOWN:
        click.echo(f"必须改的另有 {len(complaints) - SHOWN} 处，加 --json 看完整清单。")


def _tell_together(warnings: Sequence[Complaint]) -> None:
    """The same doubt stands in hundreds of rows: once for all, with the first of it."""
    by_kind: dict[tuple[str, str], list[Complaint]] = {}
    for one in warnings:
        by_kind.setdefault((one.sheet, one.code), []).append(one)
    table([("请留意", f"{len(same)} 处，如{same[0].where}", same[0].sentence) for same in by_kind.values()])


def _tell_difference(difference: Difference, against: str | None) -> None:
    if against is None:
        return click.echo("现在没有启用的清单可以比较。")
    click.echo(f"和启用中的「{against}」相比：")
    table([("新增", listed(difference.added)), ("取消", listed(difference.removed))])
    table([("改动", listed(tuple(difference.changed)))])
