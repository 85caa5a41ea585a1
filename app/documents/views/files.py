"""Tệp của văn bản: served only after its document was loaded for this reader."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app.documents import queries
from app.documents.policy import Permission
from app.documents.views import bp
from app.storage import serving
from app.web.actor import actor
from app.web.downloads import respond
from app.web.guards import requires


@bp.route("/tep/<int:file_id>")
@requires(Permission.INCOMING_READ)
def file(file_id: int) -> ResponseReturnValue:
    """Tải tệp về máy, hoặc xem trong khung cách ly (``?xem=1``)."""
    found = queries.file_of(file_id, viewer=actor())
    return respond(serving.download(found.stored, found.name, inline="xem" in request.args))


@bp.route("/tep/<int:file_id>/trang/<int:number>")
@requires(Permission.INCOMING_READ)
def file_page(file_id: int, number: int) -> ResponseReturnValue:
    """Ảnh một trang của tệp."""
    found = queries.file_of(file_id, viewer=actor())
    return respond(serving.page_image(found.stored, number))
