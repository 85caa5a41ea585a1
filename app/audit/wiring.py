"""Lắp nhật ký vào cổng ghi sự kiện."""

from __future__ import annotations

from flask import Flask

from app.audit import labels, service
from app.core import events
from app.org.labels import EVENTS, FIELDS, VALUES


def register(_app: Flask) -> None:
    """Nhật ký nghe mọi sự kiện; names the events of the packages below it."""
    events.set_recorder(service.record)
    labels.register(EVENTS, FIELDS, VALUES)
