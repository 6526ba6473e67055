"""A town on PostgreSQL: dumped and put back by PostgreSQL's own programs, run as the owner of the tables."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from service.backup.engines import Copy
from town import settings
from town.database import Database
from town.errors import Refused

GROUPS = ("wangge_app", "wangge_number")
"""The roles whose rights stand in every dump; they belong to the cluster, so a new one does not know them yet."""

NOT_OURS = "--exclude-table-data=*.spatial_ref_sys"
"""PostGIS fills this table itself, and an owner who is no superuser could not."""

OWN_TABLES = text(
    """SELECT count(*) FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')"""
)


class PostgresqlTown:
    """A town's database on a server."""

    name = "postgresql"
    member = "database.dump"

    def __init__(self, url: URL) -> None:
        self._url = url

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Copy]:
        """A dump of the very snapshot that the session sees."""
        file = folder / self.member
        with self._opened("REPEATABLE READ") as session:
            snapshot = session.scalar(select(func.pg_export_snapshot()))
            dump = self._program("pg_dump", session)
            options = ("--format=custom", "--no-comments", NOT_OURS, f"--snapshot={snapshot}", f"--file={file}")
            self._run(dump, *options, self._target())
            yield Copy(file, session, self._me(session))

    def require_empty(self, owner: str) -> None:
        """Nothing may be there but extensions; and default privileges can be given by the role that gave them only."""
        with self._opened() as session:
            self._program("pg_restore", session)
            if session.scalar(OWN_TABLES):
                raise Refused(
                    "not_empty", why=f"数据库 {self._url.database} 里已经有表。恢复只写进空库：请先 createdb 一个新库。"
                )
            if (me := self._me(session)) != owner:
                raise Refused(
                    "backup_other",
                    why=f"备份里的表属于角色 {owner}，这里连的是 {me}。请让 WANGGE_OWNER_URL 用同名角色连接。",
                )

    def load(self, file: Path) -> None:
        """Restore in one transaction."""
        with self._opened() as session:
            program = self._program("pg_restore", session)
            _make_groups(session)
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-comments")
        self._run(program, *options, self._target(), str(file))
        with self._opened() as session:
            session.execute(text("ANALYZE"))
            session.commit()

    @contextmanager
    def _opened(self, isolation: str = "READ COMMITTED") -> Iterator[Session]:
        database = Database(self._url.render_as_string(hide_password=False), pool_size=1)
        try:
            with database.engine.execution_options(isolation_level=isolation).connect() as connection:
                yield Session(connection)
        except OperationalError as error:
            raise Refused("backup_other", why=f"连不上数据库 {self._url!r}：{str(error.orig).strip()}") from error
        finally:
            database.close()

    def _me(self, session: Session) -> str:
        return str(session.scalar(select(func.current_user())))

    def _program(self, name: str, session: Session) -> str:
        """The program's path. It must not be older than the server, which it would refuse itself, later."""
        found = shutil.which(name)
        if found is None:
            raise Refused(
                "backup_tool", why=f"找不到 {name}，请安装 PostgreSQL 客户端（Debian：apt install postgresql-client）。"
            )
        server = int(str(session.scalar(text("SHOW server_version_num")))) // 10_000
        tool = major(subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout)
        if tool < server:
            raise Refused(
                "backup_tool",
                why=f"{name} 是 {tool} 版，服务器是 {server} 版；请安装 postgresql-client-{server} 或更新的。",
            )
        return found

    def _target(self) -> str:
        """Where to connect, without the password: everybody can read a command line."""
        url = self._url
        named = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database, **url.query}
        return f"--dbname={make_conninfo(**{name: str(value) for name, value in named.items() if value is not None})}"

    def _run(self, *command: str) -> None:
        environment = settings.child_environment({"PGPASSWORD": self._url.password or "", "LC_ALL": "C"})
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            name = Path(command[0]).name
            raise Refused("backup_tool", why=f"{name} 没有成功，什么都没有改。它说：{done.stderr.strip()[-500:]}")


def major(version: str) -> int:
    """The major version in what ``pg_dump --version`` says; 0 when it says nothing of the kind."""
    found = re.search(r"\(PostgreSQL\) (\d+)", version)
    return int(found[1]) if found else 0


def _make_groups(session: Session) -> None:
    known = set(session.scalars(text("SELECT rolname FROM pg_roles")))
    for role in GROUPS:
        if role not in known:
            session.execute(text(f"CREATE ROLE {role} NOLOGIN"))
    session.commit()
