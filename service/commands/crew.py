"""wangge crew: the people of the demo town at work."""

import signal
import threading

import click

from service.commands.common import begin, child_option
from service.demo import crew as company
from service.demo import tablets
from town import settings


@click.command()
@click.option("--pace", type=float, help="The demo's minutes in a real one; 1 is real time. Default: WANGGE_DEMO_PACE.")
@child_option
def crew(pace: float | None, child: bool) -> None:
    """演示班子: plays citizens, squads, 网格员, units and the desk over the public API."""
    begin(child, signal.SIGTERM)
    ending, rung = threading.Event(), threading.Event()

    def end(*_: object) -> None:
        ending.set()
        rung.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    given = settings.read()
    company.play(given, tablets.recall(given), given.demo_pace if pace is None else pace, rung, ending.is_set)


COMMANDS = (crew,)
