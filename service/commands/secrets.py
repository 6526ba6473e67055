"""wangge secrets: make the secret files that are missing."""

import click

from service import keys
from town import settings


@click.command()
def secrets() -> None:
    """密钥: make missing secret files (0600) in the data directory; existing ones are never touched."""
    data = settings.data_folder()
    made = keys.ensure(data)
    for path in made:
        click.echo(f"已生成 {path}（只有本账号可读）")
    if not made:
        click.echo(f"{data / 'secrets'} 里的密钥文件都在，没有改动。")
    click.echo("请把 master_key 另抄一份，存放在与备份不同的地方：丢了它，举报人信息再也打不开。")


COMMANDS = (secrets,)
