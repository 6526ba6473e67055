"""wangge broker: the embedded broker alone; wangge broker-files: what Mosquitto must know."""

import signal
from pathlib import Path

import click

from service import broker, mosquitto
from service.commands.common import begin, child_option, opened


@click.command(name="broker")
@child_option
def ring(child: bool) -> None:
    """内置消息服务: for the demo and a trial on one machine; Mosquitto in production."""
    begin(child, signal.SIGTERM)
    with opened() as (given, database):
        broker.run(given, database)


@click.command(name="broker-files")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--certificate", type=click.Path(path_type=Path), help="PEM chain for the tablets' listener on 8883.")
@click.option("--key", type=click.Path(path_type=Path), help="Its key.")
def write_files(folder: Path, certificate: Path | None, key: Path | None) -> None:
    """Write passwords, acl and mosquitto.conf; then have Mosquitto read them: systemctl reload mosquitto."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together")
    secure = mosquitto.Certificate(certificate, key) if certificate and key else None
    with opened() as (given, database), database.read() as session:
        texts = mosquitto.files(session, given, folder, secure)
    for path in mosquitto.write(folder, texts):
        click.echo(path)


COMMANDS = (ring, write_files)
