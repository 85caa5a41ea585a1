"""Lắp gói chỉ đạo: rights, words, jobs and what it hears."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit_labels
from app.core import permissions
from app.core.permissions import Role
from app.directives import jobs, labels, subscribers  # noqa: F401 - they register themselves
from app.directives.policy import Permission

_GRANTS = {
    Role.LEADER: (
        Permission.ASSIGN,
        Permission.DECIDE,
        Permission.FIGURES_READ,
        Permission.ASSIGN_INSIDE,
        Permission.READ,
        Permission.RECEIVE,
        Permission.REPORT,
        Permission.URGE,
    ),
    Role.OFFICE_CHIEF: (
        Permission.FIGURES_READ,
        Permission.FOLLOW,
        Permission.ASSIGN_INSIDE,
        Permission.READ,
        Permission.RECEIVE,
        Permission.REPORT,
        Permission.URGE,
    ),
    Role.UNIT_HEAD: (
        Permission.FOLLOW,
        Permission.ASSIGN_INSIDE,
        Permission.READ,
        Permission.REPORT,
        Permission.URGE,
    ),
    Role.SPECIALIST: (Permission.FOLLOW, Permission.READ, Permission.REPORT, Permission.URGE),
    Role.CLERK: (Permission.READ, Permission.RECEIVE),
    Role.SECRETARY: (Permission.READ,),
}


def register(app: Flask) -> None:
    """Đăng ký gói."""
    for role, granted in _GRANTS.items():
        permissions.grant(role, *granted)
    audit_labels.register(labels.EVENTS, labels.FIELDS, tones=labels.TONES)
