"""Penalty cases over HTTP (案件接口), for the people who work on them."""

import uuid
from collections.abc import Callable
from io import BytesIO

from flask import Response, send_file

from enforcement import schemas
from enforcement.models import EvidenceFile
from enforcement.services.cases import Wish, details, evidence, papers, party_entry, pictures, sight, take_act
from town.access import SQUAD_ROLES, staff
from town.errors import Refused
from town.http import Call, Routes
from town.people import Role

routes = Routes("cases", "/api/v1")

WORKERS = staff(*SQUAD_ROLES, Role.APPROVER, Role.LEGAL_REVIEWER)
READERS = staff(
    *SQUAD_ROLES, Role.APPROVER, Role.LEGAL_REVIEWER, Role.SUPERVISOR, Role.DISPATCHER, Role.CHECKER, Role.AUDIT_ADMIN
)
OFFICERS = staff(*SQUAD_ROLES)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@routes.get("/cases", rights=READERS, query=schemas.CaseQuery, gives=schemas.CasePage)
def list_cases(call: Call, query: schemas.CaseQuery) -> schemas.CasePage:
    """Cases, newest first."""
    found = pictures.page(call.session, call.settings, call.who, query, call.now)
    return schemas.CasePage(cases=found, next=found[-1].id if len(found) == query.limit else None)


@routes.get("/cases/<uuid:case_id>", rights=READERS, gives=schemas.CaseDetail)
def show_case(call: Call, case_id: uuid.UUID) -> schemas.CaseDetail:
    """One case with its trace, its papers, its clocks, and what may be done now."""
    row = sight.visible(call.session, call.who, case_id)
    return details.detail(call.session, call.settings, call.who, row, call.now)


@routes.post("/cases/<uuid:case_id>/acts", rights=WORKERS, takes=schemas.ActIn, gives=schemas.CaseDetail)
def add_act(call: Call, sent: schemas.ActIn, case_id: uuid.UUID) -> schemas.CaseDetail:
    """Record one act; its documents are printed in the same transaction."""
    wish = Wish(sent.action, sent.version, sent.facts, sent.at)
    row = take_act(call.session, call.settings, call.who, case_id, wish, call.now)
    return details.detail(call.session, call.settings, call.who, row, call.now)


@routes.post(
    "/cases/<uuid:case_id>/parties", rights=OFFICERS, takes=schemas.PartyIn, gives=schemas.PartyKept, status=201
)
def keep_party(call: Call, sent: schemas.PartyIn, case_id: uuid.UUID) -> schemas.PartyKept:
    """Keep whom the case is about; the act name_party then says so."""
    row = sight.worked_on(call.session, call.who, case_id)
    return party_entry.keep(call.session, call.settings, call.who, row, sent, call.now)


def admit_file(call: Call, sent: schemas.EvidenceUpload, case_id: uuid.UUID) -> Callable[[], evidence.Ready]:
    """Whether the case takes a file; then the slow work on it."""
    row = sight.worked_on(call.session, call.who, case_id)
    return evidence.admit(call.settings, row, sent.filename, sent.content)


@routes.post(
    "/cases/<uuid:case_id>/evidence",
    rights=OFFICERS,
    takes=schemas.EvidenceUpload,
    prepares=admit_file,
    gives=schemas.FileKept,
    status=201,
)
def add_file(call: Call, ready: evidence.Ready, case_id: uuid.UUID) -> schemas.FileKept:
    """A file of evidence; the act add_evidence then says what it proves."""
    row = sight.worked_on(call.session, call.who, case_id)
    file = evidence.add(call.session, row, ready, call.who.name, call.now)
    return schemas.FileKept(file=file.id, sha256=file.sha256, size=file.size)


@routes.get("/cases/<uuid:case_id>/evidence/<uuid:file_id>", rights=WORKERS)
def show_file(call: Call, case_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    """A file of evidence, byte for byte."""
    row = sight.worked_on(call.session, call.who, case_id)
    file = call.session.get(EvidenceFile, file_id)
    if file is None or file.case_id != row.id:
        raise Refused("not_found")
    return send_file(
        evidence.path(call.settings, file), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )


@routes.get("/cases/<uuid:case_id>/documents/<uuid:document_id>.pdf", rights=WORKERS)
def show_document(call: Call, case_id: uuid.UUID, document_id: uuid.UUID) -> Response:
    """A document as it was issued."""
    row = sight.worked_on(call.session, call.who, case_id)
    document = papers.find(call.session, row, document_id)
    return send_file(
        papers.path(call.settings, document), mimetype="application/pdf", download_name=f"{document.title}.pdf"
    )


@routes.get("/cases/<uuid:case_id>/documents/<uuid:document_id>.docx", rights=WORKERS)
def edit_document(call: Call, case_id: uuid.UUID, document_id: uuid.UUID) -> Response:
    """The same words as a Word document, to work on; it is not the document that was issued."""
    row = sight.worked_on(call.session, call.who, case_id)
    document = papers.find(call.session, row, document_id)
    written = BytesIO(papers.editable(call.settings, document))
    return send_file(written, mimetype=WORD, as_attachment=True, download_name=f"{document.title}.docx")
