"""wangge demo: the demo town and the crew that plays in it."""

import signal
import threading

import click

from service import children, demo_crew
from service import demo as town
from service.commands.common import opened
from town import logs


@click.group()
def demo() -> None:
    """演示小镇: 云溪镇, with people who work in it."""


@demo.command()
def create() -> None:
    """Make the town in an empty database (WANGGE_DEMO=1); a second time changes nothing."""
    with opened(as_owner=True) as (given, database):
        town.prepare(database, given, click.echo)


@demo.command()
@click.option("--pace", default=1.0, show_default=True, help="2 is twice as fast.")
@click.option("--child", is_flag=True, hidden=True)
def crew(pace: float, child: bool) -> None:
    """演示班子: plays squads, desk and checker over the public API."""
    logs.configure()
    if child:
        children.end_with_parent()
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    with opened() as (given, _):
        demo_crew.play(given, town.tablet_secrets(given), pace, ending.is_set)


COMMANDS = (demo,)
"""Found by ``service.cli``."""
