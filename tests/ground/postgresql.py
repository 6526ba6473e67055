"""A PostgreSQL cluster of this run's own. Under xdist every worker has one: nothing is shared, nothing can be left."""

import os
import pwd
import signal
import subprocess
from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from tests.ground import parts
from tests.ground.processes import Processes, as_user, free_port, until_up

OWNER = "postgres"
WEB = "wangge_web"
LEADER = "wangge_leader"
GROUPS = {WEB: "wangge_app", LEADER: "wangge_number"}
"""The roles that processes sign in with, and the group whose rights each has (migration 0002)."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10min",
}
"""``fsync`` guards against a power cut, not against kill -9, so the tests of faults do without it too."""


class Cluster:
    """One server with many short-lived databases."""

    def __init__(self, processes: Processes, settings: Mapping[str, str] = SETTINGS) -> None:
        programs = parts.postgresql_programs()
        assert programs
        self._settings = settings
        self._processes = processes
        self._programs = programs
        self._user = _server_user()
        self._folder = processes.folder(self._user)
        self._log = self._folder / "log"
        self.port = free_port()
        self._made = 0
        self._initialise()
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {**self._settings, "port": str(self.port), "unix_socket_directories": str(self._folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *options]
        self.server = self._processes.start(command, self._log, user=self._user)
        until_up(self.server, self._answers, self._log)

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT in good order, SIGQUIT as after a fault, SIGKILL by force."""
        self._processes.stop(self.server, number)

    def url(self, name: str, user: str = OWNER) -> str:
        """What SQLAlchemy opens."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template0") -> str:
        """A new database, a copy of ``template``; gives back its name."""
        self._made += 1
        name = f"town_{self._made}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def create_logins(self) -> None:
        """The roles that processes sign in with, each in its group. Roles belong to the cluster, not to a database."""
        for login, group in GROUPS.items():
            self._run("CREATE ROLE {} LOGIN IN ROLE {}", login, group)

    def _run(self, statement: LiteralString, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host="127.0.0.1", port=self.port, user=OWNER, dbname="postgres", autocommit=True)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        options = ["--no-sync", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--locale=C.UTF-8"]
        command = [str(self._programs / "initdb"), *options, "-D", str(self._folder / "data")]
        done = subprocess.run(
            command, cwd=self._folder, capture_output=True, text=True, check=False, **as_user(self._user)
        )
        assert done.returncode == 0, done.stderr


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def cluster(processes: Processes) -> Cluster:
    """A running PostgreSQL with PostGIS."""
    parts.POSTGIS.require()
    return Cluster(processes)
