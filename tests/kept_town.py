"""A town that is worth a backup, told apart from another by everything in it."""

import datetime as dt
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import inspect, text

from town import journal, settings
from town.database import Database
from town.media import files
from town.settings import Settings

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
KEY = "a master key of the tests, long enough to be one"
REPORT = "report:1"
NAME, PHONE, REASON = "周阿姨", "13800000001", "回访核实占道情况"


def silent(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def place(data: Path, url: str, owner_url: str | None = None, **more: str) -> Settings:
    given = {"WANGGE_DATA": str(data), "WANGGE_DATABASE_URL": url, "WANGGE_OWNER_URL": owner_url or url}
    return settings.read(given | {"WANGGE_MASTER_KEY": KEY, "WANGGE_MQTT_PASSWORD": "q"} | more)


def note(session, version: int, words: str) -> None:
    cite = journal.keep_words(session, subject="order:1", field="words", body=words, at=NOW)
    journal.append(
        session, subject="order:1", version=version, kind="order.noted", actor="x", at=NOW, data={"words": cite}
    )


def rows(given: Settings) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    database = Database(given.owner_url)
    with database.read() as session:
        tables = inspect(session.connection()).get_table_names()
        found = {name: sorted(map(repr, session.execute(text(f'SELECT * FROM "{name}"')).all())) for name in tables}
    database.close()
    return found


def photos(given: Settings) -> dict[str, str]:
    return {path.name: files.digest(path.read_bytes()) for path in given.media.glob("*/??/*")}


def told(command, file: Path, given: Settings, *options: str):
    environment = {
        "WANGGE_DATA": str(given.data),
        "WANGGE_DATABASE_URL": given.database_url,
        "WANGGE_OWNER_URL": given.owner_url,
        "WANGGE_MASTER_KEY": given.master_key,
        "WANGGE_MQTT_PASSWORD": "q",
    }
    return CliRunner().invoke(command, [str(file), *options], env=environment)
