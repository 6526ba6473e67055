"""wangge doctor: is this installation fit to serve, and if not, what to do next."""

from dataclasses import asdict

import click

from service import doctor as examination
from service.commands.common import json_option, print_json
from service.doctor import Finding, Level
from town import clock, settings
from town.errors import Refused

MARKS = {Level.GOOD: "✓", Level.WARNING: "！", Level.BAD: "✗"}


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """体检: check settings, database, rights, journal, grids, orders, photos; exit code 1 when something is wrong."""
    findings = _findings()
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            _tell(finding)
    context.exit(1 if any(finding.level == Level.BAD for finding in findings) else 0)


def _findings() -> list[Finding]:
    try:
        given = settings.read()
    except Refused as refused:
        return [Finding(Level.BAD, refused.detail, "设置好以后再运行 wangge doctor。", "设置")]
    return [Finding(Level.GOOD, "设置齐全。", check="设置"), *examination.examine(given, clock.now())]


def _tell(finding: Finding) -> None:
    click.echo(f"{MARKS[finding.level]} {finding.check}：{finding.saw}")
    if finding.next:
        click.echo(f"    → {finding.next}")


COMMANDS = (doctor,)
