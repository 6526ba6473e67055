"""wangge devices: the tablets that may be rung."""

import click

from service.commands.common import commit_option, json_option, opened, print_json, say_dry_run, table
from town import clock
from town import devices as tablets


@click.group()
def devices() -> None:
    """平板: who may be rung."""


@devices.command()
@click.option("--squad", required=True, help="Code of the squad that carries it.")
@click.option("--code", required=True, help="设备编号, its login at the broker: lower-case letters, digits, hyphens.")
@commit_option
@json_option
def add(squad: str, code: str, commit: bool, as_json: bool) -> None:
    """A new tablet. Its secret is shown once and cannot be shown again."""
    with opened() as (_, database), database.write() if commit else database.read() as session:
        device, secret = tablets.add(session, squad, code, clock.now())
    if commit and as_json:
        print_json({"code": device.code, "squad": squad, "secret": secret})
    elif commit:
        click.echo(f"设备 {code} 已登记到中队 {squad}。密钥只显示这一次：")
        click.echo(secret)
        click.echo("使用 Mosquitto 时，请再运行 wangge broker-files 并让它重新读取。")
    else:
        click.echo(f"将把设备 {code} 登记到中队 {squad}，并生成密钥。")
    say_dry_run(commit)


@devices.command(name="list")
@json_option
def list_devices(as_json: bool) -> None:
    """Every tablet, its squad, and whether it may connect."""
    with opened() as (_, database), database.read() as session:
        rows = [(device.code, squad.code, squad.name, device.active) for device, squad in tablets.every(session)]
    if as_json:
        print_json([dict(zip(("code", "squad", "squad_name", "active"), row, strict=True)) for row in rows])
    else:
        table([("设备", "中队", "", "状态"), *((*row[:3], "在用" if row[3] else "已停用") for row in rows)])


@devices.command()
@click.argument("code")
def block(code: str) -> None:
    """A tablet is lost: ring it no more, and shut it out."""
    with opened() as (_, database), database.write() as session:
        tablets.block(session, code, clock.now())
    click.echo(f"设备 {code} 已停用，不再通知它。使用 Mosquitto 时，请再运行 wangge broker-files 并让它重新读取。")


COMMANDS = (devices,)
