"""Photos (照片) as phones would send them: a street under a sky, drawn from a number."""

import io
import random

from PIL import Image, ImageDraw

SIZE = 640, 480
HORIZON = 200
SKIES = ((176, 202, 224), (206, 208, 206), (126, 160, 196), (224, 206, 184))
WALLS = ((198, 188, 170), (170, 150, 132), (186, 190, 190), (150, 128, 112), (212, 204, 190))
THINGS = ((196, 62, 52), (52, 110, 176), (226, 164, 50), (70, 132, 78), (120, 84, 60))


def jpeg(number: int) -> bytes:
    """The same number gives the same photo."""
    chance = random.Random(f"photo {number}")
    image = Image.new("RGB", SIZE, chance.choice(SKIES))
    pen = ImageDraw.Draw(image)
    _houses(pen, chance)
    pen.polygon([(0, 480), (0, 330), (640, 300), (640, 480)], fill=(112, 112, 114))
    pen.polygon([(0, 330), (0, 290), (640, 272), (640, 300)], fill=(168, 164, 156))
    for _ in range(chance.randrange(3, 8)):
        _thing(pen, chance)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=80)
    return written.getvalue()


def _houses(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    left = 0
    while left < SIZE[0]:
        width, top = chance.randrange(70, 150), chance.randrange(60, HORIZON)
        pen.rectangle((left, top, left + width, 310), fill=chance.choice(WALLS))
        for x in range(left + 12, left + width - 20, 30):
            for y in range(top + 16, 250, 44):
                pen.rectangle((x, y, x + 16, y + 24), fill=(74, 88, 102))
        left += width


def _thing(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """A crate, a stall, a heap: something that should not stand there."""
    x, y, width, height = (
        chance.randrange(20, 560),
        chance.randrange(290, 400),
        chance.randrange(30, 110),
        chance.randrange(24, 70),
    )
    pen.rectangle((x, y, x + width, y + height), fill=chance.choice(THINGS), outline=(40, 40, 40))
