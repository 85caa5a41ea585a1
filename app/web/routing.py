"""Địa chỉ: an id in an address is one that the database can hold; a longer number is an address that does not exist."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

_BIGGEST = 2**63 - 1


class IdConverter(IntegerConverter):
    """Số trong địa chỉ, trong phạm vi của khóa bảng."""

    regex = r"[0-9]{1,19}"  # other scripts have digits too

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", _BIGGEST)
        super().__init__(map, *args, **kwargs)


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng, trước khi các gói khai báo địa chỉ."""
    app.url_map.converters["int"] = IdConverter
