"""wangge web, worker, broker: each process alone, for systemd, compose, or ``wangge serve``."""

import signal

import click

from service import broker as embedded
from service import children, demo
from service import web as server
from service import worker as duties
from service.commands.common import opened
from town import logs

child_option = click.option("--child", is_flag=True, hidden=True, help="End when standard input ends.")


@click.command()
@child_option
def web(child: bool) -> None:
    """网页服务: pages and API on WANGGE_HOST and WANGGE_PORT."""
    _begin(child, signal.SIGQUIT)
    with opened() as (given, database):
        demo.refuse_leftovers(database, given)
    server.run(given)


@click.command()
@child_option
@click.pass_context
def worker(context: click.Context, child: bool) -> None:
    """后台进程: numbering, doorbell, answers, clocks. Run one or many."""
    _begin(child, signal.SIGTERM)
    with opened() as (given, database):
        sound = duties.run(given, database)
    context.exit(0 if sound else 1)


@click.command()
@child_option
def broker(child: bool) -> None:
    """内置消息服务: for the demo and a trial on one machine; Mosquitto in production."""
    _begin(child, signal.SIGTERM)
    with opened() as (given, database):
        embedded.run(given, database)


def _begin(child: bool, how: signal.Signals) -> None:
    logs.configure()
    logs.adopt()
    if child:
        children.end_with_parent(how)


COMMANDS = (web, worker, broker)
"""Found by ``service.cli``."""
