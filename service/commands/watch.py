"""wangge watch: whether somebody watches the clocks, and by what time."""

import click

from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.list_views import ACTOR
from town import clock, watchman
from town.errors import Refused


@click.group(name="watch")
def watch_group() -> None:
    """值守: who watches the clocks, and whether the machine's own clock is believed."""


@watch_group.command()
@json_option
def show(as_json: bool) -> None:
    """When somebody last watched, and by how much the machine's clock is off."""
    with opened() as (_, database), database.read() as session:
        beat = watchman.last(session)
    now = clock.now()
    seconds = None if beat is None else round((now - beat.look.wall).total_seconds())
    skew = 0.0 if beat is None else round(beat.skew.total_seconds(), 1)
    if as_json:
        return print_json({"beat_seconds_ago": seconds, "skew_seconds": skew})
    table(
        [
            ("上次值守", "还没有过" if seconds is None else f"{seconds} 秒前"),
            ("系统时钟", f"跳变了 {skew} 秒，暂不采信" if skew else "可信"),
        ]
    )
    if skew:
        click.echo("核对这台机器的时间：若现在的时间是对的，请运行 wangge watch trust --commit；若不对，请先校时。")


@watch_group.command()
@commit_option
def trust(commit: bool) -> None:
    """Say that the machine's clock is right after it jumped; clocks go by it from then on."""
    with opened() as (_, database), database.write() as session:
        if not watchman.trust(session, ACTOR, clock.now()):
            raise Refused("clock_not_doubted")
        if not commit:
            session.rollback()
    if commit:
        click.echo("已采信系统时钟，值守进程会在几秒内照此计时。")
    say_dry_run(commit)


COMMANDS = (watch_group,)
