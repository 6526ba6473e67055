"""wangge vault: the one door to who reported, for the person who may open it; every reading is in the journal."""

import uuid

import click
from sqlalchemy import select

from dispatch.models import Report
from service.commands.common import opened
from town import accounts, clock, vault
from town.database import Database
from town.errors import Refused
from town.people import ROLE_NAMES, Account, Role

KEEPER = Role.SECURITY_ADMIN


@click.group(name="vault")
def vault_group() -> None:
    """保密箱: who reported. Needs a security administrator's password; every reading leaves a trace."""


@vault_group.command()
@click.argument("order", type=click.UUID)
@click.option("--reason", prompt="理由", help="Why; kept in the journal.")
@click.option("--login", prompt="安全管理员账号")
@click.password_option("--password", prompt="密码", confirmation_prompt=False)
def read(order: uuid.UUID, reason: str, login: str, password: str) -> None:
    """Name and telephone of those who reported an order."""
    with opened() as (settings, database):
        actor = _keeper(database, login, password)
        with database.write() as session:
            for subject in _subjects(database, order):
                who = vault.read(session, settings.master_key, subject, actor, reason, clock.now())
                click.echo(f"{who.name or '没留姓名'}\t{who.phone or '没留电话'}")


@vault_group.command()
@click.argument("order", type=click.UUID)
@click.option("--login", prompt="安全管理员账号")
@click.password_option("--password", prompt="密码", confirmation_prompt=False)
@click.confirmation_option(prompt="销毁后任何人都无法恢复，确定吗？")
def forget(order: uuid.UUID, login: str, password: str) -> None:
    """Destroy the keys of those who reported an order: nobody can read who they were any more."""
    with opened() as (_, database):
        actor = _keeper(database, login, password)
        with database.write() as session:
            done = [vault.forget(session, subject, clock.now(), actor) for subject in _subjects(database, order)]
    click.echo(f"已销毁 {sum(done)} 位举报人的密钥。")


def _subjects(database: Database, order: uuid.UUID) -> list[str]:
    with database.read() as session:
        found = [f"report:{report}" for report in session.scalars(select(Report.id).where(Report.order_id == order))]
    if not found:
        raise Refused("not_found")
    return found


def _keeper(database: Database, login: str, password: str) -> str:
    """The signed-in security administrator as the journal names him; wrong passwords count here too."""
    now = clock.now()
    with database.read() as session:
        check = accounts.attempt(session, login, password, now)
    attempt = check()
    with database.write() as session:
        signed_in = accounts.sign_in(session, attempt, now)
    if signed_in is None:
        raise Refused("wrong_login")
    account: Account = signed_in[0]
    if KEEPER not in account.roles:
        raise Refused("forbidden", roles=ROLE_NAMES[KEEPER])
    return f"account:{account.id}"


COMMANDS = (vault_group,)
