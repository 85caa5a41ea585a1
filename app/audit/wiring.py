"""Lắp nhật ký vào cổng ghi sự kiện."""

from __future__ import annotations

from flask import Flask

from app.audit import labels, service
from app.audit.policy import Permission
from app.audit.views import bp
from app.core import events, permissions
from app.core.permissions import Role
from app.org.labels import EVENTS, FIELDS, VALUES
from app.web import navigation


def register(app: Flask) -> None:
    """Nhật ký nghe mọi sự kiện; names the events of the packages below it."""
    events.set_recorder(service.record)
    labels.register(EVENTS, FIELDS, VALUES)
    permissions.grant(Role.ADMIN, Permission.LOG_READ)
    app.register_blueprint(bp)
    navigation.add_item(navigation.Item("Quản trị", "Nhật ký hoạt động", "audit.log", "history", 60))
