"""wangge crew: the people of the demo town at work."""

import signal
import threading

import click

from service import demo_crew, demo_tablets
from service.commands.common import begin, child_option
from town import settings


@click.command()
@click.option("--pace", default=1.0, show_default=True, help="2 is twice as fast.")
@child_option
def crew(pace: float, child: bool) -> None:
    """演示班子: plays citizens, squads, desk and checker over the public API."""
    begin(child, signal.SIGTERM)
    ending, rung = threading.Event(), threading.Event()

    def end(*_: object) -> None:
        ending.set()
        rung.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    given = settings.read()
    demo_crew.play(given, demo_tablets.recall(given), pace, rung, ending.is_set)


COMMANDS = (crew,)
