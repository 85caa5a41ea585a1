"""Lịch theo dõi từ ngoài: what stands behind a secret address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import RecordAccess, RecordKind, post_principal
from app.meetings.models import Answer, CalendarFeed, Invitee, Meeting, MeetingState

_BACK, _AHEAD, _MOST = timedelta(days=60), timedelta(days=400), 2_000


def feed(token: str) -> CalendarFeed:
    """Lịch theo dõi của một địa chỉ; a post that changed hands shows its calendar to nobody's former address.

    :raises NotFound: no such address, or it was taken back.
    """
    found = session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.token == token, CalendarFeed.revoked_at.is_(None))
        .options(
            joinedload(CalendarFeed.post), joinedload(CalendarFeed.person), joinedload(CalendarFeed.room)
        )
    )
    if found is None:
        raise NotFound
    if found.post is not None and (found.post.person_id != found.person_id or not found.post.active):
        raise NotFound
    return found


def own_feed(viewer: Actor) -> CalendarFeed | None:
    """Lịch theo dõi đang mở của mình."""
    return session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.post_id == (viewer.post_id or -1), CalendarFeed.revoked_at.is_(None)
        )
    )


def room_feeds(agency_id: int) -> dict[int, CalendarFeed]:
    """Lịch theo dõi đang mở của các phòng họp."""
    found = session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.agency_id == agency_id,
            CalendarFeed.room_id.is_not(None),
            CalendarFeed.revoked_at.is_(None),
        )
    )
    return {f.room_id: f for f in found if f.room_id is not None}


def feed_meetings(found: CalendarFeed) -> Sequence[Meeting]:
    """Các cuộc họp trên lịch này, từ hai tháng trước đến một năm sau."""
    now = clock.now()
    statement = (
        select(Meeting)
        .where(Meeting.starts_at > now - _BACK, Meeting.starts_at < now + _AHEAD)
        .options(joinedload(Meeting.room))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(_MOST)
    )
    if found.room_id is not None:
        statement = statement.where(
            Meeting.room_id == found.room_id, Meeting.state != MeetingState.CANCELLED.value
        )
        return session.scalars(statement).all()
    mine = select(RecordAccess.record_id).where(
        RecordAccess.principal_id == post_principal(found.post_id or 0),
        RecordAccess.kind == int(RecordKind.MEETING),
        RecordAccess.sort_at > now - _BACK,
        RecordAccess.sort_at < now + _AHEAD,
        RecordAccess.reason.in_(["chair", "invited", "attendee", "secretary"]),
    )
    away = (
        select(Invitee.meeting_id)
        .where(
            Invitee.post_id == found.post_id,
            Invitee.answer.in_([Answer.ABSENT.value, Answer.SUBSTITUTE.value]),
        )
        .where(Invitee.withdrawn_at.is_(None))
    )
    return session.scalars(
        statement.where(
            Meeting.id.in_(mine),
            or_(Meeting.state != MeetingState.CANCELLED.value, Meeting.called_at.is_not(None)),
            Meeting.id.not_in(away),
        )
    ).all()
