"""Sửa đường đi của văn bản đến: rút lại, đổi chủ trì, lấy ý kiến, rút phần việc, đổi hạn."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app.documents import queries, service
from app.documents.forms import AskOpinionsForm, ChangeLeadForm, DueForm
from app.documents.policy import Permission
from app.documents.service import Assignment
from app.documents.views import bp
from app.documents.views.shared import act_page, guard, press, url_of
from app.documents.workflow import HANDLING, INCOMING
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import requires


@bp.route("/den/<int:document_id>/rut-lai", methods=["POST"])
@requires(Permission.INCOMING_PRESENT)
def pull_back(document_id: int) -> ResponseReturnValue:
    """Rút lại văn bản đã trình, chuyển."""
    document = queries.incoming(document_id, viewer=actor())
    return press(service.pull_back, document_id, done="Đã rút lại văn bản.", to=url_of(document))


@bp.route("/den/<int:document_id>/rut-but-phe", methods=["POST"])
@requires(Permission.INCOMING_INSTRUCT)
def take_back(document_id: int) -> ResponseReturnValue:
    """Rút lại bút phê."""
    document = queries.incoming(document_id, viewer=actor())
    return press(service.take_back, document_id, done="Đã rút lại bút phê.", to=url_of(document))


@bp.route("/den/<int:document_id>/doi-chu-tri", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def change_lead(document_id: int) -> ResponseReturnValue:
    """Đổi chủ trì."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "change_lead")
    form = ChangeLeadForm(obj=document) if request.method == "GET" else ChangeLeadForm()
    form.offer(actor())
    return act_page(
        document,
        form,
        title="Đổi chủ trì",
        submit="Đổi chủ trì",
        act=lambda who: service.change_lead(
            who,
            document_id,
            form.expected_version,
            Assignment(form.text.data or "", form.lead.data, due_at=form.due_at.data),
            keep_as_support=bool(form.keep_as_support.data),
        ),
        arguments=lambda: (),
        done="Đã đổi chủ trì.",
        fields=("lead", "keep_as_support", "text", "due_at"),
        hint="Nơi chủ trì cũ và mới đều lưu trong quá trình xử lý.",
    )


@bp.route("/den/<int:document_id>/lay-y-kien", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def ask_opinions(document_id: int) -> ResponseReturnValue:
    """Lấy ý kiến đơn vị, người khác trong cơ quan."""
    document = queries.incoming(document_id, viewer=actor())
    guard(INCOMING, document, "ask_opinions")
    form = AskOpinionsForm()
    form.offer(actor())
    return act_page(
        document,
        form,
        title="Lấy ý kiến",
        submit="Gửi lấy ý kiến",
        act=lambda who: service.ask_opinions(
            who, document_id, None, tuple(form.others.data or ()), form.text.data or "", form.due_at.data
        ),
        arguments=lambda: (),
        done="Đã gửi lấy ý kiến.",
        fields=("others", "text", "due_at"),
    )


@bp.route("/phan-viec/<int:handling_id>/rut", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def withdraw(handling_id: int) -> ResponseReturnValue:
    """Rút lại một phần việc đã giao."""
    document, handling = queries.handling(handling_id, viewer=actor())
    guard(HANDLING, handling, "withdraw")
    form = ReasonForm(obj=handling)
    return act_page(
        document,
        form,
        title="Rút lại phần việc",
        submit="Rút lại",
        act=service.withdraw_part,
        arguments=lambda: (handling_id, form.expected_version, form.reason.data),
        done="Đã rút lại phần việc.",
        fields=("reason",),
        danger=True,
    )


@bp.route("/phan-viec/<int:handling_id>/han", methods=["GET", "POST"])
@requires(Permission.INCOMING_HANDLE)
def set_due(handling_id: int) -> ResponseReturnValue:
    """Đổi hạn của một phần việc."""
    document, handling = queries.handling(handling_id, viewer=actor())
    guard(HANDLING, handling, "set_due")
    form = DueForm(obj=handling)
    return act_page(
        document,
        form,
        title="Đổi hạn phần việc",
        submit="Đổi hạn",
        act=service.set_due,
        arguments=lambda: (handling_id, form.expected_version, form.due_at.data),
        done="Đã đổi hạn.",
        fields=("due_at",),
    )
