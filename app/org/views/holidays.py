"""Ngày nghỉ, ngày làm bù: everybody reads, the city's administrator edits."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.org import queries, service
from app.org.forms import HolidayForm
from app.org.policy import Permission
from app.org.views import bp
from app.org.views.common import picked
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/ngay-nghi")
@requires(Permission.DIRECTORY_READ)
def holidays() -> ResponseReturnValue:
    """Lịch nghỉ của một năm."""
    me = actor()
    years = queries.holiday_years()
    asked = picked("nam")
    year = asked if asked in years else clock.today().year
    may_edit = (
        Permission.HOLIDAYS_EDIT in me.permissions and queries.agency(me.agency_id or 0).parent_id is None
    )
    form = HolidayForm(formdata=None)
    return form_page(
        "org/holidays.html",
        form,
        year=year,
        years=years,
        rows=queries.holidays_of_year(year),
        may_edit=may_edit,
    )


@bp.route("/quan-tri/ngay-nghi/them", methods=["GET", "POST"])
@requires(Permission.HOLIDAYS_EDIT)
def add_holiday() -> ResponseReturnValue:
    """Thêm ngày nghỉ, ngày làm bù."""
    service.calendar_keeper(actor())
    form = HolidayForm()
    if form.validate_on_submit() and form.attempt(
        service.add_holiday,
        day=form.day.data,
        is_working=form.is_working.data == "worked",
        name=form.name.data,
    ):
        day: date = form.day.data
        flash(f"Đã thêm ngày {day:%d/%m/%Y}. Thời hạn của việc đang mở được tính lại.", "success")
        return redirect(url_for(".holidays", nam=day.year))
    return form_page("org/holiday_form.html", form, day=None)


@bp.route("/quan-tri/ngay-nghi/<int:day>/sua", methods=["GET", "POST"])
@requires(Permission.HOLIDAYS_EDIT)
def edit_holiday(day: int) -> ResponseReturnValue:
    """Sửa ngày nghỉ, ngày làm bù."""
    service.calendar_keeper(actor())
    found = queries.holiday(queries.day_of(day))
    form = HolidayForm(obj=found)
    del form.day
    if request.method == "GET":
        form.is_working.data = "worked" if found.is_working else "off"
    if form.validate_on_submit() and form.attempt(
        service.edit_holiday, found.day, is_working=form.is_working.data == "worked", name=form.name.data
    ):
        flash(f"Đã lưu ngày {found.day:%d/%m/%Y}. Thời hạn của việc đang mở được tính lại.", "success")
        return redirect(url_for(".holidays", nam=found.day.year))
    return form_page("org/holiday_form.html", form, day=found.day)


@bp.route("/quan-tri/ngay-nghi/<int:day>/xoa", methods=["POST"])
@requires(Permission.HOLIDAYS_EDIT)
def delete_holiday(day: int) -> ResponseReturnValue:
    """Xóa ngày nghỉ, ngày làm bù."""
    found = queries.day_of(day)
    service.delete_holiday(actor(), found)
    flash(f"Đã xóa ngày {found:%d/%m/%Y} khỏi lịch. Thời hạn của việc đang mở được tính lại.", "success")
    return redirect(url_for(".holidays", nam=found.year))


@bp.route("/quan-tri/ngay-nghi/<int:year>/nap", methods=["POST"])
@requires(Permission.HOLIDAYS_EDIT)
def load_official_holidays(year: int) -> ResponseReturnValue:
    """Nạp lịch nghỉ chính thức của một năm."""
    added = service.load_official_holidays(actor(), year)
    flash(
        f"Đã thêm {added} ngày theo lịch chính thức năm {year}. Hãy đối chiếu với thông báo của Chính phủ."
        if added
        else f"Lịch năm {year} đã có đủ các ngày chính thức.",
        "success" if added else "info",
    )
    return redirect(url_for(".holidays", nam=year))
