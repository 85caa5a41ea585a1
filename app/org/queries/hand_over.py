"""Biên bản bàn giao."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.org.models import HandOver, Post
from app.org.policy import Permission

_SHOWN = (
    joinedload(HandOver.from_post).joinedload(Post.unit),
    joinedload(HandOver.to_post).joinedload(Post.unit),
    joinedload(HandOver.by_person),
)


def hand_overs(agency_id: int, *, before: int | None = None, limit: int = 50) -> Sequence[HandOver]:
    """Các lần bàn giao của cơ quan, mới trước."""
    statement = select(HandOver).options(*_SHOWN).where(HandOver.agency_id == agency_id)
    if before is not None:
        statement = statement.where(HandOver.id < before)
    return session.scalars(statement.order_by(HandOver.id.desc()).limit(limit)).all()


def hand_over_record(hand_over_id: int, viewer: Actor) -> HandOver:
    """Biên bản bàn giao: of one's agency for those who hand over, of one's own post for giver and taker.

    :raises NotFound: none such for this viewer.
    """
    found = session.scalar(select(HandOver).options(*_SHOWN).where(HandOver.id == hand_over_id))
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    is_party = viewer.post_id in (found.from_post_id, found.to_post_id)
    if not is_party and not viewer.can(Permission.WORK_HAND_OVER):
        raise NotFound
    return found


def hand_overs_of_post(post_id: int) -> Sequence[HandOver]:
    """Các lần vị trí này giao hoặc nhận việc, mới trước."""
    return session.scalars(
        select(HandOver)
        .options(*_SHOWN)
        .where(or_(HandOver.from_post_id == post_id, HandOver.to_post_id == post_id))
        .order_by(HandOver.id.desc())
        .limit(5)
    ).all()
