"""Trang liên thông: the recipients' states on the outgoing document, and what did not go."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.actor import Actor
from app.core.errors import WrongState
from app.exchange import labels, queries, service
from app.exchange.policy import Permission
from app.exchange.views.common import bp
from app.web.actor import actor
from app.web.guards import requires
from app.web.home import Glance
from app.web.navigation import counts
from app.web.pagination import Page, requested_key

COUNT_KEY = "undelivered"


@bp.get("/van-ban/di/chua-gui-duoc")
@requires(Permission.DELIVERY_RESEND)
def undelivered() -> ResponseReturnValue:
    """Văn bản chưa gửi được đến nơi nhận."""
    after = requested_key()
    rows, next_key = queries.undelivered_page(actor(), after=after)
    return render_template("exchange/undelivered.html", page=Page(rows, next_key, is_first=after is None))


@bp.post("/van-ban/di/chua-gui-duoc/<int:delivery_id>/gui-lai")
@requires(Permission.DELIVERY_RESEND)
def resend(delivery_id: int) -> ResponseReturnValue:
    """Gửi lại đến một nơi nhận."""
    try:
        document = service.resend(actor(), delivery_id)
    except WrongState:
        flash("Văn bản đã đến nơi nhận này trước khi anh/chị gửi lại.", "info")
    else:
        flash(
            f"Đang gửi lại văn bản {document.reference}. Kết quả hiện ở trang văn bản sau ít giây.", "success"
        )
    return redirect(url_for(".undelivered"))


@bp.post("/van-ban/di/chua-gui-duoc/gui-lai")
@requires(Permission.DELIVERY_RESEND)
def resend_all() -> ResponseReturnValue:
    """Gửi lại mọi nơi chưa gửi được."""
    sent = service.resend_all(actor())
    if sent:
        flash(f"Đang gửi lại đến {sent} nơi nhận. Kết quả hiện ở đây sau ít giây.", "success")
    else:
        flash("Không còn nơi nhận nào chưa gửi được.", "info")
    return redirect(url_for(".undelivered"))


def recipients_panel(viewer: Actor, document: Any) -> str | None:
    """Khối “Nơi nhận” trên trang văn bản đi; drawn without the page's own values, which the page has already read."""
    recipients = queries.recipients_of(document)
    if recipients is None or not recipients.rows:
        return None
    stuck = recipients.count(queries.Standing.STUCK) > 0
    return current_app.jinja_env.get_template("exchange/recipients.html").render(
        recipients=recipients,
        Standing=queries.Standing,
        labels=labels,
        undelivered_url=url_for("exchange.undelivered")
        if stuck and viewer.can(Permission.DELIVERY_RESEND)
        else None,
        recall_url=url_for("exchange.recall", document_id=document.id)
        if viewer.can(Permission.DELIVERY_RECALL)
        and viewer.agency_id == document.agency_id
        and recipients.taken
        else None,
    )


def undelivered_glance(viewer: Actor) -> Glance | None:
    """Ô “Chưa gửi được” của văn thư; its figure is read with the menu's."""
    count = counts(viewer).get(COUNT_KEY)
    if count is None:
        return None
    return Glance(
        "99+" if count >= 100 else count,
        "Chưa gửi được",
        "nơi nhận liên thông",
        url_for("exchange.undelivered"),
        late=count > 0,
    )
