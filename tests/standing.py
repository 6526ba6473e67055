"""The composition of ``docker/``, stood up without Docker: the same commands, environments, files and checks.

What a container would change is translated, and nothing else: names of hosts become 127.0.0.1 with a free port, and
the folders of volumes and secrets become folders of the test.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests import certificates, composition, own_processes
from tests.composition import DOCKER, PROJECT
from tests.ground import parts
from tests.ground.postgresql import SETTINGS, Cluster
from tests.ground.processes import Processes, answers, free_port, until_up
from town import journal
from town.settings import child_environment

GUEST_LIST = """host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
"""As in the image, whoever comes over the network needs a password; only the test's own administrator does not."""


class Standing:
    """A town as compose would run it, each service brought up by its name."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.folder = processes.folder()
        self.folder.chmod(0o711)  # the database's account passes through
        self.web, self.door, self.redirect, self.alive, self.mqtt, self.mqtts = (free_port() for _ in range(6))
        self.secrets = self.folder / "secrets"
        self.said = self.make_secrets()
        self.certificate = self.secrets / "town/tls_certificate.pem"
        certificates.make(self.certificate, self.secrets / "town/tls_key.pem")
        self.cluster = self._database()
        self._fill_database()
        for name in composition.services():
            self._hand_out_secrets(name)

    def make_secrets(self) -> "subprocess.CompletedProcess[str]":
        """Run the script that makes the missing ones."""
        script = [str(DOCKER / "make-secrets.sh"), str(self.secrets)]
        return subprocess.run(script, capture_output=True, text=True, check=False)

    def run(self, name: str, *words: str) -> str:
        """One of our services that ends by itself; with words, as ``docker compose run`` takes them."""
        done = self._run(name, words)
        assert done.returncode == 0, f"{name} {words}: {done.stdout}{done.stderr}"
        return done.stdout

    def says(self, name: str, *words: str) -> str:
        """The same, however it ends."""
        return self._run(name, words).stdout

    def start(self, name: str) -> None:
        """One of our services that stays: up when its own health check says so."""
        words = self._words(name, composition.services()[name]["command"])
        started = own_processes.start(self._processes, words, self._environment(name), self.log(name))
        self._running[name] = started
        until_up(started, lambda: self.check(name) == 0, self.log(name))

    def start_mosquitto(self) -> None:
        """The broker, on the files that ``broker-files`` has written."""
        written = self.folder / "broker/mosquitto.conf"
        text = written.read_text().replace("/run/broker-files/", "/run/mosquitto/")
        written.write_text(text.replace("listener 8883", f"listener {self.mqtts} 127.0.0.1") + _as_root("user root"))
        self._start_theirs("mosquitto", composition.services()["mosquitto"]["command"], self.mqtts)

    def start_proxy(self) -> None:
        """nginx, on the project's own configuration."""
        for name in ("cache", "etc"):
            (self.folder / name).mkdir()
        text = (DOCKER / "proxy/nginx.conf").read_text()
        (self.folder / "etc/nginx.conf").write_text(_as_root("user root;") + self._translated("proxy", text))
        self._start_theirs("proxy", composition.services()["proxy"]["entrypoint"], self.door)

    def check(self, name: str) -> int:
        """How the service's health check ends: with 0 when all is well."""
        kind, *test = composition.services()[name]["healthcheck"]["test"]
        program, *words = self._words(name, test)
        shell = ["sh", "-c", program.replace("$$", "$")]
        command = shell if kind == "CMD-SHELL" else [_program(program), *words]
        environment = child_environment({"PGPORT": str(self.cluster.port)})
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    def tell(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a service that stays."""
        self._running[name].send_signal(number)

    def end(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop a service in good order; gives back how it ended."""
        return self._processes.stop(self._running.pop(name), how)

    def end_all(self) -> None:
        """Stop whatever still runs."""
        for name in list(self._running):
            self.end(name)
        self.cluster.stop()

    def lose_the_database(self) -> None:
        """The volumes are gone; a new one is filled by the image, and no head of the journal lies in the town's."""
        (self.folder / "town" / journal.HEADS_FILE).unlink(missing_ok=True)
        logins = "wangge_owner, wangge_web, wangge_leader, wangge_app, wangge_number"
        self._psql("--command=DROP DATABASE town WITH (FORCE)", f"--command=DROP ROLE {logins}")
        self._fill_database()

    def log(self, name: str) -> Path:
        """Where a service's words go."""
        return self.folder / f"{name}.log"

    def _run(self, name: str, words: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        command = words or self._words(name, composition.services()[name]["command"])
        return subprocess.run(
            [sys.executable, "-m", "service", *command],
            env=child_environment({"PYTHONPATH": str(PROJECT), **self._environment(name)}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def _start_theirs(self, name: str, command: Sequence[str], port: int) -> None:
        program, *words = self._words(name, command)
        self._running[name] = self._processes.start([_program(program), *words], self.log(name))
        until_up(self._running[name], lambda: answers(port), self.log(name))

    def _database(self) -> Cluster:
        guests = self.folder / "pg_hba.conf"
        guests.write_text(GUEST_LIST)
        return Cluster(self._processes, {**SETTINGS, "hba_file": str(guests)})

    def _fill_database(self) -> None:
        """What the image does when its volume is empty."""
        self._psql(f"--file={DOCKER / 'database/logins.sql'}")

    def _psql(self, *words: str) -> None:
        where = ["--host=127.0.0.1", f"--port={self.cluster.port}", "--username=postgres", "--dbname=postgres"]
        command = [_program("psql"), *where, "--no-psqlrc", "--set=ON_ERROR_STOP=1", *words]
        environment = child_environment({"SECRETS": str(self.secrets / "database")})
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def _hand_out_secrets(self, name: str) -> None:
        """Put a service's secrets where it looks for them."""
        for secret, target in composition.secrets(composition.services()[name]).items():
            place = Path(self._translated(name, str(target)))
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.secrets / composition.secret_file(secret), place)
            if secret.startswith("pgpass"):
                place.write_text(place.read_text().replace("database:5432", f"127.0.0.1:{self.cluster.port}"))

    def _environment(self, name: str) -> dict[str, str]:
        here = {"HOST": "127.0.0.1", "PORT": self.web, "MQTT_HOST": "127.0.0.1", "MQTT_PORT": self.mqtt}
        moved = {f"WANGGE_{key}": str(value) for key, value in here.items()}
        given = composition.environment(composition.services()[name])
        return {key: moved.get(key, self._translated(name, value)) for key, value in given.items()}

    def _words(self, name: str, command: Sequence[str]) -> list[str]:
        return [self._translated(name, word) for word in command]

    def _translated(self, name: str, text: str) -> str:
        translations = {
            "/var/lib/wangge-broker": f"{self.folder / 'broker'}",
            "/var/lib/wangge": f"{self.folder / 'town'}",
            "/run/secrets": f"{self.folder / 'run' / name}",
            "/opt/wangge": f"{PROJECT}",
            "/var/cache/nginx": f"{self.folder / 'cache'}",
            "/etc/nginx": f"{self.folder / 'etc'}",
            "@database/": f"@127.0.0.1:{self.cluster.port}/" if name in composition.our_services() else "",
            "web:8000": f"127.0.0.1:{self.web}",
            "127.0.0.1:8000": f"127.0.0.1:{self.web}",
            "127.0.0.1:8081": f"127.0.0.1:{self.alive}",
            "listen 8080": f"listen 127.0.0.1:{self.redirect}",
            "listen 8443": f"listen 127.0.0.1:{self.door}",
            "-p 1883": f"-p {self.mqtt}",
        }
        for inside, here in translations.items():
            text = text.replace(inside, here)
        return text


def _as_root(line: str) -> str:
    """Servers that give up root's rights would then not reach the test's folders."""
    return f"{line}\n" if os.geteuid() == 0 else ""


def _program(name: str) -> str:
    """A container's program, where this machine has it."""
    programs = parts.postgresql_programs()
    assert programs
    known = {"python": sys.executable} | {one: str(programs / one) for one in ("psql", "pg_isready")}
    found = known.get(name) or parts.program(Path(name).name)
    assert found, name
    return found
