"""Bàn giao: open parts of a post go to its successor; joins the one act of hand-over."""

from __future__ import annotations

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.events import emit
from app.core.use_case import touch
from app.directives.events import DirectiveHandedOver
from app.directives.models import DirectivePart
from app.directives.queries.desk import held_by, work_item
from app.directives.service import access, history
from app.org.models import Post
from app.org.open_work import WorkItem

_ROLES = (
    ("assigner_post_id", "assigner"),
    ("follower_post_id", "follower"),
    ("assignee_post_id", "assignee"),
)


def hand_over(actor: Actor, *, from_post_id: int, to_post_id: int) -> list[WorkItem]:
    """Chuyển mọi đầu việc đang mở của một vị trí: what it decides, follows or carries out.

    Who assigned it stays written on the directive; reports and urgings keep the names they were made under.

    :returns: what moved, for the record of the hand-over.
    """
    parts = session.scalars(
        select(DirectivePart).where(held_by(from_post_id)).order_by(DirectivePart.id).with_for_update()
    ).all()
    successor = session.get_one(Post, to_post_id)
    now = clock.now()
    for part in parts:
        moved = [role for column, role in _ROLES if getattr(part, column) == from_post_id]
        for column, role in _ROLES:
            if role in moved:
                setattr(part, column, to_post_id)
        if "assignee" in moved:
            part.unit_id = successor.unit_id
        touch(part)
        access.renew(part, *moved)
        history.remember(part, now)
        for role in moved:
            emit(
                actor,
                DirectiveHandedOver(
                    kind=int(part.record_kind),
                    record_id=part.id,
                    agency_id=part.agency_id,
                    from_post_id=from_post_id,
                    to_post_id=to_post_id,
                    role=role,
                ),
            )
    return [work_item(part) for part in parts]
