"""Địa chỉ: an id in an address is one that the database can hold; a longer number is an address that does not exist."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Flask, request, url_for
from werkzeug.routing import IntegerConverter, Map

_BIGGEST = 2**63 - 1


class IdConverter(IntegerConverter):
    """Số trong địa chỉ, trong phạm vi của khóa bảng."""

    regex = r"[0-9]{1,19}"  # other scripts have digits too

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", _BIGGEST)
        super().__init__(map, *args, **kwargs)


_SOME_ID = 987_654_321_987_654


def address(endpoint: str, **values: Any) -> str:
    """Đường dẫn, as ``url_for`` makes it: those of a menu or with one id, which a list has by the hundred, are built once."""
    if len(values) > 1 or not all(type(value) is int for value in values.values()):
        return url_for(endpoint, **values)
    near = request.blueprint if endpoint.startswith(".") else None
    for name, value in values.items():
        before, after = _around_id(endpoint, name, near, request.script_root)
        return f"{before}{value}{after}"
    return _plain(endpoint, near, request.script_root)


@cache
def _around_id(endpoint: str, name: str, _near: str | None, _root: str) -> tuple[str, str]:
    some: dict[str, Any] = {name: _SOME_ID}
    before, _, after = url_for(endpoint, **some).partition(str(_SOME_ID))
    return before, after


@cache
def _plain(endpoint: str, _near: str | None, _root: str) -> str:
    return url_for(endpoint)


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng, trước khi các gói khai báo địa chỉ."""
    app.url_map.converters["int"] = IdConverter
    app.jinja_env.globals["url_for"] = address
