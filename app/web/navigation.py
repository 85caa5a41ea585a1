"""Điều hướng: menu items contributed by packages, shown to those who may open them, with live counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from flask import current_app, g, request
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import Figure, session
from app.web.guards import PUBLIC, SIGNED_IN, permission_of
from app.web.routing import address


@dataclass(frozen=True)
class Item:
    """Một mục menu."""

    group: str
    label: str
    endpoint: str
    icon: str
    order: int
    count_key: str | None = None
    tone: str = ""
    tab: str | None = None  # short label in the phone's bottom bar
    roles: frozenset[str] | None = None
    arguments: tuple[tuple[str, str], ...] = ()
    section: str = ""  # endpoints starting with this mark the item as current


GROUPS = ("Điều hành", "Văn bản", "Công việc", "Danh bạ", "Quản trị")
_items: list[Item] = []
_counts: dict[str, Callable[[Actor], Figure | None]] = {}


def add_item(item: Item) -> None:
    """Thêm mục menu; called only from ``<package>/wiring.py``."""
    if item not in _items:
        _items.append(item)
        _items.sort(key=lambda i: (GROUPS.index(i.group), i.order))
        _visible.cache_clear()


def add_count(key: str, build: Callable[[Actor], Figure | None]) -> None:
    """Khai báo một con số: ``build(actor)`` gives a capped count statement (``core.records.capped``) or nothing for this role."""
    _counts[key] = build
    _figures.cache_clear()


def counts(actor: Actor) -> dict[str, int]:
    """Mọi con số của người này, trong một câu lệnh, một lần cho mỗi yêu cầu."""
    if "office_counts" not in g:
        who = replace(actor, acting_for=None, ip=None, request_id=None)
        keys, sql, values = _figures(who, clock.now().replace(second=0, microsecond=0))
        row = session.connection().exec_driver_sql(sql, values).one() if keys else ()
        g.office_counts = {key: int(figure or 0) for key, figure in zip(keys, row, strict=True)}
    found: dict[str, int] = g.office_counts
    return found


@lru_cache(maxsize=1024)
def _figures(actor: Actor, _minute: datetime) -> tuple[tuple[str, ...], str, dict[str, Any]]:
    """Câu lệnh đếm của một người: figures depend on who asks and on the time, so its text serves him for a minute.

    Building and compiling a dozen figures costs more than counting them.
    """
    wanted = {k: q for k, build in _counts.items() if (q := build(actor)) is not None}
    if not wanted:
        return (), "", {}
    statement = select(*(q.scalar_subquery().label(k) for k, q in wanted.items()))
    compiled = statement.compile(session.get_bind(), compile_kwargs={"render_postcompile": True})
    return tuple(wanted), str(compiled), dict(compiled.params)


@cache
def _visible(roles: frozenset[str], permissions: frozenset[str]) -> tuple[Item, ...]:
    app = current_app
    return tuple(
        i
        for i in _items
        if (needed := permission_of(app, i.endpoint)) is not None
        and (needed in (PUBLIC, SIGNED_IN) or needed in permissions)
        and (i.roles is None or roles & i.roles)
    )


def menu(actor: Actor) -> dict[str, object]:
    """Biến mẫu ``nav`` và ``tabbar`` cho một trang đầy đủ."""
    stood_in = frozenset(p for s in actor.stands_in for p in s.permissions)
    items = _visible(actor.roles, actor.permissions | stood_in)
    figures = counts(actor)
    shown = [(i, _entry(i, figures)) for i in items]
    groups = [{"title": g, "items": [e for i, e in shown if i.group == g]} for g in GROUPS]
    tabs = [{**e, "label": i.tab} for i, e in shown if i.tab]
    return {"nav": [g for g in groups if g["items"]], "tabbar": tabs[:5], "counts": figures}


def _entry(item: Item, figures: dict[str, int]) -> dict[str, object]:
    arguments: dict[str, Any] = dict(item.arguments)
    count = figures.get(item.count_key, 0) if item.count_key else 0
    endpoint = request.endpoint or ""
    current = endpoint == item.endpoint and all(request.args.get(k) == v for k, v in item.arguments)
    if item.section and not current:
        current = endpoint.startswith(item.section)
    return {
        "label": item.label,
        "url": address(item.endpoint, **arguments),
        "icon": item.icon,
        "count": "99+" if count >= 100 else count,
        "tone": item.tone if count else "",
        "current": current,
    }
