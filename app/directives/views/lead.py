"""Điều chỉnh cơ quan chủ trì: đề nghị, quyết định, đổi."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from app.directives import queries, service
from app.directives.forms import ChangeLeadForm, LeadChangeForm
from app.directives.policy import Permission
from app.directives.views import bp
from app.directives.views.decisions import after
from app.directives.views.shared import act_form, act_page, admit, press, url_of
from app.directives.workflow import LEAD_CHANGE
from app.web.actor import actor
from app.web.formatting import date as dmy
from app.web.forms import ReasonForm
from app.web.guards import requires


@bp.route("/<int:part_id>/dieu-chinh", methods=["GET", "POST"])
@requires(Permission.RECEIVE)
def request_lead_change(part_id: int) -> ResponseReturnValue:
    """Đề nghị điều chỉnh cơ quan chủ trì."""
    page = queries.details(part_id, viewer=actor())
    form = LeadChangeForm()
    form.lead.offer(queries.lead_choices(but=page.part.lead_agency_id))
    return act_page(
        page.part,
        form,
        "request_lead_change",
        submit="Gửi đề nghị",
        act=service.request_lead_change,
        arguments=lambda: {"reason": form.reason.data, "proposed_agency_id": form.lead.data},
        done=f"Đã gửi đề nghị điều chỉnh cơ quan chủ trì {page.part.code}.",
        fields=("reason", "lead"),
        hint=f"Đề nghị được đến hết ngày {dmy(queries.last_day_of_lead_change(page.part))}. "
        "Thời hạn vẫn tính trong khi chờ; không đề nghị thì coi như đã nhận.",
    )


@bp.route("/<int:part_id>/doi-chu-tri", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def change_lead(part_id: int) -> ResponseReturnValue:
    """Đổi cơ quan chủ trì."""
    part = queries.part(part_id, viewer=actor())
    form = ChangeLeadForm()
    form.lead.offer(queries.lead_choices(but=part.lead_agency_id))
    return act_page(
        part,
        form,
        "change_lead",
        submit="Đổi cơ quan chủ trì",
        act=service.change_lead,
        arguments=lambda: {"lead_agency_id": form.lead.data, "reason": form.reason.data},
        done=f"Đã đổi cơ quan chủ trì {part.code}.",
        fields=("lead", "reason"),
        hint="Báo cáo, đôn đốc và số liệu đến nay vẫn ghi cho cơ quan cũ; thời hạn không đổi.",
    )


@bp.route("/<int:part_id>/dieu-chinh/<int:lead_request_id>/dong-y", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def agree_lead_change(part_id: int, lead_request_id: int) -> ResponseReturnValue:
    """Đồng ý điều chỉnh: pressed where an agency is proposed, or on a page that names another."""
    part = queries.part(part_id, viewer=actor())
    asked = queries.lead_change(part, lead_request_id)
    form = ChangeLeadForm()
    form.reason.label.text = "Ý kiến kèm theo"
    form.lead.offer(queries.lead_choices(but=part.lead_agency_id))
    admit(LEAD_CHANGE, asked, "agree", form)
    if not form.is_submitted():
        form.version.data, form.lead.data = str(asked.version), asked.proposed_agency_id
    if form.is_submitted() and not form.reason.data:
        form.reason.data = asked.reason
    if form.validate_on_submit() and form.attempt(
        service.agree_lead_change,
        part_id,
        lead_request_id,
        lead_agency_id=form.lead.data,
        note=form.reason.data or "",
        version=form.expected_version,
    ):
        flash(f"Đã đổi cơ quan chủ trì {part.code}.", "success")
        return redirect(after(part))
    return act_form(
        part,
        form,
        drawn_from=asked,
        title="Đồng ý điều chỉnh cơ quan chủ trì",
        submit="Đồng ý điều chỉnh",
        fields=("lead", "reason"),
        hint=f"{asked.agency.short_name} nêu lý do: {asked.reason}",
    )


@bp.route("/<int:part_id>/dieu-chinh/<int:lead_request_id>/khong-dong-y", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def refuse_lead_change(part_id: int, lead_request_id: int) -> ResponseReturnValue:
    """Không điều chỉnh cơ quan chủ trì."""
    part = queries.part(part_id, viewer=actor())
    asked = queries.lead_change(part, lead_request_id)
    form = ReasonForm()
    admit(LEAD_CHANGE, asked, "refuse", form)
    if not form.is_submitted():
        form.version.data = str(asked.version)
    if form.validate_on_submit() and form.attempt(
        service.refuse_lead_change,
        part_id,
        lead_request_id,
        reason=form.reason.data,
        version=form.expected_version,
    ):
        flash(f"Đã trả lời không điều chỉnh cơ quan chủ trì {part.code}.", "success")
        return redirect(url_of(part))
    return act_form(
        part,
        form,
        drawn_from=asked,
        title="Không điều chỉnh cơ quan chủ trì",
        submit="Không điều chỉnh",
        fields=("reason",),
        hint="Cơ quan chủ trì và thời hạn không đổi; thời hạn vẫn tính từ ngày giao.",
    )


@bp.route("/<int:part_id>/dieu-chinh/<int:lead_request_id>/rut", methods=["POST"])
@requires(Permission.RECEIVE)
def take_back_lead_change(part_id: int, lead_request_id: int) -> ResponseReturnValue:
    """Rút đề nghị điều chỉnh cơ quan chủ trì."""
    part = queries.part(part_id, viewer=actor())
    queries.lead_change(part, lead_request_id)
    return press(
        service.take_back_lead_change, part_id, lead_request_id, done="Đã rút đề nghị.", to=url_of(part)
    )
