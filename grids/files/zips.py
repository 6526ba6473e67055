"""压缩包 (zips): the map files in a zip, never written under its own paths, never unpacked beyond the cap."""

import io
import stat
import zipfile
import zlib
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePosixPath

from grids.files.caps import Caps, too_large
from grids.layers import unreadable

ENCRYPTED, UTF8 = 0x1, 0x800
LISTED = b"PK\x01\x02"
"""Begins each entry of a zip's list of contents; they are counted before any is read."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip that has not been unpacked yet."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    def read(self, caps: Caps) -> bytes:
        """Unpack it, no further than the cap, whatever size it claims. Raises Refused("file_unreadable")."""
        try:
            with self.archive.open(self.info) as packed:
                data = packed.read(caps.bytes + 1)
        except BROKEN:
            raise unreadable("压缩包损坏或不完整，请重新打包") from None
        if len(data) > caps.bytes:
            raise too_large(caps)
        return data


def members(data: bytes, wanted: Container[str], caps: Caps) -> dict[str, Member]:
    """The files whose suffix is wanted, by their path in the zip with Chinese names read rightly.

    Raises Refused("file_unreadable") for a broken or locked zip, too many files, links and paths that lead outside.
    """
    if data.count(LISTED) > caps.members:
        raise unreadable(f"压缩包里的文件超过 {caps.members} 个")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except BROKEN:
        raise unreadable("压缩包损坏或不完整，请重新打包") from None
    named = {_name(info): info for info in infos if not info.is_dir()}
    found = {name: info for name, info in named.items() if _is_map(name, wanted)}
    for name, info in found.items():
        _expect_harmless(name, info)
    return {name: Member(archive, info) for name, info in sorted(found.items())}


def _is_map(name: str, wanted: Container[str]) -> bool:
    path = PurePosixPath(name)
    left_by_mac = path.parts[0] == "__MACOSX" or path.name.startswith("._")
    return path.suffix.lower() in wanted and not left_by_mac


def _expect_harmless(name: str, info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise unreadable(f"压缩包里有指向外面的路径「{name[:80]}」，请重新打包")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise unreadable(f"压缩包里的「{name[:80]}」是链接，不是文件，请重新打包")
    if info.flag_bits & ENCRYPTED:
        raise unreadable("压缩包有密码，请去掉密码再导入")


def _name(info: zipfile.ZipInfo) -> str:
    """Zips made in China write names in GBK without saying so; Python then reads them as code page 437."""
    if info.flag_bits & UTF8:
        return info.filename.replace("\\", "/")
    raw = info.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename.replace("\\", "/")
