"""Looking at sent bytes: is this one whole JPEG or PNG and nothing else, and what may people see of it?

Pure: bytes in, facts or bytes out. Nothing is decoded before the header has told the size.
"""

import io
import re
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps

from town.errors import Refused

JPEG, PNG = "image/jpeg", "image/png"
VIEW_SIDE = 1600
"""Pixels: the longest side of what people see."""
VIEW_QUALITY = 82

PNG_START = b"\x89PNG\r\n\x1a\n"
MARKER = re.compile(rb"\xff+([\x01-\xfe])")
PICTURE_END = 0xD9
SCAN = 0xDA
STANDALONE = {0x01, *range(0xD0, 0xD9)}
IN_SCAN = {0x00, *range(0xD0, 0xD8)}
AFTER_SCAN = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")

DECODING = threading.Lock()
"""A progressive JPEG at the pixel limit needs some hundred megabytes to decode: one at a time in a process."""


@dataclass(frozen=True)
class Picture:
    """What a picture says of itself, before turning. Width and height in pixels."""

    media_type: str
    width: int
    height: int


def examine(data: bytes, max_pixels: int) -> Picture:
    """The facts of one whole JPEG or PNG, by its content. Nothing is decoded.

    Raises Refused("media_type" | "photo_unreadable" | "photo_too_many_pixels" | "photo_not_alone").
    """
    media_type = _kind(data)
    with _unreadable_when_it_fails():
        width, height = _size(data, max_pixels)
        end = _jpeg_end(data) if media_type == JPEG else _png_end(data)
    if width * height > max_pixels:
        raise _too_many_pixels(max_pixels)
    if found := _stowaway(data, end):
        raise Refused("photo_not_alone", found=found)
    return Picture(media_type, width, height)


def view(data: bytes) -> bytes:
    """What people see: upright, at most ``VIEW_SIDE`` pixels long, a bare JPEG without a word about where or by whom.

    Raises Refused("photo_unreadable") when the pixels are cut or broken.
    """
    with DECODING, _unreadable_when_it_fails(), Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
        upright = _opaque(_turned(_small(image)))
    upright.info.clear()  # Pillow would carry a comment over
    stripped = io.BytesIO()
    upright.save(stripped, "JPEG", quality=VIEW_QUALITY, optimize=True)
    return stripped.getvalue()


@contextmanager
def _unreadable_when_it_fails() -> Iterator[None]:
    """Decoders fail on hostile bytes with a dozen kinds of exception; all of them mean the same to the sender."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused("photo_unreadable", why="照片不完整或已损坏，请重新拍摄或重新选择后再传。") from error


def _kind(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(PNG_START):
        return PNG
    raise Refused("media_type", expected="JPEG 或 PNG 照片")


def _size(data: bytes, max_pixels: int) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
            return image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(max_pixels) from None


def _small(image: Image.Image) -> Image.Image:
    """A JPEG is decoded at the scale it is needed at. Palette colours cannot be mixed, so they become real ones first."""
    colours = "RGBA" if image.has_transparency_data else "RGB"
    small = image.convert(colours) if image.mode == "P" else image
    small.thumbnail((VIEW_SIDE, VIEW_SIDE), reducing_gap=2.0)
    return small


def _turned(image: Image.Image) -> Image.Image:
    """As the camera was held; a picture whose EXIF is nonsense stays as it lies."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        image.info.pop("exif", None)
        return image


def _opaque(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _png_end(data: bytes) -> int:
    """Where the picture ends, every chunk's checksum proved on the way."""
    at = len(PNG_START)
    while True:
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body_end = at + 8 + length
        if zlib.crc32(data[at + 4 : body_end]) != int.from_bytes(data[body_end : body_end + 4]) or body_end + 4 > len(
            data
        ):
            raise ValueError("checksum")
        at = body_end + 4
        if kind == b"IEND":
            return at


def _jpeg_end(data: bytes) -> int:
    """Where the first picture of the file ends: segment by segment, over every scan, to its end marker."""
    at = 2
    while True:
        marker = MARKER.match(data, at)
        if marker is None:
            raise ValueError("no marker")
        code, at = marker[1][0], marker.end()
        if code == PICTURE_END:
            return at
        if code not in STANDALONE:
            at += int.from_bytes(data[at : at + 2])
        if code == SCAN:
            at = _scan_end(data, at)


def _scan_end(data: bytes, at: int) -> int:
    found = AFTER_SCAN.search(data, at)
    if found is None:
        raise ValueError("cut scan")
    return found.start()


def _stowaway(data: bytes, end: int) -> str | None:
    """What else the file would open as, in words; None for a picture with nothing but what cameras themselves append."""
    if _opens_as_zip(data):
        return "压缩包"
    if b"%PDF-" in data[:1024]:
        return "PDF 文档"
    tail = data[end:].lstrip(b"\0")
    return None if not tail or _from_a_camera(tail) else "其他数据"


def _opens_as_zip(data: bytes) -> bool:
    try:
        return bool(zipfile.ZipFile(io.BytesIO(data)).filelist)
    except zipfile.BadZipFile:
        return False


def _from_a_camera(tail: bytes) -> bool:
    """More pictures of the same shot (CIPA DC-007), a motion photo's film (ISO 14496-12), or Samsung's own trailer."""
    return tail.startswith(b"\xff\xd8\xff") or b"ftyp" in tail[:8] or tail.endswith(b"SEFT")


def _too_many_pixels(limit: int) -> Refused:
    return Refused("photo_too_many_pixels", limit=limit // 10_000)
