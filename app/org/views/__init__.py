"""Trang của tổ chức."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("org", __name__, template_folder="../templates")

from app.org.views import sign_in  # noqa: E402, F401 - views attach themselves to the blueprint
