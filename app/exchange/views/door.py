"""Cửa của các hệ thống khác: letters in, large files out. Nobody signs in here; every request is signed instead."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.exchange import service
from app.exchange.service.fetching import HEADER
from app.exchange.views.common import bp
from app.storage.serving import download
from app.web.downloads import respond
from app.web.guards import accepts_files, public


@bp.post("/lien-thong/goi-tin")
@public
@accepts_files
def letter() -> ResponseReturnValue:
    """Nhận một thư; the answer is the signed receipt."""
    reply = service.accept(request.stream)
    return jsonify(reply.value), reply.status, reply.headers


@bp.get("/lien-thong/tep/<token>/<int:index>")
@public
def linked_file(token: str, index: int) -> ResponseReturnValue:
    """Giao một tệp lớn cho đúng đối tác của thư."""
    try:
        stored, name = service.linked_file(request.path, token, index, request.headers.get(HEADER, ""))
    except NotFound:
        return jsonify({"error": "missing"}), 404
    return respond(download(stored, name))


@bp.get("/lien-thong/so-doi-chieu")
@public
def ledger() -> ResponseReturnValue:
    """Giao sổ gửi nhận cho đối tác đã ký yêu cầu."""
    try:
        return jsonify(service.ledger_for(request.headers.get(HEADER, "")))
    except NotFound:
        return jsonify({"error": "missing"}), 404
