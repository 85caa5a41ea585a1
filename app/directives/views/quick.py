"""Giao nhanh trên điện thoại: bốn lần chạm, không kể gõ chữ."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.working_days import due_instant, shown_calendar
from app.directives import service
from app.directives.forms import QuickForm
from app.directives.policy import Permission
from app.directives.views import bp
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/giao-nhanh", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def assign_quickly() -> ResponseReturnValue:
    """Giao nhanh: việc, cho ai, hạn nào."""
    viewer, form, days = actor(), QuickForm(), _days(clock.today())
    form.offer(viewer, [(key, words) for key, words, _day in days])
    if not form.is_submitted():
        form.when.data = days[1][0]
    if form.validate_on_submit():
        day = next((d for key, _words, d in days if key == form.when.data), None)
        part = form.attempt(
            service.assign_quickly,
            content=form.content.data or "",
            lead_agency_id=form.lead_agency_id,
            post_id=form.post.data,
            due_at=due_instant(day) if day else None,
        )
        if part:
            flash(f"Đã giao {part.directive.code} cho {part.lead_agency.short_name}.", "success")
            return redirect(url_for(".part", part_id=part.id))
    return form_page("directives/quick.html", form)


def _days(today: date) -> list[tuple[str, str, date | None]]:
    """Hạn một lần chạm: working days, and the end of this week."""
    cal = shown_calendar()
    tomorrow, three = cal.add(today, 1), cal.add(today, 3)
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    week = cal.next_working(today + timedelta(days=7))
    return [
        ("hom-nay", "Hôm nay", today),
        ("mai", f"Ngày làm việc tới, {tomorrow:%d/%m}", tomorrow),
        ("ba-ngay", f"3 ngày làm việc, {three:%d/%m}", three),
        ("cuoi-tuan", f"Thứ Sáu, {friday:%d/%m}", friday),
        ("tuan-sau", f"Một tuần, {week:%d/%m}", week),
        ("khong-han", "Không đặt hạn", None),
    ]
