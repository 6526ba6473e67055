"""wangge indicators: the figures of a period, with numerator and denominator."""

from pathlib import Path

import click

from oversight.rules import counting, indicators, periods
from oversight.rules.counting import By
from oversight.rules.periods import Period
from oversight.services.figures import exports, figures, figures_shown
from service.commands.common import json_option, opened, print_json, table
from town import clock, profile

by_option = click.option(
    "--by",
    type=click.Choice([one.value for one in By]),
    default=By.SQUAD.value,
    show_default=True,
    help="One row for each.",
)


@click.group(name="indicators")
def group() -> None:
    """指标: shares of orders, out of what, and by which definition."""


@group.command()
@click.argument("period", required=False)
@by_option
@json_option
def show(period: str | None, by: str, as_json: bool) -> None:
    """The figures of PERIOD: 2026, 2026-Q4, 2026-11, 2026-W47 or 2026-11-22; this month if not said."""
    with opened() as (_, database), database.read() as session:
        town = profile.current(session)
        asked = period_of(period or periods.month_of(clock.now().astimezone(town.zone).date()))
        shown = figures_shown.table(session, town, asked, By(by), figures.EVERYTHING)
    if as_json:
        return print_json(shown.model_dump(mode="json"))
    click.echo(f"{shown.since} 至 {shown.until}")
    table([("", *(one.name for one in shown.definitions), "剔除")])
    for row in shown.rows:
        cells = (f"{value.numerator}/{value.denominator} {value.text}" for value in row.values.values())
        table([(row.name, *cells, row.excluded)])


@group.command()
@json_option
def definitions(as_json: bool) -> None:
    """口径: what each indicator counts, out of what."""
    if as_json:
        return print_json([one.model_dump() for one in figures_shown.definitions()])
    table([(one.name, one.numerator, one.denominator) for one in indicators.DEFINITIONS])
    click.echo(f"分母为零的比率是 {counting.NOT_APPLICABLE}。")


@group.command()
@click.argument("period")
@click.argument("file", type=click.Path(path_type=Path))
@by_option
def export(period: str, file: Path, by: str) -> None:
    """Write the figures of PERIOD to FILE (.csv or .xlsx)."""
    with opened() as (_, database), database.read() as session:
        shown = figures_shown.table(session, profile.current(session), period_of(period), By(by), figures.EVERYTHING)
    write(file, exports.figures(shown))


def period_of(text: str) -> Period:
    """A period as people spell it."""
    try:
        return periods.parse(text)
    except ValueError:
        raise click.UsageError(f"「{text}」不是期间，请写 2026、2026-Q4、2026-11、2026-W47 或 2026-11-22。") from None


def write(file: Path, tables: list[exports.Table]) -> None:
    """Tables as a file, by its ending; never over a file that is there."""
    endings = {".csv": lambda: exports.as_csv(tables[0]), ".xlsx": lambda: exports.as_xlsx(tables)}
    if file.suffix not in endings:
        raise click.UsageError("文件名要以 .csv 或 .xlsx 结尾。")
    try:
        with file.open("xb") as written:
            written.write(endings[file.suffix]())
    except OSError as error:
        raise click.UsageError(f"写不了 {file}：{error.strerror}。请换个文件名。") from None
    click.echo(f"已写好 {file}。")


COMMANDS = (group,)
