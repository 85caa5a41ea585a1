"""Lắp gói ký số."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit
from app.core import permissions
from app.core.permissions import Role
from app.settings import Settings
from app.signing import jobs, labels, service, subscribers, views  # noqa: F401 - they register themselves
from app.signing.policy import Permission
from app.web import navigation


def register(app: Flask) -> None:
    """Đăng ký gói."""
    settings: Settings = app.extensions["settings"]
    service.open_vault(
        settings.home / "secrets" / "signing",
        settings.signing_roots,
        settings.secret("signing_key"),
        settings.signing_time_service,
    )
    permissions.grant(Role.ADMIN, Permission.KEY_MANAGE)
    audit.register(labels.EVENTS, None, None, labels.EVENT_TONES)
    app.register_blueprint(views.bp)
    navigation.add_item(navigation.Item("Quản trị", "Khóa ký số", "signing.keys", "key", 60))
