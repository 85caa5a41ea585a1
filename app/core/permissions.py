"""Vai trò và quyền: roles are the office's, permissions belong to packages, each package grants its own to roles."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Vai trò của một vị trí việc làm."""

    ADMIN = "admin"
    CLERK = "clerk"
    LEADER = "leader"
    OFFICE_CHIEF = "office_chief"
    SECRETARY = "secretary"
    SPECIALIST = "specialist"
    UNIT_HEAD = "unit_head"


ROLE_LABELS = {
    Role.ADMIN: "Quản trị cơ quan",
    Role.CLERK: "Văn thư",
    Role.LEADER: "Lãnh đạo cơ quan",
    Role.OFFICE_CHIEF: "Chánh Văn phòng",
    Role.SECRETARY: "Thư ký",
    Role.SPECIALIST: "Chuyên viên",
    Role.UNIT_HEAD: "Trưởng đơn vị",
}

_grants: dict[str, set[str]] = {}


def grant(role: Role, *permissions: str) -> None:
    """Trao quyền cho vai trò; called only from ``<package>/wiring.py``."""
    _grants.setdefault(str(role), set()).update(str(p) for p in permissions)


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Tập quyền của các vai trò."""
    return frozenset(p for r in roles for p in _grants.get(str(r), ()))


def all_grants() -> dict[str, set[str]]:
    """Bảng vai trò × quyền, for documentation and tests."""
    return {role: set(perms) for role, perms in _grants.items()}
