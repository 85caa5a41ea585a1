"""Việc gửi đã dừng, for administrators."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.records import KIND_LABELS
from app.notifications import queries, service
from app.notifications.policy import Permission
from app.notifications.views import asked_id, bp, pager_of
from app.web.actor import actor
from app.web.guards import requires


@bp.get("/quan-tri/viec-gui")
@requires(Permission.EFFECTS_WATCH)
def effects() -> ResponseReturnValue:
    """Việc gửi đã dừng: what was tried many times and now waits for a person."""
    before = asked_id("sau")
    found = queries.parked_effects(actor(), before=before, limit=limits.PAGE_ROWS + 1)
    rows = found[: limits.PAGE_ROWS]
    older = {"sau": rows[-1].id} if len(found) > limits.PAGE_ROWS else None
    return render_template(
        "notifications/effects.html",
        rows=rows,
        kinds=KIND_LABELS,
        page=pager_of(older, is_first=before is None),
    )


@bp.post("/quan-tri/viec-gui/<int:outbox_id>/chay-lai")
@requires(Permission.EFFECTS_WATCH)
def resend_effect(outbox_id: int) -> ResponseReturnValue:
    """Cho chạy lại."""
    service.resend_effect(actor(), outbox_id)
    flash("Đã cho chạy lại. Việc này sẽ được thực hiện trong ít giây.", "success")
    return redirect(url_for(".effects"))
