"""案卷: one case as a book to read (卷宗), and as a bundle that anybody can check. Papers come out of the store as issued."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from enforcement.documents import Entry, Paper, book, fill, first_pages, form, load_fonts
from enforcement.models import Document, PenaltyCase
from enforcement.rules.cases import archive, folding
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.archive import Filed
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.numbers import NumberKind
from enforcement.services.cases import export, papers, pictures, records, slots
from town import profile, workdays
from town.clock import Instant
from town.days import Calendar
from town.settings import Settings

SERVED = {Action.SERVE_NOTICE: "告知书", Action.SERVE_DECISION: "决定书"}


@dataclass(frozen=True)
class Leaf:
    """One document of the file, with the act that made it and what it is called there."""

    document: Document
    act: Act
    title: str


def leaves(session: Session, row: PenaltyCase) -> list[Leaf]:
    """Every document in archive order."""
    acts = {one.sequence: records.act_of(one) for one in records.acts_of(session, row.id)}
    documents = papers.of_case(session, row.id)
    titles = {str(one.id): one.title for one in documents}
    filed = [_filed(one, acts[one.sequence]) for one in documents]
    return [
        Leaf(documents[at], acts[documents[at].sequence], _title(documents[at], acts[documents[at].sequence], titles))
        for at in archive.in_order(filed)
    ]


def bound(session: Session, settings: Settings, row: PenaltyCase, _now: Instant) -> Paper:
    """卷宗: cover, directory and every paper in archive order, with page numbers and bookmarks.

    The same case gives the same bytes, whenever it is asked for. Raises Refused("document_lost" | "fonts_missing" |
    "local_rule_missing").
    """
    found = leaves(session, row)
    entries = [Entry(one.title, _paper(settings, one.document)) for one in found]
    acts = [records.act_of(one) for one in records.acts_of(session, row.id)]
    case, calendar = folding.fold(acts), workdays.calendar(session, profile.current(session))
    outside = World(acts[-1].at.astimezone(calendar.zone).date(), calendar)
    people = pictures.names(session, case.handlers)
    counted = {
        "officers": [{"name": people.get(one, one)} for one in case.handlers],
        "count": str(len(entries)),
        "pages": str(sum(one.paper.pages for one in entries)),
    }
    listed = _directory(session, row, found, first_pages(entries), calendar)
    cover, directory = (
        _printed(session, settings, row, case, acts[-1], outside, code, more)
        for code, more in (("file_cover", counted), ("file_directory", listed))
    )
    return book(entries, cover, directory, load_fonts(settings.fonts))


def data(session: Session, settings: Settings, row: PenaltyCase, now: Instant) -> bytes:
    """case.json as it is written: UTF-8, one blank deep."""
    told = export.case_json(session, settings, row, now)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def name(session: Session, row: PenaltyCase) -> str:
    """What the file is called outside: the number it was filed under, or its id."""
    filed = [one.text for one in export.numbers_of(session, row) if one.kind == NumberKind.FILING]
    return filed[0] if filed else str(row.id)


def _filed(one: Document, act: Act) -> Filed:
    return Filed(one.kind, one.sequence, act.action, act.known.get("paper_kind"))


def _title(one: Document, act: Act, titles: Mapping[str, str]) -> str:
    """A receipt is told apart by what it serves."""
    if one.kind not in archive.SERVICE:
        return one.title
    served = SERVED.get(act.action) or titles.get(str(act.given.get("paper")))
    return f"{one.title}（{served}）" if served else one.title


def _paper(settings: Settings, one: Document) -> Paper:
    return Paper(papers.path(settings, one).read_bytes(), one.pages, one.sha256)


def _directory(
    session: Session, row: PenaltyCase, found: Sequence[Leaf], pages: Sequence[int], calendar: Calendar
) -> dict[str, Any]:
    """卷内目录: documents with the page each begins on, and the files of evidence."""
    return {
        "entries": [
            {
                "number": one.document.number,
                "title": one.title,
                "day": _day(one.act.at, calendar),
                "page": page,
            }
            for one, page in zip(found, pages, strict=True)
        ],
        "files": [
            {"name": one.name, "kept": _day(one.kept_at, calendar), "sha256": one.sha256}
            for one in export.files_of(session, row)
        ],
    }


def _day(at: Instant, calendar: Calendar) -> str:
    return at.astimezone(calendar.zone).date().isoformat()


def _printed(
    session: Session,
    settings: Settings,
    row: PenaltyCase,
    case: Case,
    act: Act,
    outside: World,
    code: str,
    more: Mapping[str, Any],
) -> Paper:
    """Cover or directory: made for this copy, kept nowhere."""
    told = slots.of(slots.gathered(session, settings, row, case, act, outside), code)
    return papers.printed(settings, fill(form(code), {**told, **more}))
