"""Gói để riêng, yêu cầu của nơi gửi, và yêu cầu ta gửi đi."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.actor import Actor
from app.core.errors import WrongState
from app.documents.models import IncomingState
from app.exchange import labels, queries, service
from app.exchange.forms import AnswerForm, DeclineForm, RecallForm
from app.exchange.policy import Permission
from app.exchange.views.common import bp
from app.org.queries.people import Choice
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page
from app.web.pagination import Page, requested_key

APART_KEY = "letters_apart"


@bp.get("/van-ban/den/de-rieng")
@requires(Permission.LETTER_SETTLE)
def quarantine() -> ResponseReturnValue:
    """Gói tin để riêng vì không đọc được."""
    after = requested_key()
    rows, next_key = queries.quarantined_page(actor(), after=after)
    return render_template("exchange/quarantine.html", page=Page(rows, next_key, is_first=after is None))


@bp.post("/van-ban/den/de-rieng/<int:inbound_id>/thu-lai")
@requires(Permission.LETTER_SETTLE)
def retry_letter(inbound_id: int) -> ResponseReturnValue:
    """Thử lại một gói đã để riêng."""
    try:
        service.retry_letter(actor(), inbound_id)
    except WrongState as refusal:
        flash(refusal.sentence, "info")
    else:
        flash("Đang đọc lại gói tin. Nếu đọc được, văn bản sẽ vào hàng chờ vào sổ.", "success")
    return redirect(url_for(".quarantine"))


@bp.route("/van-ban/den/de-rieng/<int:inbound_id>/tu-choi", methods=["GET", "POST"])
@requires(Permission.LETTER_SETTLE)
def decline_letter(inbound_id: int) -> ResponseReturnValue:
    """Từ chối một gói đã để riêng, có phản hồi."""
    found = queries.quarantined(inbound_id, viewer=actor())
    form = DeclineForm()
    if form.validate_on_submit() and form.attempt(service.decline_letter, inbound_id, form.reason.data):
        flash("Đã từ chối; nơi gửi nhận được lý do.", "success")
        return redirect(url_for(".quarantine"))
    return form_page("exchange/decline.html", form, letter=found)


@bp.route("/van-ban/den/yeu-cau/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.REQUEST_ANSWER)
def answer_request(request_id: int) -> ResponseReturnValue:
    """Trả lời yêu cầu thu hồi, cập nhật, thay thế của nơi gửi."""
    found = queries.request(request_id, viewer=actor())
    form = AnswerForm(obj=found)
    if form.validate_on_submit():
        document = form.attempt(
            service.decide,
            request_id,
            form.expected_version,
            agrees=form.answer.data == "15",
            words=form.words.data or "",
        )
        if document:
            flash("Đã trả lời nơi gửi.", "success")
            return redirect(url_for("documents.incoming", document_id=document.id))
    return form_page("exchange/answer.html", form, request=found, names=labels.REQUESTS)


@bp.route("/van-ban/di/<int:document_id>/thu-hoi", methods=["GET", "POST"])
@requires(Permission.DELIVERY_RECALL)
def recall(document_id: int) -> ResponseReturnValue:
    """Gửi yêu cầu thu hồi, cập nhật, thay thế."""
    document = queries.recallable(document_id, viewer=actor())
    form = RecallForm()
    form.replacement.offer(
        [Choice(str(d.id), f"{d.reference} – {d.subject}"[:150]) for d in queries.replacements_for(document)]
    )
    if form.validate_on_submit() and form.attempt(
        service.recall, document_id, int(form.kind.data), form.reason.data, form.replacement.data
    ):
        flash("Đã gửi yêu cầu. Trả lời của từng nơi nhận hiện ở khối “Nơi nhận”.", "success")
        return redirect(url_for("documents.outgoing", document_id=document_id))
    return form_page("exchange/recall.html", form, document=document)


def requests_panel(viewer: Actor, document: Any) -> str | None:
    """Khối “Yêu cầu của nơi gửi” trên trang văn bản đến; only documents that came through the exchange can have one."""
    if document.package_token is None or document.state == IncomingState.WAITING:
        return None
    rows = queries.requests_of(document.id)
    if not rows:
        return None
    return current_app.jinja_env.get_template("exchange/requests.html").render(
        rows=rows, names=labels.REQUESTS, may_answer=viewer.can(Permission.REQUEST_ANSWER)
    )
