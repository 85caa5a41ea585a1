"""Soạn văn bản đi theo mẫu: biểu mẫu, bản xem trước, thể thức, các bản của dự thảo."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.documents import queries, service
from app.documents.forms.outgoing import DraftForm, draft_form
from app.documents.models import Document
from app.documents.policy import Permission
from app.documents.service import composing
from app.documents.service.decree.forms import KINDS, form_kind
from app.documents.views import bp
from app.documents.views.shared import guard, press, url_of
from app.documents.workflow import OUTGOING
from app.storage import serving
from app.storage.kinds import MAIN_FILE
from app.web.actor import actor
from app.web.downloads import respond
from app.web.guards import accepts_files, requires
from app.web.uploads import first, receive


def _chosen_kind(document: Document | None = None) -> str:
    asked = request.args.get("mau", "")
    if form_kind(asked):
        return asked
    held = composing.Composition.of(document) if document else None
    return held.form if held else KINDS[0].key


def _kept_arguments(key: str) -> dict[str, Any]:
    """The address of another form keeps what this one answers."""
    return {"mau": key, **{k: v for k, v in request.args.items() if k in ("tra-loi", "nhu-truoc")}}


def _page(form: DraftForm, document: Document | None, question: Document | None) -> ResponseReturnValue:
    kinds = [
        {
            "label": k.name,
            "url": url_for(".create_draft", **_kept_arguments(k.key)),
            "current": k.key == form.KIND,
        }
        for k in KINDS
    ]
    return (
        render_template(
            "documents/draft.html",
            form=form,
            document=document,
            question=question,
            kinds=kinds if document is None else [],
            preview=url_for(".preview_draft", mau=form.KIND),
            as_last_time=url_for(".create_draft", **{**_kept_arguments(form.KIND), "nhu-truoc": 1}),
        ),
        form.status,
    )


@bp.route("/di/moi", methods=["GET", "POST"])
@requires(Permission.OUTGOING_DRAFT)
@accepts_files
def create_draft() -> ResponseReturnValue:
    """Soạn thảo văn bản đi, có thể để trả lời một văn bản đến."""
    question = _question()
    form = draft_form(_chosen_kind())()
    form.offer(actor())
    if request.method == "GET" and question is not None:
        form.recipients.data = [question.issuer_agency_id] if question.issuer_agency_id else []
        form.subject.data = f"trả lời {question.document_type} số {question.reference}: {question.subject}"[
            :500
        ]
    if request.method == "GET" and "nhu-truoc" in request.args:
        form.recipients.data, names = queries.last_recipients(actor())
        form.others.data = "\n".join(names)
    if form.validate_on_submit() and not form.lacks_something():
        main, attachments = (
            receive(form, form.document_file, kinds=MAIN_FILE),
            receive(form, form.attachments),
        )
        if main is not None and attachments is not None:
            content = form.content(actor(), question.id if question else None)
            document = form.attempt(service.create_draft, content, first(main), attachments)
            if document:
                flash("Đã lưu dự thảo.", "success")
                return redirect(url_of(document))
    return _page(form, None, question)


def _asked_id(name: str) -> int | None:
    asked = request.args.get(name, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise NotFound
    return int(asked)


def _question() -> Document | None:
    asked = _asked_id("tra-loi")
    return queries.incoming(asked, viewer=actor()) if asked is not None else None


@bp.route("/di/<int:document_id>/sua", methods=["GET", "POST"])
@requires(Permission.OUTGOING_DRAFT)
@accepts_files
def edit_draft(document_id: int) -> ResponseReturnValue:
    """Sửa dự thảo."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "edit")
    form = draft_form(_chosen_kind(document))(obj=document)
    form.offer(actor(), document)
    if form.validate_on_submit() and not form.lacks_something():
        main, attachments = (
            receive(form, form.document_file, kinds=MAIN_FILE),
            receive(form, form.attachments),
        )
        if main is not None and attachments is not None:
            saved = form.attempt(
                service.edit_draft,
                document_id,
                form.expected_version,
                form.content(actor(), document.in_reply_to_id),
                first(main),
                attachments,
                form.removed.data or (),
            )
            if saved:
                flash("Đã lưu dự thảo.", "success")
                return redirect(url_of(document))
    return _page(form, document, document.in_reply_to)


