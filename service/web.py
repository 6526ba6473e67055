"""The web process (网页服务): gunicorn with threads, since every live picture holds one for as long as it is open."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from service.app import create_app
from service.demo import people
from town.settings import Settings

SPARE_THREADS = 16
"""Threads beyond those that live pictures may hold, so that requests are answered however many watch."""

CONNECTIONS_PER_THREAD = 4
GRACE_SECONDS = 2
STUCK_SECONDS = 60
KEEPALIVE_SECONDS = 5


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    Web(settings).run()


def options(settings: Settings) -> dict[str, Any]:
    """How gunicorn is to run."""
    threads = settings.live_streams + SPARE_THREADS
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": "gthread",
        "workers": settings.web_processes,
        "threads": threads,
        "worker_connections": threads * CONNECTIONS_PER_THREAD,
        "timeout": STUCK_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "keepalive": KEEPALIVE_SECONDS,
        "control_socket_disable": True,
        "logger_class": Quiet,
    }


class Web(BaseApplication):
    """gunicorn, told by our settings instead of its own files."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn at its start."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called by gunicorn in every worker after the fork, so that each has its own connections."""
        return create_app(self._settings, people.LOGINS)


class Quiet(Logger):
    """Hands gunicorn's lines to the process's own log; the application itself logs requests."""

    def setup(self, cfg: Any) -> None:
        """Called by gunicorn at its start."""
        self.error_log.propagate = True
        self.access_log.propagate = False
