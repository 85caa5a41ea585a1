"""Trang một cuộc họp."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actor import Actor
from app.core.permissions import Role
from app.core.records import RecordKind
from app.documents import labels as document_labels
from app.meetings import policy, queries, service
from app.meetings.models import Meeting, MeetingState
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import (
    agenda_of,
    countdown,
    name_of,
    papers_of,
    press,
    render,
    timeline_of,
    when,
)
from app.meetings.workflow import MEETING, door_is_open
from app.notifications.delivery import post_office
from app.web.actor import actor
from app.web.guards import requires
from app.web.records import url_for_record

_MOST_SHOWN = 40


@bp.route("/<int:meeting_id>")
@requires(Permission.MEETING_READ)
def detail(meeting_id: int) -> ResponseReturnValue:
    """Một cuộc họp: facts, own invitation, composition and answers, papers, agenda, history."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    inside = policy.is_organizer_or_chair(viewer, meeting)
    answerable = queries.own_invitees(viewer, meeting) if meeting.state == MeetingState.CALLED else []
    is_draft = meeting.state == MeetingState.DRAFT
    limits = queries.shown_limits(meeting.agency_id) if inside else policy.Limits()
    late = (
        inside and meeting.state in (MeetingState.DRAFT, MeetingState.CALLED) and not meeting.unplanned_reason
    )
    conclusions = queries.conclusions_of(meeting_id) if meeting.starts_at <= clock.now() else ()
    return render(
        "detail",
        meeting=meeting,
        when=when(meeting),
        countdown=countdown(meeting),
        available=MEETING.available(viewer, meeting),
        urls=urls_of(meeting, viewer),
        own=[i for i in answerable if i.is_agency or policy.holds(viewer, i.post_id)],
        on_behalf=[i for i in answerable if not i.is_agency and not policy.holds(viewer, i.post_id)],
        may_still_answer=clock.now() < meeting.starts_at,
        mine=lambda invitee: policy.holds(viewer, invitee.post_id),
        is_leader=policy.is_leader(viewer),
        inside=inside,
        groups=queries.agencies_of(meeting),
        most_shown=_MOST_SHOWN,
        tally=queries.tally(meeting.invitees),
        name_of=name_of,
        papers=papers_of(meeting, viewer),
        may_add_papers=any(a.action == "add_papers" for a in MEETING.available(viewer, meeting)),
        agenda=agenda_of(meeting),
        timeline=timeline_of(meeting, viewer),
        warnings=queries.warnings(viewer, queries.wish_of(meeting), limits) if is_draft and inside else [],
        conclusion_url=url_for_record(RecordKind.OUTGOING, meeting.conclusion_document_id)
        if meeting.conclusion_document_id and inside
        else None,
        conclusions=conclusions if inside or meeting.conclusion_document_id else (),
        may_assign=policy.may_assign_conclusions(viewer, meeting)
        and any(c.part_id is None for c in conclusions),
        url_of_part=lambda part: url_for_record(RecordKind.DIRECTIVE, part.id),
        votes_here=meeting.state in (MeetingState.CALLED, MeetingState.HELD)
        and (inside or bool(queries.voters_of(viewer, meeting))),
        late_words=queries.late_words(meeting, limits) if late else None,
        invitation_words=_invitation_words(meeting) if inside else "",
        invitation_url=url_for_record(RecordKind.OUTGOING, meeting.invitation_document_id)
        if meeting.invitation_document_id
        else None,
    )


def _invitation_words(meeting: Meeting) -> str:
    """Giấy mời đang ở đâu: its number once issued, else its state."""
    document = meeting.invitation
    if document is None:
        return ""
    return document.reference or document_labels.OUTGOING.states[document.state]


def urls_of(meeting: Meeting, viewer: Actor) -> dict[str, str]:
    """Địa chỉ của các thao tác có nghĩa lúc này; the others are not drawn at all."""
    at: dict[str, Any] = {"meeting_id": meeting.id}
    urls = {
        "draft_invitation": url_for(".draft_invitation", **at),
        "call": url_for(".call", **at),
        "edit": url_for(".edit", **at),
        "move": url_for(".move", **at),
        "cancel": url_for(".cancel", **at),
        "save_site": url_for(".sites", **at),
        "repeat_meeting": url_for(".repeat_meeting", **at),
    }
    if clock.now() < meeting.starts_at and Role.LEADER in meeting.chair.roles:
        urls["displace"] = url_for(".displace", **at)
    if meeting.state in (MeetingState.CALLED, MeetingState.HELD) and door_is_open(meeting) is None:
        urls["take_attendance"] = url_for(".attendance", **at)
    if clock.now() >= meeting.starts_at:
        urls["write_minutes"] = url_for(".minutes", **at)
        urls["hold"] = url_for(".hold", **at)
    elif any(i.answer is None for i in meeting.invitees):
        urls["remind"] = url_for(".remind", **at)
    if meeting.conclusion_due_on and meeting.conclusion_document_id is None:
        urls["draft_conclusion"] = url_for(".draft_conclusion", **at)
        urls["record_conclusion"] = url_for(".record_conclusion", **at)
        urls["waive_conclusion"] = url_for(".waive_conclusion", **at)
    return urls


@bp.route("/<int:meeting_id>/moi-hop", methods=["POST"])
@requires(Permission.MEETING_CALL)
def call(meeting_id: int) -> ResponseReturnValue:
    """Mời họp."""
    meeting = queries.meeting(meeting_id, actor())
    return press(
        service.call,
        meeting_id,
        done=f"Đã mời {len(meeting.invitees)} thành phần dự họp.",
        to=url_for(".detail", meeting_id=meeting_id),
        version=None,
    )


@bp.route("/<int:meeting_id>/lich.ics")
@requires(Permission.MEETING_READ)
def calendar_file(meeting_id: int) -> Response:
    """Tệp lịch để đưa vào chương trình lịch của mình."""
    meeting = queries.meeting(meeting_id, actor())
    office = post_office()
    url = url_for(".detail", meeting_id=meeting_id)
    content = service.calendar_file(
        meeting,
        method="PUBLISH",
        sequence=meeting.sequence,
        organizer=service.organizer(meeting, office.sender),
        addressee=None,
        url=f"{office.address}{url}",
        description=service.description(meeting),
        stamp=clock.now(),
    )
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="cuoc-hop-{meeting_id}.ics"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
