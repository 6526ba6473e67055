"""The only reader of the environment. Every setting is documented in docs/settings.md; no secret has a default."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from town.errors import Refused

DEFAULT_MQTT_PORT = 1883
BUILT_FONTS = Path(__file__).parent.parent / "web" / "dist" / "fonts"
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Settings:
    """What a process must know before it starts. Sizes are in bytes, times in seconds unless the name says otherwise."""

    data: Path
    database_url: str
    owner_url: str
    numberer_url: str
    host: str
    port: int
    mqtt_host: str
    mqtt_port: int
    own_broker: bool
    mqtt_user: str
    mqtt_password: str
    master_key: str
    demo: bool
    demo_pace: float
    live_streams: int
    web_processes: int
    max_body: int
    max_photo_pixels: int
    max_photos: int
    head_minutes: float
    fonts: Path

    @property
    def media(self) -> Path:
        """Where photos lie."""
        return self.data / "media"


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings out of ``WANGGE_…`` variables.

    Raises Refused("setting_missing") when a value without a default is absent or has the wrong form.
    """
    given = os.environ if environment is None else environment
    data = data_folder(given)
    database_url = given.get("WANGGE_DATABASE_URL", f"sqlite:///{data / 'town.sqlite3'}")
    return Settings(
        data=data,
        database_url=database_url,
        owner_url=given.get("WANGGE_OWNER_URL", database_url),
        numberer_url=given.get("WANGGE_NUMBERER_URL", database_url),
        host=given.get("WANGGE_HOST", "127.0.0.1"),
        port=_whole(given, "WANGGE_PORT", 8000),
        mqtt_host=given.get("WANGGE_MQTT_HOST", "127.0.0.1"),
        mqtt_port=_whole(given, "WANGGE_MQTT_PORT", DEFAULT_MQTT_PORT),
        own_broker="WANGGE_MQTT_HOST" not in given,
        mqtt_user=given.get("WANGGE_MQTT_USER", "wangge"),
        mqtt_password=_secret(given, data, "WANGGE_MQTT_PASSWORD", "mqtt_password"),
        master_key=_secret(given, data, "WANGGE_MASTER_KEY", "master_key"),
        demo=given.get("WANGGE_DEMO", "") == "1",
        demo_pace=_number(given, "WANGGE_DEMO_PACE", 60.0),
        live_streams=_whole(given, "WANGGE_LIVE_STREAMS", 32),
        web_processes=_whole(given, "WANGGE_WEB_PROCESSES", 2),
        max_body=_whole(given, "WANGGE_MAX_BODY", 20_000_000),
        max_photo_pixels=_whole(given, "WANGGE_MAX_PHOTO_PIXELS", 60_000_000),
        max_photos=_whole(given, "WANGGE_MAX_PHOTOS", 6),
        head_minutes=_whole(given, "WANGGE_HEAD_MINUTES", 5),
        fonts=Path(given.get("WANGGE_FONTS", BUILT_FONTS)).absolute(),
    )


def data_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where the data lie; for those who must put the secrets there before the settings can be read."""
    given = os.environ if environment is None else environment
    return Path(given.get("WANGGE_DATA", "data")).absolute()


def child_environment(changes: Mapping[str, str]) -> dict[str, str]:
    """The environment for a child process: this one's, with changes."""
    return {**os.environ, **changes}


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isdecimal():
        raise Refused("setting_missing", name=name, why=f"要写一个整数，现在是「{text}」。")
    return int(text)


def _number(given: Mapping[str, str], name: str, default: float) -> float:
    text = given.get(name, str(default))
    if not NUMBER.fullmatch(text):
        raise Refused("setting_missing", name=name, why=f"要写一个数，现在是「{text}」。")
    return float(text)


def _secret(given: Mapping[str, str], data: Path, name: str, file: str) -> str:
    """A secret from the environment, or from a file that only the owner may read. Never a default."""
    if value := given.get(name):
        return value
    path = data / "secrets" / file
    if not path.is_file():
        raise Refused(
            "setting_missing", name=name, why=f"或者把它放进 {path}（只有运行账号可读）；wangge secrets 会生成一份。"
        )
    return path.read_text().strip()
