"""Lịch theo dõi từ ngoài: secret addresses, made, renewed and taken back by those whose calendar it is."""

from __future__ import annotations

from sqlalchemy import update

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.meetings import events, queries
from app.meetings.models import CalendarFeed
from app.meetings.policy import Permission
from app.meetings.service.invitees import new_token
from app.meetings.service.loading import require

_KEEPERS = "Chỉ thư ký hoặc quản trị cơ quan được mở lịch theo dõi của phòng họp."


@use_case
def open_feed(actor: Actor, room_id: int | None = None) -> CalendarFeed:
    """Mở lịch theo dõi từ ngoài, hoặc đổi địa chỉ của nó: the former address ends.

    :param room_id: a room of the own agency; without it the actor's own calendar.
    """
    _close(actor, room_id)
    feed = CalendarFeed(agency_id=actor.agency_id, token=new_token(), created_at=clock.now())
    if room_id is None:
        feed.post_id, feed.person_id = actor.post_id, actor.person_id
    else:
        feed.room_id = room_id
    session.add(feed)
    session.flush()
    _tell(actor, "mở")
    return feed


@use_case
def close_feed(actor: Actor, room_id: int | None = None) -> None:
    """Đóng lịch theo dõi từ ngoài."""
    _close(actor, room_id)
    _tell(actor, "đóng")


def _close(actor: Actor, room_id: int | None) -> None:
    if actor.post_id is None:
        raise NotFound
    whose = CalendarFeed.post_id == actor.post_id
    if room_id is not None:
        require(actor, Permission.ROOM_MANAGE, _KEEPERS)
        whose = CalendarFeed.room_id == queries.room(room_id, actor).id
    session.execute(
        update(CalendarFeed).where(whose, CalendarFeed.revoked_at.is_(None)).values(revoked_at=clock.now())
    )


def _tell(actor: Actor, what: str) -> None:
    emit(
        actor,
        events.CalendarFeedChanged(
            kind=RecordKind.AGENCY, record_id=actor.agency_id or 0, agency_id=actor.agency_id, note=what
        ),
    )
