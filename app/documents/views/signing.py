"""Trang ký số văn bản đi: what is shown is what is signed; the clerk numbers, seals and issues."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.errors import DomainError
from app.documents import labels, queries, service
from app.documents.models import Direction
from app.documents.policy import Permission
from app.documents.service.signing import Shown, main_file
from app.documents.views import bp
from app.documents.views.shared import guard, stamp_of, url_of, viewer_of
from app.documents.workflow import OUTGOING
from app.signing.forms import PinForm, SealForm
from app.signing.models import SigningBatch
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/di/cho-ky")
@requires(Permission.OUTGOING_APPROVE)
def to_sign() -> ResponseReturnValue:
    """Văn bản đã duyệt, chờ tôi ký số; up to twenty are signed with one PIN."""
    return _list(PinForm())


@bp.route("/di/cho-ky", methods=["POST"])
@requires(Permission.OUTGOING_APPROVE)
def sign_many() -> ResponseReturnValue:
    """Ký một lượt các văn bản đã chọn."""
    form = PinForm()
    if form.validate_on_submit():
        batch = form.attempt(service.ask_signatures, [Shown(*c) for c in form.chosen()], form.pin.data)
        if batch:
            return _progress(batch, url_for(".to_sign"))
    return _list(form)


def _list(form: PinForm) -> ResponseReturnValue:
    rows = queries.to_sign_page(actor(), limit=limits.BATCH_SIGNATURES)
    return form_page(
        "documents/to_sign.html", form, rows=rows, stamp_of=stamp_of, most=limits.BATCH_SIGNATURES
    )


@bp.route("/di/<int:document_id>/ky-so", methods=["GET", "POST"])
@requires(Permission.OUTGOING_APPROVE)
def sign(document_id: int) -> ResponseReturnValue:
    """Ký số một văn bản: pages, hash, PIN."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "sign")
    form = PinForm(obj=document)
    if form.validate_on_submit():
        shown = [Shown(document_id, form.expected_version, form.sha256.data or "")]
        batch = form.attempt(service.ask_signatures, shown, form.pin.data)
        if batch:
            return _progress(batch, _next(document_id))
    plan, objections = None, ""
    try:
        plan = service.signing_plan(document)
    except DomainError as refusal:
        objections = refusal.sentence
    return form_page(
        "documents/sign.html",
        form,
        document=document,
        plan=plan,
        objections=objections,
        sha256=main_file(document).stored.sha256,
        viewer=viewer_of(document),
        labels=labels,
        url=url_of(document),
    )


def _next(document_id: int) -> str:
    following = next((r for r in queries.to_sign_page(actor(), limit=2) if r.id != document_id), None)
    return url_for(".sign", document_id=following.id) if following else url_for("shell.home")


def _progress(batch: SigningBatch, following: str) -> ResponseReturnValue:
    where: dict[str, Any] = {"batch_id": batch.id, "tiep": following}
    return redirect(url_for("signing.batch", **where))


@bp.route("/di/cho-dong-dau")
@requires(Permission.OUTGOING_ISSUE)
def to_seal() -> ResponseReturnValue:
    """Văn bản đã ký số, chờ cấp số và đóng dấu."""
    return render_template("documents/to_seal.html", rows=queries.to_seal_page(actor()), stamp_of=stamp_of)


@bp.route("/di/<int:document_id>/dong-dau", methods=["GET", "POST"])
@requires(Permission.OUTGOING_ISSUE)
def seal(document_id: int) -> ResponseReturnValue:
    """Cấp số, đóng dấu và phát hành."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "seal")
    form = SealForm(obj=document) if request.method == "GET" else SealForm()
    form.register.offer(queries.books(actor().agency_id or 0, Direction.OUTGOING))
    if form.register.data is None and form.register.options:
        form.register.data = int(form.register.options[0].value)
    if form.validate_on_submit():
        batch = form.attempt(
            service.ask_seal, document_id, form.expected_version, form.register.data, form.pin.data
        )
        if batch:
            return _progress(batch, url_of(document))
    return form_page("documents/seal.html", form, document=document, labels=labels, url=url_of(document))
