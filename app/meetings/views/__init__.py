"""Trang cuộc họp."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/hop", template_folder="../templates")

from app.meetings.views import (  # noqa: E402, F401 - views attach themselves
    answers,
    ballots,
    calendar,
    course,
    details,
    feeds,
    guests,
    invitations,
    links,
    minutes,
    papers,
    planning,
    prints,
    rooms,
    rules,
    sites,
    weeks,
)

__all__ = ["bp"]
