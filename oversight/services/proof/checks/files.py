"""Every row has its file, and every file its row (照片、文书、证据)."""

from collections.abc import Iterable
from pathlib import Path

from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen, ago
from town.media import stores

FOLDERS = {"originals": "照片原件", "views": "照片", "documents": "文书", "evidence": "证据"}
LEFT_DAYS = 2
"""The hourly sweep takes what is a day old; what is older still was left lying."""


def lost(ground: Ground) -> Seen:
    """What a row names lies on the disk."""
    named = list(stores.named(ground.session, ground.stores))
    return Seen(len(named), _found(path for path in named if not path.is_file()))


def unowned(ground: Ground) -> Seen:
    """What lies on the disk, a row names."""
    every = list(stores.kept(ground.stores))
    return Seen(len(every), _found(stores.unowned(ground.session, ground.stores, ago(ground, days=LEFT_DAYS))))


def _found(paths: Iterable[Path]) -> list[Found]:
    """One file may be named by several rows."""
    return [Found(f"file:{path.parent.parent.name}/{path.name}") for path in sorted(set(paths))]


def _gone(_facts: Facts) -> str:
    return "记录还在，文件不见了。"


def _left(_facts: Facts) -> str:
    return "磁盘上有这个文件，没有任何记录提到它，定时清理也没有清掉。"


CHECKS = (
    Check("file_lost", "记录都有文件", lost, _gone, "请从备份里找回同名文件放到原处。"),
    Check("file_unowned", "文件都有记录", unowned, _left, "请管理员看后台进程的日志，核对数据目录的权限。"),
)
