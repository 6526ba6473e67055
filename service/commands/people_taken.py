"""What the commands that take in people or a roster share: show, stop at faults, do it only when asked to."""

import datetime as dt
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from service import staffing
from service.commands.common import opened, print_json, say_dry_run
from service.commands.people_shown import as_data, told
from service.staffing import FirstPassword
from town import profile
from town.errors import Refused
from town.people_file import Filed, Plan

ACTOR = "system:cli"


def take_in(
    filed: Filed, now: dt.datetime, *, closing: bool, passwords: Path | None, commit: bool, as_json: bool
) -> None:
    """Show what the file changes; with ``commit`` do it. Raises Refused("people_refused") when something is wrong."""
    with opened() as (_, database):
        with database.read() as session:
            plan = staffing.draw(session, filed, now, closing=closing)
            zone = profile.current(session).zone
        if as_json:
            print_json(as_data(plan, filed, committed=commit and not plan.refused))
        else:
            click.echo("\n".join(told(plan, filed, zone)))
        _stop_if_refused(plan)
        if commit and not plan.idle:
            _need_a_file(plan, passwords)
            staffing.take_in(database, filed, plan, _first_passwords(plan), ACTOR, passwords, now)
    if not as_json:
        _say_done(plan, passwords, commit)


def _stop_if_refused(plan: Plan) -> None:
    if plan.refused:
        count = sum(one.refuses for one in plan.complaints)
        raise Refused("people_refused", why=f"有 {count} 处要改正，什么都没有写入。")


def _need_a_file(plan: Plan, passwords: Path | None) -> None:
    if plan.newcomers and passwords is None:
        raise click.UsageError(
            f"有 {len(plan.newcomers)} 个新账号，请用 --passwords 写明初始密码存进哪个新文件；它只写这一次。"
        )


def _first_passwords(plan: Plan) -> tuple[FirstPassword, ...]:
    """Hashing takes a while for a whole town."""
    with Progress(console=Console(stderr=True), transient=True, disable=not plan.newcomers) as bar:
        task = bar.add_task("生成初始密码", total=len(plan.newcomers))
        return staffing.first_passwords(plan, lambda: bar.advance(task))


def _say_done(plan: Plan, passwords: Path | None, commit: bool) -> None:
    if commit:
        click.echo("没有要改的，什么都没有写入。" if plan.idle else "已全部写入。")
        if plan.newcomers:
            click.echo(f"{len(plan.newcomers)} 个新账号的初始密码在 {passwords}，发给本人后请删掉这个文件。")
    say_dry_run(commit)
