"""Soạn, sửa và mời họp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.use_case import use_case
from app.meetings import events, labels
from app.meetings.models import AgendaItem, Invitee, Meeting, MeetingKind, MeetingState
from app.meetings.policy import Permission
from app.meetings.service import access, rooms
from app.meetings.service.invitees import names_of, new_token, principals_of, set_guests
from app.meetings.service.loading import for_change, require
from app.meetings.service.papers import keep_papers
from app.meetings.service.plans import Details, Guests, Schedule
from app.meetings.workflow import MEETING
from app.notifications.service import notice
from app.org import queries as org
from app.org.models import Post
from app.storage.service import Upload

_NOT_IN_CALENDARS = {"meeting_kind", "meeting_secretary", "meeting_answers_close_at"}
_CALLERS = "Chỉ thư ký, văn thư hoặc Chánh Văn phòng được soạn cuộc họp của cơ quan."


@use_case
def create(
    actor: Actor,
    details: Details,
    schedule: Schedule,
    guests: Guests,
    uploads: Sequence[Upload] = (),
) -> Meeting:
    """Soạn cuộc họp: a draft that already holds its room.

    :raises Violations: what does not fit, all together.
    :raises RoomTaken: the room has another meeting in these hours.
    """
    require(actor, Permission.MEETING_CALL, _CALLERS)
    meeting = Meeting(
        agency_id=actor.agency_id,
        state=MeetingState.DRAFT.value,
        uid=str(uuid4()),
        sequence=0,
        door_token=new_token(),
        created_at=clock.now(),
    )
    _fill(meeting, details)
    set_schedule(meeting, schedule)
    session.add(meeting)
    rooms.book(meeting)
    _set_agenda(meeting, details)
    set_guests(meeting, guests)
    keep_papers(actor, meeting, uploads)
    access.sync(meeting)
    emit(
        actor,
        events.MeetingDrafted(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id
        ),
    )
    return meeting


@use_case
def create_and_call(
    actor: Actor,
    details: Details,
    schedule: Schedule,
    guests: Guests,
    uploads: Sequence[Upload] = (),
) -> Meeting:
    """Soạn và mời họp trong một lần."""
    meeting = create(actor, details, schedule, guests, uploads)
    return call(actor, meeting.id, version=meeting.version)


@use_case
def edit(
    actor: Actor,
    meeting_id: int,
    *,
    version: int | None,
    details: Details,
    guests: Guests,
    schedule: Schedule | None = None,
) -> Meeting:
    """Sửa cuộc họp. Once people are invited, hours and room change only by :func:`move`.

    :param schedule: for a draft; ignored afterwards.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "edit")
    before = shown(meeting)
    _fill(meeting, details)
    if schedule is not None and meeting.state == MeetingState.DRAFT:
        set_schedule(meeting, schedule)
    rooms.book(meeting)
    _set_agenda(meeting, details)
    added, withdrawn = set_guests(meeting, guests)
    session.expire(meeting, ["chair", "secretary", "contact", "room", "agenda"])
    changes = differences(before, shown(meeting))
    if meeting.state == MeetingState.CALLED:
        if changes.keys() - _NOT_IN_CALENDARS:
            meeting.sequence += 1
        _tell_new(meeting, added)
    if added or withdrawn:
        changes["meeting_invitees"] = (
            f"bớt {names_of(withdrawn)}" if withdrawn else "",
            f"thêm {names_of(added)}" if added else "",
        )
    access.sync(meeting)
    MEETING.move(actor, meeting, "edit", changes=changes, sequence=meeting.sequence)
    return meeting


@use_case
def call(actor: Actor, meeting_id: int, *, version: int | None) -> Meeting:
    """Mời họp: from now on the invited see the meeting, are told of it and asked to answer."""
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "call")
    return call_now(actor, meeting)


def call_now(actor: Actor, meeting: Meeting) -> Meeting:
    """Mời, khi đã xét đủ điều kiện: by the button, or by the issue of the giấy mời."""
    now = clock.now()
    meeting.called_at = now
    session.expire(meeting, ["invitees"])
    invited = meeting.invitees
    for item in invited:
        item.invited_at, item.link_token = now, new_token()
    session.flush()
    MEETING.move(actor, meeting, "call", note=names_of(invited), sequence=meeting.sequence)
    access.sync(meeting)
    _tell_new(meeting, invited)
    return meeting


def _tell_new(meeting: Meeting, invitees: Sequence[Invitee]) -> None:
    if invitees:
        notice(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            words=f"Mời họp {when(meeting)}: {meeting.title}",
            principals=principals_of(invitees),
            mail=False,  # the invitation itself is a mail, with the calendar entry
        )


def when(meeting: Meeting) -> str:
    """Giờ họp bằng chữ ngắn: "14:00 ngày 26/11/2026"."""
    at = clock.local(meeting.starts_at)
    return f"{at:%H:%M} ngày {at:%d/%m/%Y}"


