"""Lắp gói tra cứu: its page and the box on top of every page."""

from __future__ import annotations

from flask import Flask

from app.search.views import bp
from app.web import pages


def register(app: Flask) -> None:
    """Đăng ký gói."""
    pages.add_shell_link("search_url", "search.find")
    app.register_blueprint(bp)
