"""Trang cuộc họp."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/hop", template_folder="../templates")

from app.meetings.views import (  # noqa: E402 - views attach themselves
    answers,
    calendar,
    course,
    details,
    invitations,
    papers,
    planning,
    prints,
    rooms,
)

__all__ = [
    "answers",
    "bp",
    "calendar",
    "course",
    "details",
    "invitations",
    "papers",
    "planning",
    "prints",
    "rooms",
]
