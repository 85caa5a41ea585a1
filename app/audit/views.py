"""Nhật ký của cơ quan, for its administrators."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.audit import queries
from app.audit.forms import LogFilter
from app.audit.policy import Permission
from app.core import clock, limits
from app.core.records import KIND_LABELS
from app.web.actor import actor
from app.web.guards import requires
from app.web.pagination import Page, requested_key

bp = Blueprint("audit", __name__, template_folder="templates")


@bp.get("/quan-tri/nhat-ky")
@requires(Permission.LOG_READ)
def log() -> ResponseReturnValue:
    """Nhật ký hoạt động: who did what kind of thing when; not what was written."""
    form = LogFilter(request.args)
    form.person.offer(queries.people_in_log(actor()))
    if not form.validate():
        return render_template("audit/log.html", form=form, page=Page([], None), kinds=KIND_LABELS), 422
    after = requested_key()
    found = queries.log(
        actor(),
        person_id=form.person.data,
        since=clock.instant(form.since.data) if form.since.data else None,
        until=clock.instant(form.until.data + timedelta(days=1)) if form.until.data else None,
        after=after,
        limit=limits.PAGE_ROWS + 1,
    )
    rows = found[: limits.PAGE_ROWS]
    page = Page(rows, rows[-1].key if len(found) > limits.PAGE_ROWS else None, is_first=after is None)
    return render_template("audit/log.html", form=form, page=page, kinds=KIND_LABELS)
