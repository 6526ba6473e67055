"""wangge db: bring the database to the newest revision."""

import click

from service import migrate
from service.commands.common import opened


@click.group()
def db() -> None:
    """数据库: create and upgrade the tables."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this version (owner's rights on PostgreSQL)."""
    with opened(as_owner=True) as (given, database):
        given.data.mkdir(parents=True, exist_ok=True)
        before = migrate.at(database)
        migrate.upgrade(database)
        click.echo(f"数据库已是最新：{before or '空库'} → {migrate.at(database)}")


COMMANDS = (db,)
