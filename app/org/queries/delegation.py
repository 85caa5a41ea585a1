"""Ủy quyền xử lý: given and received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.org.models import Delegation, Post
from app.org.policy import Permission

_SHOWN = (
    joinedload(Delegation.from_post).joinedload(Post.person),
    joinedload(Delegation.to_post).joinedload(Post.person),
)


def delegations_given(post_id: int) -> Sequence[Delegation]:
    """Ủy quyền vị trí này đã giao, mới trước."""
    return _list(Delegation.from_post_id == post_id)


def delegations_received(post_id: int) -> Sequence[Delegation]:
    """Ủy quyền vị trí này được nhận, mới trước."""
    return _list(Delegation.to_post_id == post_id)


def delegations_of_agency(agency_id: int, day: date) -> Sequence[Delegation]:
    """Ủy quyền đang hoặc sắp có hiệu lực trong cơ quan, cho quản trị."""
    return _list(
        (Delegation.agency_id == agency_id) & Delegation.revoked_at.is_(None) & (Delegation.ends_on >= day)
    )


def _list(condition: ColumnElement[bool]) -> Sequence[Delegation]:
    return session.scalars(
        select(Delegation)
        .options(*_SHOWN)
        .where(condition)
        .order_by(Delegation.starts_on.desc(), Delegation.id.desc())
        .limit(100)
    ).all()


def delegation(delegation_id: int, viewer: Actor) -> Delegation:
    """Một ủy quyền: of one's own post, or of the agency for its administrator.

    :raises NotFound: none such for this viewer.
    """
    found = session.get(Delegation, delegation_id)
    if found is None or not (
        viewer.post_id in (found.from_post_id, found.to_post_id)
        or (found.agency_id == viewer.agency_id and viewer.can(Permission.PEOPLE_MANAGE))
    ):
        raise NotFound
    return found


def overlapping(from_post_id: int, to_post_id: int, starts_on: date, ends_on: date) -> Sequence[Delegation]:
    """Ủy quyền còn hiệu lực giữa hai vị trí này trùm lên khoảng ngày."""
    return session.scalars(
        select(Delegation)
        .where(
            Delegation.from_post_id == from_post_id,
            Delegation.to_post_id == to_post_id,
            Delegation.revoked_at.is_(None),
            Delegation.starts_on <= ends_on,
            Delegation.ends_on >= starts_on,
        )
        .order_by(Delegation.starts_on)
    ).all()
