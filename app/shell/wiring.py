"""Lắp khung trang."""

from __future__ import annotations

from flask import Flask

from app.shell import home
from app.shell.views import bp
from app.web.navigation import Item, add_item
from app.web.pages import add_shell_link


def register(app: Flask) -> None:
    """Đăng ký gói."""
    add_item(Item("Điều hành", "Bàn làm việc", "shell.home", "home", 0, tab="Bàn làm việc"))
    add_shell_link("help_url", "shell.help_page")
    home.register()
    app.register_blueprint(bp)
