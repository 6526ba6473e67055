"""wangge town, wangge squads, wangge accounts: what a town needs before its first report."""

from collections.abc import Collection

import click
from sqlalchemy import select

from dispatch.services import posts, serving
from grids import services as grids
from service.commands.common import commit_option, opened, say_dry_run, table
from service.founding import NewTown, draft, found
from town import accounts, backstops, clock, profile, staff, workdays
from town.access import SQUAD_ROLES
from town.backstops import Backstops
from town.errors import Refused
from town.people import ROLE_NAMES, Account, Role
from town.profile import Town
from town.staff.changing import Change

ACTOR = "system:cli"


@click.group()
def town() -> None:
    """镇: its name, zone, projection and holidays."""


@town.command()
@click.option("--code", required=True, help="Short code, used in MQTT topics: letters, digits, hyphens.")
@click.option("--name", required=True, help="镇名, as people read it.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True)
@click.option("--epsg", default=4549, show_default=True, help="Projection in metres, for distances and areas.")
@click.option("--holidays", default="CN", show_default=True, help="CN, another COUNTRY or COUNTRY-STATE, or NONE.")
@click.option("--hours", default="08:30-12:00,13:30-17:30", show_default=True, help="Office hours, local time.")
@click.option("--operator", default="", help="运营单位, shown on every page.")
@click.option("--filing-number", default="", help="备案号, shown on every page.")
@click.option("--complaints-url", default="", help="投诉与建议 entry, shown on every page.")
@click.option("--fallback", default="", help="Login of the 兜底人, who is told when nobody else can be.")
@click.option("--last-resort", default="", help="Code of the 兜底单位, which takes what nobody else took.")
@click.option("--quiet", default="21:00-07:00", show_default=True, help="免打扰: local times people may sleep in.")
@commit_option
def create(commit: bool, **given: str | int) -> None:
    """Found the town of this database."""
    new = NewTown(**given)  # type: ignore[arg-type]
    click.echo(
        f"{new.name}（{new.code}），时区 {new.timezone}，投影 EPSG:{new.epsg}，节假日 {new.holidays}，工作时间 {new.hours}"
    )
    now = clock.now()
    draft(new, now)
    if commit:
        with opened() as (_, database), database.write() as session:
            found(session, new, now)
        click.echo("镇已建好。下一步：wangge grids check 你的网格文件")
        click.echo(_about_the_fallback(new.fallback))
    say_dry_run(commit)


@town.command(name="set")
@click.option("--fallback", help="Login of the 兜底人, who is told when nobody else can be.")
@click.option("--last-resort", help="Code of the 兜底单位, which takes what nobody else took.")
@click.option("--quiet", help="免打扰, like 21:00-07:00, local time; the same time twice for none.")
@commit_option
def set_(fallback: str | None, last_resort: str | None, quiet: str | None, commit: bool) -> None:
    """Name who is fallen back on, and when people may sleep. What is not given stays."""
    if fallback is last_resort is quiet is None:
        raise click.UsageError("请写明要改什么：--fallback、--last-resort 或 --quiet。")
    wanted = Backstops(fallback, last_resort, quiet)
    with opened() as (_, database), database.write() as session:
        _show_backstops(backstops.change(session, wanted, ACTOR, clock.now()))
        if not commit:
            session.rollback()
    say_dry_run(commit)


@town.command()
def show() -> None:
    """The town as it stands."""
    with opened() as (_, database), database.read() as session:
        here = profile.current(session)
        table([("镇", here.name), ("代码", here.code), ("时区", here.timezone), ("投影", f"EPSG:{here.epsg}")])
        table([("工作日覆盖到", max(workdays.covered_years(session), default="无"))])
        _show_backstops(here)


def _show_backstops(here: Town) -> None:
    quiet = f"{here.quiet_from}-{here.quiet_until}" if here.quiet_from != here.quiet_until else "无"
    table([("兜底人", here.fallback or "没有指定"), ("兜底单位", here.last_resort or "没有指定"), ("免打扰", quiet)])


def _about_the_fallback(login: str) -> str:
    if login:
        return f"兜底人是 {login}：请建好这个账号，别人都找不到时要找他。"
    return "还没有兜底人：建好账号后运行 wangge town set --fallback 账号 --commit，别人都找不到时要找他。"


@click.group()
def squads() -> None:
    """中队: who serves which area."""


@squads.command(name="per-area")
@commit_option
def per_area(commit: bool) -> None:
    """One new squad for every area of the active grids that has none."""
    with opened() as (_, database):
        with database.read() as session:
            missing = serving.areas_without_squad(session, grids.areas(session))
        table([("片区", "将新建的中队"), *((area.code, f"{area.name}中队") for area in missing)])
        if commit:
            with database.write() as session:
                serving.one_squad_each(session, grids.areas(session), "system:cli", clock.now())
    say_dry_run(commit)


@squads.command(name="list")
def list_squads() -> None:
    """Areas, the squads that serve them, what fields each holds, and who stands in when nobody is on duty."""
    with opened() as (_, database), database.read() as session:
        served = posts.served(session)
        squads = [card.entry for card in staff.squads(session) if card.active]
    rows = ((area, squad) for squad in squads for area in _areas(squad.code, served))
    table([(area, one.code, one.name, "、".join(one.fields), one.stand_in) for area, one in rows])


def _areas(squad: str, served: Collection[tuple[str, str]]) -> list[str]:
    """A squad that serves no area is listed all the same."""
    return sorted(area for area, code in served if code == squad) or [""]


@click.group(name="accounts")
def account_group() -> None:
    """账号: who may sign in."""


@account_group.command()
@click.argument("login")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--squad", help="Code of the squad the person belongs to.")
@click.option("--partner", help="Code of the partner the person acts for.")
@click.password_option()
def add(login: str, name: str, roles: tuple[str, ...], squad: str | None, partner: str | None, password: str) -> None:
    """A new account; the password is asked for."""
    if (SQUAD_ROLES | {Role.AUXILIARY}) & set(roles) and not squad:
        raise click.UsageError("中队长、执法队员和辅助人员要用 --squad 写明属于哪个中队。")
    if (Role.PARTNER in roles) != bool(partner):
        raise click.UsageError("协同单位的人（partner）要用、也只有他们用 --partner 写明属于哪个单位。")
    with opened() as (_, database), database.write() as session:
        now = clock.now()
        known = Change(session, ACTOR, now)
        squad_id = known.squad(squad).id if squad else None
        partner_id = known.partner(partner).id if partner else None
        held = [Role(role) for role in roles]
        accounts.create(session, login, name, held, squad_id, password, now, partner_id=partner_id)
    click.echo(f"{name} 现在可以用 {login} 登录。")


@account_group.command()
@click.argument("login")
def block(login: str) -> None:
    """Block an account; its sessions end at once."""
    with opened() as (_, database), database.write() as session:
        account = session.scalar(select(Account).where(Account.login == login))
        if account is None:
            raise Refused("not_found")
        accounts.block(session, account, clock.now())
    click.echo(f"{login} 已停用，所有登录立即失效。")


@account_group.command(name="list")
def list_accounts() -> None:
    """Everybody who may sign in."""
    with opened() as (_, database), database.read() as session:
        people = session.scalars(select(Account).order_by(Account.login))
        table(
            [
                (one.login, one.name, "、".join(ROLE_NAMES[Role(role)] for role in one.roles), one.active)
                for one in people
            ]
        )


COMMANDS = (town, squads, account_group)
