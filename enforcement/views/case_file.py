"""The file of a case over HTTP (案卷接口): as a book, as data, and as a bundle with everything in it."""

import io
import tempfile
import uuid

from flask import Response, send_file

from enforcement.services.cases import bundle, case_file, sight
from enforcement.views.cases import WORKERS
from town.http import Call, Routes

routes = Routes("case_file", "/api/v1")
IN_MEMORY = 8 << 20
"""Bundles above this size go by way of the disk."""


@routes.get("/cases/<uuid:case_id>/file.pdf", rights=WORKERS, media_type="application/pdf")
def show_book(call: Call, case_id: uuid.UUID) -> Response:
    """卷宗: cover, directory and every document, bound for reading."""
    row = sight.worked_on(call.session, call.who, case_id)
    paper = case_file.bound(call.session, call.settings, row, call.now)
    name = f"卷宗 {case_file.name(call.session, row)}.pdf"
    return send_file(io.BytesIO(paper.data), mimetype="application/pdf", download_name=name)


@routes.get("/cases/<uuid:case_id>/case.json", rights=WORKERS)
def show_data(call: Call, case_id: uuid.UUID) -> Response:
    """Everything about the case as data (docs/case-file.md)."""
    row = sight.worked_on(call.session, call.who, case_id)
    return Response(case_file.data(call.session, call.settings, row, call.now), mimetype="application/json")


@routes.get("/cases/<uuid:case_id>/file.zip", rights=WORKERS, media_type="application/zip")
def show_bundle(call: Call, case_id: uuid.UUID) -> Response:
    """Book, documents, evidence and data, with the hash of each."""
    row = sight.worked_on(call.session, call.who, case_id)
    stream = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  Flask closes it when it is sent
    bundle.pack(call.session, call.settings, row, call.now, stream)
    stream.seek(0)
    name = f"案卷 {case_file.name(call.session, row)}.zip"
    return send_file(stream, mimetype="application/zip", as_attachment=True, download_name=name)
