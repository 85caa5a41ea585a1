"""Quyền xem nhật ký."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Quyền của gói nhật ký."""

    LOG_READ = "audit:log:read"
