"""wangge web: the HTTP process alone, for systemd, compose, or ``wangge serve``."""

import signal

import click

from service import demo, migrate, web
from service.commands.common import begin, child_option, opened


@click.command(name="web")
@child_option
def serve_pages(child: bool) -> None:
    """网页服务: pages and API on WANGGE_HOST and WANGGE_PORT."""
    begin(child, signal.SIGQUIT)
    with opened() as (given, database):
        migrate.require_newest(database)
        demo.refuse_leftovers(database, given)
    web.run(given)


COMMANDS = (serve_pages,)
