"""Dựng cuộc họp cho kiểm thử: named people of the world, a Thursday afternoon, room A1."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from app.core import clock
from app.core.db import session
from app.meetings import service
from app.meetings.models import Invitee, Meeting, Room
from app.meetings.service import Details, Guests, Schedule
from tests.world import World

THURSDAY = date(2026, 11, 26)
TITLE = "Rà soát tiến độ giải ngân các dự án chống ngập"


def at(hour: str, day: date = THURSDAY) -> datetime:
    """Giờ Việt Nam của một ngày."""
    return clock.instant(day, time.fromisoformat(hour)).astimezone(UTC)


def make_room(world: World, name: str = "Phòng họp A1", capacity: int = 60, agency: str = "city") -> Room:
    """Một phòng họp."""
    room = Room(agency_id=world.agencies[agency], name=name, capacity=capacity)
    session.add(room)
    session.commit()
    return room


def details(world: World, **changes: Any) -> Details:
    """Nội dung cuộc họp do Phó Chủ tịch chủ trì."""
    values: dict[str, Any] = {
        "title": TITLE,
        "kind": "work",
        "chair_post_id": world.vice_chairman.post_id,
        "secretary_post_id": world.secretary.post_id,
        "requirements": "Sở Xây dựng báo cáo chính.",
    }
    return Details(**values | changes)


def schedule(
    start: str = "14:00",
    end: str = "15:30",
    *,
    day: date = THURSDAY,
    room: Room | None = None,
    place: str = "",
) -> Schedule:
    """Giờ và chỗ họp."""
    return Schedule(
        at(start, day), at(end, day), room.id if room else None, place if room or place else "Hội trường"
    )


def guests(world: World) -> Guests:
    """Sở Xây dựng hai chỗ, phường một chỗ; Giám đốc Sở Tài chính và Trưởng phòng Đô thị đích danh."""
    return Guests(
        agencies=((world.agencies["dept"], 2), (world.agencies["ward"], 1)),
        post_ids=(world.director2.post_id, world.city_head.post_id),
    )


def draft(world: World, **changes: Any) -> Meeting:
    """Một cuộc họp dự thảo."""
    room = changes.pop("room", None)
    invited = changes.pop("guests", None) or guests(world)
    hours = changes.pop("schedule", None) or schedule(room=room)
    return service.create(world.secretary.actor, details(world, **changes), hours, invited)


def called(world: World, **changes: Any) -> Meeting:
    """Một cuộc họp đã mời."""
    meeting = draft(world, **changes)
    return service.call(world.secretary.actor, meeting.id, version=meeting.version)


def invitee(meeting: Meeting, world: World, key: str) -> Invitee:
    """Lời mời của một cơ quan (``dept``) hay một người (``director2``)."""
    session.expire(meeting, ["invitees"])
    if key in world.agencies:
        return next(i for i in meeting.invitees if i.agency_id == world.agencies[key] and i.is_agency)
    post_id = world.people[key].post_id
    return next(i for i in meeting.invitees if i.post_id == post_id)


def move_clock(traveller: Any, hour: str, day: date = THURSDAY) -> None:
    """Dời đồng hồ kiểm thử đến một giờ Việt Nam."""
    traveller.move_to(at(hour, day), tick=False)
