"""Bàn văn thư: văn bản chờ vào sổ, chờ trình; vào sổ bản giấy. List, document and form in one view."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.actor import Actor
from app.core.errors import InputRejected
from app.documents import labels, queries, service
from app.documents.forms import PaperForm, RegisterForm, ScansForm
from app.documents.forms.choices import handler_choices
from app.documents.models import Document, FileRole, Source
from app.documents.policy import Permission
from app.documents.service import Answer
from app.documents.views import bp
from app.documents.views.shared import due_of, stamp_of, tell_done, url_of, viewer_of
from app.storage.kinds import MAIN_FILE, SCAN
from app.storage.reading import read_upload
from app.web.actor import actor
from app.web.guards import accepts_files, requires
from app.web.navigation import counts
from app.web.pages import form_page
from app.web.uploads import first, receive


def _tabs(viewer: Actor, current: str) -> list[dict[str, Any]]:
    figures = counts(viewer)
    rows = (
        ("waiting", "Chờ vào sổ", ".inbox", "documents_waiting"),
        ("registered", "Chờ trình, chuyển", ".registered", "documents_registered"),
        ("all", "Đã vào sổ", ".incoming_list", None),
    )
    return [
        {
            "label": words,
            "url": url_for(endpoint, muc="tat-ca") if key == "all" else url_for(endpoint),
            "current": key == current,
            "count": figures.get(figure, 0) if figure else None,
        }
        for key, words, endpoint, figure in rows
    ]


@bp.route("/den/cho-vao-so")
@requires(Permission.INCOMING_REGISTER)
def inbox() -> ResponseReturnValue:
    """Văn bản chờ vào sổ: the first of the queue is open."""
    rows = queries.waiting_page(actor())
    if rows and request.args.get("xem") != "danh-sach":
        return _show(rows[0].id, rows)
    return render_template(
        "documents/inbox.html",
        rows=rows,
        tabs=_tabs(actor(), "waiting"),
        document=None,
        form=None,
        **_common(),
    )


@bp.route("/den/cho-vao-so/<int:document_id>", methods=["GET", "POST"])
@requires(Permission.INCOMING_REGISTER)
def waiting(document_id: int) -> ResponseReturnValue:
    """Một văn bản trong hàng chờ, và biểu mẫu vào sổ của nó."""
    return _show(document_id, None)


def _show(document_id: int, rows: Any) -> ResponseReturnValue:
    document = queries.waiting(document_id, viewer=actor())
    if document.state != "waiting" and request.method == "GET":
        return redirect(url_of(document))
    form = RegisterForm(obj=document)
    form.offer(actor())
    hashes = [f.stored.sha256 for f in document.files if f.role == FileRole.MAIN]
    if request.method == "GET":
        form.urgency.data = str(document.urgency)
        form.fill_read(service.read_waiting(document))
        twins = form.compare(actor(), hashes, besides=document_id)
    else:
        twins = form.compare(actor(), hashes, besides=document_id)
        if form.validate_on_submit():
            result = form.attempt(
                service.register_and_route,
                document_id,
                form.expected_version,
                form.registration(),
                form.target.data,
                form.assignment(),
                form.settlement(),
            )
            if result:
                tell_done(_done_words(result, form), _undo_of(result))
                return redirect(url_for(".inbox"))
    listed = rows if rows is not None else queries.waiting_page(actor())
    page = render_template(
        "documents/inbox.html",
        rows=listed,
        tabs=_tabs(actor(), "waiting"),
        document=document,
        form=form,
        next_number=queries.next_number(form.register.data, viewer=actor()),
        twins=twins,
        viewer=viewer_of(document),
        **_common(),
    )
    return page, form.status


def _common() -> dict[str, Any]:
    return {"labels": labels, "stamp_of": stamp_of, "due_of": due_of}


def _undo_of(document: Document) -> str | None:
    """What was routed can be pulled back; a number that was given stays given."""
    routed = document.state in ("to_propose", "presented", "assigned")
    return url_for(".pull_back", document_id=document.id) if routed else None


def _done_words(document: Document, form: RegisterForm) -> str:
    """What came of it: a number of its own, a place in another number, or nothing kept."""
    if document.state in ("discarded", "merged") or form.settlement().answer == Answer.DISCARD:
        known = document.duplicate_of or document
        number = f"số đến {known.number}/{known.number_year}" if known.number else "văn bản đang chờ vào sổ"
        return f"Đã bỏ bản trùng; văn bản đã có ở {number}."
    if form.settlement().answer == Answer.ATTACH:
        return f"Đã đính kèm vào số đến {document.number}/{document.number_year}."
    return _registered_words(document)


def _registered_words(document: Document) -> str:
    words = f"Đã vào sổ số đến {document.number}"
    if document.state == "presented" and document.presented_to and document.presented_to.person:
        return f"{words}, trình {document.presented_to.person.full_name}."
    if document.state == "assigned":
        return f"{words}, đã chuyển xử lý."
    return f"{words}." if document.state == "registered" else f"{words}, chuyển tham mưu."


@bp.route("/den/cho-trinh")
@requires(Permission.INCOMING_REGISTER)
def registered() -> ResponseReturnValue:
    """Văn bản đã vào sổ, chờ trình hoặc chuyển."""
    return render_template(
        "documents/registered.html",
        rows=queries.registered_page(actor()),
        targets=handler_choices(actor().agency_id or 0),
        tabs=_tabs(actor(), "registered"),
        **_common(),
    )


_SCANS = SCAN | MAIN_FILE


@bp.route("/den/ban-giay", methods=["GET", "POST"])
@requires(Permission.INCOMING_REGISTER)
@accepts_files
def paper() -> ResponseReturnValue:
    """Vào sổ văn bản giấy kèm bản quét."""
    form, twins = PaperForm(), []
    form.offer(actor())
    if request.form.get("read"):
        _fill_from_scan(form)
    elif form.is_submitted():
        valid = form.validate_on_submit()
        # What was sent is kept even when something else must be mended first.
        main, attachments = receive(form, form.document_file, kinds=_SCANS), receive(form, form.attachments)
        twins = form.compare(actor(), [u.sha256 for u in main or ()])
        if valid and main is not None and attachments is not None:
            result = form.attempt(
                service.register_paper_and_route,
                form.registration(),
                first(main),
                attachments,
                form.target.data,
                form.assignment(),
                form.settlement(),
            )
            if result:
                flash(_done_words(result, form), "success")
                return redirect(url_of(result))
    return render_template(
        "documents/paper.html",
        form=form,
        twins=twins,
        next_number=queries.next_number(form.register.data, viewer=actor()),
    ), form.status


def _fill_from_scan(form: PaperForm) -> None:
    """ "Đọc từ tệp": the scan is kept, its text fills the fields; nothing is registered yet."""
    main, attachments = receive(form, form.document_file, kinds=_SCANS), receive(form, form.attachments)
    scan = first(main or [])
    if main is None or attachments is None:
        return
    if scan is None:
        form.refuse("document_file", "Hãy chọn tệp văn bản trước rồi bấm Đọc từ tệp.")
        return
    try:
        form.fill_read(service.read_fields(read_upload(scan).text))
    except InputRejected as problem:
        form.refuse("document_file", problem.sentence)


@bp.route("/den/hang-cho", methods=["GET", "POST"])
@requires(Permission.INCOMING_REGISTER)
@accepts_files
def queue_scans() -> ResponseReturnValue:
    """Đưa nhiều bản quét vào hàng chờ, mỗi tệp một văn bản."""
    form = ScansForm()
    if form.validate_on_submit():
        scans = receive(form, form.scans, kinds=_SCANS)
        if scans is not None:
            queued = form.attempt(service.queue_scans, Source(form.source.data or Source.PAPER), scans)
            if queued:
                flash(f"Đã đưa {len(queued)} văn bản vào hàng chờ.", "success")
                return redirect(url_for(".inbox"))
    return form_page("documents/scans.html", form)
