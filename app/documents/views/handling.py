"""Phần việc được giao: đã xem, chuyển tiếp, tình hình, kết quả, trả lại."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.documents import queries, service
from app.documents.forms import PassOnForm, ProgressForm, ResultForm
from app.documents.policy import Permission
from app.documents.views import bp
from app.documents.views.shared import act_page, guard, url_of
from app.documents.workflow import HANDLING
from app.org import queries as org
from app.web.actor import actor
from app.web.forms import OfficeForm, ReasonForm
from app.web.guards import requires


@bp.route("/phan-viec/<int:handling_id>/da-xem", methods=["POST"])
@requires(Permission.INCOMING_READ)
def see(handling_id: int) -> ResponseReturnValue:
    """Đã xem phần việc (gửi tự động khi mở trang; có nút khi không chạy kịch bản)."""
    document, _handling = queries.handling(handling_id, viewer=actor())
    if OfficeForm().validate_on_submit():
        service.see(actor(), handling_id)
    return redirect(url_of(document), 303)


@bp.route("/de-biet", methods=["POST"])
@requires(Permission.INCOMING_READ)
def clear_informed() -> ResponseReturnValue:
    """Đã biết: dọn các văn bản để biết đã chọn."""
    form = OfficeForm()
    ids = [int(i) for i in request.form.getlist("ids")[: limits.PAGE_ROWS] if i.isascii() and i.isdigit()]
    if form.validate_on_submit():
        count = form.attempt(service.clear_informed, ids)
        flash(
            f"Đã dọn {count or 0} văn bản để biết." if ids else "Chưa chọn văn bản nào.",
            "success" if ids else "error",
        )
    return redirect(url_for(".incoming_list", muc="de-biet"), 303)


@bp.route("/phan-viec/<int:handling_id>/chuyen", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def pass_on(handling_id: int) -> ResponseReturnValue:
    """Chuyển tiếp cho người trong đơn vị."""
    document, handling = queries.handling(handling_id, viewer=actor())
    guard(HANDLING, handling, "pass_on")
    form = PassOnForm(obj=handling) if request.method == "GET" else PassOnForm()
    people = org.post_choices(
        document.agency_id, unit_id=handling.unit_id or actor().unit_id, exclude=actor().post_id
    )
    form.lead.offer(people)
    form.support.offer(people)
    return act_page(
        document,
        form,
        title="Chuyển xử lý trong đơn vị",
        submit="Chuyển xử lý",
        act=lambda who: service.pass_on(
            who,
            handling_id,
            form.expected_version,
            lead_post_id=form.lead.data or 0,
            support_post_ids=tuple(form.support.data or ()),
            text=form.text.data or "",
            due_at=form.due_at.data,
        ),
        arguments=lambda: (),
        done="Đã chuyển xử lý trong đơn vị.",
        fields=("lead", "support", "text", "due_at"),
    )


@bp.route("/phan-viec/<int:handling_id>/tinh-hinh", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def progress(handling_id: int) -> ResponseReturnValue:
    """Cập nhật tình hình."""
    document, handling = queries.handling(handling_id, viewer=actor())
    guard(HANDLING, handling, "progress")
    form = ProgressForm(obj=handling)
    return act_page(
        document,
        form,
        title="Cập nhật tình hình xử lý",
        submit="Cập nhật",
        act=service.report_progress,
        arguments=lambda: (handling_id, form.expected_version, form.text.data),
        done="Đã cập nhật tình hình.",
        fields=("text",),
    )


@bp.route("/phan-viec/<int:handling_id>/ket-qua", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def complete(handling_id: int) -> ResponseReturnValue:
    """Báo kết quả, kết thúc phần việc."""
    document, handling = queries.handling(handling_id, viewer=actor())
    guard(HANDLING, handling, "complete")
    form = ResultForm(obj=handling)
    return act_page(
        document,
        form,
        title="Kết thúc xử lý",
        submit="Kết thúc xử lý",
        act=service.complete,
        arguments=lambda: (handling_id, form.expected_version, form.result.data),
        done="Đã báo kết quả xử lý.",
        fields=("result",),
        hint="Khi phần chủ trì cuối cùng xong, văn bản kết thúc xử lý và nơi gửi biết kết quả.",
    )


@bp.route("/phan-viec/<int:handling_id>/tra-lai", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def return_handling(handling_id: int) -> ResponseReturnValue:
    """Trả lại phần việc không thuộc mình."""
    document, handling = queries.handling(handling_id, viewer=actor())
    guard(HANDLING, handling, "return")
    form = ReasonForm(obj=handling)
    return act_page(
        document,
        form,
        title="Trả lại phần việc",
        submit="Trả lại",
        act=service.return_handling,
        arguments=lambda: (handling_id, form.expected_version, form.reason.data),
        done="Đã trả lại phần việc cho người giao.",
        fields=("reason",),
        danger=True,
    )
