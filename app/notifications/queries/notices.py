"""Thông báo của một người."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from app.core import limits
from app.core.actor import Actor
from app.core.db import session
from app.notifications.models import Notice, NoticePerson
from app.org.models import Post


@dataclass(frozen=True)
class NoticeRow:
    """Một dòng thông báo."""

    id: int
    kind: int
    words: str
    urgent: bool
    created_at: datetime
    is_read: bool
    post_id: int
    post_title: str


_UNREAD = text(
    "SELECT count(*) FROM (SELECT 1 FROM notice_person WHERE person_id = :person AND read_at IS NULL LIMIT :cap) n"
)


def unread_count(actor: Actor) -> int:
    """Số thông báo chưa đọc, đếm đến 100."""
    if actor.person_id is None:
        return 0
    return int(session.execute(_UNREAD, {"person": actor.person_id, "cap": limits.COUNT_CAP}).scalar_one())


def notices(
    viewer: Actor, *, unread: bool, before: int | None = None, limit: int = limits.PAGE_ROWS
) -> Sequence[NoticeRow]:
    """Thông báo chưa đọc (hoặc đã đọc) của mình, mới nhất trước.

    :param before: only notices older than this one.
    """
    statement = (
        select(
            Notice.id,
            Notice.kind,
            Notice.words,
            Notice.urgent,
            Notice.created_at,
            NoticePerson.read_at.is_not(None).label("is_read"),
            NoticePerson.post_id,
            Post.title,
        )
        .join(NoticePerson, NoticePerson.notice_id == Notice.id)
        .join(Post, Post.id == NoticePerson.post_id)
        .where(
            NoticePerson.person_id == viewer.person_id,
            NoticePerson.read_at.is_(None) if unread else NoticePerson.read_at.is_not(None),
        )
        .order_by(NoticePerson.notice_id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(NoticePerson.notice_id < before)
    return [NoticeRow(*row) for row in session.execute(statement)]
