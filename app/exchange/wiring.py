"""Lắp gói liên thông văn bản."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit
from app.core import permissions
from app.core.permissions import Role
from app.core.records import RecordKind
from app.exchange import jobs, labels, queries, subscribers, views  # noqa: F401 - subscribers register themselves
from app.exchange.policy import Permission
from app.exchange.service.identity import open_identity
from app.exchange.views import deliveries, letters
from app.web import home, navigation, records


def register(app: Flask) -> None:
    """Đăng ký gói."""
    open_identity(app.extensions["settings"])
    permissions.grant(
        Role.CLERK,
        Permission.DELIVERY_RECALL,
        Permission.DELIVERY_RESEND,
        Permission.LETTER_SETTLE,
        Permission.REQUEST_ANSWER,
    )
    permissions.grant(Role.ADMIN, Permission.PARTNER_MANAGE)
    audit.register(labels.EVENTS, labels.FIELDS, labels.VALUES, labels.TONES)
    records.add_panel(RecordKind.OUTGOING, 20, deliveries.recipients_panel)
    records.add_panel(RecordKind.INCOMING, 10, letters.requests_panel)
    navigation.add_count(
        deliveries.COUNT_KEY,
        lambda actor: queries.undelivered_count(actor) if actor.can(Permission.DELIVERY_RESEND) else None,
    )
    navigation.add_item(
        navigation.Item(
            "Văn bản",
            "Chưa gửi được",
            "exchange.undelivered",
            "send-off",
            5,
            count_key=deliveries.COUNT_KEY,
            tone="late",
        )
    )
    navigation.add_count(
        letters.APART_KEY,
        lambda actor: queries.quarantined_count(actor) if actor.can(Permission.LETTER_SETTLE) else None,
    )
    navigation.add_item(
        navigation.Item(
            "Văn bản",
            "Gói để riêng",
            "exchange.quarantine",
            "package-off",
            6,
            count_key=letters.APART_KEY,
            tone="late",
        )
    )
    navigation.add_item(
        navigation.Item("Quản trị", "Đối tác liên thông", "exchange.partners", "plug-connected", 70)
    )
    home.add_glance(
        home.GlanceSource("undelivered", frozenset({str(Role.CLERK)}), 4, deliveries.undelivered_glance)
    )
    app.register_blueprint(views.bp)
    app.extensions["csrf"].exempt(views.door.letter)  # signed by the sender, not by a session
