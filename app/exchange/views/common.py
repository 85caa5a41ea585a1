"""Nhóm đường dẫn của liên thông."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exchange", __name__, template_folder="../templates")
