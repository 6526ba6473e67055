"""Files for Mosquitto, the broker in production: who may connect, on which topics, within which limits."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from service import mqtt
from town import devices, profile
from town.settings import Settings

PRIVATE = 0o600
CLIENT_IS_LOGIN = "use_username_as_clientid true"
"""Nobody can take over another's session. Said of each listener: said before the first, it opens port 1883 to everybody."""


@dataclass(frozen=True)
class Certificate:
    """The server's own certificate and key, as PEM files that the broker can read."""

    chain: Path
    key: Path


def files(session: Session, settings: Settings, folder: Path, certificate: Certificate | None) -> dict[str, str]:
    """Name and text of every file, for a broker that finds them in ``folder``. Raises Refused("town_missing").

    The service's password is hashed anew each time; blocked tablets are left out.
    """
    town = profile.current(session).code
    return {
        "passwords": _passwords(
            devices.admitted(session) | {settings.mqtt_user: devices.hashed(settings.mqtt_password)}
        ),
        "acl": _acl(town, settings.mqtt_user),
        "mosquitto.conf": _configuration(settings, folder.absolute(), certificate),
    }


def write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Put the files there, readable for their owner only; each is whole at every moment."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_replace(folder / name, text) for name, text in texts.items()]


def _replace(path: Path, text: str) -> Path:
    beside = path.with_name(f".{path.name}.new")
    beside.touch(PRIVATE)
    beside.chmod(PRIVATE)
    beside.write_text(text)
    os.replace(beside, path)
    return path


def _passwords(secrets: Mapping[str, str]) -> str:
    return "".join(f"{name}:{secret}\n" for name, secret in secrets.items())


def _acl(town: str, user: str) -> str:
    return f"""# the service
user {user}
topic readwrite wangge/{town}/#

# every tablet: its own bell, its own place
pattern read {mqtt.doorbell(town, "%u")}
pattern write {mqtt.position(town, "%u")}
"""


def _configuration(settings: Settings, folder: Path, certificate: Certificate | None) -> str:
    secure = _secure_listener(certificate) if certificate else ""
    return f"""per_listener_settings false
allow_anonymous false
password_file {folder / "passwords"}
acl_file {folder / "acl"}

# no bell and no place may outlive its moment on the broker
retain_available false

# a doorbell is short; a tablet that was away pulls, so a longer queue would only delay it
message_size_limit {mqtt.LARGEST_MESSAGE}
max_queued_messages {mqtt.QUEUED_MESSAGES}
persistence true
persistence_location {folder}/
autosave_interval 30
persistent_client_expiration 14d

# the worker
listener {settings.mqtt_port} {settings.mqtt_host}
{CLIENT_IS_LOGIN}
{secure}"""


def _secure_listener(certificate: Certificate) -> str:
    return f"""
# the tablets
listener 8883
{CLIENT_IS_LOGIN}
certfile {certificate.chain}
keyfile {certificate.key}
tls_version tlsv1.2
"""
