"""Đọc nhiệm vụ từ văn bản: the text on one side, what was read on the other, given in one act."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import InputRejected
from app.core.working_days import calendar
from app.directives import queries, service
from app.directives.policy import Permission
from app.directives.reading.forms import READABLE, GiveForm, ReadForm, RowForm
from app.directives.reading.matching import Known, Matcher
from app.directives.reading.rows import Found, find_rows, lines_of
from app.directives.service import ReadOrder
from app.directives.views import bp
from app.directives.views.assigning import source_of_request
from app.documents.models import Document, FileRole
from app.language.secrecy import find_secrecy_mark, refusal
from app.storage import queries as storage
from app.storage.kinds import Kind
from app.storage.reading import FileContent, read_upload
from app.web.actor import actor
from app.web.guards import accepts_files, requires
from app.web.pages import form_page
from app.web.uploads import first, receive

_UNREAD = (
    "Văn bản này chưa đọc được chữ (bản chụp chưa nhận dạng, hoặc hệ thống đang đọc). "
    "Hãy dán nội dung cần giao vào ô bên dưới."
)


@bp.route("/doc-van-ban", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
@accepts_files
def read_text() -> ResponseReturnValue:
    """Đọc nhiệm vụ trong một văn bản (``?van-ban=``), một tệp hoặc nội dung dán vào, rồi giao những việc đã xác nhận."""
    document = source_of_request(actor())
    if request.method == "POST" and request.form.get("count"):
        return _give(document)
    form = ReadForm()
    if request.method == "POST":
        content = _content(form)
        if content is not None:
            # a sheet is its tables; its cells in a row are no sentences
            words = "" if content.kind is Kind.XLSX else content.text
            return _confirm(words, content.tables, document)
    elif document is not None:
        text = _text_of(document)
        if text:
            return _confirm(text, (), document)
        form.refuse(None, _UNREAD)
        form.status = 200
    return form_page("directives/read.html", form, document=document)


def _content(form: ReadForm) -> FileContent | None:
    """What there is to read; none when there is nothing, the reason then stands in the form."""
    if not form.validate_on_submit():
        return None
    files = receive(form, form.source_file, kinds=READABLE)
    upload = first(files or [])
    if files is None:
        return None
    try:
        if upload is not None:
            return read_upload(upload)
        text = form.text.data or ""
        mark = find_secrecy_mark(text)
        if mark:
            raise InputRejected(refusal(mark, "trong nội dung dán vào"))
    except InputRejected as problem:
        form.refuse("source_file" if upload else "text", problem.sentence)
        return None
    if not text.strip():
        form.refuse("text", "Hãy dán nội dung hoặc chọn một tệp để đọc.")
        return None
    return FileContent(Kind.TEXT, text)


def _text_of(document: Document) -> str | None:
    main = next((f.stored for f in document.files if f.role == FileRole.MAIN), None)
    return storage.text_of(main.id) if main is not None else None


def _matcher() -> Matcher:
    return Matcher([Known(*row) for row in queries.known_agencies()])


def _confirm(
    text: str, tables: Sequence[Sequence[Sequence[str]]], document: Document | None
) -> ResponseReturnValue:
    """The screen of what was read."""
    found = find_rows(text, tables, _matcher(), calendar())
    form = GiveForm(formdata=None)
    form.offer(service.assigners(actor()))
    form.text.data, form.count.data = text, str(len(found.rows))
    rows = [RowForm(formdata=None, prefix=f"d{i}-") for i in range(len(found.rows))]
    for row_form, row in zip(rows, found.rows, strict=True):
        row_form.fill(row)
    return _screen(form, rows, found, document)


def _give(document: Document | None) -> ResponseReturnValue:
    """Giao những nhiệm vụ được đánh dấu."""
    form = GiveForm()
    form.offer(service.assigners(actor()))
    rows = [RowForm(prefix=f"d{i}-") for i in range(form.rows)]
    matcher = _matcher()
    orders: list[ReadOrder] = []
    valid = form.validate_on_submit()
    for number, row in enumerate(rows, start=1):
        if not row.wanted.data:
            continue
        fits = row.validate()
        orders.append(row.order(matcher))
        if not fits or row.errors:
            valid = False
            words = [sentence for problems in row.errors.values() for sentence in problems]
            form.refuse(None, f"Nhiệm vụ thứ {number}: {' '.join(words)}")
    if valid:
        given = form.attempt(
            service.assign_many,
            orders,
            source_document_id=document.id if document else None,
            assigner_post_id=form.assigner.data,
        )
        if given:
            flash(f"Đã giao {len(given)} nhiệm vụ.", "success")
            return redirect(url_for(".index"))
    found = find_rows(form.text.data or "", (), matcher, calendar())
    return _screen(form, rows, found, document)


def _screen(
    form: GiveForm, rows: list[RowForm], found: Found, document: Document | None
) -> ResponseReturnValue:
    # A form sent back keeps its rows; only those the text still yields in the same number can be shown beside it.
    beside = found.rows if len(found.rows) == len(rows) else ()
    page = render_template(
        "directives/reading.html",
        form=form,
        rows=rows,
        beside=beside,
        parts=lines_of(form.text.data or "", beside),
        heading=found.heading,
        left_out=found.left_out,
        document=document,
        agencies=[name for _, _, name, _ in queries.known_agencies()],
        several=len(form.assigner.options) > 1,
    )
    return page, form.status
