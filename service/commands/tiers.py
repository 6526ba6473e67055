"""wangge tiers: which fine follows from which facts (裁量基准): import, confirm, put in force."""

import csv
from pathlib import Path

import click
from sqlalchemy.orm import Session

from enforcement import starter
from enforcement.files import published_tiers, tier_rows
from enforcement.models import ListEdition
from enforcement.rules import tier_checks
from enforcement.services import tiers as service
from service.commands.list_commands import add_all
from service.commands.list_import import ListKind
from service.commands.list_views import write_template
from town.reference import Kind


def _open_rows(session: Session, edition: ListEdition) -> dict[str, int]:
    return {
        "没有公布文件的": sum(
            tier_checks.unpublished(one)
            for rows in service.of_edition(session, edition.id).by_power.values()
            for one in rows
        )
    }


LIST = ListKind(
    kind=Kind.TIERS,
    group="tiers",
    starter=starter.tiers,
    preview=service.preview,
    import_edition=service.import_edition,
    activate=service.activate,
    codes=service.codes,
    next_step="confirm",
    table=tier_rows.table,
    notice="起步裁量基准是设计默认，不是公布的基准：请换成本镇公布的档次和条件，确认后再启用。",
    open_rows=_open_rows,
)


@click.group()
def tiers() -> None:
    """裁量基准: which fine follows from which facts, and the editions of the list."""


add_all(tiers, LIST)


@tiers.command(name="from-published")
@click.argument("printed", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--document", required=True, help="The document the benchmark was published by.")
def from_published(printed: Path, file: Path, document: str) -> None:
    """Turn a PRINTED benchmark (CSV: id, seq, tier, condition, standard) into an XLSX table FILE, to be gone through."""
    with printed.open(encoding="utf-8-sig", newline="") as lines:
        try:
            rows = published_tiers.table_rows(published_tiers.read(csv.DictReader(lines)), document)
        except KeyError as missing:
            raise click.UsageError(f"缺少 {missing.args[0]} 这一列。") from None
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    write_template(file, tier_rows.table(rows))
    click.echo("请逐条核对条件，把「权力代码」改成本镇的代码。")


COMMANDS = (tiers,)
