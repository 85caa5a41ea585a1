"""Biên bản bàn giao."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.org.models import HandOver, Post

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
    """Biên bản bàn giao của cơ quan mình.

    :raises NotFound: none such in the viewer's agency.
    """
    found = session.scalar(select(HandOver).options(*_SHOWN).where(HandOver.id == hand_over_id))
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found
