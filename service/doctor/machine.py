"""Checks of the machine: secrets, disk, fonts of the documents, broker."""

import queue
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from enforcement.documents import fonts
from service.doctor.findings import Finding, Patient, bad, good, warning
from town.settings import BUILT_FONTS, Settings

ROOM_NEEDED, ROOM_WANTED = 1_000_000_000, 5_000_000_000
"""Bytes on the disk of the data: below the first nothing is safe, below the second it is time to act."""
SHORTEST_KEY = 32
BROKER_PATIENCE = 5


def secret_files(patient: Patient) -> Iterable[Finding]:
    """Nobody but the running account reads the secrets, and the master key is a real one."""
    folder = patient.settings.data / "secrets"
    if loose := [path for path in sorted(folder.glob("*")) if _others_may(path)]:
        names = " ".join(map(str, loose))
        yield bad(f"别的账号也能读写密钥文件：{names}。", f"运行 chmod 600 {names}")
    elif len(patient.settings.master_key) < SHORTEST_KEY:
        yield bad(
            f"主密钥太短，不足 {SHORTEST_KEY} 个字符。",
            "空库可删掉它再运行 wangge secrets；已有数据请联系开发方换密钥。",
        )
    else:
        yield good("密钥齐全，只有运行账号可读。")


def disk(patient: Patient) -> Iterable[Finding]:
    """There is room for photos and for the database."""
    free = shutil.disk_usage(_existing(patient.settings.data)).free
    seen, then = f"数据目录所在磁盘还剩 {free / 1e9:.1f} GB。", "请清理磁盘或扩容；照片与数据库都在这块盘上。"
    yield bad(seen, then) if free < ROOM_NEEDED else warning(seen, then) if free < ROOM_WANTED else good(seen)


def document_fonts(patient: Patient) -> Iterable[Finding]:
    """Documents can be printed, and a rare character in a name as well."""
    own = patient.settings.fonts
    if not fonts.font_files(BUILT_FONTS):
        yield bad("文书字体不见了，文书打印不出来。", "请运行 make setup 重新生成页面，字体会一起放好。")
    elif own != BUILT_FONTS and not fonts.font_files(own):
        yield warning(f"字体文件夹 {own} 里没有字体。", "请放入字体文件（ttf、otf、ttc），或去掉 WANGGE_FONTS。")
    else:
        yield good("文书字体齐全。")


def broker(patient: Patient) -> Iterable[Finding]:
    """The MQTT broker answers, and lets no stranger in."""
    where, own = f"{patient.settings.mqtt_host}:{patient.settings.mqtt_port}", patient.settings.own_broker
    answer = _answer_to_a_stranger(patient.settings)
    if isinstance(answer, ReasonCode):
        if answer.is_failure:
            yield good(f"消息服务 {where} 有应答，不认陌生人。")
        else:
            yield bad(
                f"消息服务 {where} 不用密码也能登录。",
                "请在 Mosquitto 里关掉 allow_anonymous，并运行 wangge broker-files 生成账号文件。",
            )
    elif own:
        yield warning(
            f"内置消息服务 {where} 没有应答（{answer}）。", "它随 wangge serve 启动；服务在运行时请看它的日志。"
        )
    else:
        then = "请启动 Mosquitto，并核对 WANGGE_MQTT_HOST 与 WANGGE_MQTT_PORT。工单不会丢，平板会改为定时取件。"
        yield bad(f"消息服务 {where} 连不上（{answer}）。", then)


def _others_may(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _answer_to_a_stranger(settings: Settings) -> ReasonCode | str:
    """What the broker says to somebody without a password, or why nothing came.

    With our own name we would throw out the running service: the broker keeps one connection per name.
    """
    answers: queue.SimpleQueue[ReasonCode] = queue.SimpleQueue()
    client = Client(CallbackAPIVersion.VERSION2, client_id="wangge-doctor")
    client.on_connect = lambda _client, _data, _flags, reason, _about: answers.put(reason)
    try:
        client.connect(settings.mqtt_host, settings.mqtt_port)
        client.loop_start()
        return answers.get(timeout=BROKER_PATIENCE)
    except (OSError, queue.Empty) as error:
        return str(error) or "没有应答"
    finally:
        client.disconnect()
        client.loop_stop()
