"""Phòng họp: kept by the agency, booked by its meetings, never twice for the same hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.errors import ExclusionViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations, WrongState
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.meetings import queries
from app.meetings.events import RoomSaved
from app.meetings.models import Meeting, MeetingState, Room
from app.meetings.models.meeting import ROOM_CONSTRAINT
from app.meetings.policy import Permission
from app.meetings.service.loading import require


class RoomTaken(Violations):
    """Trùng phòng: somebody else has the room for these hours. Carries what is free instead."""

    status = 409


def book(meeting: Meeting) -> None:
    """Giữ phòng cho cuộc họp: writes the row, or says which rooms and hours are free.

    Bookings of one room queue up at its row, so that they find each other's hours instead of dead-locking in the
    exclusion constraint; the constraint is what makes a double booking impossible.

    :raises RoomTaken: the room has another meeting in these hours.
    """
    if meeting.room_id is None:
        session.flush()
        return
    wish = _Wish(meeting.id, meeting.agency_id, meeting.starts_at, meeting.ends_at)
    with session.no_autoflush:
        room = _of_agency(meeting.room_id, meeting.agency_id)
        if taken := _overlapping(room, wish):
            raise _taken(room, wish, taken)
    try:
        session.flush()
    except IntegrityError as problem:
        if not _is_clash(problem):
            raise
        session.rollback()  # the act is lost in any case; what is free is read anew
        raise _taken(room, wish, _overlapping(room, wish)) from None


@dataclass(frozen=True)
class _Wish:
    """What is wanted, as plain values: the row itself forgets them when its savepoint is undone."""

    meeting_id: int | None
    agency_id: int
    starts_at: datetime
    ends_at: datetime


def _of_agency(room_id: int, agency_id: int) -> Room:
    room = session.scalar(
        select(Room).where(Room.id == room_id, Room.agency_id == agency_id).with_for_update(key_share=True)
    )
    if room is None or not room.active:
        raise Violations([Violation("room", "Phòng họp không có trong danh sách của cơ quan. Hãy chọn lại.")])
    return room


def _overlapping(room: Room, wish: _Wish) -> Sequence[queries.Booking]:
    return queries.bookings([room.id], wish.starts_at, wish.ends_at, exclude=wish.meeting_id)


def _is_clash(problem: IntegrityError) -> bool:
    cause = problem.orig
    return isinstance(cause, ExclusionViolation) and cause.diag.constraint_name == ROOM_CONSTRAINT


def _taken(room: Room, wish: _Wish, taken: Sequence[queries.Booking]) -> RoomTaken:
    day = clock.local(wish.starts_at).date()
    hours = ", ".join(
        f"từ {clock.local(b.starts_at):%H:%M} đến {clock.local(b.ends_at):%H:%M}" for b in taken
    )
    reasons = ", ".join(b.reason for b in taken if b.reason)
    sentences = [f"{room.name} đã có lịch {hours or 'trong giờ này'}{f' ({reasons})' if reasons else ''}."]
    others = queries.free_rooms(wish.agency_id, wish.starts_at, wish.ends_at, exclude=wish.meeting_id)
    if others:
        names = ", ".join(f"{r.name} ({r.capacity} chỗ)" for r in others[:4])
        sentences.append(f"Cùng giờ còn trống: {names}.")
    gaps = queries.free_hours(room.id, day, wish.ends_at - wish.starts_at, exclude=wish.meeting_id)
    if gaps:
        shown = ", ".join(f"{clock.local(a):%H:%M}–{clock.local(b):%H:%M}" for a, b in gaps)
        sentences.append(f"Trong ngày {day:%d/%m/%Y} phòng này còn trống {shown}.")
    elif not others:
        sentences.append("Trong ngày không còn phòng nào trống đủ thời gian. Hãy chọn ngày khác.")
    return RoomTaken([Violation("room", " ".join(sentences))])


@use_case
def save_room(
    actor: Actor,
    room_id: int | None,
    *,
    version: int | None = None,
    name: str,
    capacity: int,
    location: str = "",
    equipment: str = "",
    active: bool = True,
) -> Room:
    """Lưu phòng họp: add one, or change one of the own agency.

    :raises NotFound: not a room of the actor's agency.
    :raises Violations: the name is taken.
    :raises WrongState: taken out of use while meetings to come are in it.
    """
    require(actor, Permission.ROOM_MANAGE, "Chỉ thư ký hoặc quản trị cơ quan được sửa danh sách phòng họp.")
    agency_id = actor.agency_id or 0
    room = Room(agency_id=agency_id) if room_id is None else load_for_change(Room, room_id, version)
    if room.agency_id != agency_id:
        raise NotFound
    with session.no_autoflush:
        twin = session.scalar(
            select(Room.id).where(Room.agency_id == agency_id, Room.name == name, Room.id != (room_id or 0))
        )
    if twin is not None:
        raise Violations(
            [Violation("name", f"Đã có phòng họp tên “{name}”. Hãy đặt tên khác hoặc sửa phòng đó.")]
        )
    if room_id is not None and not active:
        _must_be_empty(room)
    room.name, room.capacity, room.location, room.equipment, room.active = (
        name,
        capacity,
        location,
        equipment,
        active,
    )
    session.add(room)
    if room_id is not None:
        touch(room)
    session.flush()
    emit(
        actor,
        RoomSaved(
            kind=RecordKind.AGENCY, record_id=agency_id, agency_id=agency_id, room_id=room.id, note=name
        ),
    )
    return room


def _must_be_empty(room: Room) -> None:
    left = session.scalar(
        select(Meeting.starts_at)
        .where(
            Meeting.room_id == room.id,
            Meeting.state.in_([MeetingState.DRAFT, MeetingState.CALLED]),
            Meeting.ends_at > clock.now(),
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    if left is not None:
        at = clock.local(left)
        raise WrongState(
            f"Phòng còn cuộc họp lúc {at:%H:%M} ngày {at:%d/%m/%Y}. Hãy chuyển các cuộc họp đó sang phòng khác rồi mới ngừng dùng."
        )
