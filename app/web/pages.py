"""Dựng trang: what every page knows, and the status a form page answers with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g, render_template, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.web.actor import actor, is_signed_in
from app.web.guards import new_request_key
from app.web.navigation import menu
from app.web.records import panels_for, url_for_record

_unread: list[Callable[[Actor], int]] = []


def set_unread_counter(counter: Callable[[Actor], int]) -> None:
    """Nguồn số thông báo chưa đọc; ``notifications`` fills it."""
    _unread[:] = [counter]


def wants_fragment() -> bool:
    """Trang chỉ cần một mảnh: asked for by our script, answered from the same template block."""
    return "X-Fragment" in request.headers


def form_page(template: str, form: Any, **values: Any) -> tuple[str, int]:
    """Trang có biểu mẫu: 200 when shown, 422 or 409 when what was posted could not be done."""
    return render_template(template, form=form, **values), form.status


def _values() -> dict[str, Any]:
    values: dict[str, Any] = {
        "request_id": g.get("request_id", "-"),
        "request_key": new_request_key,
        "csrf_token": generate_csrf,
        "url_for_record": url_for_record,
        "panels_for": panels_for,
        "actor": None,
    }
    if is_signed_in():
        person = actor()
        values |= {"actor": person, "shortcuts": "off" if person.settings.get("shortcuts_off") else "on"}
        if not wants_fragment():
            values |= menu(person)
            values["unread"] = _unread[0](person) if _unread else 0
    return values


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng."""
    app.context_processor(_values)


def file_response(path: str, headers: dict[str, str], media_type: str) -> Response:
    """Trả một tệp đã lưu với tiêu đề do gói lưu trữ định."""
    from flask import send_file

    response = send_file(path, mimetype=media_type, conditional=True, etag=False)
    for name, value in headers.items():
        response.headers[name] = value
    return response
