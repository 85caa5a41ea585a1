"""Thư đã gửi, chờ gửi: hộp thư đi của cơ quan, for its administrators."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.errors import WrongState
from app.notifications import queries, service
from app.notifications.labels import MAIL_STATES, MAIL_TONES
from app.notifications.policy import Permission
from app.notifications.views import asked_id, bp, pager_of
from app.web.actor import actor
from app.web.guards import requires


@bp.get("/quan-tri/thu")
@requires(Permission.MAIL_WATCH)
def mails() -> ResponseReturnValue:
    """Thư đã gửi, chờ gửi."""
    unsent, before = request.args.get("tinh-trang") != "da-gui", asked_id("sau")
    found = queries.mails(actor(), unsent=unsent, before=before, limit=limits.PAGE_ROWS + 1)
    rows = found[: limits.PAGE_ROWS]
    older = {"sau": rows[-1].id} if len(found) > limits.PAGE_ROWS else None
    kept = {} if unsent else {"tinh-trang": "da-gui"}
    return render_template(
        "notifications/mails.html",
        rows=rows,
        unsent=unsent,
        counts=queries.mail_counts(actor()),
        states=MAIL_STATES,
        tones=MAIL_TONES,
        page=pager_of(older, is_first=before is None, **kept),
    )


@bp.post("/quan-tri/thu/<int:mail_id>/gui-lai")
@requires(Permission.MAIL_WATCH)
def resend_mail(mail_id: int) -> ResponseReturnValue:
    """Gửi lại một thư."""
    try:
        service.resend_mail(actor(), mail_id)
    except WrongState as refusal:
        flash(refusal.sentence, "error")
    else:
        flash("Đã đưa thư vào hàng chờ gửi.", "success")
    return redirect(url_for(".mails"))
