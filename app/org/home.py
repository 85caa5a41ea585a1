"""Tổ chức trên bàn làm việc: figures for the administrator, who is away for chief of office and secretary."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from sqlalchemy import Select, exists, select

from app.core import clock
from app.core.actor import Actor
from app.core.permissions import Role
from app.core.records import capped
from app.org import queries
from app.org.labels import ABSENCE_SHOWN
from app.org.models import Person, Post
from app.web.home import Block, Glance, GlanceSource, add_block, add_glance
from app.web.navigation import add_count, counts

_ADMIN = frozenset({Role.ADMIN.value})
_WATCHING = frozenset({Role.OFFICE_CHIEF.value, Role.SECRETARY.value})


def _without_post(actor: Actor) -> Select[int] | None:
    """Người dùng chưa giữ vị trí nào."""
    if Role.ADMIN not in actor.roles:
        return None
    holds = exists().where(Post.person_id == Person.id, Post.active)
    return capped(
        select(Person.id).where(Person.agency_id == actor.agency_id, Person.active.is_(True), ~holds)
    )


def _vacant(actor: Actor) -> Select[int] | None:
    """Vị trí việc làm đang trống."""
    if Role.ADMIN not in actor.roles:
        return None
    return capped(
        select(Post.id).where(
            Post.agency_id == actor.agency_id, Post.active.is_(True), Post.person_id.is_(None)
        )
    )


def _people_glance(actor: Actor) -> Glance:
    count = counts(actor).get("org_without_post", 0)
    return Glance(
        count,
        "Chưa có vị trí",
        "người chưa đăng nhập được" if count else "ai cũng có vị trí",
        _filtered("org.people", "no_post"),
    )


def _posts_glance(actor: Actor) -> Glance:
    count = counts(actor).get("org_vacant_posts", 0)
    return Glance(
        count,
        "Vị trí đang trống",
        "chờ giao cho người" if count else "vị trí nào cũng có người",
        _filtered("org.posts", "vacant"),
    )


def _filtered(endpoint: str, state: str) -> str:
    arguments: dict[str, Any] = {"tinh-trang": state}
    return url_for(endpoint, **arguments)


def away_today(actor: Actor) -> str | None:
    """Ai vắng mặt hôm nay; nothing when nobody is."""
    today = clock.today()
    rows = queries.away(actor.agency_id or 0, today, today)
    return render_template("org/home_away.html", rows=rows, shown=ABSENCE_SHOWN) if rows else None


def register() -> None:
    """Góp phần của tổ chức vào bàn làm việc."""
    add_count("org_without_post", _without_post)
    add_count("org_vacant_posts", _vacant)
    add_glance(GlanceSource("org:without_post", _ADMIN, 10, _people_glance))
    add_glance(GlanceSource("org:vacant_posts", _ADMIN, 20, _posts_glance))
    add_block(Block("org:away", _WATCHING, "side", 90, away_today))
