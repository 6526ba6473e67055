"""Checks of the database: is it there, does it fit the program, may nobody rewrite it."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from service import migrate
from service.doctor.findings import Finding, Patient, bad, good
from town.database import Database


def reachable(patient: Patient) -> Iterable[Finding]:
    """The database answers."""
    try:
        if _no_file(patient.database):
            yield bad("还没有数据库。", "运行 wangge db upgrade 新建，或用 wangge restore 恢复备份")
        else:
            patient.session.execute(select(1))
            yield good(f"数据库可用（{patient.database.engine.dialect.name}）。")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        yield bad(f"数据库连不上：{reason}", "请启动数据库，并核对 WANGGE_DATABASE_URL。")


def revision(patient: Patient) -> Iterable[Finding]:
    """Tables and program belong together."""
    at, newest = migrate.at(patient.database), migrate.newest()
    if at == newest:
        yield good(f"数据库版本 {at}，与程序相符。")
    elif at is None:
        yield bad("数据库里还没有表。", "用属主账号运行 wangge db upgrade，或用 wangge restore 恢复备份")
    else:
        yield bad(f"数据库版本是 {at}，程序要 {newest}。", "先运行 wangge backup，再用属主账号运行 wangge db upgrade")


def postgis(patient: Patient) -> Iterable[Finding]:
    """PostgreSQL only: PostGIS is there."""
    if not patient.database.sqlite:
        version = patient.session.scalar(text("SELECT extversion FROM pg_extension WHERE extname = 'postgis'"))
        yield good(f"PostGIS {version}。") if version else bad("没有 PostGIS。", "在库里运行 CREATE EXTENSION postgis")


def rights(patient: Patient) -> Iterable[Finding]:
    """PostgreSQL only: the application's login can neither own the tables nor rewrite the journal."""
    if patient.database.sqlite:
        return
    who, powers = _powers(patient.session)
    if powers:
        then = "web 与 worker 请改用只属于 wangge_app 的登录角色（WANGGE_DATABASE_URL），属主只留给 WANGGE_OWNER_URL。"
        yield bad(f"应用登录角色 {who} 权力过大：{'、'.join(powers)}。", then)
    else:
        yield good(f"应用登录角色 {who} 不是属主，改不了轨迹。")


def _no_file(database: Database) -> bool:
    """Looking would make one, and a restore wants an empty place."""
    return database.sqlite and not Path(database.url.database or "").is_file()


def _powers(session: Session) -> tuple[str, list[str]]:
    """The login's name, and what it may do that it should not."""
    row = session.execute(
        text(
            """SELECT current_user AS who, rolsuper AS superuser,
            (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'journal'::regclass) AS owner,
            has_table_privilege('journal', 'UPDATE, DELETE, TRUNCATE') AS rewrites
            FROM pg_roles WHERE rolname = current_user"""
        )
    ).one()
    powers = {"超级用户": row.superuser, "表的属主": row.owner, "能改写轨迹": row.rewrites}
    return row.who, [name for name, held in powers.items() if held]
