"""Lắp gói thông báo: the post office, the bell, the administrator's pages."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit
from app.core import permissions
from app.core.permissions import Role
from app.notifications import jobs, queries, subscribers  # noqa: F401 - they register themselves
from app.notifications.delivery import Carrier, FolderCarrier, PostOffice, SmtpCarrier, open_post_office
from app.notifications.labels import EVENTS
from app.notifications.policy import Permission
from app.notifications.views import bp
from app.settings import Settings
from app.web import health, navigation, pages


def register(app: Flask) -> None:
    """Đăng ký gói."""
    settings: Settings = app.extensions["settings"]
    open_post_office(PostOffice(_carrier(settings), settings.mail_from, settings.external_url))
    permissions.grant(Role.ADMIN, Permission.EFFECTS_WATCH, Permission.JOBS_WATCH, Permission.MAIL_WATCH)
    audit.register(EVENTS)
    pages.set_unread_counter(queries.unread_count)
    pages.add_shell_link("notices_url", "notifications.notices")
    pages.add_shell_link("poll_url", "notifications.figures")
    health.add_check("worker", lambda: None if queries.is_worker_alive() else "no heartbeat for two minutes")
    app.register_blueprint(bp)
    for order, label, endpoint, icon in (
        (70, "Thư đã gửi, chờ gửi", "notifications.mails", "mail"),
        (80, "Việc gửi đã dừng", "notifications.effects", "alert-circle"),
        (90, "Việc định kỳ", "notifications.runs", "clock"),
    ):
        navigation.add_item(navigation.Item("Quản trị", label, endpoint, icon, order))


def _carrier(settings: Settings) -> Carrier:
    if not settings.smtp_host:
        return FolderCarrier(settings.mail_dir)
    return SmtpCarrier(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_starttls,
    )
