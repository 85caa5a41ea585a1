"""Khóa phòng họp, và lấy phòng cho cuộc họp của lãnh đạo."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind, post_principal
from app.core.use_case import load_for_change, touch, use_case
from app.meetings import events, queries
from app.meetings.models import Meeting, MeetingState, Room, RoomBlocking
from app.meetings.policy import Permission
from app.meetings.service import access, rooms
from app.meetings.service.calling import differences, shown, when
from app.meetings.service.loading import for_change, require
from app.meetings.workflow import MEETING
from app.notifications.service import notice
from app.org.models import Post

_KEEPERS = "Chỉ thư ký hoặc quản trị cơ quan được khóa phòng họp."
_LONGEST = timedelta(days=366)


@use_case
def block_room(
    actor: Actor, room_id: int, *, starts_at: datetime, ends_at: datetime, reason: str
) -> RoomBlocking:
    """Khóa phòng trong một khoảng thời gian; nobody books it then.

    :raises Violations: hours that cannot be, or a meeting stands in them.
    """
    require(actor, Permission.ROOM_MANAGE, _KEEPERS)
    room = _locked(actor, room_id)
    if not starts_at < ends_at or ends_at <= clock.now() or ends_at - starts_at > _LONGEST:
        raise Violations(
            [
                Violation(
                    "ends",
                    "Thời gian khóa phòng chưa đúng: kết thúc phải sau bắt đầu, chưa qua, và không quá một năm.",
                )
            ]
        )
    taken = queries.meetings_in(room.id, starts_at, ends_at)
    if taken:
        at = ", ".join(f"{clock.local(b.starts_at):%H:%M %d/%m/%Y}" for b in taken[:5])
        raise Violations(
            [Violation("starts", f"Phòng đã có cuộc họp lúc {at}. Hãy chuyển các cuộc họp ấy trước.")]
        )
    made = RoomBlocking(
        room_id=room.id,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        made_by_post_id=actor.post_id,
        made_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _tell(actor, room, f"khóa {room.name}: {reason}")
    return made


@use_case
def unblock_room(actor: Actor, blocking_id: int) -> None:
    """Bỏ khóa phòng."""
    require(actor, Permission.ROOM_MANAGE, _KEEPERS)
    blocking = load_for_change(RoomBlocking, blocking_id, None)
    room = _locked(actor, blocking.room_id)
    session.delete(blocking)
    _tell(actor, room, f"bỏ khóa {room.name}")


def _locked(actor: Actor, room_id: int) -> Room:
    # the same lock as a booking takes: a blocking and a meeting find each other
    room = session.scalar(
        select(Room)
        .where(Room.id == room_id, Room.agency_id == actor.agency_id)
        .with_for_update(key_share=True)
    )
    if room is None:
        raise NotFound
    return room


def _tell(actor: Actor, room: Room, note: str) -> None:
    emit(
        actor,
        events.RoomBlocked(
            kind=RecordKind.AGENCY,
            record_id=room.agency_id,
            agency_id=room.agency_id,
            room_id=room.id,
            note=note,
        ),
    )


@use_case
def displace(actor: Actor, meeting_id: int, *, version: int | None, room_id: int) -> Meeting:
    """Lấy phòng cho cuộc họp của lãnh đạo: the meetings that stand there go to free rooms, all in one act.

    :raises Violations: a meeting there is chaired by one of the same or a higher rank, has begun, or the room is blocked.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "displace")
    room = _locked(actor, room_id)
    others = _standing(meeting, room)
    for other in others:
        _make_way(actor, meeting, other, room)
    before = shown(meeting)
    meeting.room_id, meeting.place = room.id, ""
    rooms.book(meeting)
    session.expire(meeting, ["room"])
    if meeting.state == MeetingState.CALLED:
        meeting.sequence += 1
    access.sync(meeting)
    return MEETING.move(
        actor, meeting, "displace", changes=differences(before, shown(meeting)), sequence=meeting.sequence,
        note=", ".join(o.title for o in others),
    )  # fmt: skip


def _standing(meeting: Meeting, room: Room) -> list[Meeting]:
    """The meetings in the way, locked; each of them must be one that gives way."""
    ids = [
        b.meeting_id
        for b in queries.meetings_in(room.id, meeting.starts_at, meeting.ends_at)
        if b.meeting_id != meeting.id
    ]
    found = session.scalars(
        select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.id).with_for_update()
    ).all()
    own = session.get_one(Post, meeting.chair_post_id)
    faults = []
    for other in found:
        chair = session.get_one(Post, other.chair_post_id)
        if other.starts_at <= clock.now() or other.state == MeetingState.HELD:
            faults.append(f"Cuộc họp lúc {when(other)} đã bắt đầu.")
        elif "leader" in chair.roles and chair.sort <= own.sort:
            faults.append(f"Cuộc họp lúc {when(other)} do {chair.title} chủ trì.")
    if faults:
        raise Violations([Violation("room", " ".join(faults) + " Hãy chọn phòng hoặc giờ khác.")])
    return list(found)


def _make_way(actor: Actor, meeting: Meeting, other: Meeting, room: Room) -> None:
    before = shown(other)
    free = queries.free_rooms(other.agency_id, other.starts_at, other.ends_at, exclude=other.id)
    fitting = [r for r in free if r.id != room.id]
    other.room_id = fitting[0].id if fitting else None
    other.place = "" if fitting else "Sẽ thông báo"
    rooms.book(other)
    session.expire(other, ["room"])
    reason = f"Nhường {room.name} cho cuộc họp của lãnh đạo lúc {when(meeting)}"
    touch(other)
    if other.state == MeetingState.CALLED:
        other.sequence += 1
        other.move_reason = reason
    emit(
        actor,
        events.MeetingMoved(
            kind=int(other.record_kind), record_id=other.id, agency_id=other.agency_id, reason=reason,
            starts_at=other.starts_at, ends_at=other.ends_at, asks_again=False, sequence=other.sequence,
        ),
        differences(before, shown(other)),
    )  # fmt: skip
    words = f"chuyển sang {fitting[0].name}" if fitting else "chưa có phòng khác"
    notice(
        kind=int(other.record_kind),
        record_id=other.id,
        words=f"{reason}; {words}: {other.title}",
        principals=[
            post_principal(p) for p in {other.secretary_post_id, other.chair_post_id, other.contact_post_id}
        ],
        urgent=True,
    )
