"""Phòng họp: the agency's rooms, who has them when, what is free."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, literal, literal_column, select, union_all
from sqlalchemy.orm import contains_eager

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.meetings.models import Meeting, Room, RoomBlocking

OPENS, CLOSES = time(7), time(17)  # the hours a room strip shows
_LONGEST = timedelta(days=1)  # a meeting ends on the day it begins
# The literal of the partial index: a bound parameter can lose it.
IN_USE = Meeting.state != literal_column("'cancelled'")


@dataclass(frozen=True)
class Booking:
    """Lịch của một phòng: hours only; the meeting may be none of the asker's business."""

    room_id: int
    meeting_id: int
    starts_at: datetime
    ends_at: datetime
    reason: str = ""  # why the room is blocked; empty for a meeting


def rooms(agency_id: int, *, every: bool = False) -> Sequence[Room]:
    """Phòng họp của cơ quan; ``every`` includes those no longer used."""
    statement = select(Room).where(Room.agency_id == agency_id).order_by(Room.sort, Room.name, Room.id)
    return session.scalars(statement if every else statement.where(Room.active)).all()


def room(room_id: int, viewer: Actor) -> Room:
    """Một phòng họp của cơ quan mình.

    :raises NotFound: none such in the agency.
    """
    found = session.get(Room, room_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found


def bookings(
    room_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, exclude: int | None = None
) -> Sequence[Booking]:
    """Lịch của các phòng chạm vào khoảng này, theo giờ: meetings, and hours in which the room is blocked."""
    meetings = _meetings(room_ids, starts_at, ends_at).where(Meeting.id != (exclude or 0))
    blocked = select(
        RoomBlocking.room_id, literal(0), RoomBlocking.starts_at, RoomBlocking.ends_at, RoomBlocking.reason
    ).where(
        RoomBlocking.room_id.in_(list(room_ids)),
        RoomBlocking.starts_at < ends_at,
        RoomBlocking.ends_at > starts_at,
    )
    rows: Any = session.execute(union_all(meetings, blocked).order_by("starts_at"))
    return [Booking(*r) for r in rows]


def _meetings(room_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> Select[*tuple[Any, ...]]:
    return select(
        Meeting.room_id, Meeting.id, Meeting.starts_at, Meeting.ends_at, literal("").label("reason")
    ).where(
        Meeting.room_id.in_(list(room_ids)),
        IN_USE,
        Meeting.starts_at < ends_at,
        Meeting.starts_at > starts_at - _LONGEST,
        Meeting.ends_at > starts_at,
    )


def meetings_in(room_id: int, starts_at: datetime, ends_at: datetime) -> Sequence[Booking]:
    """Các cuộc họp trong một phòng chạm vào khoảng này, dài bao nhiêu cũng được."""
    rows: Any = session.execute(
        select(Meeting.room_id, Meeting.id, Meeting.starts_at, Meeting.ends_at, literal(""))
        .where(Meeting.room_id == room_id, IN_USE, Meeting.starts_at < ends_at, Meeting.ends_at > starts_at)
        .order_by(Meeting.starts_at)
    )
    return [Booking(*r) for r in rows]


def blockings(agency_id: int) -> Sequence[RoomBlocking]:
    """Các khoảng khóa phòng chưa qua của cơ quan, sớm trước."""
    return session.scalars(
        select(RoomBlocking)
        .join(RoomBlocking.room)
        .where(Room.agency_id == agency_id, RoomBlocking.ends_at > clock.now())
        .options(contains_eager(RoomBlocking.room))
        .order_by(RoomBlocking.starts_at, RoomBlocking.id)
    ).all()


def suggested(
    agency_id: int, starts_at: datetime, ends_at: datetime, people: int, *, exclude: int | None = None
) -> list[Room]:
    """Phòng gợi ý: free in these hours and large enough, the smallest such first."""
    free = free_rooms(agency_id, starts_at, ends_at, exclude=exclude)
    return sorted((r for r in free if r.capacity >= people), key=lambda r: r.capacity)


def day_bookings(room_ids: Collection[int], day: date, *, exclude: int | None = None) -> Sequence[Booking]:
    """Lịch của các phòng trong một ngày."""
    start = clock.instant(day)
    return bookings(room_ids, start, start + _LONGEST, exclude=exclude)


def free_rooms(
    agency_id: int, starts_at: datetime, ends_at: datetime, *, exclude: int | None = None
) -> list[Room]:
    """Các phòng của cơ quan còn trống trong khoảng này, phòng lớn trước."""
    every = rooms(agency_id)
    taken = {b.room_id for b in bookings([r.id for r in every], starts_at, ends_at, exclude=exclude)}
    return sorted((r for r in every if r.id not in taken), key=lambda r: -r.capacity)


def free_hours(
    room_id: int, day: date, least: timedelta, *, exclude: int | None = None
) -> list[tuple[datetime, datetime]]:
    """Các khoảng trống từ 07 đến 17 giờ của một phòng, đủ dài cho cuộc họp."""
    at, closes = clock.instant(day, OPENS), clock.instant(day, CLOSES)
    gaps = []
    for booking in day_bookings([room_id], day, exclude=exclude):
        gaps.append((at, min(booking.starts_at, closes)))
        at = max(at, booking.ends_at)
    gaps.append((at, closes))
    return [(a, b) for a, b in gaps if b - a >= least]
