"""Vắng mặt: who is away when, and the warnings that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.working_days import Calendar
from app.language.dates import weekday
from app.org.labels import ABSENCE_SHOWN
from app.org.models import Absence, Person, Post
from app.org.policy import Permission, is_own

_SHOWN = (joinedload(Absence.person), joinedload(Absence.deputy).joinedload(Post.person))


def absences_between(person_ids: Iterable[int], start: date, end: date) -> Sequence[Absence]:
    """Báo vắng mặt còn hiệu lực của những người này trùm lên khoảng ngày, sớm trước."""
    return session.scalars(
        select(Absence)
        .options(*_SHOWN)
        .where(Absence.person_id.in_(set(person_ids)), *_live(start, end))
        .order_by(Absence.starts_on, Absence.id)
    ).all()


def absence_warning(post_id: int, day: date) -> str:
    """Lời nhắc khi một hạn hay cuộc họp rơi vào ngày người giữ vị trí vắng mặt; rỗng khi không vắng."""
    found = absence_warnings([post_id], day)
    return found.get(post_id, "")


def absence_warnings(post_ids: Iterable[int], day: date) -> dict[int, str]:
    """Như :func:`absence_warning`, cho nhiều vị trí trong một câu lệnh: post id → sentence, only of those away."""
    rows = session.execute(
        select(Post.id, Absence)
        .join(Absence, Absence.person_id == Post.person_id)
        .options(*_SHOWN)
        .where(Post.id.in_(set(post_ids)), *_live(day, day))
        .order_by(Absence.id)
    )
    return {post_id: _warning(absence, day) for post_id, absence in rows}


def _warning(absence: Absence, day: date) -> str:
    words = ABSENCE_SHOWN.get(absence.reason, "vắng mặt").lower()
    until = f"{absence.ends_on:%d/%m/%Y}"
    sentence = f"Ngày {day:%d/%m/%Y} {absence.person.full_name} {words} (đến hết {until})."
    if absence.deputy is not None and absence.deputy.person is not None:
        return f"{sentence} Người thay: {absence.deputy.person.full_name}, {absence.deputy.title}."
    return f"{sentence} Chưa có người thay."


def _live(start: date, end: date) -> tuple[ColumnElement[bool], ...]:
    return (Absence.cancelled_at.is_(None), Absence.starts_on <= end, Absence.ends_on >= start)


def away(agency_id: int, start: date, end: date) -> Sequence[Absence]:
    """Ai vắng mặt trong cơ quan giữa hai ngày: its own people and those who hold a post in it."""
    holders = select(Post.person_id).where(Post.agency_id == agency_id, Post.active)
    return session.scalars(
        select(Absence)
        .join(Absence.person)
        .options(*_SHOWN)
        .where(
            or_(Person.agency_id == agency_id, Absence.person_id.in_(holders)),
            Person.active,
            *_live(start, end),
        )
        .order_by(Absence.starts_on, Person.sort_key, Absence.id)
        .limit(200)
    ).all()


def own_absences(person_id: int) -> Sequence[Absence]:
    """Các lần báo vắng của một người, mới trước."""
    return session.scalars(
        select(Absence)
        .options(*_SHOWN)
        .where(Absence.person_id == person_id, Absence.cancelled_at.is_(None))
        .order_by(Absence.starts_on.desc(), Absence.id.desc())
        .limit(20)
    ).all()


def absence(absence_id: int, viewer: Actor) -> Absence:
    """Một lần báo vắng: one's own, or of one's agency for those who enter it for others.

    :raises NotFound: none such for this viewer.
    """
    found = session.get(Absence, absence_id)
    if found is None or not (
        is_own(viewer, found.person_id)
        or (found.agency_id == viewer.agency_id and viewer.can(Permission.ABSENCE_ENTER_FOR_OTHERS))
    ):
        raise NotFound
    return found


def last_deputy(person_id: int, agency_id: int) -> int | None:
    """Người thay của lần báo vắng gần nhất còn giữ vị trí, so that the next absence is one click."""
    return session.scalar(
        _deputies(person_id, agency_id).order_by(Absence.created_at.desc(), Absence.id.desc()).limit(1)
    )


def _deputies(person_id: int, agency_id: int) -> Select[int]:
    return (
        select(Post.id)
        .join(Absence, Absence.deputy_post_id == Post.id)
        .join(Person, Person.id == Post.person_id)
        .where(
            Absence.person_id == person_id,
            Post.agency_id == agency_id,
            Post.active,
            Person.active,
            Post.person_id != person_id,
        )
    )


def posts_of_people(person_ids: Iterable[int], agency_id: int) -> dict[int, str]:
    """Chức danh của những người này trong cơ quan, vị trí chính trước."""
    rows = session.execute(
        select(Post.person_id, Post.title)
        .where(Post.person_id.in_(set(person_ids)), Post.agency_id == agency_id, Post.active)
        .order_by(Post.sort.desc(), Post.id.desc())
    )
    return {person_id: title for person_id, title in rows if person_id is not None}


@dataclass(frozen=True)
class QuickDays:
    """Khoảng ngày chọn nhanh khi báo vắng."""

    key: str
    label: str
    starts_on: date
    ends_on: date


def quick_days(today: date, calendar: Calendar) -> list[QuickDays]:
    """Hôm nay, ngày làm việc kế tiếp, và từ nay đến hết tuần làm việc."""
    tomorrow = today + timedelta(days=1)
    following = calendar.next_working(tomorrow)
    friday = today + timedelta(days=max(0, 4 - today.weekday()))
    next_words = "Ngày mai" if following == tomorrow else weekday(following)
    return [
        QuickDays("today", f"Hôm nay, {today:%d/%m}", today, today),
        QuickDays("next", f"{next_words}, {following:%d/%m}", following, following),
        QuickDays("week", f"Đến hết tuần này, {friday:%d/%m}", today, friday),
    ]


def is_away_today(person_id: int) -> Absence | None:
    """Hôm nay có đang vắng không."""
    today = clock.today()
    found = absences_between([person_id], today, today)
    return found[0] if found else None
