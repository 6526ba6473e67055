"""上限 (caps): what a map file may hold at most, counted before anything is parsed."""

from dataclasses import dataclass
from pathlib import Path

from grids.layers import unreadable
from town.errors import Refused


@dataclass(frozen=True, slots=True)
class Caps:
    """What a map file may hold at most. ``bytes``: of a zip, what is unpacked from it; of a set of files, all of them.

    ``members``: files in a zip or a folder. ``fields``: different properties of the features.
    """

    bytes: int = 100_000_000
    depth: int = 32
    features: int = 50_000
    vertices: int = 2_000_000
    fields: int = 128
    members: int = 1_000


DEFAULT = Caps()


def whole(path: Path, caps: Caps) -> bytes:
    """A file's bytes. Raises Refused("file_unreadable") when it cannot be opened or is over the cap."""
    try:
        with path.open("rb") as file:
            data = file.read(caps.bytes + 1)
    except OSError as error:
        raise unreadable(f"打不开 {path.name}：{error.strerror}") from None
    if len(data) > caps.bytes:
        raise too_large(caps)
    return data


def too_large(caps: Caps) -> Refused:
    """The refusal of too many bytes."""
    return unreadable(f"文件超过 {caps.bytes} 字节")


def too_many_features(caps: Caps) -> Refused:
    """The refusal of too many features."""
    return unreadable(f"要素超过 {caps.features} 个")


def too_many_fields(caps: Caps) -> Refused:
    """The refusal of too many different properties: each of them is kept for each feature."""
    return unreadable(f"字段超过 {caps.fields} 个，请只留下代码、名称和片区这些用得着的")


def too_many_vertices(caps: Caps) -> Refused:
    """The refusal of too many vertices."""
    return unreadable(f"顶点超过 {caps.vertices} 个，请先简化边界")
