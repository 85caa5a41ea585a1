"""Lắp gói tổ chức: roles and rights, sign-in port, menu."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.core import clock, permissions
from app.core.permissions import Role
from app.org.policy import Permission
from app.org.queries.actors import actor_for_session
from app.org.service.sign_in import keep_alive
from app.org.views import bp
from app.web.actor import SignedIn, set_loader

_EVERYONE = (
    Permission.ABSENCE_ENTER,
    Permission.DELEGATION_GIVE,
    Permission.DIRECTORY_READ,
    Permission.PROFILE_EDIT,
)
_KEEP_ALIVE_EVERY = timedelta(minutes=5)


def _load(token: str, ip: str, request_id: str) -> SignedIn | None:
    live = actor_for_session(token, ip=ip, request_id=request_id)
    if live is None:
        return None
    now = clock.now()
    if now - live.last_seen_at > _KEEP_ALIVE_EVERY:
        keep_alive(live.id, now)
    return SignedIn(token, live.actor, live.must_change_password)


def register(app: Flask) -> None:
    """Đăng ký gói."""
    for role in Role:
        permissions.grant(role, *_EVERYONE)
    permissions.grant(
        Role.ADMIN,
        Permission.HOLIDAYS_EDIT,
        Permission.PEOPLE_MANAGE,
        Permission.SYSTEM_WATCH,
        Permission.WORK_HAND_OVER,
    )
    permissions.grant(Role.OFFICE_CHIEF, Permission.WORK_HAND_OVER)
    for role in (Role.CLERK, Role.OFFICE_CHIEF, Role.SECRETARY):
        permissions.grant(role, Permission.ABSENCE_ENTER_FOR_OTHERS)
    set_loader(_load)
    app.register_blueprint(bp)
