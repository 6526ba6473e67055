"""wangge people: squads, people, certificates, roster, leave, conflicts, partners and posts from one file."""

from pathlib import Path

import click

from service.commands.common import commit_option, json_option
from service.commands.people_taken import take_in
from town import clock, people_file
from town.people_file import TABLES


@click.group()
def people() -> None:
    """人员: who works for the town, where and when."""


@people.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--passwords", type=click.Path(path_type=Path), help="A new file for the first passwords of new accounts."
)
@click.option("--deactivate-missing", is_flag=True, help="Also end what stands but is missing in the sheets handed in.")
@commit_option
@json_option
def import_(file: Path, passwords: Path | None, deactivate_missing: bool, commit: bool, as_json: bool) -> None:
    """Take in FILE: a workbook, or a folder of tables named after the sheets. Whole, or not at all."""
    filed = people_file.read(file)
    take_in(filed, clock.now(), closing=deactivate_missing, passwords=passwords, commit=commit, as_json=as_json)


@people.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def template(folder: Path) -> None:
    """Write the eight empty sheets into FOLDER, each explained; fill in what is needed and import the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        _write_new(folder / f"{table.title}.xlsx", table.template())
    click.echo(f"八张空表在 {folder}：填好要用的几张，再运行 wangge people import {folder}。没有填的表什么都不改。")


def _write_new(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise click.ClickException(f"{path} 已经存在，没有覆盖；请换一个文件夹。") from None


COMMANDS = (people,)
