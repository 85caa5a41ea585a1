"""Điểm danh: by the secretary from the list, or by each person at the door."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations, WrongState
from app.core.events import emit
from app.core.text import fold
from app.core.use_case import use_case
from app.meetings import events, policy, queries
from app.meetings.models import Attendance, Invitee, Meeting, MeetingState
from app.meetings.service.loading import for_change
from app.meetings.service.plans import Present
from app.meetings.workflow import MEETING, door_is_open


@use_case
def take_attendance(
    actor: Actor,
    meeting_id: int,
    *,
    shown: Collection[str],
    present: Collection[str],
    more: Sequence[Present] = (),
) -> Meeting:
    """Điểm danh theo danh sách: of the lines that stood on the page, the ticked are here and the others are not.

    Who came in at the door after the page was drawn stays marked.

    :param shown: keys of the lines on the page.
    :param present: keys of the ticked ones.
    :param more: people whose names were typed in.
    """
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "take_attendance")
    known = {r.key: r for r in queries.roll(meeting)}
    gone = [k for k in shown if k not in set(present)]
    session.execute(delete(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.key.in_(gone)))
    people = [
        Present(r.name, r.title, r.body, r.invitee_id) for k in present if (r := known.get(k)) is not None
    ]
    for person in (*people, *more):
        _mark(meeting, person, "secretary")
    count = len(queries.attendance(meeting.id))
    return MEETING.move(actor, meeting, "take_attendance", note=f"{count} người có mặt")


def _mark(meeting: Meeting, person: Present, way: str) -> None:
    session.execute(
        insert(Attendance)
        .values(
            meeting_id=meeting.id, invitee_id=person.invitee_id, name=person.name, title=person.title, body=person.body,
            key=person.key, at=clock.now(), way=way,
        )
        .on_conflict_do_nothing(index_elements=["meeting_id", "key"])
    )  # fmt: skip


@use_case
def check_in(actor: Actor, token: str) -> Meeting:
    """Tự điểm danh ở cửa phòng họp: the code at the door, scanned by one who is expected.

    :raises NotAllowed: the meeting does not expect this person.
    """
    meeting = queries.by_door(token, actor)
    _must_be_open(meeting)
    person = _own_place(actor, meeting)
    if person is None:
        raise NotAllowed(
            "Anh/chị không có trong danh sách dự cuộc họp này. Nếu dự thay, hãy báo thư ký cuộc họp ghi tên."
        )
    _mark(meeting, person, "door")
    _tell(actor, meeting, person, "ở cửa phòng họp")
    return meeting


@use_case
def check_in_by_link(actor: Actor, token: str) -> Meeting:
    """Tự điểm danh bằng đường dẫn cá nhân.

    :raises NotFound: no such address.
    :raises Violations: the invitation names nobody yet.
    """
    invitee = session.scalar(
        select(Invitee).where(Invitee.link_token == token, Invitee.withdrawn_at.is_(None))
    )
    if invitee is None:
        raise NotFound
    meeting = invitee.meeting
    _must_be_open(meeting)
    people = queries.expected(invitee)
    if not people:
        raise Violations(["Chưa ghi tên người dự. Hãy trả lời giấy mời trước khi điểm danh."])
    for name, title in people:
        person = Present(name, title, invitee.shown_body, invitee.id)
        _mark(meeting, person, "link")
        _tell(actor, meeting, person, "qua đường dẫn cá nhân")
    return meeting


def _must_be_open(meeting: Meeting) -> None:
    if meeting.state != MeetingState.CALLED:
        raise WrongState("Cuộc họp này không còn điểm danh.")
    if (refusal := door_is_open(meeting)) is not None:
        raise Violations([refusal])
    if clock.now() > meeting.ends_at:
        raise WrongState("Cuộc họp đã qua giờ kết thúc. Hãy báo thư ký cuộc họp ghi tên.")


def _own_place(actor: Actor, meeting: Meeting) -> Present | None:
    """By which invitation this person is expected: his own, or the one that sends him; chair and secretary by their posts."""
    for invitee in queries.invitees(meeting.id):
        sent = next((a for a in invitee.attendees if policy.holds(actor, a.post_id)), None)
        if sent is not None:
            return Present(sent.name, sent.title, invitee.shown_body, invitee.id)
        by_name = any(fold(a.name) == fold(actor.person_name) for a in invitee.attendees)
        if by_name and invitee.agency_id == actor.agency_id:
            return Present(actor.person_name, actor.post_title, invitee.shown_body, invitee.id)
        if invitee.post_id is not None and invitee.post_id == actor.post_id:
            return Present(invitee.shown_name, invitee.shown_title, invitee.shown_body, invitee.id)
    if actor.post_id in (meeting.chair_post_id, meeting.secretary_post_id, meeting.contact_post_id):
        return Present(actor.person_name, actor.post_title, actor.agency_name)
    return None


def _tell(actor: Actor, meeting: Meeting, person: Present, where: str) -> None:
    emit(
        actor,
        events.AttendanceTaken(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            agency_id=meeting.agency_id,
            note=f"{person.name} ({where})",
        ),
    )
