"""卷宗 on paper: cover, directory and every document bound into one PDF, with bookmarks and a number on every page."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from enforcement.documents.fonts import Fonts
from enforcement.documents.printing import Paper

STAMP = NameObject("/PageNumber")
BEFORE, AFTER = b"q\n", f"\nQ\nq {STAMP} Do Q".encode()
"""Whatever the page does to its coordinates, the number is drawn on the bare page."""


@dataclass(frozen=True)
class Entry:
    """One document of the file: the title for its bookmark, and the paper as it was issued."""

    title: str
    paper: Paper


def first_pages(entries: Iterable[Entry]) -> list[int]:
    """On which page of the file each document begins, for its directory. Cover and directory are not counted."""
    pages, at = [], 1
    for entry in entries:
        pages.append(at)
        at += entry.paper.pages
    return pages


def book(entries: Sequence[Entry], cover: Paper, directory: Paper, fonts: Fonts) -> Paper:
    """The whole file as one PDF, a copy for reading: what was issued are the papers. The same papers give the same bytes."""
    writer = PdfWriter()
    for entry in (Entry("卷宗封面", cover), Entry("卷内目录", directory), *entries):
        writer.append(PdfReader(io.BytesIO(entry.paper.data)), outline_item=entry.title, import_outline=False)
    before = cover.pages + directory.pages
    _number(writer, list(writer.pages)[before:], fonts)
    stream = io.BytesIO()
    writer.write(stream)
    return Paper.of(stream.getvalue())


def _number(writer: PdfWriter, pages: Sequence[PageObject], fonts: Fonts) -> None:
    if not pages:
        return
    before, after = _stream(writer, BEFORE), _stream(writer, AFTER)
    stamps = PdfReader(io.BytesIO(fonts.stamps(len(pages))))
    for page, stamp in zip(pages, stamps.pages, strict=True):
        own = DictionaryObject(_resources(page))
        drawn = cast(DictionaryObject, own.get("/XObject", DictionaryObject()).get_object())
        own[NameObject("/XObject")] = DictionaryObject({**drawn, STAMP: _drawing(writer, stamp)})
        page[NameObject("/Resources")] = own
        page[NameObject("/Contents")] = ArrayObject([before, *_contents(page), after])


def _contents(page: PageObject) -> list[object]:
    contents = page.raw_get("/Contents")
    whole = contents.get_object()
    return list(whole) if isinstance(whole, ArrayObject) else [contents]


def _drawing(writer: PdfWriter, stamp: PageObject) -> object:
    """A page as something that can be drawn onto another."""
    contents = stamp.get_contents()
    form = DecodedStreamObject()
    form.set_data(b"" if contents is None else contents.get_data())
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = stamp.mediabox
    form[NameObject("/Resources")] = _resources(stamp).clone(writer)
    return writer._add_object(form)


def _resources(page: PageObject) -> DictionaryObject:
    return cast(DictionaryObject, page["/Resources"].get_object())


def _stream(writer: PdfWriter, data: bytes) -> object:
    stream = StreamObject()
    stream.set_data(data)
    return writer._add_object(stream)
