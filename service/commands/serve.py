"""wangge serve: everything a small town needs, started together; and the demo town."""

import dataclasses
import os

import click

from service import demo, keys, migrate, ports
from service import serve as parent
from service.commands.common import OWNER_ONLY
from town import logs, settings
from town.database import Database
from town.settings import Settings


@click.command()
@click.option("--demo", "as_demo", is_flag=True, help="演示小镇: made on first start, with logins for everybody.")
@click.option("--pace", type=float, help="The demo's minutes in a real one; 1 is real time. Default: WANGGE_DEMO_PACE.")
@click.pass_context
def serve(context: click.Context, as_demo: bool, pace: float | None) -> None:
    """Web, worker and broker under one small parent. Ctrl-C ends all."""
    os.umask(OWNER_ONLY)
    logs.adopt()
    if as_demo:
        keys.ensure(settings.data_folder())
    given = ports.chosen(dataclasses.replace(settings.read(), demo=as_demo))
    allowed = demo.allowed_pace(given.demo_pace if pace is None else pace)
    _prepare(given)
    if ended := parent.run(given, lambda: click.echo(_welcome(given)), pace=allowed):
        click.echo(f"{ended.name} 进程意外结束，其余进程已停止。{_excerpt(ended.words)}", err=True)
        context.exit(1)
    click.echo("已停止。")


def _prepare(given: Settings) -> None:
    database = Database(given.owner_url)
    try:
        if given.demo:
            demo.prepare(database, given, click.echo)
        else:
            migrate.require_newest(database)
    finally:
        database.close()


def _excerpt(words: str) -> str:
    return f"最后的输出：\n{words}" if words else ""


def _welcome(given: Settings) -> str:
    home = parent.address(given)
    broker = "内置，只供演示和单机试用" if given.own_broker else "外部"
    lines = [
        "",
        "── 网格执法 Wangge 已启动 " + "─" * 34,
        f"  首页      {home}/",
        f"  我要举报  {home}/citizen",
        f"  指挥案台  {home}/desk",
        f"  指挥大屏  {home}/wall",
        f"  消息服务  mqtt://{given.mqtt_host}:{given.mqtt_port}（{broker}）",
        f"  数据      {given.data}",
        *(demo.welcome(given) if given.demo else ()),
        "  按 Ctrl-C 停止。",
        "─" * 60,
    ]
    return "\n".join(lines)


COMMANDS = (serve,)
