"""A town on SQLite: copied into one file while it is written to, and put back as that file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from service.backup.engines import Copy
from town.database import Database
from town.errors import Refused
from town.media.files import sync

COMPANIONS = ("", "-wal", "-shm", "-journal")


class SqliteTown:
    """The one file of a small town."""

    name = "sqlite"
    member = "database.sqlite3"

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "").absolute()

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Copy]:
        """One consistent copy. VACUUM leaves out what was erased: its remains would still stand in a copy of pages."""
        if not self._path.is_file():
            raise Refused("file_unreadable", why=f"没有数据库 {self._path}，请核对 WANGGE_DATABASE_URL。")
        file = folder / self.member
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
        copied = Database(f"sqlite:///{file}")
        try:
            with copied.read() as session:
                yield Copy(file, session, owner="")
        finally:
            copied.close()

    def require_empty(self, owner: str) -> None:
        """There must be no database file, and none of the files SQLite keeps beside it."""
        for companion in COMPANIONS:
            if (path := Path(f"{self._path}{companion}")).exists():
                raise Refused(
                    "not_empty", why=f"{path} 已经存在。恢复只写进空的地方：请先把它移走，或换一个 WANGGE_DATA。"
                )

    def load(self, file: Path) -> None:
        """Rename the copy to where the town's database belongs."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file.replace(self._path)
        sync(self._path.parent)
