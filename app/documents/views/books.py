"""Nhóm nơi nhận của cơ quan."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import queries, service
from app.documents.forms import GroupForm
from app.documents.policy import Permission
from app.documents.views import bp
from app.documents.views.shared import press
from app.org import queries as org
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/nhom")
@requires(Permission.GROUP_EDIT)
def groups() -> ResponseReturnValue:
    """Nhóm nơi nhận của cơ quan."""
    return render_template("documents/groups.html", groups=queries.groups(actor().agency_id or 0))


@bp.route("/nhom/moi", methods=["GET", "POST"])
@bp.route("/nhom/<int:group_id>", methods=["GET", "POST"])
@requires(Permission.GROUP_EDIT)
def group(group_id: int | None = None) -> ResponseReturnValue:
    """Thêm hoặc sửa một nhóm nơi nhận."""
    found = queries.group(group_id, viewer=actor()) if group_id else None
    form = GroupForm(obj=found)
    form.members.offer(org.agency_choices())
    if request.method == "GET" and found is not None:
        form.members.data = queries.group_members(found.agency_id, [found.id])
    if form.validate_on_submit() and form.attempt(
        service.save_group, group_id, form.name.data, form.members.data
    ):
        flash(f"Đã lưu nhóm {form.name.data}.", "success")
        return redirect(url_for(".groups"))
    return form_page("documents/group.html", form, group=found)


@bp.route("/nhom/<int:group_id>/xoa", methods=["POST"])
@requires(Permission.GROUP_EDIT)
def remove_group(group_id: int) -> ResponseReturnValue:
    """Bỏ một nhóm nơi nhận."""
    return press(
        lambda who, i, _version: service.remove_group(who, i),
        group_id,
        done="Đã bỏ nhóm nơi nhận.",
        to=url_for(".groups"),
    )
