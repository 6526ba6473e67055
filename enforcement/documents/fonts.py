"""Fonts (字体) of the documents: 仿宋 where the town has put its own, Noto Serif SC under it for every rare character."""

import datetime as dt
import functools
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import typst
from fontTools.ttLib import TTCollection, TTFont

from town.settings import BUILT_FONTS

ENDINGS = (".ttf", ".otf", ".ttc")
BUILT_FAMILY = "Noto Serif SC"
BODY, TITLE = ("仿宋", "fangsong"), ("小标宋", "xiaobiaosong")
PAGE, STAMPS = Path(__file__).parent / "page.typ", Path(__file__).parent / "stamps.typ"


class FontsMissing(ValueError):
    """There is no font to print with."""


class GlyphMissing(ValueError):
    """No font has these ``characters``: the document is not printed with holes in a name."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(sorted(characters))
        named = "、".join(f"「{one}」(U+{ord(one):04X})" for one in self.characters)
        super().__init__(f"字体里没有这些字：{named}。请换用别的写法，或在字体文件夹里放一种有这些字的字体。")


@dataclass(frozen=True, eq=False)
class Fonts:
    """Fonts read once for a process, with the compiler that holds them. One document at a time goes through it."""

    body: tuple[str, ...]
    title: tuple[str, ...]
    characters: frozenset[str]
    files: typst.Fonts
    compiler: typst.Compiler
    turn: threading.Lock = field(default_factory=threading.Lock)

    def check(self, characters: set[str]) -> None:
        """Raises GlyphMissing: the typesetter itself would leave a hole, or name the first one only."""
        if lacking := characters - self.characters:
            raise GlyphMissing(lacking)

    def typeset(self, inputs: dict[str, str], at: dt.datetime) -> bytes:
        """The page template with this content, as PDF/A of that moment."""
        with self.turn:
            made = self.compiler.compile(
                sys_inputs=inputs, format="pdf", pdf_standards=["a-2b"], timestamp=at, pdf_tags=False
            )
        return _file(made)

    def stamps(self, pages: int) -> bytes:
        """Empty pages with the numbers from 1."""
        inputs = {"pages": str(pages), "fonts": json.dumps(self.body)}
        return _file(typst.compile(str(STAMPS), font_paths=self.files, sys_inputs=inputs, pdf_tags=False))


@functools.cache
def load(folder: Path = BUILT_FONTS) -> Fonts:
    """The fonts in this folder over the built ones. Raises FontsMissing when the built ones are not there."""
    if not font_files(BUILT_FONTS):
        raise FontsMissing(f"{BUILT_FONTS} 里没有文书字体。")
    folders = list(dict.fromkeys((folder, BUILT_FONTS)))
    files = [file for one in folders for file in font_files(one)]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    families = tuple(dict.fromkeys(font.family for font in fonts.fonts() if font.family != BUILT_FAMILY))
    return Fonts(
        body=_preferred(families, BODY, TITLE),
        title=_preferred(families, TITLE, BODY),
        characters=frozenset().union(*map(_characters, files)),
        files=fonts,
        compiler=typst.Compiler(input=str(PAGE), root=str(PAGE.parent), font_paths=fonts, ignore_system_fonts=True),
    )


def font_files(folder: Path) -> list[Path]:
    """Every font file in a folder."""
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in ENDINGS)


def _preferred(families: tuple[str, ...], wanted: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Own families named as wanted, then own others (not those for the other use), then the built one."""
    first = [name for name in families if any(word in name.lower() for word in wanted)]
    rest = [name for name in families if name not in first and not any(word in name.lower() for word in other)]
    return (*first, *rest, BUILT_FAMILY)


def _characters(file: Path) -> set[str]:
    collected = file.suffix.lower() == ".ttc"
    with TTCollection(file, lazy=True) if collected else TTFont(file, lazy=True) as opened:
        return {chr(code) for font in (opened.fonts if collected else [opened]) for code in font.getBestCmap()}


def _file(made: object) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no file")
    return made
