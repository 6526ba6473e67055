"""The command line (wangge): one group, each command in its own file under ``commands``.

A file is loaded when its command is asked for, so that a process carries only what it runs; what is called otherwise
than its file is found by loading all.
"""

import importlib
import pkgutil

import click

from service import commands
from town.errors import Refused

FILES = tuple(sorted(found.name for found in pkgutil.iter_modules(commands.__path__)))


class Town(click.Group):
    """Commands that answer a refusal with its sentence instead of a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refused as refused:
            raise click.ClickException(f"{refused.detail}（{refused.problem.code}）{_marked(refused)}") from refused

    def list_commands(self, context: click.Context) -> list[str]:
        self._load(FILES)
        return super().list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        self._load((name,) if name in FILES else FILES)
        return super().get_command(context, name)

    def _load(self, files: tuple[str, ...]) -> None:
        for file in files:
            module = importlib.import_module(f"{commands.__name__}.{file}")
            for command in getattr(module, "COMMANDS", ()):
                self.add_command(command)


def _marked(refused: Refused) -> str:
    """What a page would mark beside its fields, each on a line of its own."""
    errors: dict[str, list[str]] = refused.facts.get("errors", {})
    return "".join(f"\n  {field}：{'；'.join(sentences)}" for field, sentences in errors.items())


@click.group(cls=Town, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Wangge 网格执法: grid-based enforcement dispatch for a town."""
