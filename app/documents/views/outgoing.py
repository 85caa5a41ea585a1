"""Văn bản đi: danh sách, soạn thảo, duyệt, phát hành."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import labels, queries, service
from app.documents.forms import EndorseForm
from app.documents.forms.outgoing import IssueForm, MoreRecipientsForm
from app.documents.policy import Permission
from app.documents.views import bp
from app.documents.views.shared import (
    act_page,
    files_of,
    guard,
    press,
    stamp_of,
    timeline_of,
    url_of,
    viewer_of,
)
from app.documents.workflow import OUTGOING
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import requires
from app.web.navigation import counts
from app.web.pagination import Page, requested_key


@bp.route("/di")
@requires(Permission.OUTGOING_READ)
def outgoing_list() -> ResponseReturnValue:
    """Văn bản đi: cần xử lý trước, rồi tất cả."""
    viewer, after = actor(), requested_key()
    tab = "tat-ca" if request.args.get("muc") == "tat-ca" else "viec"
    rows, following = queries.outgoing_page(viewer, open_only=tab == "viec", after=after)
    figures = counts(viewer)
    tabs = [
        {
            "label": "Cần xử lý",
            "url": url_for(".outgoing_list"),
            "current": tab == "viec",
            "count": figures.get("outgoing_open", 0),
        },
        {
            "label": "Tất cả",
            "url": url_for(".outgoing_list", muc="tat-ca"),
            "current": tab == "tat-ca",
            "count": None,
        },
    ]
    return render_template(
        "documents/outgoing_list.html",
        page=Page(rows, following, after is None),
        tabs=tabs,
        tab=tab,
        labels=labels,
        stamp_of=stamp_of,
    )


@bp.route("/di/cho-phat-hanh")
@requires(Permission.OUTGOING_ISSUE)
def approved() -> ResponseReturnValue:
    """Văn bản chờ cấp số, phát hành."""
    return render_template(
        "documents/approved.html",
        rows=queries.approved_page(actor()),
        labels=labels,
        stamp_of=stamp_of,
        must_sign=queries.must_sign(actor().agency_id or 0),
    )


@bp.route("/di/<int:document_id>")
@requires(Permission.OUTGOING_READ)
def outgoing(document_id: int) -> ResponseReturnValue:
    """Một văn bản đi."""
    viewer = actor()
    document = queries.outgoing(document_id, viewer=viewer)
    at: dict[str, Any] = {"document_id": document.id}
    urls = {
        "edit": url_for(".edit_draft", **at),
        "submit": url_for(".submit", **at),
        "endorse": url_for(".endorse", **at),
        "approve": url_for(".approve", **at),
        "return": url_for(".return_draft", **at),
        "issue": url_for(".issue", **at),
        "sign": url_for(".sign", **at),
        "seal": url_for(".seal", **at),
        "take_back": url_for(".reopen_draft", **at),
        "discard": url_for(".discard", **at),
        "add_recipients": url_for(".add_recipients", **at),
    }
    return render_template(
        "documents/outgoing.html",
        document=document,
        labels=labels,
        available=OUTGOING.available(viewer, document),
        urls=urls,
        stamp=stamp_of(document.urgency),
        files=files_of(document),
        viewer=viewer_of(document, most=3),
        report=queries.form_report(document),
        timeline=timeline_of(document),
    )


@bp.route("/di/<int:document_id>/trinh", methods=["POST"])
@requires(Permission.OUTGOING_DRAFT)
def submit(document_id: int) -> ResponseReturnValue:
    """Trình duyệt dự thảo."""
    document = queries.outgoing(document_id, viewer=actor())
    return press(service.submit, document_id, done="Đã trình duyệt dự thảo.", to=url_of(document))


@bp.route("/di/<int:document_id>/dong-y", methods=["GET", "POST"])
@requires(Permission.OUTGOING_READ)
def endorse(document_id: int) -> ResponseReturnValue:
    """Trưởng đơn vị đồng ý, trình lãnh đạo."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "endorse")
    form = EndorseForm(obj=document)
    return act_page(
        document,
        form,
        title="Đồng ý, trình lãnh đạo",
        submit="Đồng ý, trình lãnh đạo",
        act=service.endorse,
        arguments=lambda: (document_id, form.expected_version, form.note.data or ""),
        done="Đã đồng ý và trình lãnh đạo.",
        fields=("note",),
    )


