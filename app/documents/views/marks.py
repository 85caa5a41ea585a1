"""Đơn thư; đánh dấu, liên kết văn bản; trình, chuyển nhiều văn bản một lần."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.text import clean_line
from app.documents import labels, queries, service
from app.documents.forms import ComplaintForm, LinkForm
from app.documents.forms.choices import handler_choices
from app.documents.policy import Permission
from app.documents.service import Assignment
from app.documents.views import bp
from app.documents.views.shared import press, stamp_of, url_of
from app.storage.kinds import SCAN
from app.web.actor import actor
from app.web.forms import OfficeForm
from app.web.guards import accepts_files, requires
from app.web.pages import form_page
from app.web.uploads import first, receive


@bp.route("/don-thu/moi", methods=["GET", "POST"])
@requires(Permission.INCOMING_REGISTER)
@accepts_files
def complaint() -> ResponseReturnValue:
    """Vào sổ đơn thư."""
    form = ComplaintForm()
    form.offer(actor())
    if form.is_submitted():
        valid = form.validate_on_submit()
        main, attachments = receive(form, form.document_file, kinds=SCAN), receive(form, form.attachments)
        if valid and main is not None and attachments is not None:
            done = form.attempt(
                service.register_complaint,
                form.petition(),
                first(main),
                attachments,
                form.target.data,
                Assignment(form.text.data or "", None, due_at=form.due_at.data),
            )
            if done:
                flash(f"Đã vào sổ đơn thư số đến {done.number}.", "success")
                return redirect(url_of(done))
    return form_page("documents/complaint.html", form)


@bp.route("/danh-dau")
@requires(Permission.INCOMING_READ)
def starred() -> ResponseReturnValue:
    """Văn bản tôi đánh dấu."""
    rows = queries.starred(actor(), limit=limits.COUNT_CAP)
    return render_template("documents/starred.html", rows=rows, labels=labels, stamp_of=stamp_of)


@bp.route("/<int:document_id>/danh-dau", methods=["POST"])
@requires(Permission.INCOMING_READ)
def star(document_id: int) -> ResponseReturnValue:
    """Đánh dấu hoặc bỏ dấu một văn bản."""
    document = queries.any_document(document_id, viewer=actor())
    to = url_of(document)
    return press(
        lambda who, i, _version: (service.star(who, i), True)[1], document_id, done="Đã đổi đánh dấu.", to=to
    )


@bp.route("/<int:document_id>/lien-ket", methods=["GET", "POST"])
@requires(Permission.INCOMING_READ)
def link(document_id: int) -> ResponseReturnValue:
    """Liên kết với văn bản khác, tìm theo số, ký hiệu."""
    document = queries.any_document(document_id, viewer=actor())
    words = clean_line(request.args.get("so", ""))[: limits.REFERENCE_CHARS]
    form = LinkForm()
    form.other.offer(queries.documents_numbered(words, viewer=actor(), but=document_id))
    if form.validate_on_submit() and form.attempt(service.link, document_id, form.other.data):
        flash("Đã liên kết văn bản.", "success")
        return redirect(url_of(document))
    return form_page("documents/link.html", form, document=document, words=words, back=url_of(document))


@bp.route("/<int:document_id>/bo-lien-ket", methods=["POST"])
@requires(Permission.INCOMING_READ)
def unlink(document_id: int) -> ResponseReturnValue:
    """Bỏ liên kết với một văn bản."""
    document = queries.any_document(document_id, viewer=actor())
    typed = request.form.get("other", "")
    other = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    return press(
        lambda who, i, _version: service.unlink(who, i, other),
        document_id,
        done="Đã bỏ liên kết.",
        to=url_of(document),
    )


@bp.route("/den/chuyen-nhieu", methods=["POST"])
@requires(Permission.INCOMING_PRESENT)
def route_many() -> ResponseReturnValue:
    """Trình, chuyển nhiều văn bản đã chọn."""
    form = OfficeForm()
    ids = tuple(
        int(i) for i in request.form.getlist("ids")[: limits.PAGE_ROWS] if i.isascii() and i.isdigit()
    )
    offered = {c.value for c in handler_choices(actor().agency_id or 0)}
    target = request.form.get("target", "")
    text = clean_line(request.form.get("text", ""))[: limits.NOTE_CHARS]
    if target not in offered:
        flash("Hãy chọn lãnh đạo để trình, hoặc đơn vị, người để chuyển.", "error")
    elif form.validate_on_submit() and (count := form.attempt(service.route_many, ids, int(target), text)):
        flash(f"Đã chuyển {count} văn bản.", "success")
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(url_for(".registered"), 303)
