"""Địa chỉ của hồ sơ: each package tells where its kind of record is shown, so that others can link to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.core.actor import Actor

_endpoints: dict[int, tuple[str, str]] = {}
_panels: dict[int, list[tuple[int, Callable[[Actor, Any], str | None]]]] = {}


def add_record_page(kind: int, endpoint: str, argument: str) -> None:
    """Khai báo trang của một loại hồ sơ; called only from ``<package>/wiring.py``."""
    _endpoints[int(kind)] = (endpoint, argument)


def url_for_record(kind: int, record_id: int, *, external: bool = False) -> str | None:
    """Đường dẫn đến hồ sơ, hoặc ``None`` khi loại đó không có trang."""
    if int(kind) not in _endpoints:
        return None
    endpoint, argument = _endpoints[int(kind)]
    values: dict[str, Any] = {argument: record_id}
    return url_for(endpoint, **values, _external=external)


def add_panel(kind: int, order: int, render: Callable[[Actor, Any], str | None]) -> None:
    """Góp một khối vào trang của loại hồ sơ khác: ``render(actor, record)`` gives markup or nothing."""
    panels = _panels.setdefault(int(kind), [])
    if (order, render) not in panels:  # a second application in one process registers again
        panels.append((order, render))
        panels.sort(key=lambda item: item[0])


def panels_for(actor: Actor, record: Any) -> Sequence[Markup]:
    """Các khối mà gói khác góp vào trang của hồ sơ này."""
    rendered = (render(actor, record) for _order, render in _panels.get(int(record.record_kind), ()))
    # Each panel is a template's own output, escaped there.
    return [Markup(html) for html in rendered if html]  # noqa: S704
