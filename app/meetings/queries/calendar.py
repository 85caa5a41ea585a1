"""Lịch tuần: the meetings of seven days that someone may see, read from the rows of sight by their hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    Select,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.core.records import RecordAccess, RecordKind
from app.meetings import policy
from app.meetings.models import Invitee, Meeting, MeetingState, Room
from app.org.models import Agency, Person, Post

NOON = 12
_NOBODY = -1
_PARTS = ("chair", "invited", "attendee", "secretary")
_IDS, _INSTANT = ARRAY(BigInteger), DateTime(timezone=True)


@dataclass(frozen=True)
class Entry:
    """Một cuộc họp trên lịch, as one person sees it."""

    id: int
    agency_id: int
    agency_name: str
    state: str
    title: str
    starts_at: datetime
    ends_at: datetime
    location: str
    chair_name: str
    chairs: bool  # the viewer chairs it
    keeps: bool  # the viewer is its secretary
    takes_part: bool
    waits: bool  # an invitation the viewer may answer is open
    invited: int
    answered: int
    organizes: bool

    @property
    def is_past(self) -> bool:
        """Đã qua."""
        return self.ends_at <= clock.now()

    @property
    def is_now(self) -> bool:
        """Đang họp."""
        return self.starts_at <= clock.now() < self.ends_at


@dataclass
class Day:
    """Một ngày trên lịch tuần."""

    date: date
    morning: list[Entry] = field(default_factory=list)
    afternoon: list[Entry] = field(default_factory=list)

    @property
    def today(self) -> bool:
        """Hôm nay."""
        return self.date == clock.today()


def monday_of(day: date) -> date:
    """Thứ Hai của tuần."""
    return day - timedelta(days=day.weekday())


def entries(viewer: Actor, first: date, days: int, *, own: bool) -> list[Entry]:
    """Các cuộc họp trong khoảng ngày, theo giờ: the viewer's own, or all of the agency he may see. One statement."""
    mine = policy.own_principals(viewer)
    rows = _ROWS.run(
        mine=list(mine),
        principals=list(mine if own else policy.principals(viewer)),
        posts=list(policy.own_posts(viewer)),
        calls_for=viewer.agency_id if viewer.can(policy.Permission.MEETING_CALL) else _NOBODY,
        start=clock.instant(first),
        end=clock.instant(first + timedelta(days=days)),
    )
    return [
        Entry(
            id=r.id,
            agency_id=r.agency_id,
            agency_name=r.agency_name,
            state=r.state,
            title=r.title,
            starts_at=r.starts_at,
            ends_at=r.ends_at,
            location=", ".join(w for w in (r.room_name, r.room_location) if w) or r.place,
            chair_name=r.chair_name or "",
            chairs=r.chairs,
            keeps=r.keeps,
            takes_part=r.takes_part,
            waits=bool(r.waits and r.starts_at > clock.now()),
            invited=r.invited or 0,
            answered=r.answered or 0,
            organizes=r.organizes,
        )
        for r in rows
    ]


def _seen() -> Select[tuple[int, bool, bool]]:
    """Ids of the meetings: range scans of the access index, one per principal."""
    takes_part = and_(
        RecordAccess.principal_id == any_(bindparam("mine", type_=_IDS)),
        RecordAccess.reason.in_([literal_column(f"'{reason}'") for reason in _PARTS]),
    )
    return (
        select(
            RecordAccess.record_id.label("id"),
            func.bool_or(RecordAccess.open).label("waits"),
            func.bool_or(takes_part).label("takes_part"),
        )
        .where(
            RecordAccess.principal_id == any_(bindparam("principals", type_=_IDS)),
            RecordAccess.kind == int(RecordKind.MEETING),
            RecordAccess.sort_at >= bindparam("start", type_=_INSTANT),
            RecordAccess.sort_at < bindparam("end", type_=_INSTANT),
        )
        .group_by(RecordAccess.record_id)
    )


def _statement() -> Select[*tuple[Any, ...]]:
    seen = _seen().subquery()
    posts = any_(bindparam("posts", type_=_IDS))
    organizes = or_(
        Meeting.agency_id == bindparam("calls_for", type_=BigInteger()),
        Meeting.secretary_post_id == posts,
        Meeting.contact_post_id == posts,
        Meeting.chair_post_id == posts,
    )
    # counted for the convening side only, and not before anyone was invited
    counted = and_(organizes, Meeting.called_at.is_not(None))
    invited = (
        select(func.count())
        .where(Invitee.meeting_id == Meeting.id, Invitee.withdrawn_at.is_(None))
        .correlate(Meeting)
    )
    answered = invited.where(Invitee.answer.is_not(None))
    return (
        select(
            Meeting.id,
            Meeting.agency_id,
            Agency.short_name.label("agency_name"),
            Meeting.state,
            Meeting.title,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.place,
            Room.name.label("room_name"),
            Room.location.label("room_location"),
            Person.full_name.label("chair_name"),
            (Meeting.chair_post_id == posts).label("chairs"),
            (Meeting.secretary_post_id == posts).label("keeps"),
            seen.c.takes_part,
            seen.c.waits,
            organizes.label("organizes"),
            case((counted, invited.scalar_subquery())).label("invited"),
            case((counted, answered.scalar_subquery())).label("answered"),
        )
        .join(seen, seen.c.id == Meeting.id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .join(Post, Post.id == Meeting.chair_post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .outerjoin(Room, Room.id == Meeting.room_id)
        # a draft that was discarded is nobody's engagement; a cancelled meeting stays, struck out
        .where(or_(Meeting.state != MeetingState.CANCELLED.value, Meeting.called_at.is_not(None)))
        .order_by(Meeting.starts_at, Meeting.id)
    )


_ROWS = Prepared(_statement)


def week(found: Sequence[Entry], monday: date) -> list[Day]:
    """Xếp vào bảy ngày, Sáng trước 12 giờ."""
    days = [Day(monday + timedelta(days=i)) for i in range(7)]
    for entry in found:
        at = clock.local(entry.starts_at)
        day = days[(at.date() - monday).days]
        (day.morning if at.hour < NOON else day.afternoon).append(entry)
    return days
