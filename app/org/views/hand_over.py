"""Bàn giao công việc."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.org import open_work, queries, service
from app.org.forms import HandOverForm
from app.org.policy import Permission, sees_titles
from app.org.views import bp
from app.org.views.common import picked
from app.web.actor import actor
from app.web.guards import requires, signed_in
from app.web.pages import form_page

_ROWS = 50


@bp.route("/quan-tri/ban-giao")
@requires(Permission.WORK_HAND_OVER)
def hand_overs() -> ResponseReturnValue:
    """Các lần bàn giao của cơ quan."""
    before = picked("truoc")
    rows = queries.hand_overs(actor().agency_id or 0, before=before, limit=_ROWS + 1)
    older = url_for(".hand_overs", truoc=rows[_ROWS - 1].id) if len(rows) > _ROWS else None
    return render_template(
        "org/hand_overs.html",
        rows=rows[:_ROWS],
        links={"next": older, "first": url_for(".hand_overs") if before else None},
    )


@bp.route("/quan-tri/ban-giao/moi", methods=["GET", "POST"])
@requires(Permission.WORK_HAND_OVER)
def new_hand_over() -> ResponseReturnValue:
    """Bàn giao mới: choose both posts, look at the list, confirm."""
    agency_id = actor().agency_id or 0
    form = HandOverForm()
    form.from_post.offer(queries.all_post_choices(agency_id))
    form.to_post.offer(queries.post_choices(agency_id))
    if not form.is_submitted():
        form.from_post.data, form.to_post.data = picked("tu"), picked("den")
    giver = queries.any_post(form.from_post.data, viewer=actor()) if form.from_post.data else None
    if form.validate_on_submit():
        record = form.attempt(
            service.hand_over,
            from_post_id=form.from_post.data,
            to_post_id=form.to_post.data,
            reason=form.reason.data,
        )
        if record:
            flash("Đã bàn giao công việc. Danh sách được giữ lại dưới đây.", "success")
            return redirect(url_for(".hand_over", hand_over_id=record.id))
    return form_page(
        "org/new_hand_over.html",
        form,
        giver=giver,
        groups=open_work.preview(giver.id, titles=sees_titles(actor())) if giver is not None else [],
        titles=sees_titles(actor()),
    )


@bp.route("/quan-tri/ban-giao/<int:hand_over_id>")
@signed_in
def hand_over(hand_over_id: int) -> ResponseReturnValue:
    """Một lần bàn giao: what moved; also for giver and taker."""
    record = queries.hand_over_record(hand_over_id, viewer=actor())
    return render_template(
        "org/hand_over.html",
        record=record,
        titles=sees_titles(actor(), record.from_post_id, record.to_post_id),
        manages=actor().can(Permission.WORK_HAND_OVER),
    )


@bp.route("/quan-tri/ban-giao/<int:hand_over_id>/in")
@signed_in
def print_hand_over(hand_over_id: int) -> ResponseReturnValue:
    """Biên bản bàn giao, để in và ký."""
    record = queries.hand_over_record(hand_over_id, viewer=actor())
    return render_template(
        "org/hand_over_print.html",
        record=record,
        agency=queries.agency(record.agency_id),
        titles=sees_titles(actor(), record.from_post_id, record.to_post_id),
        back_url=url_for(".hand_over", hand_over_id=hand_over_id),
    )
