"""Quản trị đơn vị thuộc cơ quan."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.org import queries, service
from app.org.forms import UnitForm
from app.org.policy import Permission
from app.org.views import bp
from app.org.views.common import posted_version
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/quan-tri/don-vi")
@requires(Permission.PEOPLE_MANAGE)
def units() -> ResponseReturnValue:
    """Đơn vị của cơ quan."""
    me = actor()
    return render_template(
        "org/units.html",
        units=queries.units_in_order(me.agency_id or 0),
        counts=queries.posts_per_unit(me.agency_id or 0),
    )


@bp.route("/quan-tri/don-vi/them", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def add_unit() -> ResponseReturnValue:
    """Thêm đơn vị."""
    form = UnitForm()
    form.parent.offer(queries.unit_choices(actor().agency_id or 0))
    if form.validate_on_submit() and form.attempt(service.add_unit, **_fields(form)):
        flash(f"Đã thêm đơn vị “{form.name.data}”.", "success")
        return redirect(url_for(".units"))
    return form_page("org/unit_form.html", form, unit=None)


@bp.route("/quan-tri/don-vi/<int:unit_id>/sua", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def edit_unit(unit_id: int) -> ResponseReturnValue:
    """Sửa đơn vị."""
    found = queries.unit(unit_id, actor().agency_id or 0)
    form = UnitForm(obj=found)
    form.parent.offer([c for c in queries.unit_choices(found.agency_id) if c.value != str(unit_id)])
    if request.method == "GET":
        form.parent.data = found.parent_id
    if form.validate_on_submit() and form.attempt(
        service.edit_unit, unit_id, **_fields(form), version=form.expected_version
    ):
        flash(f"Đã lưu đơn vị “{form.name.data}”.", "success")
        return redirect(url_for(".units"))
    return form_page("org/unit_form.html", form, unit=found)


def _fields(form: UnitForm) -> dict[str, object]:
    return {
        "name": form.name.data,
        "abbreviation": form.abbreviation.data,
        "parent_id": form.parent.data,
        "sort": form.sort.data if form.sort.data is not None else 50,
    }


@bp.route("/quan-tri/don-vi/<int:unit_id>/ngung", methods=["POST"])
@requires(Permission.PEOPLE_MANAGE)
def close_unit(unit_id: int) -> ResponseReturnValue:
    """Ngừng đơn vị."""
    found = service.close_unit(actor(), unit_id, version=posted_version())
    flash(f"Đã ngừng đơn vị “{found.name}”.", "success")
    return redirect(url_for(".units"))


@bp.route("/quan-tri/don-vi/<int:unit_id>/mo-lai", methods=["POST"])
@requires(Permission.PEOPLE_MANAGE)
def reopen_unit(unit_id: int) -> ResponseReturnValue:
    """Mở lại đơn vị."""
    found = service.reopen_unit(actor(), unit_id, version=posted_version())
    flash(f"Đã mở lại đơn vị “{found.name}”.", "success")
    return redirect(url_for(".units"))
