"""The demo town (演示小镇): made once in an empty database through the services that every town uses.

Its logins are printed on purpose, so it refuses to be made, and its people refuse to sign in, outside the demo.
"""

import json
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.services import serving
from grids import files
from grids import services as grids
from grids.files import Fields
from service import demo_people, demo_tablets, demo_town, migrate
from service.demo_people import EVERYBODY, PASSWORD
from service.founding import NewTown, found
from town import accounts, clock, devices, ids
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.people import ROLE_NAMES, Account, Squad
from town.profile import Town
from town.settings import Settings

ACTOR = "system:demo"
TOWN = NewTown(
    code=demo_town.CODE,
    name="云溪镇",
    operator="云川县数据局",
    filing_number="云政移备 26-0137",
    complaints_url="https://yunxi.example/complaints",
)
FIELDS = Fields(code="code", area="area_code", name="name", area_name="area_name")


def prepare(database: Database, settings: Settings, say: Callable[[str], None]) -> None:
    """Bring the database up to date and make the town, unless it is there already.

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
        say("第一次启动：正在建立演示小镇……")
        with database.write() as session:
            _make(session, settings, clock.now())
    elif not demo_tablets.path(settings).is_file():
        raise Refused(
            "demo_only", why=f"这个数据库里是「{town.name}」，不是演示小镇；请换一个空的数据目录（WANGGE_DATA）。"
        )


def refuse_leftovers(database: Database, settings: Settings) -> None:
    """Raises Refused("demo_only") when somebody could sign in with the demo's public password outside the demo."""
    if settings.demo:
        return
    known = {one.login for one in EVERYBODY}
    with database.read() as session:
        suspects = session.scalars(select(Account).where(Account.login.in_(known), Account.active)).all()
    if open_doors := [one.login for one in suspects if accounts.fits(one.password, PASSWORD)]:
        raise Refused(
            "demo_only", why=f"账号 {'、'.join(open_doors)} 还在用演示密码；请先停用：wangge accounts block 账号。"
        )


def welcome(settings: Settings) -> Iterator[str]:
    """What the terminal shows about the demo: who can sign in."""
    yield f"  日志      {settings.data / 'logs'}"
    yield f"  演示账号（密码都是 {PASSWORD}）"
    for one in EVERYBODY:
        yield f"    {one.login:<14}{one.name}（{ROLE_NAMES[one.role]}）"
    yield "  另有一组程序扮演中队、指挥中心和核查员，会自动办理您的举报，约一两分钟有答复。"


def _make(session: Session, settings: Settings, now: Instant) -> None:
    """All in one transaction: there is a whole town, or none."""
    found(session, TOWN, now)
    squads = _squads(session, now)
    draw(session, now)
    for one in EVERYBODY:
        squad = squads[one.squad].id if one.squad else None
        accounts.create(session, one.login, one.name, [one.role], squad, PASSWORD, now)
    demo_tablets.keep(settings, {code: devices.add(session, squad, code, now)[1] for squad, code in _tablets(squads)})


def _tablets(squads: Mapping[str, Squad]) -> Iterator[tuple[str, str]]:
    return ((squad, demo_people.tablet(squad)) for squad in squads)


def _squads(session: Session, now: Instant) -> dict[str, Squad]:
    squads = {area.code: Squad(id=ids.new_id(), code=area.code, name=f"{area.name}中队") for area in demo_town.AREAS}
    session.add_all(squads.values())
    session.flush()
    for code, squad in squads.items():
        serving.serve(session, code, squad, ACTOR, now)
    return squads


def draw(session: Session, now: Instant) -> None:
    """Import the generated map and activate it. Raises Refused("town_missing") before there is a town."""
    text = json.dumps(demo_town.feature_collection(), ensure_ascii=False).encode()
    layer = files.read_geojson(text, f"{TOWN.name}.geojson", declare="EPSG:4490")
    survey = grids.check(layer, FIELDS, TOWN.epsg)
    edition = grids.import_edition(session, survey, TOWN.name, actor=ACTOR, now=now)
    grids.activate(session, edition, actor=ACTOR, now=now)
