"""Bàn làm việc của quản trị cơ quan: what did not go out, and whether the worker does its rounds."""

from __future__ import annotations

from flask import render_template, url_for

from app.core import clock
from app.core.actor import Actor
from app.core.permissions import Role
from app.notifications import queries as posts
from app.web.home import Block, Glance, GlanceSource, add_block, add_glance

_ADMIN = frozenset({str(Role.ADMIN)})


def _mails(actor: Actor) -> Glance:
    counts = posts.mail_counts(actor)
    detail = f"{counts['parked']} đã dừng" if counts["parked"] else "không có thư dừng"
    return Glance(
        counts["waiting"] + counts["parked"],
        "Thư chưa gửi",
        detail,
        url_for("notifications.mails"),
        late=counts["parked"] > 0,
    )


def _effects(actor: Actor) -> Glance:
    stopped = len(posts.parked_effects(actor, limit=100))
    return Glance(
        stopped,
        "Việc gửi đã dừng",
        "cần xem lại" if stopped else "không có",
        url_for("notifications.effects"),
        late=stopped > 0,
    )


def _jobs(_actor: Actor) -> str:
    return render_template("shell/jobs_block.html", jobs=posts.jobs_health(clock.now()))


def register() -> None:
    """Đăng ký khối và ô tổng quan của quản trị."""
    for order, (key, build) in enumerate((("mails", _mails), ("effects", _effects)), start=1):
        add_glance(GlanceSource(f"shell:{key}", _ADMIN, order, build))
    add_block(Block("shell:jobs", _ADMIN, "main", 90, _jobs))
