"""wangge demo: the demo town."""

import click

from service.commands.common import opened
from service.demo import prepare


@click.command()
def demo() -> None:
    """演示小镇: make 云溪镇 in an empty database (WANGGE_DEMO=1); a second time changes nothing."""
    with opened(as_owner=True) as (given, database):
        prepare(database, given, click.echo)
        click.echo("演示小镇已就绪。")


COMMANDS = (demo,)
