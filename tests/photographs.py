"""Made-up photographs, as telephones send them and as nobody should: with places, serial numbers, names and stowaways."""

import io
import random
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image, PngImagePlugin

from town import media

SECRETS = (
    b"SN-4711-0815",
    "周阿姨".encode(),
    b"Exif",
    b"ns.adobe.com",
    b"ICC_PROFILE",
    b"Photoshop",
    b"eXIf",
    b"tEXt",
    b"iCCP",
)
"""What no derivative may hold: the canaries below, and the names of the blocks that could hide them."""
GPS, EXIF, SERIAL, ORIENTATION, MAKER, ARTIST = 0x8825, 0x8769, 0xA431, 0x0112, 0x010F, 0x013B


def scene(width=320, height=200, seed=1) -> Image.Image:
    chance = np.random.default_rng(seed)
    return Image.fromarray(chance.integers(0, 255, (height // 8 + 1, width // 8 + 1, 3), dtype=np.uint8)).resize(
        (width, height)
    )


def telling(orientation=1) -> Image.Exif:
    """EXIF as a telephone writes it: where, with which camera, by whom."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST], exif[MAKER] = orientation, "周阿姨", "SN-4711-0815"
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 34.0, 12.5), 3: "E", 4: (121.0, 4.0, 12.0)})
    exif.get_ifd(EXIF)[SERIAL] = "SN-4711-0815"
    return exif


def jpeg(width=320, height=200, *, seed=1, orientation=1, **extra) -> bytes:
    sent = io.BytesIO()
    scene(width, height, seed).save(
        sent, "JPEG", exif=telling(orientation), comment="周阿姨 SN-4711-0815", icc_profile=b"ICC" * 99, **extra
    )
    return sent.getvalue()


def png(width=320, height=200, *, seed=1, mode="RGB", orientation=1) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SN-4711-0815")
    words.add_itxt("XML:com.adobe.xmp", "<x>http://ns.adobe.com 周阿姨</x>")
    sent = io.BytesIO()
    scene(width, height, seed).convert(mode).save(
        sent, "PNG", exif=telling(orientation), pnginfo=words, icc_profile=b"ICC" * 99
    )
    return sent.getvalue()


def flood(width=12_000, height=12_000) -> bytes:
    """A few kilobytes of PNG that unpack to 144 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def packed() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("run.sh", "rm -rf /")
    return archive.getvalue()


def cameras(chance: random.Random) -> bytes:
    """Photos as different telephones send them."""
    size = {"width": chance.randrange(40, 400), "height": chance.randrange(40, 400), "seed": chance.randrange(1000)}
    orientation = chance.randrange(1, 9)
    if chance.random() < 0.5:
        return jpeg(
            **size, orientation=orientation, progressive=chance.random() < 0.5, quality=chance.randrange(40, 95)
        )
    return png(**size, orientation=orientation, mode=chance.choice(["RGB", "RGBA", "P", "L", "LA"]))


def keep(session, settings, subject, stage, data, by, now) -> media.Photo:
    """A photo's whole way, as a request goes it."""
    media.admit(session, settings, subject, stage, data)
    return media.add(session, settings, media.prepare(settings, data), subject, stage, by, now)
