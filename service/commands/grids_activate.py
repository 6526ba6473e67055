"""wangge grids activate: put an edition in force now or at a set time, and see beforehand what that changes."""

import datetime as dt
from typing import Any

import click
from sqlalchemy.orm import Session

from grids import services as maps
from grids.models import BASE, Edition
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.grids_beside import open_orders
from town import clock, profile, reference
from town.clock import Instant

ACTOR = "system:cli"
FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d")


@click.command()
@click.argument("edition")
@click.option("--at", type=click.DateTime(FORMATS), help="When, in the town's time; at once if not said.")
@commit_option
@json_option
def activate(edition: str, at: dt.datetime | None, commit: bool, as_json: bool) -> None:
    """Put an EDITION (name or id) in force, now or --at a time to come; older orders keep theirs."""
    with opened() as (_, database), database.write() as session:
        chosen = maps.find(session, edition)
        picture = _preview(session, chosen)
        reference.alone(session)
        if at is None:
            maps.activate(session, chosen, actor=ACTOR, now=clock.now())
        else:
            maps.schedule(session, chosen, _moment(session, at), actor=ACTOR, now=clock.now())
        picture["starts_at"] = chosen.starts_at
        if not commit:
            session.rollback()
    if as_json:
        return print_json({**picture, "committed": commit})
    _tell(picture, at)
    if commit:
        click.echo(_next_step(picture, at))
    say_dry_run(commit)


@click.command()
@click.argument("edition")
@commit_option
def unschedule(edition: str, commit: bool) -> None:
    """Take back the time that was set for an EDITION."""
    with opened() as (_, database), database.write() as session:
        chosen = maps.find(session, edition)
        maps.unschedule(session, chosen, actor=ACTOR, now=clock.now())
        name = chosen.name
        if not commit:
            session.rollback()
    click.echo(f"「{name}」不再定时启用。")
    say_dry_run(commit)


def _preview(session: Session, chosen: Edition) -> dict[str, Any]:
    """What is different afterwards; for the base map also which open orders lie on changed ground."""
    former = maps.active(session, chosen.layer)
    changed = maps.changes(session, chosen, former)
    asked = former is not None and chosen.layer == BASE
    orders = open_orders(session, former, changed.touched) if asked and former else {}
    return {
        "edition": str(chosen.id),
        "name": chosen.name,
        "layer": chosen.layer,
        "former": former.name if former else None,
        "added": list(changed.added),
        "removed": list(changed.removed),
        "redrawn": list(changed.redrawn),
        "moved": list(changed.moved),
        "renamed": list(changed.renamed),
        "open_orders": orders,
    }


def _tell(picture: dict[str, Any], at: dt.datetime | None) -> None:
    table([("启用", picture["name"]), ("停用", picture["former"] or "无")])
    if picture["layer"] != BASE:
        table([("专业网格", picture["layer"])])
    if at:
        table([("定于", f"{at:%Y-%m-%d %H:%M}（本镇时间）")])
    table([("新增网格", _listed(picture["added"])), ("取消网格", _listed(picture["removed"]))])
    table([("改边界", _listed(picture["redrawn"])), ("换片区", _listed(picture["moved"]))])
    table([("改名称", _listed(picture["renamed"]))])
    if orders := picture["open_orders"]:
        click.echo(f"{sum(orders.values())} 件没办完的工单落在有变化的网格里，启用后仍按原来的一版办：")
        table([(code, f"{count} 件") for code, count in orders.items()])


def _next_step(picture: dict[str, Any], at: dt.datetime | None) -> str:
    if at:
        return f"已定时，到时自动启用。要取消：wangge grids unschedule {picture['edition']}"
    if picture["layer"] != BASE:
        return "已启用。"
    return "已启用。下一步：wangge squads per-area 给没有中队的片区配上中队。"


def _moment(session: Session, at: dt.datetime) -> Instant:
    return at.replace(tzinfo=profile.current(session).zone).astimezone(dt.UTC)


def _listed(codes: list[str]) -> str:
    return f"{len(codes)} 个" + (f"：{'、'.join(codes[:10])}{' 等' if len(codes) > 10 else ''}" if codes else "")
