"""Việc đang chờ: invitations to answer, invitees to chase, papers missing, conclusions owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, or_, select, union

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.permissions import Role
from app.core.records import RecordAccess, RecordKind, capped
from app.core.working_days import calendar
from app.meetings import policy
from app.meetings.models import Invitee, Meeting, MeetingState, Paper, Room
from app.org.models import Agency, Person, Post


def _open_keys(viewer: Actor, limit: int) -> Subquery:
    """The nearest meetings with an open invitation: one short index scan per principal, whatever else there is.

    Said in one condition over all principals, the planner walks every row of the kind to satisfy the LIMIT.
    """
    branches = [
        select(RecordAccess.record_id)
        .where(
            RecordAccess.principal_id == principal,
            RecordAccess.kind == int(RecordKind.MEETING),
            RecordAccess.open,
            RecordAccess.sort_at > clock.now(),
        )
        .order_by(RecordAccess.sort_at, RecordAccess.record_id)
        .limit(limit)
        .subquery()
        .select()
        for principal in policy.principals(viewer) or (-1,)
    ]
    return union(*branches).subquery()


def waiting_count(viewer: Actor) -> Select[int]:
    """Số giấy mời chờ mình trả lời, đếm có chặn trên; meetings that began ask no more."""
    keys = _open_keys(viewer, limits.COUNT_CAP)
    return select(func.least(func.count(), limits.COUNT_CAP)).select_from(keys)


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
    host: str  # the convening agency, when it is another
    invited: str  # who is asked: the person's name, or the agency
    is_agency: bool
    is_own: bool
    answer_by: datetime | None
    previous_answer: str | None


def waiting(viewer: Actor, *, limit: int) -> list[Waiting]:
    """Giấy mời chờ người này trả lời, gần nhất trước: exactly the meetings that :func:`waiting_count` counts."""
    posts, keys = policy.own_posts(viewer) or (-1,), _open_keys(viewer, limit)
    of_agency = and_(
        Invitee.post_id.is_(None), Invitee.outside_name == "", Invitee.agency_id == (viewer.agency_id or -1)
    )
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
            Meeting.agency_id,
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
            Meeting.id.in_(select(keys.c.record_id)),
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
            host=r.host if r.agency_id != viewer.agency_id else "",
            invited=r.person or "",
            is_agency=r.post_id is None,
            is_own=r.post_id in posts,
            answer_by=r.answer_by,
            previous_answer=r.previous_answer,
        )
        for r in rows
    ]


@dataclass(frozen=True)
class Upcoming:
    """Cuộc họp sắp tới của cơ quan, với những gì còn phải chuẩn bị."""

    meeting_id: int
    title: str
    starts_at: datetime
    answer_by: datetime | None
    papers_due_at: datetime | None
    papers: int
    invited: int
    silent: int
    reminded_at: datetime | None


# Weeks of meetings of the busiest agency; what lies further ahead has time.
_AHEAD = 300


def upcoming(viewer: Actor) -> list[Upcoming]:
    """Các cuộc họp sắp tới của cơ quan, gần nhất trước: answers and papers in one statement."""
    ahead = (
        select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.answer_by, Meeting.papers_due_at)
        .where(
            Meeting.agency_id == viewer.agency_id,
            Meeting.state == MeetingState.CALLED.value,
            Meeting.starts_at > clock.now(),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(_AHEAD)
        .subquery()
    )
    papers = select(func.count()).where(Paper.meeting_id == ahead.c.id).correlate(ahead).scalar_subquery()
    rows = session.execute(
        select(
            ahead,
            papers,
            func.count(),
            func.count().filter(Invitee.answer.is_(None)),
            func.max(Invitee.reminded_at),
        )
        .join(Invitee, Invitee.meeting_id == ahead.c.id)
        .where(Invitee.withdrawn_at.is_(None))
        .group_by(*ahead.c)
        .order_by(ahead.c.starts_at, ahead.c.id)
    )
    return [Upcoming(*r) for r in rows]


_CHASE_HOUR = time(8)
_GRACE = timedelta(hours=3)  # who was invited this morning is not chased before noon


def to_chase(now: datetime) -> list[tuple[int, datetime]]:
    """Cuộc họp đến lúc nhắc nơi chưa phản hồi: (id, deadline), each deadline once."""
    deadline = func.coalesce(Meeting.answer_by, Meeting.starts_at)
    rows = session.execute(
        select(Meeting.id, deadline)
        .where(
            Meeting.state == MeetingState.CALLED.value,
            Meeting.starts_at > now,
            Meeting.starts_at < now + timedelta(days=30),
            Meeting.called_at < now - _GRACE,
            deadline > now,
            Meeting.chased_for.is_distinct_from(deadline),
            exists().where(
                Invitee.meeting_id == Meeting.id, Invitee.withdrawn_at.is_(None), Invitee.answer.is_(None)
            ),
        )
        .order_by(Meeting.id)
    )
    days = calendar()
    return [
        (i, at) for i, at in rows if clock.instant(days.add(clock.local(at).date(), -1), _CHASE_HOUR) <= now
    ]


def silent(found: Iterable[Upcoming]) -> list[Upcoming]:
    """Còn nơi chưa phản hồi."""
    return [u for u in found if u.silent]


def without_papers(found: Iterable[Upcoming], until: datetime) -> list[Upcoming]:
    """Diễn ra trước ``until`` mà chưa có tài liệu."""
    return [u for u in found if not u.papers and u.starts_at < until]


@dataclass(frozen=True)
class Owed:
    """Thông báo kết luận còn phải ban hành."""

    meeting_id: int
    title: str
    held_on: datetime
    due_on: date
    chair_name: str


def owed_count(viewer: Actor) -> Select[int] | None:
    """Số kết luận chưa ban hành, cho Chánh Văn phòng."""
    if Role.OFFICE_CHIEF not in viewer.roles:
        return None
    return capped(select(Meeting.id).where(_owed(viewer)))


def _owed(viewer: Actor) -> ColumnElement[bool]:
    return and_(
        Meeting.agency_id == viewer.agency_id,
        Meeting.conclusion_due_on.is_not(None),
        Meeting.conclusion_document_id.is_(None),
    )


def conclusions_owed(viewer: Actor, *, limit: int) -> list[Owed]:
    """Các cuộc họp của cơ quan đã họp mà chưa ban hành kết luận, hạn sớm trước."""
    rows = session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.conclusion_due_on, Person.full_name)
        .join(Post, Post.id == Meeting.chair_post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(_owed(viewer))
        .order_by(Meeting.conclusion_due_on, Meeting.id)
        .limit(limit)
    )
    return [Owed(r[0], r[1], r[2], r[3], r[4] or "") for r in rows if r[3] is not None]


def conclusions_to_flag(today: date) -> list[tuple[int, date]]:
    """Cuộc họp có thông báo kết luận sắp đến hạn hoặc quá hạn mà chưa ban hành."""
    rows = session.execute(
        select(Meeting.id, Meeting.conclusion_due_on)
        .where(
            Meeting.conclusion_due_on.is_not(None),
            Meeting.conclusion_document_id.is_(None),
            Meeting.conclusion_due_on <= today + timedelta(days=4),
        )
        .order_by(Meeting.id)
    )
    return [(r[0], r[1]) for r in rows if r[1] is not None]
