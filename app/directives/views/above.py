"""Nhiệm vụ cấp trên giao: đề nghị cấp trên gia hạn, ghi nhận hạn mới."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.directives import queries, service
from app.directives.forms import AboveForm, GrantForm
from app.directives.policy import Permission
from app.directives.views import bp
from app.directives.views.shared import act_form, act_page, admit
from app.directives.workflow import DIRECTIVE
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/<int:part_id>/de-nghi-cap-tren", methods=["GET", "POST"])
@requires(Permission.URGE)
def ask_above(part_id: int) -> ResponseReturnValue:
    """Dự thảo văn bản đề nghị cấp trên gia hạn."""
    part = queries.part(part_id, viewer=actor())
    form = AboveForm()
    form.approver.offer(queries.assigner_choices(part.assigning_agency_id))
    admit(DIRECTIVE, part, "ask_above", form)
    if not form.is_submitted():
        form.version.data, form.approver.data = str(part.version), part.assigner_post_id
    if form.validate_on_submit():
        document = form.attempt(
            service.ask_above,
            part_id,
            due_at=form.due.data,
            reason=form.reason.data,
            approver_post_id=form.approver.data,
            version=form.expected_version,
        )
        if document:
            flash("Đã dự thảo văn bản đề nghị gia hạn. Xem lại rồi trình ký.", "success")
            return redirect(url_for("documents.outgoing", document_id=document.id))
    return act_form(
        part,
        form,
        title="Đề nghị cấp trên gia hạn",
        submit="Lập dự thảo",
        fields=("due", "reason", "approver"),
        hint=f"Hạn do {part.directive.external_body} giao, cơ quan không tự gia hạn; văn bản này gửi lên để xin gia hạn.",
    )


@bp.route("/<int:part_id>/cap-tren-gia-han", methods=["GET", "POST"])
@requires(Permission.URGE)
def record_above(part_id: int) -> ResponseReturnValue:
    """Ghi nhận cấp trên đã gia hạn."""
    part, form = queries.part(part_id, viewer=actor()), GrantForm()
    return act_page(
        part,
        form,
        "record_above",
        submit="Ghi nhận",
        act=service.record_above,
        arguments=lambda: {"due_at": form.due.data, "note": form.note.data or ""},
        done=f"Đã ghi nhận hạn mới của cấp trên cho {part.code}.",
        fields=("due", "note"),
        hint="Ghi số, ngày văn bản của cấp trên vào ý kiến. Hạn đã giao cơ quan chủ trì không tự đổi theo.",
    )
