"""Danh sách để chọn khi soạn cuộc họp: chairs, people of the agency, leaders of others, agencies, saved groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import session
from app.core.permissions import Role
from app.documents.models import RecipientGroup, RecipientGroupMember
from app.org.models import Agency, Person, Post
from app.org.queries import Choice, post_choices


def invitable_people(agency_id: int) -> list[Choice]:
    """Người mời đích danh: everyone of the own agency, and the leaders of the others."""
    today = clock.today()
    rows = session.execute(
        select(Post.id, Post.title, Person.full_name)
        .join(Person, Person.id == Post.person_id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(
            Post.agency_id != agency_id,
            Post.active,
            Person.active,
            Post.roles.contains([Role.LEADER.value]),
            or_(Agency.valid_to.is_(None), Agency.valid_to >= today),
        )
        .order_by(Agency.sort, Agency.id, Post.sort, Post.id)
    )
    return [*post_choices(agency_id), *(Choice(str(r.id), r.full_name, r.title) for r in rows)]


def groups(agency_id: int) -> Sequence[RecipientGroup]:
    """Nhóm nơi nhận đã lưu của cơ quan."""
    return session.scalars(
        select(RecipientGroup)
        .where(RecipientGroup.agency_id == agency_id)
        .order_by(RecipientGroup.sort, RecipientGroup.name)
    ).all()


def members_of_groups(group_ids: Collection[int], agency_id: int) -> list[int]:
    """Cơ quan trong các nhóm của cơ quan mình."""
    if not group_ids:
        return []
    return list(
        session.scalars(
            select(RecipientGroupMember.agency_id)
            .join(RecipientGroup, RecipientGroup.id == RecipientGroupMember.group_id)
            .where(RecipientGroup.id.in_(list(group_ids)), RecipientGroup.agency_id == agency_id)
            .distinct()
        )
    )


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
