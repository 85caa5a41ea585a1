"""Chương trình, kế hoạch: danh sách, một chương trình với số liệu của nó, lập và sửa."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.directives import queries, service
from app.directives.forms import ProgrammeForm
from app.directives.models import Programme
from app.directives.policy import Permission
from app.directives.queries import PartFilter, Status, View
from app.directives.views import bp
from app.directives.views.listing import STATUS_WORDS, address
from app.directives.views.shared import due_of
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page

_SHOWN = (
    Status.LATE, Status.SOON, Status.IN_TIME, Status.UNDATED, Status.REPORTED, Status.ON_TIME, Status.DONE_LATE, Status.ALL,
)  # fmt: skip


@bp.route("/chuong-trinh")
@requires(Permission.FIGURES_READ)
def programmes() -> ResponseReturnValue:
    """Các chương trình, kế hoạch của cơ quan."""
    return render_template("directives/programmes.html", rows=queries.programmes(actor()), day=clock.today())


@bp.route("/chuong-trinh/<int:programme_id>")
@requires(Permission.FIGURES_READ)
def programme(programme_id: int) -> ResponseReturnValue:
    """Một chương trình, kế hoạch: each number opens its rows."""
    viewer = actor()
    found = queries.programme(programme_id, viewer=viewer)
    wanted = PartFilter(view=View.GIVEN, programme_id=found.id)
    counts = queries.tab_counts(viewer, wanted, _SHOWN)
    rows, _next = queries.part_page(viewer, wanted.with_status(Status.OPEN), limit=20)
    return render_template(
        "directives/programme.html",
        programme=found,
        figures=[
            {
                "words": STATUS_WORDS[s],
                "count": "99+" if counts[s] >= 100 else counts[s],
                "url": address(View.GIVEN, **{"tinh-trang": s.value, "chuong-trinh": str(found.id)}),
                "late": s == Status.LATE and counts[s] > 0,
            }
            for s in _SHOWN
        ],
        rows=rows,
        due_of=due_of,
        may_assign=viewer.can(Permission.ASSIGN),
    )


@bp.route("/chuong-trinh/moi", methods=["GET", "POST"])
@requires(Permission.FIGURES_READ)
def add_programme() -> ResponseReturnValue:
    """Lập chương trình, kế hoạch."""
    return _form(None)


@bp.route("/chuong-trinh/<int:programme_id>/sua", methods=["GET", "POST"])
@requires(Permission.FIGURES_READ)
def edit_programme(programme_id: int) -> ResponseReturnValue:
    """Sửa chương trình, kế hoạch."""
    return _form(queries.programme(programme_id, viewer=actor()))


def _form(found: Programme | None) -> ResponseReturnValue:
    form = ProgrammeForm()
    if found is not None and not form.is_submitted():
        form.version.data = str(found.version)
        form.title.data, form.reference.data = found.title, found.reference
        form.starts_on.data, form.ends_on.data = found.starts_on, found.ends_on
    if form.validate_on_submit():
        values: dict[str, Any] = {
            "title": form.title.data or "",
            "reference": form.reference.data or "",
            "starts_on": form.starts_on.data,
            "ends_on": form.ends_on.data,
        }
        saved = form.attempt(
            service.save_programme, found.id if found else None, version=form.expected_version, **values
        )
        if saved:
            flash(f"Đã lưu {saved.title}.", "success")
            return redirect(url_for(".programme", programme_id=saved.id))
    back = url_for(".programme", programme_id=found.id) if found else url_for(".programmes")
    title = "Sửa chương trình, kế hoạch" if found else "Lập chương trình, kế hoạch"
    return form_page("directives/programme_form.html", form, title=title, back=back)
