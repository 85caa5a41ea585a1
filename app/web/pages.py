"""Dựng trang: what every page knows, and the status a form page answers with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g, render_template, request
from flask_wtf.csrf import generate_csrf

from app.core.actor import Actor
from app.web.actor import actor, is_signed_in
from app.web.guards import new_request_key
from app.web.navigation import menu
from app.web.records import panels_for, url_for_record
from app.web.routing import address

_links: dict[str, str] = {}
_unread: list[Callable[[Actor], int]] = []


def set_unread_counter(counter: Callable[[Actor], int]) -> None:
    """Nguồn số thông báo chưa đọc; ``notifications`` fills it."""
    _unread[:] = [counter]


def add_shell_link(name: str, endpoint: str) -> None:
    """Đường dẫn ở khung trang (``search_url``, ``notices_url``, ``profile_url``, ``help_url``), filled by packages."""
    _links[name] = endpoint


def wants_fragment() -> bool:
    """Trang chỉ cần một mảnh: asked for by our script, answered from the same template block."""
    return "X-Fragment" in request.headers


def form_page(template: str, form: Any, **values: Any) -> tuple[str, int]:
    """Trang có biểu mẫu: 200 when shown, 422 or 409 when what was posted could not be done."""
    return render_template(template, form=form, **values), form.status


def _values() -> dict[str, Any]:
    # A page is made of many templates (blocks, panels); what the frame knows is gathered once for all of them.
    if "frame_values" not in g:
        g.frame_values = _gather()
    found: dict[str, Any] = g.frame_values
    return found


def _gather() -> dict[str, Any]:
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
            values |= {name: address(endpoint) for name, endpoint in _links.items()}
            values["posts"] = [{"id": i, "title": t, "current": i == person.post_id} for i, t in person.posts]
            values["unread"] = _unread[0](person) if _unread else 0
    return values


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng."""
    app.context_processor(_values)
