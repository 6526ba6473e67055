"""The command line (wangge): one group, each command in its own file under ``commands``."""

import importlib
import pkgutil

import click

from service import commands
from town.errors import Refused


class Town(click.Group):
    """Commands that answer a refusal with its sentence instead of a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refused as refused:
            raise click.ClickException(f"{refused.detail}（{refused.problem.code}）") from refused


@click.group(cls=Town, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Wangge 网格执法: grid-based enforcement dispatch for a town."""


for found in pkgutil.iter_modules(commands.__path__):
    module = importlib.import_module(f"{commands.__name__}.{found.name}")
    for command in getattr(module, "COMMANDS", ()):
        main.add_command(command)
