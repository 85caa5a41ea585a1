"""Quyền trong tổ chức."""

from __future__ import annotations

from enum import StrEnum

from app.core.actor import Actor
from app.core.errors import NotAllowed
from app.core.permissions import Role


class Permission(StrEnum):
    """Quyền của gói tổ chức."""

    ABSENCE_ENTER = "org:absence:enter"
    ABSENCE_ENTER_FOR_OTHERS = "org:absence:enter_for_others"
    DELEGATION_GIVE = "org:delegation:give"
    DIRECTORY_READ = "org:directory:read"
    HOLIDAYS_EDIT = "org:holidays:edit"
    PEOPLE_MANAGE = "org:people:manage"
    PROFILE_EDIT = "org:profile:edit"
    SYSTEM_WATCH = "org:system:watch"
    WORK_HAND_OVER = "org:work:hand_over"


def by_right(actor: Actor, permission: Permission) -> Actor:
    """Quyền của ai: the actor by his own right, else acting for the one who lends it, so that the record names both.

    :raises NotAllowed: neither has it.
    """
    if permission in actor.permissions:
        return actor
    for stand_in in actor.stands_in:
        if permission in stand_in.permissions:
            return actor.acting_as(stand_in.post_id)
    raise NotAllowed(
        "Vị trí việc làm của anh/chị không có quyền làm việc này. Nếu cần, hãy liên hệ quản trị cơ quan."
    )


def sees_titles(actor: Actor, *post_ids: int) -> bool:
    """Được xem nội dung việc bàn giao: giver, taker and chief of office; an administrator reads no documents."""
    return any(actor.holds(p) for p in post_ids) or by_office(actor)


def by_office(actor: Actor) -> bool:
    """Quyền của Chánh Văn phòng, của mình hoặc làm thay."""
    lent = any(Permission.WORK_HAND_OVER in s.permissions for s in actor.stands_in)
    return Role.OFFICE_CHIEF in actor.roles or lent


def same_agency(actor: Actor, agency_id: int | None) -> bool:
    """Cùng cơ quan: the fence around everything an agency administrator touches."""
    return agency_id is not None and agency_id == actor.agency_id


def is_own(actor: Actor, person_id: int | None) -> bool:
    """Việc của chính mình."""
    return person_id is not None and person_id == actor.person_id