@bp.route("/di/<int:document_id>/phe-duyet", methods=["POST"])
@requires(Permission.OUTGOING_READ)
def approve(document_id: int) -> ResponseReturnValue:
    """Phê duyệt dự thảo, một lần bấm."""
    document = queries.outgoing(document_id, viewer=actor())
    to = url_for("shell.home") if request.form.get("next") == "home" else url_of(document)
    return press(service.approve, document_id, done=f"Đã phê duyệt: {document.subject}.", to=to)


@bp.route("/di/<int:document_id>/tra-lai", methods=["GET", "POST"])
@requires(Permission.OUTGOING_READ)
def return_draft(document_id: int) -> ResponseReturnValue:
    """Trả lại dự thảo."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "return")
    form = ReasonForm(obj=document)
    return act_page(
        document,
        form,
        title="Trả lại dự thảo",
        submit="Trả lại",
        act=service.return_draft,
        arguments=lambda: (document_id, form.expected_version, form.reason.data),
        done="Đã trả lại dự thảo cho người soạn thảo.",
        fields=("reason",),
        danger=True,
    )


@bp.route("/di/<int:document_id>/huy", methods=["GET", "POST"])
@requires(Permission.OUTGOING_DRAFT)
def discard(document_id: int) -> ResponseReturnValue:
    """Hủy dự thảo."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "discard")
    form = ReasonForm(obj=document)
    return act_page(
        document,
        form,
        title="Hủy dự thảo",
        submit="Hủy dự thảo",
        act=service.discard,
        arguments=lambda: (document_id, form.expected_version, form.reason.data),
        done="Đã hủy dự thảo.",
        fields=("reason",),
        danger=True,
    )


@bp.route("/di/<int:document_id>/rut-lai", methods=["GET", "POST"])
@requires(Permission.OUTGOING_DRAFT)
def reopen_draft(document_id: int) -> ResponseReturnValue:
    """Rút lại dự thảo để sửa."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "take_back")
    form = ReasonForm(obj=document)
    return act_page(
        document,
        form,
        title="Rút lại để sửa",
        submit="Rút lại",
        act=service.reopen_draft,
        arguments=lambda: (document_id, form.expected_version, form.reason.data),
        done="Đã rút lại dự thảo. Sau khi sửa, dự thảo được trình lại từ đầu.",
        fields=("reason",),
    )


@bp.route("/di/<int:document_id>/phat-hanh", methods=["GET", "POST"])
@requires(Permission.OUTGOING_ISSUE)
def issue(document_id: int) -> ResponseReturnValue:
    """Cấp số, phát hành."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "issue")
    form = IssueForm(obj=document) if request.method == "GET" else IssueForm()
    form.offer(actor())
    if form.validate_on_submit():
        issued = form.attempt(
            service.issue, document_id, form.expected_version, form.register.data, form.entry.data
        )
        if issued:
            flash(f"Đã phát hành văn bản {issued.reference}.", "success")
            return redirect(url_of(issued))
    return render_template("documents/issue.html", document=document, form=form, labels=labels), form.status


@bp.route("/di/<int:document_id>/gui-bo-sung", methods=["GET", "POST"])
@requires(Permission.OUTGOING_ISSUE)
def add_recipients(document_id: int) -> ResponseReturnValue:
    """Gửi bổ sung nơi nhận của văn bản đã phát hành."""
    document = queries.outgoing(document_id, viewer=actor())
    guard(OUTGOING, document, "add_recipients")
    form = MoreRecipientsForm(obj=document) if request.method == "GET" else MoreRecipientsForm()
    form.offer(actor())
    if request.method == "GET":
        form.recipients.data, form.groups.data = [], []
    return act_page(
        document,
        form,
        title="Gửi bổ sung nơi nhận",
        submit="Gửi bổ sung",
        act=service.add_recipients,
        arguments=lambda: (document_id, form.expected_version, *form.wanted(actor()), form.reason.data),
        done="Đã gửi bổ sung nơi nhận.",
        fields=("groups", "recipients", "others", "reason"),
        hint="Nội dung đã ký giữ nguyên; nơi nhận bổ sung và lý do được ghi lại.",
    )
