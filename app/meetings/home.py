"""Cuộc họp trên bàn làm việc: today's meetings, invitations to answer, what the secretary and the office must chase."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for

from app.core import clock
from app.core.actor import Actor
from app.core.limits import COUNT_CAP
from app.core.permissions import Role
from app.meetings import labels, policy, queries
from app.meetings.models import MeetingState
from app.meetings.queries import Entry
from app.meetings.views.calendar import detail_of, due_of, papers_horizon
from app.web.home import Block, Glance, GlanceSource
from app.web.navigation import counts

_ROWS = 4
_EVERYONE = frozenset(str(r) for r in Role if r != Role.ADMIN)


def _block(template: str, **values: Any) -> str:
    return render_template(f"meetings/home/{template}.html", labels=labels, **values)


def _today(actor: Actor) -> list[Entry]:
    """Cuộc họp hôm nay của người này; read once for the figure and the block."""
    if "meetings_today" not in g:
        found = queries.entries(actor, clock.today(), 1, own=True)
        g.meetings_today = [e for e in found if e.state != MeetingState.CANCELLED]
    shown: list[Entry] = g.meetings_today
    return shown


def today_figure(actor: Actor) -> Glance:
    """Ô "Cuộc họp hôm nay"."""
    found = _today(actor)
    following = next((e for e in found if not e.is_past and not e.is_now), None)
    current = next((e for e in found if e.is_now), None)
    detail = (
        "đang họp"
        if current
        else f"tiếp theo lúc {clock.local(following.starts_at):%H:%M}"
        if following
        else "không còn lịch"
    )
    url = url_for("meetings.week", ngay=clock.today().isoformat(), khoang="ngay")
    return Glance(len(found), "Cuộc họp hôm nay", detail, url)


def today(actor: Actor) -> str:
    """Lịch hôm nay, cuộc đang họp được đánh dấu."""
    rows = [
        {
            "start": e.starts_at,
            "end": e.ends_at,
            "title": e.title,
            "url": url_for("meetings.detail", meeting_id=e.id),
            "meta": [detail_of(e), "Đã kết thúc" if e.is_past else ""],
            "tone": "now" if e.is_now else "past" if e.is_past else "",
            "link": ("Trả lời giấy mời", url_for("meetings.answer_first", meeting_id=e.id))
            if e.waits
            else None,
        }
        for e in _today(actor)
    ]
    return _block("today", rows=rows)


def waiting(actor: Actor) -> str | None:
    """Giấy mời chờ trả lời; nothing is read when the menu's count says there is none."""
    total = counts(actor).get("meetings_waiting", 0)
    if not total or "meetings_waiting_shown" in g:  # one with two roles sees it once
        return None
    g.meetings_waiting_shown = True
    rows = queries.waiting(actor, limit=_ROWS)
    if not rows:
        return None
    return _block("waiting", rows=rows, total=total, is_leader=policy.is_leader(actor))


def _upcoming(actor: Actor) -> list[queries.Upcoming]:
    """Cuộc họp sắp tới của cơ quan; read once for the figure and both blocks."""
    if "meetings_upcoming" not in g:
        g.meetings_upcoming = queries.upcoming(actor)
    found: list[queries.Upcoming] = g.meetings_upcoming
    return found


def silent_figure(actor: Actor) -> Glance:
    """Ô "Cuộc họp chờ phản hồi" của thư ký."""
    found = queries.silent(_upcoming(actor))
    places = sum(u.silent for u in found)
    return Glance(
        len(found), "Cuộc họp chờ phản hồi", f"{places} nơi chưa trả lời", url_for("meetings.preparation")
    )


def silent(actor: Actor) -> str:
    """Cuộc họp còn nơi chưa phản hồi."""
    found = queries.silent(_upcoming(actor))
    return _block("silent", rows=found[: _ROWS + 1], total=len(found))


def without_papers(actor: Actor) -> str:
    """Cuộc họp sắp tới chưa có tài liệu, within the days by which papers should be out."""
    found = queries.without_papers(_upcoming(actor), papers_horizon(actor))
    return _block("papers", rows=found[:_ROWS], total=len(found))


def conclusions(actor: Actor) -> str:
    """Kết luận chưa ban hành."""
    total = counts(actor).get("meetings_owed", 0)
    rows = queries.conclusions_owed(actor, limit=_ROWS) if total else []
    return _block("conclusions", rows=rows, total="99+" if total >= COUNT_CAP else total, due_of=due_of)


_LEADERS = frozenset({str(Role.LEADER)})
_SECRETARY, _CHIEF = frozenset({str(Role.SECRETARY)}), frozenset({str(Role.OFFICE_CHIEF)})
GLANCES = (
    # after the clerk's four figures: one who is both reads the books first, and the home shows four
    GlanceSource("meetings:silent", _SECRETARY, 5, silent_figure),
    GlanceSource("meetings:today", _EVERYONE, 90, today_figure),
)
BLOCKS = (
    # a leader signs and instructs first; for others the invitation is the next thing to do
    Block("meetings:waiting", _LEADERS, "main", 25, waiting),
    Block("meetings:waiting_office", _EVERYONE - _LEADERS, "main", 12, waiting),
    Block("meetings:silent", _SECRETARY, "main", 5, silent),
    Block("meetings:papers", _SECRETARY, "main", 8, without_papers),
    Block("meetings:conclusions", _CHIEF, "side", 20, conclusions),
    Block("meetings:today", _EVERYONE, "side", 50, today),
)
