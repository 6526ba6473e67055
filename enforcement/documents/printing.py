"""The paper copy: one page template, PDF/A-2b, the font inside. The same content gives the same bytes."""

import datetime as dt
import hashlib
import io
import json
from dataclasses import dataclass

import segno
from pypdf import PdfReader

from enforcement.documents.content import Content
from enforcement.documents.fonts import Fonts

SHOWN = 16
"""Digits of the hash that are printed beside the code."""


@dataclass(frozen=True)
class Paper:
    """A document as it is printed and kept; ``sha256`` is the hash of the file."""

    data: bytes
    pages: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> "Paper":
        """A finished file, counted and hashed."""
        return cls(data, len(PdfReader(io.BytesIO(data)).pages), hashlib.sha256(data).hexdigest())


def pdf(content: Content, fonts: Fonts) -> Paper:
    """The document as PDF. Raises GlyphMissing before anything is printed."""
    fonts.check(content.characters())
    look = {"body": fonts.body, "title": fonts.title, "code": code(content), "sha256": content.sha256[:SHOWN]}
    midnight = dt.datetime.combine(content.day, dt.time(), dt.UTC)
    inputs = {"content": json.dumps(content.as_data()), "print": json.dumps(look)}
    return Paper.of(fonts.typeset(inputs, midnight))


def code(content: Content) -> str:
    """核验码: the square as SVG. It says which document this is and the hash of its whole content."""
    said = f"{content.title} {content.number or ''} SHA-256:{content.sha256}"
    return segno.make(said, error="m", micro=False).svg_inline(border=0, scale=1)
