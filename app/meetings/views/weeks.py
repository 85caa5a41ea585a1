"""Lịch công tác tuần đã công bố: everybody of the agency reads, the office publishes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.meetings import queries, service
from app.meetings.models import PublishedWeek
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.calendar import asked_day
from app.meetings.views.shared import render, show_form
from app.web.actor import actor
from app.web.forms import ActionForm
from app.web.guards import requires

_NOON = 12


@bp.route("/lich-tuan")
@requires(Permission.MEETING_READ)
def published_week() -> ResponseReturnValue:
    """Lịch công tác tuần đã công bố của cơ quan, in được trên A4; the newest, or an earlier one (``lan``)."""
    viewer, monday = actor(), queries.monday_of(asked_day())
    found = queries.published(viewer.agency_id or 0, monday)
    asked = request.args.get("lan", "")
    shown = next((w for w in found if str(w.number) == asked), found[0] if found else None)
    return render(
        "published_week", monday=monday, sunday=monday + timedelta(days=6), shown=shown, found=found,
        days=_days(shown, monday), may_publish=viewer.can(Permission.MEETING_CALL),
        back_url=url_for(".week", ngay=monday.isoformat()),
        earlier=url_for(".published_week", ngay=(monday - timedelta(days=7)).isoformat()),
        later=url_for(".published_week", ngay=(monday + timedelta(days=7)).isoformat()),
    )  # fmt: skip


def _days(shown: PublishedWeek | None, monday: Any) -> list[dict[str, Any]]:
    days = [{"date": monday + timedelta(days=n), "morning": [], "afternoon": []} for n in range(7)]
    for entry in shown.entries if shown is not None else ():
        starts = datetime.fromisoformat(entry["starts_at"])
        at = clock.local(starts)
        day: dict[str, Any] = days[(at.date() - monday).days]
        day["morning" if at.hour < _NOON else "afternoon"].append({**entry, "starts_at": starts})
    return days


@bp.route("/lich-tuan/cong-bo", methods=["GET", "POST"])
@requires(Permission.MEETING_CALL)
def publish_week() -> ResponseReturnValue:
    """Dự thảo lịch tuần và công bố: tick what stands in it."""
    viewer, monday = actor(), queries.monday_of(asked_day())
    form = ActionForm()
    if form.validate_on_submit():
        chosen = [
            int(i) for i in request.form.getlist("meeting") if i.isascii() and i.isdigit() and len(i) < 19
        ]
        made = form.attempt(service.publish_week, monday, meeting_ids=chosen)
        if made is not None:
            flash(f"Đã công bố lịch tuần, lần {made.number}.", "success")
            return redirect(url_for(".published_week", ngay=monday.isoformat()))
    found = queries.draft_week(viewer, monday)
    last = next(iter(queries.published(viewer.agency_id or 0, monday)), None)
    return show_form(
        "publish_week", form, monday=monday, sunday=monday + timedelta(days=6), rows=found, last=last,
        changes=queries.differences_of(last.entries, queries.frozen(found)) if last is not None else [],
        left_out={e.id for e in found} - {e["id"] for e in last.entries} if last is not None else set(),
        back=url_for(".published_week", ngay=monday.isoformat()),
        earlier=url_for(".publish_week", ngay=(monday - timedelta(days=7)).isoformat()),
        later=url_for(".publish_week", ngay=(monday + timedelta(days=7)).isoformat()),
        action=url_for(".publish_week", ngay=monday.isoformat()),
    )  # fmt: skip
