"""Trùng lịch và điều cần lưu ý: what the caller of a meeting should know before inviting. Warnings never forbid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.permissions import Role
from app.core.records import RecordAccess, RecordKind, post_principal
from app.core.working_days import calendar
from app.meetings import policy
from app.meetings.models import Answer, Invitee, Meeting, MeetingState, Room
from app.org.models import Absence, Person, Post

_LONGEST = timedelta(days=1)


@dataclass(frozen=True)
class Clash:
    """Trùng lịch của một người; ``title`` only where the asker may know the other meeting."""

    post_id: int
    agency_id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    title: str | None


@dataclass(frozen=True)
class Away:
    """Vắng mặt trong ngày họp."""

    post_id: int
    agency_id: int
    name: str


def _people(post_ids: Collection[int], agency_ids: Collection[int]) -> ColumnElement[bool]:
    """The posts asked about, and the heads of the agencies invited as such."""
    heads = and_(Post.agency_id.in_(list(agency_ids)), Post.roles.contains([Role.LEADER.value]), Post.is_head)
    return and_(Post.active, or_(Post.id.in_(list(post_ids)), heads))


def clashes(
    asker: Actor,
    *,
    post_ids: Collection[int],
    agency_ids: Collection[int] = (),
    starts_at: datetime,
    ends_at: datetime,
    exclude: int | None = None,
) -> Sequence[Clash]:
    """Những người đã có cuộc họp khác chạm vào khoảng này, by any of their posts."""
    other, seen = aliased(Post), aliased(RecordAccess)
    known = exists().where(
        seen.kind == int(RecordKind.MEETING),
        seen.record_id == Meeting.id,
        seen.principal_id.in_(policy.principals(asker) or (-1,)),
    )
    rows = session.execute(
        select(
            Post.id,
            Post.agency_id,
            Person.full_name,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.title,
            known,
        )
        .distinct()
        .join(Person, Person.id == Post.person_id)
        .join(other, other.person_id == Person.id)
        .join(
            RecordAccess,
            and_(
                RecordAccess.principal_id == post_principal(other.id),  # type: ignore[arg-type]
                RecordAccess.kind == int(RecordKind.MEETING),
                RecordAccess.sort_at < ends_at,
                RecordAccess.sort_at > starts_at - _LONGEST,
                RecordAccess.reason.in_(["chair", "invited", "attendee"]),
            ),
        )
        .join(Meeting, Meeting.id == RecordAccess.record_id)
        .outerjoin(
            Invitee,
            and_(
                Invitee.meeting_id == Meeting.id,
                Invitee.post_id == other.id,
                Invitee.withdrawn_at.is_(None),
            ),
        )
        .where(
            _people(post_ids, agency_ids),
            Meeting.state == MeetingState.CALLED.value,
            Meeting.ends_at > starts_at,
            Meeting.id != (exclude or 0),
            or_(
                RecordAccess.reason != "invited",
                Invitee.answer.is_(None),
                Invitee.answer == Answer.ATTEND.value,
            ),
        )
        .order_by(Meeting.starts_at, Post.id)
    )
    return [Clash(r[0], r[1], r[2], r[3], r[4], r[5] if r[6] else None) for r in rows]


def away(post_ids: Collection[int], agency_ids: Collection[int], starts_at: datetime) -> Sequence[Away]:
    """Những người báo vắng mặt trong ngày họp."""
    day = clock.local(starts_at).date()
    rows = session.execute(
        select(Post.id, Post.agency_id, Person.full_name)
        .join(Person, Person.id == Post.person_id)
        .join(Absence, Absence.person_id == Person.id)
        .where(
            _people(post_ids, agency_ids),
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= day,
            Absence.ends_on >= day,
        )
        .distinct()
    )
    return [Away(*r) for r in rows]


@dataclass(frozen=True)
class Wish:
    """Cuộc họp đang định: what the warnings are about."""

    starts_at: datetime
    ends_at: datetime
    post_ids: tuple[int, ...] = ()
    agency_ids: tuple[int, ...] = ()
    people: int = 0
    room: Room | None = None
    meeting_id: int | None = None


def wish_of(meeting: Meeting) -> Wish:
    """Điều một cuộc họp đã soạn đang định."""
    return Wish(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        post_ids=(meeting.chair_post_id, *(i.post_id for i in meeting.invitees if i.post_id is not None)),
        agency_ids=tuple(i.agency_id for i in meeting.invitees if i.is_agency),
        people=1 + sum(i.seats for i in meeting.invitees),
        room=meeting.room,
        meeting_id=meeting.id,
    )


def warnings(asker: Actor, wish: Wish, limits: policy.Limits) -> list[str]:
    """Điều cần lưu ý trước khi mời: a day off, a late invitation, too few chairs, people busy or away."""
    return [*_of_the_day(wish, limits), *_of_the_room(wish), *_of_people(asker, wish)]


def _of_the_day(wish: Wish, limits: policy.Limits) -> Iterator[str]:
    days, day = calendar(), clock.local(wish.starts_at).date()
    if not days.is_working(day):
        yield f"Ngày {day:%d/%m/%Y} là ngày nghỉ."
    left = days.between(clock.today(), day)
    if left < limits.invitation_days:
        yield _late(left, limits)


def _late(left: int, limits: policy.Limits) -> str:
    before = f"trước {left} ngày làm việc" if left else "ngay trong ngày họp"
    return (
        f"Giấy mời gửi {before}; quy định là ít nhất {limits.invitation_days} ngày làm việc, "
        f"trừ họp đột xuất ({limits.source})."
    )


def late_words(meeting: Meeting, limits: policy.Limits) -> str | None:
    """Giấy mời đã gửi muộn bao nhiêu so với quy định; nothing when it was in time or is yet to be sent."""
    if meeting.called_at is None:
        return None
    left = calendar().between(clock.local(meeting.called_at).date(), clock.local(meeting.starts_at).date())
    return _late(left, limits) if left < limits.invitation_days else None


def _of_the_room(wish: Wish) -> Iterator[str]:
    if wish.room is not None and wish.people > wish.room.capacity:
        short = wish.people - wish.room.capacity
        yield f"{wish.room.name} có {wish.room.capacity} chỗ, thiếu {short} chỗ so với {wish.people} người dự."


def _of_people(asker: Actor, wish: Wish) -> Iterator[str]:
    if not wish.post_ids and not wish.agency_ids:
        return
    named = set(wish.post_ids)
    for c in clashes(
        asker,
        post_ids=wish.post_ids,
        agency_ids=wish.agency_ids,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        exclude=wish.meeting_id,
    ):
        hours = f"{clock.local(c.starts_at):%H:%M}–{clock.local(c.ends_at):%H:%M}"
        what = f"cuộc họp “{c.title}” lúc {hours}" if c.title else f"lịch họp khác lúc {hours}"
        yield f"{c.name} đã có {what}." + (
            "" if c.post_id in named else " Cơ quan vẫn có thể cử người dự thay."
        )
    for a in away(wish.post_ids, wish.agency_ids, wish.starts_at):
        yield f"{a.name} báo vắng mặt trong ngày này." + (
            "" if a.post_id in named else " Cơ quan vẫn có thể cử người dự thay."
        )
