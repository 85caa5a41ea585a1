"""Tài liệu họp."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.meetings import queries, service
from app.meetings.forms import PapersForm
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import papers_of, press, show_form, url_of, when
from app.meetings.workflow import MEETING
from app.storage import serving
from app.web.actor import actor
from app.web.downloads import respond
from app.web.guards import accepts_files, requires
from app.web.uploads import receive


@bp.route("/<int:meeting_id>/tai-lieu", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
@accepts_files
def add_papers(meeting_id: int) -> ResponseReturnValue:
    """Thêm, bỏ tài liệu họp."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "add_papers")
    form = PapersForm()
    if form.validate_on_submit():
        uploads = receive(form, form.papers)
        if uploads is not None and form.attempt(service.add_papers, meeting_id, uploads):
            flash("Đã thêm tài liệu họp.", "success")
            return redirect(url_of(meeting))
    may_remove = any(a.action == "remove_paper" for a in MEETING.available(viewer, meeting))
    return show_form(
        "papers",
        form,
        meeting=meeting,
        when=when(meeting),
        papers=papers_of(meeting),
        may_remove=may_remove,
        back=url_of(meeting),
    )


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>")
@requires(Permission.MEETING_READ)
def paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Tải một tài liệu, hoặc xem trong khung cách ly (``?xem=1``)."""
    found = queries.paper(paper_id, meeting_id, actor())
    return respond(serving.download(found.stored, found.name, inline="xem" in request.args))


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>/bo", methods=["POST"])
@requires(Permission.MEETING_READ)
def remove_paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Bỏ một tài liệu."""
    return press(
        service.remove_paper,
        meeting_id,
        paper_id,
        done="Đã bỏ tài liệu.",
        to=url_for(".add_papers", meeting_id=meeting_id),
    )
