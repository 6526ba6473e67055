"""一份地图 (bundles): which map a path means, copied under plain names to a private folder while it is being read.

A path is a file, a folder or a zip. What is read was copied, so nobody can exchange it meanwhile; a zip's own paths are
never written to. What kind of map it is shows in its first bytes, whatever its name says.
"""

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from grids.files import zips
from grids.files.caps import Caps, too_large, whole
from grids.files.choice import one_of
from grids.layers import unreadable


class Form(StrEnum):
    """Formats of map files."""

    GEOJSON = "geojson"
    SHAPEFILE = "shp"
    GEOPACKAGE = "gpkg"
    KML = "kml"


SUFFIXES = {".geojson", ".json", ".shp", ".gpkg", ".kml"}
NEEDED = (".shp", ".shx", ".dbf")
PARTS = {*NEEDED, ".prj", ".cpg"}
SHAPE_MAGIC = b"\x00\x00\x27\x0a"
SQLITE_MAGIC = b"SQLite format 3\x00"
ZIP_MAGIC = b"PK\x03\x04"
BOM = b"\xef\xbb\xbf"

Files = Mapping[str, bytes]
"""Suffix, lower case with its dot, to bytes."""

Unread = Mapping[str, Path | zips.Member]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One map. ``path``: its main file, the others beside it. ``data``: the main file's bytes.

    ``sha256``: of the one file that was given, or of all parts of a set in the order of their suffixes.
    """

    form: Form
    source: str
    sha256: str
    path: Path
    parts: Files

    @property
    def data(self) -> bytes:
        """The main file."""
        return self.parts[self.path.suffix]


@contextmanager
def opened(path: Path, layer: str | None, caps: Caps) -> Iterator[tuple[Bundle, str | None]]:
    """The map that a path means, and the layer still to be chosen inside it.

    ``layer`` picks one of several maps in a folder or zip by its name. Raises Refused: ``file_unreadable`` when there
    is none or it is not whole, ``layer_choice`` when there are several.
    """
    source, parts, sha256, chosen = _found(path, layer, caps)
    form = _form(parts, source)
    if form is not Form.SHAPEFILE:
        parts = {f".{form}": next(iter(parts.values()))}
    with tempfile.TemporaryDirectory(prefix="map-") as folder:
        for part, data in parts.items():
            Path(folder, f"map{part}").write_bytes(_as_utf8(data) if part == ".prj" else data)
        yield Bundle(form, source, sha256, Path(folder, f"map.{form}"), parts), None if chosen else layer


def _found(path: Path, layer: str | None, caps: Caps) -> tuple[str, Files, str, bool]:
    """Name, parts, sha256, and whether ``layer`` was used up to choose among several maps."""
    if path.is_dir():
        source, parts, chosen = _chosen(path.name, _in_folder(path, caps), layer, caps)
        return source, parts, _sha256(parts), chosen
    if path.suffix.lower() in PARTS:
        parts = _limited({part.suffix.lower(): part for part in _siblings(path)}, caps)
        return path.name, parts, _sha256(parts), False
    data = whole(path, caps)
    if data.startswith(ZIP_MAGIC):
        _, parts, chosen = _chosen(path.name, zips.members(data, SUFFIXES | PARTS, caps), layer, caps)
        return path.name, parts, hashlib.sha256(data).hexdigest(), chosen
    suffix = path.suffix.lower() or ".geojson"
    return path.name, {suffix: data}, hashlib.sha256(data).hexdigest(), False


def _in_folder(folder: Path, caps: Caps) -> dict[str, Path]:
    try:
        files = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in SUFFIXES | PARTS]
    except OSError as error:
        raise unreadable(f"打不开 {folder.name}：{error.strerror}") from None
    if len(files) > caps.members:
        raise unreadable(f"文件夹里的文件超过 {caps.members} 个")
    return {file.name: file for file in files if file.is_file()}


def _siblings(path: Path) -> list[Path]:
    """The parts of a Shapefile, whatever case their suffixes are in."""
    if not path.is_file():
        whole(path, Caps())  # says why it cannot be opened
    beside = [part for part in path.parent.iterdir() if part.stem == path.stem and part.suffix.lower() in PARTS]
    return sorted(beside)


def _chosen(source: str, files: Unread, layer: str | None, caps: Caps) -> tuple[str, Files, bool]:
    maps = _maps(list(files))
    if not maps:
        kinds = "、".join(sorted(SUFFIXES))
        raise unreadable(f"打不开 {source}：里面没有地图文件（{kinds}）")
    several = len(maps) > 1
    name = one_of(source, list(maps), layer) if several else next(iter(maps))
    return maps[name][0], _limited({_suffix(member): files[member] for member in maps[name]}, caps), several


def _maps(names: Sequence[str]) -> dict[str, list[str]]:
    """The members of each map, its main file first, by the name a person would call it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[str(PurePosixPath(name).with_suffix(""))].append(name)
    found: dict[str, list[str]] = {}
    for stem, members in groups.items():
        for main in (member for member in members if _suffix(member) in SUFFIXES):
            beside = (
                [one for one in members if _suffix(one) in PARTS and one != main] if _suffix(main) == ".shp" else []
            )
            called = stem if stem not in found else main
            found[called] = [main, *beside]
    return found


def _limited(files: Unread, caps: Caps) -> Files:
    """Everything read, all of it together under the cap."""
    parts: dict[str, bytes] = {}
    for suffix, file in files.items():
        parts[suffix] = whole(file, caps) if isinstance(file, Path) else file.read(caps)
        if sum(map(len, parts.values())) > caps.bytes:
            raise too_large(caps)
    return parts


def _form(parts: Files, source: str) -> Form:
    if PARTS & set(parts):
        _expect_whole_set(parts, source)
        return Form.SHAPEFILE
    (data,) = parts.values()
    if data.startswith(SQLITE_MAGIC):
        return Form.GEOPACKAGE
    return Form.KML if data.removeprefix(BOM).lstrip()[:1] == b"<" else Form.GEOJSON


def _expect_whole_set(parts: Files, source: str) -> None:
    if missing := [suffix for suffix in NEEDED if suffix not in parts]:
        raise unreadable(f"{source} 不完整，缺少 {'、'.join(missing)}；请把同名的 {'、'.join(NEEDED)} 放在一起")
    if not parts[".shp"].startswith(SHAPE_MAGIC):
        raise unreadable(f"{source} 不是 Shapefile")


def _as_utf8(prj: bytes) -> bytes:
    """A town's own system bears a Chinese name, often in GBK; GDAL expects UTF-8."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return prj.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    raise unreadable("坐标系文件 .prj 损坏，请重新导出，或用 --declare 写明坐标系后去掉这个文件")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _sha256(parts: Files) -> str:
    told = hashlib.sha256()
    for suffix in sorted(parts):
        told.update(hashlib.sha256(parts[suffix]).digest())
    return told.hexdigest()
