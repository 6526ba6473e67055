"""What an eye would notice on a page: ``faults`` says it in sentences, ``photograph`` keeps a picture to look at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

MEASURE = Path(__file__).with_suffix(".js").read_text()
PICTURES = Path(__file__).parents[2] / "build/pictures"

PHONES = ((360, 640), (390, 844))
TABLET = (820, 1180)
SCREENS = ((1366, 768), (1920, 1080), (3840, 2160))
SIZES = (*PHONES, TABLET, *SCREENS)

FINGER = 48
LEGIBLE = 16
CONTRAST = 4.5
"""The least, in pixels, pixels, and as WCAG 2.2 AA reckons contrast."""

Looks = dict[str, Any]


def device(size: tuple[int, int]) -> dict[str, Any]:
    """A screen of this size; up to a tablet's it is touched."""
    touched = size[0] <= TABLET[0]
    return {"viewport": {"width": size[0], "height": size[1]}, "is_mobile": touched, "has_touch": touched}


def photograph(page: Page, name: str) -> str:
    """Keep a picture of what the screen shows; gives back its name."""
    assert page.viewport_size
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = f"{name}-{page.viewport_size['width']}x{page.viewport_size['height']}.png"
    page.screenshot(path=PICTURES / file)
    return file


def faults(page: Page, *, on_phones: bool, at_once: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with the page as it stands. ``at_once``: how the controls begin that must be found without
    scrolling."""
    looks: Looks = page.evaluate(MEASURE)
    return [*_misfits(looks), *_hidden(looks, at_once), *_pale(looks), *(_too_small(looks) if on_phones else ())]


def _misfits(looks: Looks) -> Iterator[str]:
    if looks["wide"] > 0:
        yield f"scrolls sideways by {looks['wide']} px"
    yield from (f"one over the other: {pair}" for pair in looks["overlaps"])
    yield from (f"cut off: {words}" for words in looks["cut"])
    yield from (f"a number in pieces: {words}" for words in looks["broken"])


def _hidden(looks: Looks, at_once: tuple[str, ...]) -> Iterator[str]:
    in_view = [target["name"] for target in looks["targets"] if target["inView"]]
    for wanted in at_once:
        if not any(name.startswith(wanted) for name in in_view):
            yield f"not on the first screen: {wanted}"


def _pale(looks: Looks) -> Iterator[str]:
    for text in looks["texts"]:
        if text["contrast"] < CONTRAST:
            yield f"pale: {text['words']} {text['contrast']}"


def _too_small(looks: Looks) -> Iterator[str]:
    for text in looks["texts"]:
        if text["size"] < LEGIBLE:
            yield f"small letters: {text['words']} {text['size']} px"
    for target in looks["targets"]:
        if min(target["width"], target["height"]) < FINGER:
            yield f"hard to hit: {target['name']} {target['width']} × {target['height']} px"


def listen(device: BrowserContext, own: str) -> list[str]:
    """From now on: errors on the console, and requests that go anywhere but to ``own``."""
    heard: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error":
            heard.append(f"on the console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((own, "blob:", "data:")):
            heard.append(f"asked {request.url}")

    device.on("console", told)
    device.on("request", asked)
    return heard
