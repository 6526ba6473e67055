"""wangge worker: the background process alone. One or many, on one machine or several."""

import signal

import click

from service import migrate, worker
from service.commands.common import begin, child_option, opened


@click.command(name="worker")
@child_option
@click.pass_context
def work(context: click.Context, child: bool) -> None:
    """后台进程: numbering, doorbell, answers, clocks."""
    begin(child, signal.SIGTERM)
    with opened() as (given, database):
        migrate.require_newest(database)
        sound = worker.run(given, database)
    context.exit(0 if sound else 1)


COMMANDS = (work,)
