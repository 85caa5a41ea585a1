"""Người nhận thông báo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.core.db import session
from app.notifications.models import Notice, NoticePerson
from app.org.models import Absence, Person, Post
from app.org.queries import holders_of_principals


@dataclass(frozen=True)
class Reader:
    """Một người nhận, và vị trí mà thông báo gửi đến."""

    person_id: int
    post_id: int
    name: str
    email: str


def readers_of(principals: Sequence[int], day: date) -> list[Reader]:
    """Những người đứng sau các danh nghĩa, cùng người nhận thay của ai vắng mặt trong ngày."""
    holders = dict(holders_of_principals(principals))
    if not holders:
        return []
    deputies = session.execute(
        select(Post.person_id, Post.id)
        .join(Absence, Absence.deputy_post_id == Post.id)
        .where(
            Absence.person_id.in_(holders),
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= day,
            Absence.ends_on >= day,
            Post.active,
            Post.person_id.is_not(None),
        )
    )
    for person_id, post_id in deputies:
        if person_id is not None:
            holders.setdefault(person_id, post_id)
    rows = session.execute(
        select(Person.id, Person.full_name, Person.email)
        .where(Person.id.in_(holders), Person.active)
        .order_by(Person.id)
    )
    return [Reader(r.id, holders[r.id], r.full_name, r.email) for r in rows]


def readers_with_digest(before: datetime) -> list[Reader]:
    """Những người có thông báo chưa đọc, chưa gửi thư, từ trước một mốc."""
    waiting = (
        select(NoticePerson.person_id)
        .join(Notice)
        .where(
            NoticePerson.mailed_at.is_(None),
            NoticePerson.read_at.is_(None),
            Notice.mail,
            Notice.created_at < before,
        )
        .distinct()
    )
    rows = session.execute(
        select(Person.id, Person.full_name, Person.email)
        .where(Person.id.in_(waiting), Person.active)
        .order_by(Person.id)
    )
    return [Reader(r.id, 0, r.full_name, r.email) for r in rows]
