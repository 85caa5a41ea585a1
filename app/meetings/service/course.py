"""Dời, hủy, họp xong, kết luận, bàn giao."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind, may_see
from app.core.use_case import touch, use_case
from app.core.working_days import calendar
from app.documents.models import Direction, Document, OutgoingState
from app.meetings import events, queries
from app.meetings.models import Invitee, Meeting, MeetingState
from app.meetings.service import access, rooms
from app.meetings.service.calling import differences, set_schedule, shown, when
from app.meetings.service.invitees import principals_of
from app.meetings.service.loading import for_change
from app.meetings.service.plans import Schedule
from app.meetings.workflow import MEETING
from app.notifications.service import notice
from app.org.open_work import WorkItem


@use_case
def move(
    actor: Actor,
    meeting_id: int,
    *,
    version: int | None,
    schedule: Schedule,
    reason: str,
    answer_by: datetime | None = None,
) -> Meeting:
    """Dời cuộc họp sang giờ khác, hoặc đổi phòng. Other hours ask everyone again; another room alone does not.

    Answers given for the old hours are kept beside the invitation, and counted no more.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "move")
    before, hours = shown(meeting), (meeting.starts_at, meeting.ends_at)
    asks_again = (schedule.starts_at, schedule.ends_at) != hours
    meeting.answer_by = answer_by if asks_again else meeting.answer_by
    if meeting.papers_due_at is not None:
        meeting.papers_due_at += schedule.starts_at - hours[0]
    if meeting.answers_close_at is not None:
        meeting.answers_close_at += schedule.starts_at - hours[0]
    set_schedule(meeting, schedule)
    rooms.book(meeting)
    session.expire(meeting, ["room"])
    changes = differences(before, shown(meeting))
    if not changes.keys() & {"meeting_starts_at", "meeting_ends_at", "meeting_location"}:
        raise Violations([Violation(None, "Thời gian và địa điểm chưa đổi so với lịch cũ.")])
    if asks_again:
        _ask_again(meeting)
    meeting.sequence += 1
    if asks_again:
        meeting.hours_sequence = meeting.sequence
    meeting.move_reason = reason
    access.sync(meeting)
    MEETING.move(
        actor, meeting, "move", changes=changes, reason=reason, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        asks_again=asks_again, sequence=meeting.sequence,
    )  # fmt: skip
    _tell(
        meeting,
        f"Dời họp sang {when(meeting)}: {meeting.title}" if asks_again else f"Đổi phòng họp: {meeting.title}",
    )
    return meeting


def _ask_again(meeting: Meeting) -> None:
    # The new version makes every answer form drawn for the old hours stale.
    session.execute(
        update(Invitee)
        .where(Invitee.meeting_id == meeting.id, Invitee.withdrawn_at.is_(None))
        .values(
            previous_answer=Invitee.answer,
            answer=None,
            answered_at=None,
            answered_by_person_id=None,
            reason="",
            consent=None,
            reminded_count=0,
            reminded_at=None,
            version=Invitee.version + 1,
        )
    )
    session.expire(meeting, ["invitees"])


def _tell(meeting: Meeting, words: str) -> None:
    principals = principals_of(meeting.invitees)
    for item in meeting.invitees:
        principals |= {principal for principal, _reason in access.sent(item.attendees)}
    notice(
        kind=int(meeting.record_kind), record_id=meeting.id, words=words, principals=principals, mail=False
    )


@use_case
def cancel(actor: Actor, meeting_id: int, *, version: int | None, reason: str) -> Meeting:
    """Hủy cuộc họp; the room is free again, calendars are told."""
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "cancel")
    was_called = meeting.state == MeetingState.CALLED
    meeting.cancelled_at, meeting.cancel_reason = clock.now(), reason
    meeting.sequence += 1
    MEETING.move(actor, meeting, "cancel", reason=reason, sequence=meeting.sequence)
    access.sync(meeting)
    if was_called:
        _tell(meeting, f"Hủy cuộc họp {when(meeting)}: {meeting.title}")
    return meeting


@use_case
def hold(actor: Actor, meeting_id: int, *, version: int | None, needs_conclusion: bool) -> Meeting:
    """Xác nhận đã họp; where a conclusion notice is needed, its day is counted from the meeting's."""
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "hold")
    meeting.held_at = clock.now()
    if needs_conclusion:
        days = queries.limits_of(meeting.agency_id).conclusion_days
        meeting.conclusion_due_on = calendar().add(clock.local(meeting.ends_at).date(), days)
    MEETING.move(actor.acting_as(meeting.chair_post_id), meeting, "hold")
    access.sync(meeting)
    return meeting


@use_case
def record_conclusion(actor: Actor, meeting_id: int, *, version: int | None, document_id: int) -> Meeting:
    """Ghi nhận thông báo kết luận đã ban hành: the issued document that carries the conclusion.

    :raises Violations: not an issued document of the convening agency that the actor may see.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "record_conclusion")
    document = session.get(Document, document_id)
    if (
        document is None
        or document.agency_id != meeting.agency_id
        or (document.direction, document.state) != (Direction.OUTGOING, OutgoingState.ISSUED)
        or not may_see(RecordKind.OUTGOING, document_id, actor.all_principals("documents"))
    ):
        raise Violations(
            [Violation("reference", "Không tìm thấy văn bản đi đã phát hành có số, ký hiệu này.")]
        )
    meeting.conclusion_document_id = document.id
    return MEETING.move(actor, meeting, "record_conclusion", document_id=document.id, note=document.reference)


@use_case
def waive_conclusion(actor: Actor, meeting_id: int, *, version: int | None, reason: str) -> Meeting:
    """Ghi nhận không ban hành thông báo kết luận."""
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "waive_conclusion")
    meeting.conclusion_due_on = None
    return MEETING.move(actor, meeting, "waive_conclusion", reason=reason)


@use_case
def hand_over(actor: Actor, from_post_id: int, to_post_id: int) -> list[WorkItem]:
    """Bàn giao: the successor becomes secretary and contact of meetings that are still to come.

    :returns: the meetings that changed hands, for the record of the hand-over.
    """
    found = session.scalars(
        select(Meeting).where(queries.held_by(from_post_id)).order_by(Meeting.id).with_for_update()
    ).all()
    for meeting in found:
        if meeting.secretary_post_id == from_post_id:
            meeting.secretary_post_id = to_post_id
        if meeting.contact_post_id == from_post_id:
            meeting.contact_post_id = to_post_id
        touch(meeting)
        access.sync(meeting)
        emit(
            actor,
            events.MeetingOfficerChanged(
                kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id,
                from_post_id=from_post_id, to_post_id=to_post_id,
            ),
        )  # fmt: skip
    return [queries.work_item(m) for m in found]
