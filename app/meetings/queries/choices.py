"""Danh sách để chọn khi soạn cuộc họp: chairs, people of the agency, leaders of others, agencies, saved groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import session
from app.core.permissions import Role
from app.documents.models import RecipientGroup, RecipientGroupMember
from app.org.models import Agency, Person, Post
from app.org.queries import Choice


def leaders(agency_id: int) -> tuple[list[Choice], list[Choice]]:
    """Lãnh đạo cơ quan mình (who sign), và của các cơ quan khác (whom one invites by name); in one statement."""
    today = clock.today()
    rows = session.execute(
        select(Post.id, Post.title, Person.full_name, Post.agency_id)
        .join(Person, Person.id == Post.person_id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(
            Post.active,
            Person.active,
            Post.roles.contains([Role.LEADER.value]),
            or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
        )
        .order_by(Agency.sort, Agency.id, Post.sort, Post.id)
    )
    own: list[Choice] = []
    elsewhere: list[Choice] = []
    for r in rows:
        (own if r.agency_id == agency_id else elsewhere).append(Choice(str(r.id), r.full_name, r.title))
    return own, elsewhere


@dataclass(frozen=True)
class SavedGroup:
    """Nhóm nơi nhận đã lưu, cùng các cơ quan của nó."""

    id: int
    name: str
    agency_ids: tuple[int, ...]


def groups(agency_id: int) -> list[SavedGroup]:
    """Nhóm nơi nhận đã lưu của cơ quan."""
    rows = session.execute(
        select(
            RecipientGroup.id,
            RecipientGroup.name,
            func.array_agg(RecipientGroupMember.agency_id).label("members"),
        )
        .join(RecipientGroupMember, RecipientGroupMember.group_id == RecipientGroup.id)
        .where(RecipientGroup.agency_id == agency_id)
        .group_by(RecipientGroup.id)
        .order_by(RecipientGroup.sort, RecipientGroup.name)
    )
    return [SavedGroup(r.id, r.name, tuple(sorted(r.members))) for r in rows]


def host(agency_id: int) -> Agency:
    """Cơ quan triệu tập, với cơ quan chủ quản."""
    return session.scalars(
        select(Agency).options(joinedload(Agency.parent)).where(Agency.id == agency_id)
    ).one()


def posts_for_invitation(post_ids: Collection[int], agency_id: int) -> list[Post]:
    """Những vị trí thật sự mời được trong số này: held, and of the own agency or a leader elsewhere."""
    if not post_ids:
        return []
    found = session.scalars(
        select(Post)
        .join(Person, Person.id == Post.person_id)
        .options(joinedload(Post.person))
        .where(
            Post.id.in_(list(post_ids)),
            Post.active,
            Person.active,
            or_(Post.agency_id == agency_id, Post.roles.contains([Role.LEADER.value])),
        )
        .order_by(Post.agency_id != agency_id, Post.sort, Post.id)
    )
    return list(found)


def agencies_for_invitation(agency_ids: Collection[int], own_agency_id: int) -> list[Agency]:
    """Những cơ quan mời được trong số này: in force now, and not the convening one."""
    if not agency_ids:
        return []
    today = clock.today()
    found = session.scalars(
        select(Agency)
        .where(
            Agency.id.in_(list(agency_ids)),
            Agency.id != own_agency_id,
            Agency.valid_from <= today,
            or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
        )
        .order_by(Agency.sort, Agency.id)
    )
    return list(found)
