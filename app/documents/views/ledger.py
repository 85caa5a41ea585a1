"""Sổ số văn bản đi: giữ số, gia hạn, hủy số."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound
from app.documents import labels, queries, service
from app.documents.forms.outgoing import ReserveForm
from app.documents.models import Direction, LedgerEntry
from app.documents.policy import Permission
from app.documents.views import bp
from app.web.actor import actor
from app.web.forms import ReasonForm
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/so/<int:register_id>/so-giu", methods=["GET", "POST"])
@requires(Permission.OUTGOING_ISSUE)
def ledger(register_id: int) -> ResponseReturnValue:
    """Số giữ chỗ và số hủy của một sổ văn bản đi trong năm; giữ thêm số."""
    book = queries.book(register_id, clock.today().year, viewer=actor())
    if book.register.direction != Direction.OUTGOING:
        raise NotFound
    form = ReserveForm()
    if form.validate_on_submit():
        entry = form.attempt(service.reserve_number, register_id, form.purpose.data)
        if entry:
            flash(f"Đã giữ số {entry.number:02d} đến hết hôm nay.", "success")
            return redirect(url_for(".ledger", register_id=register_id))
    return (
        render_template(
            "documents/ledger.html", book=book, entries=queries.ledger(book), form=form, labels=labels
        ),
        form.status,
    )


@bp.route("/so/<int:register_id>/so-giu/<int:entry_id>/gia-han", methods=["GET", "POST"])
@requires(Permission.OUTGOING_ISSUE)
def renew_number(register_id: int, entry_id: int) -> ResponseReturnValue:
    """Gia hạn giữ số."""
    return _act(register_id, entry_id, is_void=False)


@bp.route("/so/<int:register_id>/so-giu/<int:entry_id>/huy", methods=["GET", "POST"])
@requires(Permission.OUTGOING_ISSUE)
def void_number(register_id: int, entry_id: int) -> ResponseReturnValue:
    """Hủy số đã giữ."""
    return _act(register_id, entry_id, is_void=True)


def _act(register_id: int, entry_id: int, *, is_void: bool) -> ResponseReturnValue:
    book = queries.book(register_id, clock.today().year, viewer=actor())
    entry: LedgerEntry | None = next((e for e in queries.ledger(book) if e.id == entry_id), None)
    if entry is None:
        raise NotFound
    form, back = ReasonForm(obj=entry), url_for(".ledger", register_id=register_id)
    act = service.void_number if is_void else service.renew_number
    if form.validate_on_submit() and form.attempt(act, entry_id, form.expected_version, form.reason.data):
        words = "Đã hủy" if is_void else "Đã gia hạn đến hết hôm nay"
        flash(f"{words}: số {entry.number:02d}.", "success")
        return redirect(back)
    return form_page("documents/ledger_act.html", form, entry=entry, book=book, is_void=is_void, back=back)
