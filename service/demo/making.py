"""Making the demo town (建立演示小镇): once, in an empty database, all in one transaction.

Its logins are printed on purpose, so it refuses to be made, and its people refuse to sign in, outside the demo.
"""

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import select

from service import migrate
from service.demo import history, people, settling, tablets
from service.demo.people import EVERYBODY, PASSWORD
from town import accounts, clock
from town.database import Database
from town.errors import Refused
from town.people import Account
from town.profile import Town
from town.settings import Settings

MONTH = 30
SETTLING = dt.timedelta(hours=30)
"""Between moving in and the first report."""


def prepare(database: Database, settings: Settings, say: Callable[[str], None], *, days: int = MONTH) -> None:
    """Bring the database up to date and make the town, unless it is there already. ``days``: how long its past is.

    Raises Refused("demo_only") outside the demo, and when the database holds another town.
    """
    if not settings.demo:
        raise Refused("demo_only", why="演示账号的密码是公开的，只有设置了 WANGGE_DEMO=1 才能建立。")
    settings.data.mkdir(parents=True, exist_ok=True)
    if migrate.at(database) != migrate.newest():
        migrate.upgrade(database)
    with database.read() as session:
        town = session.scalar(select(Town))
    if town is None:
        say("第一次启动：正在建立演示小镇和它过去一个月的工单、案件，约需十几秒……")
        make(database, settings, days)
    elif not tablets.path(settings).is_file():
        raise Refused(
            "demo_only", why=f"这个数据库里是「{town.name}」，不是演示小镇；请换一个空的数据目录（WANGGE_DATA）。"
        )


def make(database: Database, settings: Settings, days: int) -> None:
    """There is a whole town with its past, or none; what is past rings nobody."""
    now = clock.now()
    with database.write() as session, _without_collector():
        town = settling.settle(session, settings, now - dt.timedelta(days=days) - SETTLING, now)
        history.live_through(session, town, settings, days, now)
    history.hush(database, settings, now)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's collector would look through everything that is alive again and again; nothing of it is rubbish yet."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def refuse_leftovers(database: Database, settings: Settings) -> None:
    """Raises Refused("demo_only") when somebody could sign in with the demo's public password outside the demo."""
    if settings.demo:
        return
    known = {one.login for one in EVERYBODY}
    with database.read() as session:
        suspects = session.scalars(select(Account).where(Account.login.in_(known), Account.active)).all()
    public = {hashed for hashed in {one.password for one in suspects} if accounts.fits(hashed, PASSWORD)}
    if open_doors := [one.login for one in suspects if one.password in public]:
        some = "、".join(open_doors[:12]) + ("等" if len(open_doors) > 12 else "")
        raise Refused("demo_only", why=f"账号 {some} 还在用演示密码；请先停用：wangge accounts block 账号。")


def welcome(settings: Settings) -> Iterator[str]:
    """What the terminal shows about the demo: who can sign in."""
    yield f"  日志      {settings.data / 'logs'}"
    yield f"  演示账号（密码都是 {PASSWORD}）"
    yield from people.introduced()
    yield "  另有一组程序扮演市民、中队、网格员、单位和指挥中心，会自动办理您的举报，约一两分钟有答复。"
