"""wangge appraisal: frozen months, whether they still are what they were, and the formula they were weighed by."""

import json
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from oversight.models import Snapshot
from oversight.rules import periods
from oversight.rules.formula import STARTER
from oversight.services.appraisal import appraisal, appraisal_shown, formulas, verifying
from oversight.services.appraisal.verifying import Difference, Fault, Verdict
from oversight.services.figures import exports
from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from service.commands.indicators import write
from town import clock, profile
from town.access import ANYONE

ACTOR = "system:cli"
FAULTS = {
    Fault.DIGEST: "内容与摘要不符",
    Fault.FORMULA: "考核办法被改动",
    Fault.RESULTS: "由保存的数据重算，结果不同",
    Fault.CHAIN: "与前一快照接不上",
    Fault.JOURNAL: "与轨迹记载的摘要不同",
    Fault.GONE: "轨迹有记载，快照不见了",
}


@click.group(name="appraisal")
def group() -> None:
    """考核: months frozen with their facts, results and digest."""


def _month(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    try:
        return text and periods.month_of(periods.month(text).first)
    except ValueError:
        raise click.UsageError(f"「{text}」不是月份，请写 2026-11。") from None


revision_option = click.option("--revision", type=int, help="Which revision; the one that counts if not said.")


@group.command()
@click.argument("month", callback=_month)
@commit_option
@json_option
def freeze(month: str, commit: bool, as_json: bool) -> None:
    """Freeze MONTH; without --commit, show what would be frozen."""
    with opened() as (_, database), database.write() as session:
        snapshot = appraisal.freeze(session, profile.current(session), month, ACTOR, clock.now())
        shown = appraisal_shown.month(session, ANYONE, snapshot).model_dump(mode="json")
        if not commit:
            session.rollback()
    if as_json:
        return print_json({**shown, "committed": commit})
    _tell(shown)
    say_dry_run(commit)


@group.command()
@click.argument("month", callback=_month)
@revision_option
@json_option
def show(month: str, revision: int | None, as_json: bool) -> None:
    """A frozen MONTH."""
    with opened() as (_, database), database.read() as session:
        shown = appraisal_shown.month(session, ANYONE, appraisal.find(session, month, revision)).model_dump(mode="json")
    if as_json:
        return print_json(shown)
    _tell(shown)


@group.command(name="list")
@json_option
def list_months(as_json: bool) -> None:
    """Every frozen month, newest first."""
    with opened() as (_, database), database.read() as session:
        months = appraisal_shown.months(session)
    if as_json:
        return print_json([one.model_dump(mode="json") for one in months])
    table([(one.month, f"第 {one.revision} 版", one.formula_name, one.result, one.digest) for one in months])
    if not months:
        click.echo("还没有冻结过月份。")


@group.command()
@click.argument("month", required=False, callback=_month)
@click.option("--live", is_flag=True, help="Also say what live data would count otherwise today.")
@json_option
@click.pass_context
def verify(context: click.Context, month: str | None, live: bool, as_json: bool) -> None:
    """Make frozen months anew from their own facts and compare; exit code 1 when something does not fit."""
    with opened() as (_, database), database.read() as session:
        found = list(verifying.verify(session, profile.current(session), clock.now(), month))
        beside = {one.month: _live(session, one) for one in found if live and Fault.GONE not in one.faults}
    if as_json:
        print_json([_as_json(one, beside.get(one.month)) for one in found])
    else:
        table([_told(one) for one in found])
        table([_difference(name, one) for name, one in beside.items()])
        click.echo("没有快照可以核验。" if not found else f"核验了 {len(found)} 个快照。")
    context.exit(0 if all(one.sound for one in found) else 1)


@group.command()
@click.argument("month", callback=_month)
@click.argument("file", type=click.Path(path_type=Path))
@revision_option
def export(month: str, file: Path, revision: int | None) -> None:
    """Write a frozen MONTH to FILE (.csv, .xlsx, or .json with every fact, as the digest is taken of it)."""
    with opened() as (_, database), database.read() as session:
        snapshot = appraisal.find(session, month, revision)
        if file.suffix == ".json":
            return _write_json(session, snapshot, file)
        tables = exports.month(appraisal_shown.month(session, ANYONE, snapshot))
    write(file, tables)


@group.command(name="formulas")
@json_option
def list_formulas(as_json: bool) -> None:
    """Every edition of the formula; the house's proposal while there is none."""
    with opened() as (_, database), database.read() as session:
        kept = [{**row.content, "digest": row.digest} for row in formulas.listed(session)]
    if as_json:
        return print_json(kept or [STARTER.as_data()])
    table([(one["valid_from"], one["name"], one["digest"]) for one in kept])
    if not kept:
        click.echo(f"还没有保存考核办法；冻结时用「{STARTER.name}」：")
        print_json(STARTER.as_data())


@group.command(name="keep-formula")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@commit_option
def keep_formula(file: Path, commit: bool) -> None:
    """Keep a formula from a JSON FILE; it counts from the first month that begins on or after its day."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise click.UsageError(f"{file} 不是 UTF-8 的 JSON。") from None
    with opened() as (_, database), database.write() as session:
        row = formulas.keep(session, data, ACTOR, clock.now())
        table([("考核办法", row.name), ("起用", row.valid_from), ("摘要", row.digest)])
        if not commit:
            session.rollback()
    say_dry_run(commit)


def _tell(shown: dict[str, Any]) -> None:
    table([("月份", shown["month"]), ("版", shown["revision"]), ("考核办法", shown["formula_name"])])
    table([("工单", shown["orders"]), ("剔除", len(shown["excluded"])), ("摘要", shown["digest"])])
    for row in (shown["town"], *shown["squads"]):
        parts = (f"{part['name']} {part['share']} ×{part['weight']}" for part in row["parts"])
        table([(row["name"], row["result"], *parts)])


def _live(session: Session, verdict: Verdict) -> Difference:
    snapshot = appraisal.find(session, verdict.month)
    return verifying.live(session, profile.current(session), snapshot)


def _told(one: Verdict) -> tuple[str, ...]:
    return one.month, f"第 {one.revision} 版", "、".join(FAULTS[fault] for fault in one.faults) or "完好", one.digest


def _difference(month: str, one: Difference) -> tuple[str, ...]:
    if not one:
        return month, "与现在的数据一致"
    return month, f"现在重算：多 {len(one.added)} 件，少 {len(one.gone)} 件，变化 {len(one.changed)} 件"


def _as_json(one: Verdict, live: Difference | None) -> dict[str, Any]:
    beside = {"added": live.added, "gone": live.gone, "changed": live.changed} if live is not None else None
    told = {"month": one.month, "revision": one.revision, "digest": one.digest, "orders": one.orders}
    return {**told, "sound": one.sound, "faults": list(one.faults), "live": beside}


def _write_json(session: Session, snapshot: Snapshot, file: Path) -> None:
    told = appraisal.content(snapshot, appraisal.formula_of(session, snapshot))
    try:
        with file.open("x", encoding="utf-8") as written:
            json.dump(told, written, ensure_ascii=False, indent=1)
    except OSError as error:
        raise click.UsageError(f"写不了 {file}：{error.strerror}。请换个文件名。") from None
    click.echo(f"已写好 {file}，摘要 {snapshot.digest}。")


COMMANDS = (group,)
