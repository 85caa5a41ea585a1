"""Quy định về họp theo loại cơ quan: everybody reads, the city's administrator edits."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.meetings import labels, queries, service
from app.meetings.forms import RuleForm
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import render, show_form
from app.org import queries as org
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/quy-dinh")
@requires(Permission.MEETING_READ)
def rule_list() -> ResponseReturnValue:
    """Thời hạn về họp của từng loại cơ quan, với căn cứ."""
    viewer = actor()
    may_edit = viewer.can(Permission.RULE_EDIT) and org.agency(viewer.agency_id or 0).parent_id is None
    return render("rules", rows=queries.rules(), may_edit=may_edit)


@bp.route("/quy-dinh/<int:rule_id>", methods=["GET", "POST"])
@requires(Permission.RULE_EDIT)
def edit_rule(rule_id: int) -> ResponseReturnValue:
    """Sửa quy định của một loại cơ quan."""
    rule = queries.rule(rule_id)
    form = RuleForm(obj=rule)
    if form.validate_on_submit():
        saved = form.attempt(
            service.save_rule, rule_id, version=form.expected_version, invitation_days=form.invitation_days.data,
            papers_days=form.papers_days.data, conclusion_days=form.conclusion_days.data,
            needs_consent=form.needs_consent.data, source=form.source.data,
        )  # fmt: skip
        if saved is not None:
            flash("Đã lưu quy định về họp.", "success")
            return redirect(url_for(".rule_list"))
    return show_form(
        "rule", form, rule=rule, kind=labels.AGENCY_KINDS[rule.agency_kind], back=url_for(".rule_list")
    )
