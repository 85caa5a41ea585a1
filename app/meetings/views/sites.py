"""Điểm cầu; họp định kỳ; số liệu về họp."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.meetings import policy, queries, service
from app.meetings.forms import RepeatForm, SiteForm
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import press, render, show_form, url_of, when
from app.meetings.workflow import MEETING
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/<int:meeting_id>/diem-cau", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def sites(meeting_id: int) -> ResponseReturnValue:
    """Các điểm cầu; the code only for those who answered that they come."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    form = SiteForm()
    form.offer(meeting)
    if form.validate_on_submit():
        done = form.attempt(
            service.save_site, meeting_id, agency_id=form.agency.data, room=form.room.data,
            technician=form.technician.data or "", phone=form.phone.data or "", tested_at=form.tested_at.data,
            access_code=form.access_code.data or "",
        )  # fmt: skip
        if done is not None:
            flash("Đã lưu điểm cầu.", "success")
            return redirect(url_for(".sites", meeting_id=meeting_id))
    return show_form(
        "sites", form, meeting=meeting, when=when(meeting), back=url_of(meeting),
        rows=[(s, queries.sees_code(viewer, meeting, s)) for s in queries.sites(meeting_id)],
        may_save=policy.is_organizer(viewer, meeting)
        and any(a.action == "save_site" for a in MEETING.available(viewer, meeting)),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/diem-cau/<int:site_id>/bo", methods=["POST"])
@requires(Permission.MEETING_READ)
def remove_site(meeting_id: int, site_id: int) -> ResponseReturnValue:
    """Bỏ điểm cầu."""
    return press(
        service.remove_site,
        meeting_id,
        site_id,
        done="Đã bỏ điểm cầu.",
        to=url_for(".sites", meeting_id=meeting_id),
    )


@bp.route("/<int:meeting_id>/dinh-ky", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def repeat_meeting(meeting_id: int) -> ResponseReturnValue:
    """Lập họp định kỳ theo cuộc họp này."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "repeat_meeting")
    form = RepeatForm()
    if request.method == "GET":
        form.fill(meeting)
    if form.validate_on_submit():
        days = form.listed()
        made = form.attempt(service.repeat_meeting, meeting_id, days=days) if days is not None else None
        if made is not None:
            flash("Đã lập các cuộc họp định kỳ, ở dạng dự thảo.", "success")
            return redirect(
                url_for(".week", ngay=clock.local(made.starts_at).date().isoformat(), xem="co-quan")
            )
    return show_form(
        "act", form, meeting=meeting, title="Lập họp định kỳ", submit="Lập các cuộc họp", fields=("days",), danger=False,
        upload=False, when=when(meeting), back=url_of(meeting),
        hint="Mỗi ngày một dự thảo cùng giờ, cùng thành phần. Ngày nào phòng đã có lịch thì dự thảo ấy chưa có phòng.",
    )  # fmt: skip


@bp.route("/thong-ke")
@requires(Permission.AGENCY_ANSWER)
def report() -> ResponseReturnValue:
    """Số liệu về họp trong một khoảng ngày; each figure opens its rows (``muc``, ``dat``)."""
    viewer, today = actor(), clock.today()
    first, last = _day("tu", today.replace(day=1)), _day("den", today)
    if last < first:
        first, last = last, first
    limits = queries.shown_limits(viewer.agency_id)
    found = queries.figures(queries.held(viewer.agency_id or 0, first, last), limits)
    chosen = next((f for f in found if f.key == request.args.get("muc")), None)
    met = request.args.get("dat") != "0"
    rows = []
    if chosen is not None:
        rows = list(chosen.met) if met else [h for h in chosen.rows if h not in chosen.met]
    span: dict[str, Any] = {"tu": first.isoformat(), "den": last.isoformat()}
    return render(
        "report", figures=found, chosen=chosen, met=met, rows=rows, first=first, last=last, limits=limits,
        url_of_figure=lambda figure, met: url_for(".report", muc=figure.key, dat="1" if met else "0", **span),
        as_at=clock.now(),
    )  # fmt: skip


def _day(name: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(request.args.get(name, "")[:10])
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2199 else otherwise
