"""Documents of a case (文书): numbered at approval, printed once, kept under their hash, all in the act's transaction."""

import json
import uuid
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.documents import Content, FontsMissing, GlyphMissing, Missing, Paper, fill, form, load_fonts, pdf
from enforcement.documents.editable import word
from enforcement.models import Document, PenaltyCase
from enforcement.rules.cases import papers
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.local_rules import Absent
from enforcement.services import numbers
from enforcement.services.cases import organs, slots
from enforcement.services.cases.intact import intact
from town import ids, journal, sealing
from town.database import canonical
from town.errors import Refused
from town.media import files
from town.settings import Settings

PURPOSE = "documents"


def store(settings: Settings) -> Path:
    """Where the documents lie."""
    return settings.media / "documents"


def numbered(session: Session, row: PenaltyCase, after: Case, act: Act, outside: World) -> Act:
    """The act with the numbers of the documents it will print. Raises Refused("local_rule_missing")."""
    wanted = {code: kind for code in papers.due(after, act) if (kind := form(code).number_kind)}
    if not wanted:
        return act
    organ = organs.of(session, row, outside.today)
    given = {
        code: numbers.allocate(
            session,
            organ.code,
            kind,
            outside.today.year,
            organ.facts.organ_number_prefix,
            row.id,
            act.actor,
            act.recorded_at,
        ).text
        for code, kind in wanted.items()
    }
    return replace(act, known={**act.known, "numbers": given})


def make(session: Session, settings: Settings, row: PenaltyCase, after: Case, act: Act, outside: World) -> None:
    """Print what the act calls for. Raises Refused("document_incomplete" | "glyph_missing" | "local_rule_missing")."""
    if not (due := papers.due(after, act)):
        return
    told = slots.gathered(session, settings, row, after, act, outside)
    for code in due:
        content = _content(told, code)
        _keep(session, settings, row, act, content, printed(settings, content))


def _content(told: slots.Told, code: str) -> Content:
    try:
        return fill(form(code), slots.of(told, code))
    except Missing as missing:
        raise Refused("document_incomplete", form=form(code).title, missing="、".join(missing.names.values())) from None
    except Absent as absent:
        raise Refused("local_rule_missing", why=str(absent)) from None


def printed(settings: Settings, told: Content) -> Paper:
    """The paper. Raises Refused("fonts_missing" | "glyph_missing")."""
    try:
        return pdf(told, load_fonts(settings.fonts))
    except FontsMissing as missing:
        raise Refused("fonts_missing", why=str(missing)) from None
    except GlyphMissing as missing:
        raise Refused("glyph_missing", characters="".join(missing.characters)) from None


def _keep(session: Session, settings: Settings, row: PenaltyCase, act: Act, told: Content, paper: Paper) -> None:
    number = act.known.get("numbers", {}).get(told.form)
    document = Document(
        id=ids.new_id(),
        case_id=row.id,
        sequence=act.sequence,
        kind=told.form,
        edition=told.edition,
        title=told.title,
        number=number,
        sha256=files.keep(store(settings), paper.data),
        size=len(paper.data),
        pages=paper.pages,
        content=b"",
        made_at=act.recorded_at,
        by=act.actor,
    )
    document.content = _sealed(settings, document.id, told)
    session.add(document)
    session.flush()
    if number:
        numbers.issue(session, number, document.id)
    data = {"kind": told.form, "document": str(document.id), "sha256": document.sha256, "number": number}
    about = f"document:{document.id}"
    journal.note(session, subject=about, kind="document.made", actor=act.actor, at=act.recorded_at, data=data)


def of_case(session: Session, case_id: uuid.UUID) -> list[Document]:
    """Every document of a case, in the order they were made."""
    return list(
        session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.sequence, Document.id))
    )


def find(session: Session, row: PenaltyCase, document_id: uuid.UUID) -> Document:
    """One document of this case. Raises Refused("not_found")."""
    document = session.get(Document, document_id)
    if document is None or document.case_id != row.id:
        raise Refused("not_found")
    return document


def path(settings: Settings, document: Document) -> Path:
    """The PDF as it was issued. Raises Refused("document_lost") when it is gone, or is not the same any more."""
    place = files.place(store(settings), document.sha256)
    if not intact(place, document.sha256):
        raise Refused("document_lost", document=str(document.id))
    return place


def editable(settings: Settings, document: Document) -> bytes:
    """The same words as a Word document."""
    return word(content_of(settings, document))


def content_of(settings: Settings, document: Document) -> Content:
    """What was printed."""
    bound = str(document.id).encode()
    return Content.from_data(json.loads(sealing.unseal(settings.master_key, PURPOSE, document.content, bound)))


def _sealed(settings: Settings, document_id: uuid.UUID, told: Content) -> bytes:
    plain = canonical(told.as_data()).encode()
    return sealing.seal(settings.master_key, PURPOSE, plain, str(document_id).encode())
