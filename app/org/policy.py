"""Quyền trong tổ chức."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Quyền của gói tổ chức."""

    ABSENCE_ENTER = "org:absence:enter"
    DELEGATION_GIVE = "org:delegation:give"
    DIRECTORY_READ = "org:directory:read"
    HOLIDAYS_EDIT = "org:holidays:edit"
    PEOPLE_MANAGE = "org:people:manage"
    PROFILE_EDIT = "org:profile:edit"
    SYSTEM_WATCH = "org:system:watch"
    WORK_HAND_OVER = "org:work:hand_over"
