"""Việc đang chờ: invitations to answer, invitees to chase, papers missing, conclusions owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, case, func, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.records import RecordAccess, RecordKind, capped
from app.meetings import policy
from app.meetings.models import Invitee, Meeting, MeetingState, Paper, Room
from app.org.models import Agency, Person, Post


def waiting_count(viewer: Actor) -> Select[int]:
    """Số giấy mời chờ mình trả lời: capped, over the partial index of open rows; meetings that began ask no more."""
    return capped(
        select(RecordAccess.record_id)
        .where(
            RecordAccess.principal_id.in_(policy.principals(viewer) or (-1,)),
            RecordAccess.kind == int(RecordKind.MEETING),
            RecordAccess.open,
            RecordAccess.sort_at > clock.now(),
        )
        .distinct()
    )


@dataclass(frozen=True)
class Waiting:
    """Một giấy mời chờ trả lời."""

    meeting_id: int
    invitee_id: int
    version: int
    title: str
    starts_at: datetime
    ends_at: datetime
    location: str
    host: str
    invited: str  # who is asked: the person's name, or the agency
    is_agency: bool
    is_own: bool
    answer_by: datetime | None
    previous_answer: str | None


def waiting(viewer: Actor, *, limit: int) -> list[Waiting]:
    """Giấy mời chờ người này trả lời, gần nhất trước: exactly the meetings that :func:`waiting_count` counts."""
    posts, principals = policy.own_posts(viewer) or (-1,), policy.principals(viewer) or (-1,)
    keys = (
        select(RecordAccess.record_id)
        .where(
            RecordAccess.principal_id.in_(principals),
            RecordAccess.kind == int(RecordKind.MEETING),
            RecordAccess.open,
            RecordAccess.sort_at > clock.now(),
        )
        .distinct()
    )
    of_agency = and_(Invitee.post_id.is_(None), Invitee.agency_id == (viewer.agency_id or -1))
    if not viewer.can(policy.Permission.AGENCY_ANSWER):
        of_agency = and_(of_agency, Invitee.id < 0)
    rows = session.execute(
        select(
            Meeting.id,
            Invitee.id.label("invitee_id"),
            Invitee.version,
            Meeting.title,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.place,
            Room.name.label("room_name"),
            Room.location.label("room_location"),
            Agency.short_name.label("host"),
            Person.full_name.label("person"),
            Invitee.post_id,
            Meeting.answer_by,
            Invitee.previous_answer,
        )
        .join(Invitee, Invitee.meeting_id == Meeting.id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .outerjoin(Room, Room.id == Meeting.room_id)
        .outerjoin(Post, Post.id == Invitee.post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Meeting.id.in_(keys),
            Meeting.state == MeetingState.CALLED.value,
            Invitee.withdrawn_at.is_(None),
            Invitee.answer.is_(None),
            or_(Invitee.post_id.in_(posts), of_agency),
        )
        .order_by(Meeting.starts_at, Invitee.post_id.is_(None), Invitee.id)
        .limit(limit)
    )
    return [
        Waiting(
            meeting_id=r.id,
            invitee_id=r.invitee_id,
            version=r.version,
            title=r.title,
            starts_at=r.starts_at,
            ends_at=r.ends_at,
            location=", ".join(w for w in (r.room_name, r.room_location) if w) or r.place,
            host=r.host,
            invited=r.person or "",
            is_agency=r.post_id is None,
            is_own=r.post_id in posts,
            answer_by=r.answer_by,
            previous_answer=r.previous_answer,
        )
        for r in rows
    ]


@dataclass(frozen=True)
class Silent:
    """Cuộc họp còn nơi chưa phản hồi."""

    meeting_id: int
    title: str
    starts_at: datetime
    answer_by: datetime | None
    invited: int
    silent: int
    reminded_at: datetime | None


def silent(viewer: Actor, *, limit: int) -> list[Silent]:
    """Các cuộc họp sắp tới của cơ quan còn nơi chưa phản hồi, gần nhất trước."""
    waits = func.sum(case((Invitee.answer.is_(None), 1), else_=0))
    rows = session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            Meeting.answer_by,
            func.count().label("invited"),
            waits.label("silent"),
            func.max(Invitee.reminded_at).label("reminded_at"),
        )
        .join(Invitee, Invitee.meeting_id == Meeting.id)
        .where(
            Meeting.agency_id == viewer.agency_id,
            Meeting.state == MeetingState.CALLED.value,
            Meeting.starts_at > clock.now(),
            Invitee.withdrawn_at.is_(None),
        )
        .group_by(Meeting.id)
        .having(waits > 0)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
    )
    return [Silent(*r) for r in rows]


@dataclass(frozen=True)
class Bare:
    """Cuộc họp sắp tới chưa có tài liệu."""

    meeting_id: int
    title: str
    starts_at: datetime
    papers_due_at: datetime | None


def without_papers(viewer: Actor, until: datetime, *, limit: int) -> list[Bare]:
    """Các cuộc họp của cơ quan diễn ra trước ``until`` mà chưa có tài liệu."""
    rows = session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.papers_due_at)
        .where(
            Meeting.agency_id == viewer.agency_id,
            Meeting.state == MeetingState.CALLED.value,
            Meeting.starts_at > clock.now(),
            Meeting.starts_at < until,
            ~select(Paper.id).where(Paper.meeting_id == Meeting.id).exists(),
        )
        .order_by(Meeting.starts_at)
        .limit(limit)
    )
    return [Bare(*r) for r in rows]


@dataclass(frozen=True)
class Owed:
    """Thông báo kết luận còn phải ban hành."""

    meeting_id: int
    title: str
    held_on: datetime
    due_on: date
    chair_name: str


def conclusions_owed(viewer: Actor, *, limit: int) -> list[Owed]:
    """Các cuộc họp của cơ quan đã họp mà chưa ban hành kết luận, hạn sớm trước."""
    rows = session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.conclusion_due_on, Person.full_name)
        .join(Post, Post.id == Meeting.chair_post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Meeting.agency_id == viewer.agency_id,
            Meeting.conclusion_due_on.is_not(None),
            Meeting.conclusion_document_id.is_(None),
        )
        .order_by(Meeting.conclusion_due_on, Meeting.id)
        .limit(limit)
    )
    return [Owed(r[0], r[1], r[2], r[3], r[4] or "") for r in rows if r[3] is not None]
