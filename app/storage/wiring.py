"""Lắp kho tệp: where it lies, and its nightly sweep."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from app.storage import service


def register(app: Flask) -> None:
    """Mở kho và đăng ký việc định kỳ."""
    service.open_storage(app.extensions["settings"].storage_dir)
    import_module("app.storage.jobs")
