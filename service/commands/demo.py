"""wangge demo: the demo town, who can sign in, and how fast its day goes."""

import click

from service import demo as demo_town
from service.commands.common import opened
from service.demo import day, tablets
from service.demo.making import MONTH


@click.command()
@click.option("--pace", type=float, help="Only turn the dial of the demo that runs: its minutes in a real one.")
@click.option(
    "--days",
    type=click.IntRange(0, 31),
    default=MONTH,
    show_default=True,
    help="How long the past is that the town is made with.",
)
def demo(pace: float | None, days: int) -> None:
    """演示小镇: make 云溪镇 in an empty database (WANGGE_DEMO=1); a second time changes nothing."""
    with opened(as_owner=True) as (given, database):
        if pace is not None:
            tablets.recall(given)
            day.turn(given, pace)
            click.echo(f"演示的一分钟现在是真实的 {60 / pace:.3g} 秒。")
            return
        demo_town.prepare(database, given, click.echo, days=days)
        click.echo("演示小镇已就绪。")
        for line in demo_town.welcome(given):
            click.echo(line)


COMMANDS = (demo,)