@bp.route("/di/xem-truoc", methods=["POST"])
@requires(Permission.OUTGOING_DRAFT)
@accepts_files
def preview_draft() -> ResponseReturnValue:
    """Xem trước văn bản đang soạn: nothing is kept; a picture of a page, or the PDF (``?dang=pdf``)."""
    form = draft_form(_chosen_kind())()
    form.offer(actor())
    form.validate()
    composition = form.composition()
    own = {f.name for f in form.own_fields}
    is_paper = request.args.get("dang") == "pdf"
    if composition is None or not form.approver.data or form.csrf_token.errors or own & set(form.errors):
        if not is_paper:
            return Response(
                status=204
            )  # the picture is asked for at every pause; a half-filled form is no fault
        return Response("Chưa có nội dung để xem trước.", 422, mimetype="text/plain; charset=utf-8")
    frame = composing.frame_for(
        actor(),
        document_type=form.document_type.data or form.kind.type_name,
        subject=form.subject.data or "",
        urgency=int(form.urgency.data or 0),
        receivers=form.receivers(actor()),
        signer_post_id=form.approver.data,
    )
    if is_paper:
        answer = Response(composing.preview_pdf(frame, composition), mimetype="application/pdf")
        answer.headers["Content-Disposition"] = 'inline; filename="xem-truoc.pdf"'
        return answer
    image, _count = composing.preview(frame, composition)
    return Response(image, mimetype="image/png")


@bp.route("/di/<int:document_id>/the-thuc", methods=["POST"])
@requires(Permission.OUTGOING_DRAFT)
def repair_form(document_id: int) -> ResponseReturnValue:
    """Sửa một điểm thể thức, hoặc mọi điểm máy sửa được."""
    document = queries.outgoing(document_id, viewer=actor())
    key = request.form.get("diem", "")[:80]
    return press(
        service.repair_form,
        document_id,
        key,
        done="Đã sửa thể thức thành một bản mới của dự thảo.",
        to=url_of(document) + "#the-thuc",
    )


@bp.route("/di/<int:document_id>/ban/<int:number>")
@requires(Permission.OUTGOING_READ)
def version_file(document_id: int, number: int) -> ResponseReturnValue:
    """Tải một bản của dự thảo."""
    kept = queries.version_of(document_id, number, viewer=actor())
    return respond(serving.download(kept.stored, kept.name))


@bp.route("/di/<int:document_id>/ban/<int:number>/lay-lai", methods=["POST"])
@requires(Permission.OUTGOING_DRAFT)
def restore_version(document_id: int, number: int) -> ResponseReturnValue:
    """Lấy lại một bản trước."""
    document = queries.outgoing(document_id, viewer=actor())
    return press(service.restore, document_id, number, done=f"Đã lấy lại bản {number}.", to=url_of(document))


@bp.route("/di/<int:document_id>/so-sanh")
@requires(Permission.OUTGOING_READ)
def compare_versions(document_id: int) -> ResponseReturnValue:
    """Các bản của dự thảo, và hai bản cạnh nhau."""
    document = queries.outgoing(document_id, viewer=actor())
    versions = queries.versions_of(document)
    chosen = [_asked_id("truoc"), _asked_id("sau")]
    newest = versions[0].number if versions else 0
    one, other = chosen[0] or max(1, newest - 1), chosen[1] or newest
    by_number = {v.number: v for v in versions}
    if versions and (one not in by_number or other not in by_number):
        raise NotFound
    pair = (by_number[one], by_number[other]) if versions else None
    return render_template(
        "documents/compare.html",
        document=document,
        versions=versions,
        one=pair[0] if pair else None,
        other=pair[1] if pair else None,
        rows=queries.compare(pair[0].stored, pair[1].stored) if pair else [],
        may_restore=any(a.action == "edit" for a in OUTGOING.available(actor(), document)),
    )
