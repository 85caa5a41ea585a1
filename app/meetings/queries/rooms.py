"""Phòng họp: the agency's rooms, who has them when, what is free."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import literal_column, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.meetings.models import Meeting, Room

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
    """Lịch của các phòng chạm vào khoảng này, theo giờ."""
    rows = session.execute(
        select(Meeting.room_id, Meeting.id, Meeting.starts_at, Meeting.ends_at)
        .where(
            Meeting.room_id.in_(list(room_ids)),
            IN_USE,
            Meeting.starts_at < ends_at,
            Meeting.starts_at > starts_at - _LONGEST,
            Meeting.ends_at > starts_at,
            Meeting.id != (exclude or 0),
        )
        .order_by(Meeting.starts_at)
    )
    return [Booking(r.room_id, r.id, r.starts_at, r.ends_at) for r in rows]


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
