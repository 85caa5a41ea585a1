"""Giấy mời: trình ký; và chỗ của nó trên trang văn bản đi, văn bản đến."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotFound
from app.documents.models import Document
from app.meetings import labels, policy, queries, service
from app.meetings.forms import InvitationForm
from app.meetings.models import MeetingState
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import name_of, show_form, url_of, when
from app.meetings.workflow import MEETING
from app.org import queries as org
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/<int:meeting_id>/trinh-giay-moi", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def draft_invitation(meeting_id: int) -> ResponseReturnValue:
    """Trình giấy mời: who signs, and the letter as it will look."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "draft_invitation")
    form = InvitationForm(obj=meeting)
    form.offer(meeting)
    if form.validate_on_submit() and form.attempt(
        service.draft_invitation, meeting_id, version=form.expected_version, signer_post_id=form.signer.data
    ):
        flash("Đã trình giấy mời. Khi văn thư phát hành, mọi thành phần được mời.", "success")
        return redirect(url_of(meeting))
    return show_form("draft_invitation", form, meeting=meeting, when=when(meeting), back=url_of(meeting))


@bp.route("/<int:meeting_id>/giay-moi.pdf")
@requires(Permission.MEETING_READ)
def invitation_file(meeting_id: int) -> Response:
    """Bản PDF của giấy mời để xem trước khi trình; number and signature come with the issued document."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    if not policy.is_organizer_or_chair(viewer, meeting):
        raise NotFound
    chosen = request.args.get("ky", "")
    leaders = {p.id: p for p in org.leaders_of(meeting.agency_id)}
    signer = leaders.get(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    content = service.letter_pdf(service.invitation_letter(meeting, signer or meeting.chair))
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="giay-moi.pdf"'
    return answer


def incoming_panel(viewer: Actor, document: Document) -> str | None:
    """Khối "Phân công dự họp" trên trang văn bản đến."""
    if document.document_type != service.INVITATION:
        return None
    meeting = queries.meeting_by_arrival(document.id, viewer)
    if meeting is None:
        return None
    open_yet = meeting.state == MeetingState.CALLED and clock.now() < meeting.starts_at
    return render_template(
        "meetings/panels/incoming.html",
        labels=labels,
        meeting=meeting,
        when=when(meeting),
        own=queries.own_invitees(viewer, meeting),
        name_of=name_of,
        open_yet=open_yet,
        is_leader=policy.is_leader(viewer),
    )


def outgoing_panel(viewer: Actor, document: Document) -> str | None:
    """Khối "Cuộc họp" trên trang văn bản đi là giấy mời hoặc thông báo kết luận."""
    meeting = queries.meeting_by_document(document.id, viewer)
    if meeting is None:
        return None
    return render_template(
        "meetings/panels/outgoing.html", labels=labels, meeting=meeting, when=when(meeting)
    )
