"""Tài liệu họp."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.use_case import use_case
from app.meetings.events import PaperRemoved, PapersAdded
from app.meetings.models import Meeting, MeetingState, Paper
from app.meetings.service.invitees import principals_of
from app.meetings.service.loading import for_change
from app.meetings.workflow import MEETING
from app.notifications.service import notice
from app.storage import service as storage
from app.storage.service import Upload


def keep_papers(actor: Actor, meeting: Meeting, uploads: Sequence[Upload]) -> None:
    """Gắn tệp đã nhận vào cuộc họp.

    :raises Violations: more files than one record may hold.
    """
    if len(meeting.papers) + len(uploads) > limits.FILES_PER_RECORD:
        raise Violations(
            [Violation("papers", f"Mỗi cuộc họp giữ nhiều nhất {limits.FILES_PER_RECORD} tệp tài liệu.")]
        )
    meeting.papers.extend(
        Paper(
            stored_file_id=storage.keep(actor, upload).id,
            name=upload.name,
            added_at=clock.now(),
            added_by_post_id=actor.post_id,
        )
        for upload in uploads
    )
    session.flush()


@use_case
def add_papers(actor: Actor, meeting_id: int, uploads: Sequence[Upload]) -> Meeting:
    """Thêm tài liệu họp; those already invited are told."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "add_papers")
    if not uploads:
        raise Violations([Violation("papers", "Hãy chọn tệp tài liệu.")])
    keep_papers(actor, meeting, uploads)
    names = ", ".join(u.name for u in uploads)
    emit(
        actor,
        PapersAdded(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id, note=names
        ),
    )
    if meeting.state == MeetingState.CALLED:
        notice(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            words=f"Có thêm tài liệu họp: {meeting.title}",
            principals=principals_of(meeting.invitees),
        )
    return meeting


@use_case
def remove_paper(actor: Actor, meeting_id: int, paper_id: int) -> Meeting:
    """Bỏ tài liệu họp; its name stays in the history."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "remove_paper")
    paper = next((p for p in meeting.papers if p.id == paper_id), None)
    if paper is None:
        raise NotFound
    meeting.papers.remove(paper)
    emit(
        actor,
        PaperRemoved(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id, note=paper.name
        ),
    )
    return meeting
