"""Trang của tổ chức."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("org", __name__, template_folder="../templates")

from app.org.views import (  # noqa: E402 - views attach themselves to the blueprint
    absence,
    agencies,
    delegation,
    directory,
    hand_over,
    holidays,
    importing,
    people,
    posts,
    profile,
    sign_in,
    units,
)

__all__ = [
    "absence",
    "agencies",
    "bp",
    "delegation",
    "directory",
    "hand_over",
    "holidays",
    "importing",
    "people",
    "posts",
    "profile",
    "sign_in",
    "units",
]
