"""Chuông: thông báo của mình."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.records import KIND_LABELS
from app.notifications import queries, service
from app.notifications.letters import NOTICE_PATH
from app.notifications.views import asked_id, bp, pager_of
from app.web.actor import actor
from app.web.guards import signed_in
from app.web.navigation import menu
from app.web.records import url_for_record

_NEWEST = 2**62


@bp.get(NOTICE_PATH)
@signed_in
def notices() -> ResponseReturnValue:
    """Thông báo: unread first, then those already read; one kind of key for each."""
    unread_before, read_before = asked_id("chua-doc"), asked_id("da-doc")
    most = limits.PAGE_ROWS
    unread, read = [], []
    if read_before is None:
        unread = list(queries.notices(actor(), unread=True, before=unread_before, limit=most + 1))
    if len(unread) <= most:
        read = list(queries.notices(actor(), unread=False, before=read_before, limit=most - len(unread) + 1))
    older = None
    if len(unread) > most:
        older = {"chua-doc": unread[most - 1].id}
    elif len(unread) + len(read) > most:
        read = read[: most - len(unread)]
        older = {"da-doc": read[-1].id if read else _NEWEST}
    return render_template(
        "notifications/notices.html",
        unread_rows=unread[:most],
        read_rows=read,
        kinds=KIND_LABELS,
        page=pager_of(older, is_first=unread_before is None and read_before is None),
    )


@bp.get(f"{NOTICE_PATH}/<int:notice_id>")
@signed_in
def open_notice(notice_id: int) -> ResponseReturnValue:
    """Mở thông báo: reading it is what marks it read, as a letter is read by opening it; then on to the record."""
    notice = service.mark_read(actor(), notice_id)
    url = url_for_record(notice.kind, notice.record_id)
    if url is None:
        flash("Thông báo này không kèm hồ sơ nào để mở.", "info")
    return redirect(url or url_for(".notices"))


@bp.post(f"{NOTICE_PATH}/da-doc")
@signed_in
def read_all() -> ResponseReturnValue:
    """Đánh dấu đã đọc tất cả những thông báo đã hiện trên trang."""
    newest = request.form.get("newest", "")
    if not (newest.isascii() and newest.isdigit() and len(newest) < 19):
        flash("Chưa đánh dấu được: hãy tải lại trang rồi thử lần nữa.", "error")
        return redirect(url_for(".notices"))
    count = service.mark_all_read(actor(), int(newest))
    flash(f"Đã đánh dấu đọc {count} thông báo." if count else "Không còn thông báo nào chưa đọc.", "success")
    return redirect(url_for(".notices"))


@bp.get(f"{NOTICE_PATH}/con-so")
@signed_in
def figures() -> ResponseReturnValue:
    """Các con số của khung trang, asked for each minute by an open page: address of the item → figure."""
    shown = menu(actor())
    found = {entry["url"]: entry["count"] for group in shown["nav"] for entry in group["items"]}  # type: ignore[attr-defined]
    unread = queries.unread_count(actor())
    return jsonify(found | {url_for(".notices"): "99+" if unread >= limits.COUNT_CAP else unread})
