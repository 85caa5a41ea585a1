"""Lắp gói cuộc họp."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit_labels
from app.core import permissions
from app.core.permissions import Role
from app.meetings import labels, subscribers  # noqa: F401 - subscribers register themselves
from app.meetings.policy import Permission


def register(app: Flask) -> None:
    """Đăng ký gói."""
    _grant()
    audit_labels.register(labels.EVENTS, labels.FIELDS, tones=labels.TONES)


def _grant() -> None:
    for role in Role:
        permissions.grant(role, Permission.MEETING_READ)
    for role in (Role.CLERK, Role.OFFICE_CHIEF, Role.SECRETARY):
        permissions.grant(role, Permission.MEETING_CALL, Permission.AGENCY_ANSWER, Permission.PERSON_ANSWER)
    permissions.grant(Role.LEADER, Permission.AGENCY_ANSWER)
    for role in (Role.ADMIN, Role.SECRETARY):
        permissions.grant(role, Permission.ROOM_MANAGE)
