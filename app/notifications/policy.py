"""Quyền theo dõi việc gửi và việc chạy."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Quyền của gói thông báo."""

    EFFECTS_WATCH = "notifications:effects:watch"
    JOBS_WATCH = "notifications:jobs:watch"
    MAIL_WATCH = "notifications:mail:watch"
