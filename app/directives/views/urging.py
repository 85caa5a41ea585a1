"""Đôn đốc một đầu việc, các đầu việc đã chọn, hay cả một danh sách."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.actor import Actor
from app.directives import queries, service
from app.directives.forms import FilterForm, LetterForm, UrgeForm, UrgeManyForm
from app.directives.models import Urging
from app.directives.policy import Permission
from app.directives.queries import Status, View
from app.directives.views import bp
from app.directives.views.listing import OURS, address
from app.directives.views.shared import act_page, due_of
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page

_FILTER = ("tinh-trang", "co-quan", "nguoi-giao", "nguon", "tu", "den", "q", "van-ban", "chuong-trinh")


@bp.route("/<int:part_id>/don-doc", methods=["GET", "POST"])
@requires(Permission.URGE)
def urge(part_id: int) -> ResponseReturnValue:
    """Đôn đốc một đầu việc."""
    part = queries.part(part_id, viewer=actor())
    form = UrgeForm()

    def act(person: Actor, one: int, *, text: str, version: int | None) -> list[Urging]:
        return service.urge(person, [one], text=text)

    return act_page(
        part,
        form,
        "urge",
        submit="Đôn đốc",
        act=act,
        arguments=lambda: {"text": form.text.data or ""},
        done=f"Đã đôn đốc {part.lead_agency.short_name} lần {part.urging_count + 1}.",
        fields=("text",),
        hint="Lần đôn đốc được đếm và ghi vào quá trình; lãnh đạo cơ quan chủ trì và người thực hiện nhận được thông báo.",
    )


@bp.route("/don-doc", methods=["POST"])
@requires(Permission.URGE)
def urge_many() -> ResponseReturnValue:
    """Đôn đốc nhiều đầu việc trong một việc: those ticked (``ids``), or all of the filter they stood in."""
    viewer, form = actor(), UrgeManyForm()
    view = next((v for v in OURS if v == request.form.get("xem")), View.GIVEN)
    back = address(view, **{n: v for n in _FILTER if (v := request.form.get(n, ""))})
    if form.validate_on_submit():
        ids = (
            _all_of_filter(viewer, view, form)
            if "tat-ca" in request.form
            else _numbers(request.form.getlist("ids"))
        )
        if not form.general_errors:
            done = form.attempt(service.urge, ids, text=form.text.data or "")
            if done:
                flash(f"Đã đôn đốc {len(done)} nhiệm vụ.", "success")
                return redirect(back)
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(back, 303)


@bp.route("/don-doc-bang-van-ban", methods=["GET", "POST"])
@requires(Permission.URGE)
def urge_in_writing() -> ResponseReturnValue:
    """Đôn đốc bằng văn bản: what a list holds (by its address) or what was ticked in it; seen first, then drafted."""
    viewer, form = actor(), LetterForm()
    asked = request.form if request.form.getlist("ids") else request.args
    ids = _numbers(asked.getlist("ids")) or _of_filter(viewer)
    rows = queries.parts_of(ids, viewer=viewer)
    form.offer(viewer.agency_id or 0, rows[0].assigner_post_id if rows else None)
    if rows and "lap" in request.form and form.validate_on_submit():
        chosen = [r.id for r in rows]
        document = form.attempt(
            service.urge_in_writing, chosen, approver_post_id=form.approver.data, text=form.text.data or ""
        )
        if document:
            flash(
                f"Đã ghi đôn đốc {len(chosen)} nhiệm vụ và dự thảo công văn. Xem lại rồi trình ký.", "success"
            )
            return redirect(url_for("documents.outgoing", document_id=document.id))
    return form_page(
        "directives/letter.html", form, rows=rows, due_of=due_of, leads=len({r.lead_agency_id for r in rows})
    )


def _of_filter(viewer: Actor) -> list[int]:
    view = next((v for v in OURS if v == request.args.get("xem")), View.GIVEN)
    asked = FilterForm(request.args, meta={"csrf": False})
    asked.offer(viewer, view)
    if not asked.validate():
        return []
    return queries.ids_of(viewer, asked.wanted(view, Status.LATE), limit=limits.RECIPIENTS)


def _numbers(raw: list[str]) -> list[int]:
    """The ids as posted; what is no id is one that nobody may see."""
    return [int(v) if v.isascii() and v.isdigit() and len(v) < 19 else 0 for v in raw]


def _all_of_filter(viewer: Actor, view: View, form: UrgeManyForm) -> list[int]:
    """All rows of the filter, provided they are still as many as the button said."""
    asked = FilterForm(request.form, meta={"csrf": False})
    asked.offer(viewer, view)
    if not asked.validate():
        form.refuse(None, "Bộ lọc không hợp lệ. Hãy lọc lại rồi đôn đốc.")
        return []
    ids = queries.ids_of(viewer, asked.wanted(view, Status.LATE), limit=limits.RECIPIENTS + 1)
    shown = request.form.get("so", "")
    if str(min(len(ids), limits.COUNT_CAP)) != shown:
        form.refuse(
            None, f"Danh sách vừa thay đổi, nay có {len(ids)} nhiệm vụ. Hãy xem lại rồi đôn đốc lần nữa."
        )
    return ids
