"""Báo vắng mặt."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.working_days import calendar
from app.org import queries, service
from app.org.forms import AbsenceForm
from app.org.labels import ABSENCE_KINDS, ABSENCE_SHOWN
from app.org.policy import Permission
from app.org.queries import QuickDays
from app.org.views import bp
from app.org.views.common import posted_version
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/vang-mat", methods=["GET", "POST"])
@requires(Permission.ABSENCE_ENTER)
def absences() -> ResponseReturnValue:
    """Vắng mặt: one's own, entered in two clicks, and who of the agency is away."""
    me, today = actor(), clock.today()
    quick = queries.quick_days(today, calendar())
    form = _form()
    if form.validate_on_submit() and _dates_given(form, quick) and _enter(form):
        flash("Đã báo vắng mặt.", "success")
        return redirect(url_for(".absences"))
    monday = today - timedelta(days=today.weekday())
    away = queries.away(me.agency_id or 0, monday, monday + timedelta(days=13))
    return form_page(
        "org/absences.html",
        form,
        quick=quick,
        own=queries.own_absences(me.person_id or 0),
        away=away,
        next_monday=monday + timedelta(days=7),
        titles=queries.posts_of_people([a.person_id for a in away], me.agency_id or 0),
        for_others=me.can(Permission.ABSENCE_ENTER_FOR_OTHERS),
        kinds=ABSENCE_KINDS,
        shown=ABSENCE_SHOWN,
    )


@bp.route("/vang-mat/<int:absence_id>/huy", methods=["POST"])
@requires(Permission.ABSENCE_ENTER)
def cancel_absence(absence_id: int) -> ResponseReturnValue:
    """Hủy báo vắng mặt."""
    absence = service.cancel_absence(actor(), absence_id, version=posted_version())
    flash(
        "Đã hủy báo vắng mặt."
        if absence.cancelled_at
        else f"Đã kết thúc vắng mặt từ hôm nay, ngày {clock.today():%d/%m/%Y}.",
        "success",
    )
    return redirect(url_for(".absences"))


def _form() -> AbsenceForm:
    me = actor()
    form = AbsenceForm()
    form.deputy.offer(queries.post_choices(me.agency_id or 0))
    if me.can(Permission.ABSENCE_ENTER_FOR_OTHERS):
        form.person.blank = f"Tôi ({me.person_name})"
        form.person.offer(queries.people_choices(me.agency_id or 0, but=me.person_id))
    else:
        del form.person
    if request.method == "GET":
        form.deputy.data = queries.last_deputy(me.person_id or 0, me.agency_id or 0)
    return form


def _dates_given(form: AbsenceForm, quick: list[QuickDays]) -> bool:
    """The quick button pressed gives both days; otherwise both must have been typed."""
    chosen = next((q for q in quick if q.key == request.form.get("quick")), None)
    if chosen is not None:
        form.starts_on.data, form.ends_on.data = chosen.starts_on, chosen.ends_on
    elif form.starts_on.data is None:
        form.refuse("starts_on", "Hãy nhập ngày bắt đầu vắng, hoặc chọn một khoảng ngày có sẵn.")
    form.ends_on.data = form.ends_on.data or form.starts_on.data
    return form.starts_on.data is not None


def _enter(form: AbsenceForm) -> bool:
    person = form.person.data if "person" in form else None
    entered = form.attempt(
        service.enter_absence,
        person_id=person or actor().person_id,
        reason=form.reason.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        deputy_post_id=form.deputy.data,
        note=form.note.data or "",
    )
    return entered is not None