def set_schedule(meeting: Meeting, schedule: Schedule) -> None:
    """Đặt thời gian, địa điểm.

    :raises Violations: hours that cannot be.
    """
    faults = []
    starts, ends = clock.local(schedule.starts_at), clock.local(schedule.ends_at)
    if schedule.ends_at <= schedule.starts_at:
        faults.append(Violation("ends", "Giờ kết thúc phải sau giờ bắt đầu."))
    elif starts.date() != ends.date():
        faults.append(
            Violation("ends", "Cuộc họp kết thúc trong ngày. Họp nhiều ngày thì soạn mỗi ngày một cuộc.")
        )
    if schedule.starts_at <= clock.now():
        faults.append(
            Violation("day", f"Giờ họp {starts:%H:%M} ngày {starts:%d/%m/%Y} đã qua. Hãy chọn giờ khác.")
        )
    if faults:
        raise Violations(faults)
    meeting.starts_at, meeting.ends_at = schedule.starts_at, schedule.ends_at
    meeting.room_id = schedule.room_id
    meeting.place = "" if schedule.room_id is not None else schedule.place
    check_deadlines(meeting)


def check_deadlines(meeting: Meeting) -> None:
    """Hạn phản hồi, hạn gửi tài liệu phải trước giờ họp."""
    faults = [
        Violation(field, f"{words} phải trước giờ họp {when(meeting)}.")
        for field, words, at in (
            ("answer_by", "Hạn phản hồi", meeting.answer_by),
            ("answers_close_at", "Giờ khóa trả lời", meeting.answers_close_at),
            ("papers_due", "Hạn gửi tài liệu", meeting.papers_due_at),
        )
        if at is not None and at > meeting.starts_at
    ]
    if faults:
        raise Violations(faults)


def _fill(meeting: Meeting, details: Details) -> None:
    faults = []
    meeting.title = details.title
    meeting.kind = MeetingKind(details.kind).value
    meeting.requirements = details.requirements
    meeting.contact_phone = details.contact_phone
    meeting.answer_by, meeting.papers_due_at = details.answer_by, details.papers_due_at
    meeting.answers_close_at, meeting.online_link = details.answers_close_at, details.online_link
    meeting.is_key_event = details.is_key_event
    contact = details.contact_post_id or details.secretary_post_id
    for field, post_id, kept in (
        ("chair", details.chair_post_id, meeting.chair_post_id),
        ("secretary", details.secretary_post_id, meeting.secretary_post_id),
        ("contact", contact, meeting.contact_post_id),
    ):
        if post_id != kept and not _serves(post_id, meeting.agency_id):
            faults.append(
                Violation(field, "Người được chọn không còn giữ vị trí trong cơ quan. Hãy chọn lại.")
            )
    if faults:
        raise Violations(faults)
    meeting.chair_post_id, meeting.secretary_post_id = details.chair_post_id, details.secretary_post_id
    meeting.contact_post_id = contact
    if meeting.id is not None:
        check_deadlines(meeting)


def _serves(post_id: int, agency_id: int) -> bool:
    with session.no_autoflush:
        try:
            return org.post(post_id, agency_id).person_id is not None
        except NotFound:
            return False


def _set_agenda(meeting: Meeting, details: Details) -> None:
    wanted = [(line.title, line.minutes, line.presenter) for line in details.agenda]
    if [(a.title, a.minutes, a.presenter) for a in meeting.agenda] == wanted:
        return
    # an item of the same title is the same item: its notes, papers and hours stay with it
    have = {a.title: a for a in reversed(meeting.agenda)}
    kept = []
    for n, (title, minutes, presenter) in enumerate(wanted):
        item = have.pop(title, None) or AgendaItem(title=title)
        item.position, item.minutes, item.presenter = n, minutes, presenter
        kept.append(item)
    meeting.agenda = kept
    session.flush()


def shown(meeting: Meeting) -> dict[str, Any]:
    """Những gì người được mời thấy trên giấy mời và trên lịch, in words."""
    return {
        "meeting_title": meeting.title,
        "meeting_kind": labels.KINDS[meeting.kind],
        "meeting_starts_at": meeting.starts_at,
        "meeting_ends_at": meeting.ends_at,
        "meeting_location": meeting.location,
        "meeting_chair": _name(meeting.chair),
        "meeting_secretary": _name(meeting.secretary),
        "meeting_contact": ", ".join(w for w in (_name(meeting.contact), meeting.contact_phone) if w),
        "meeting_requirements": meeting.requirements,
        "meeting_answer_by": meeting.answer_by,
        "meeting_answers_close_at": meeting.answers_close_at,
        "meeting_online_link": meeting.online_link,
        "meeting_papers_due_at": meeting.papers_due_at,
        "meeting_agenda": "; ".join(a.title for a in meeting.agenda),
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Trường đã đổi: before and after."""
    return {k: (before[k], after[k]) for k in after if before[k] != after[k]}


def _name(post: Post | None) -> str:
    return post.person.full_name if post is not None and post.person is not None else ""
