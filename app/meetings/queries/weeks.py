"""Lịch công tác tuần đã công bố, và bản sẽ công bố."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.meetings.models import MeetingState, PublishedWeek
from app.meetings.queries.calendar import Entry, entries
from app.org.models import Post


def published(agency_id: int, monday: date) -> Sequence[PublishedWeek]:
    """Các lần công bố lịch của một tuần, mới nhất trước."""
    return session.scalars(
        select(PublishedWeek)
        .where(PublishedWeek.agency_id == agency_id, PublishedWeek.monday == monday)
        .options(joinedload(PublishedWeek.published_by).joinedload(Post.person))
        .order_by(PublishedWeek.number.desc())
    ).all()


def draft_week(viewer: Actor, monday: date) -> list[Entry]:
    """Dự thảo lịch tuần: what the agency has in that week as it stands now."""
    found = entries(viewer, monday, 7, own=False)
    return [e for e in found if e.state in (MeetingState.CALLED, MeetingState.HELD)]


def frozen(found: Collection[Entry]) -> list[dict[str, Any]]:
    """Các dòng lịch như đang đọc được, để lưu lại."""
    return [
        {
            "id": e.id,
            "starts_at": e.starts_at.isoformat(),
            "ends_at": e.ends_at.isoformat(),
            "title": e.title,
            "location": e.location,
            "chair": e.chair_name,
        }
        for e in found
    ]


def differences_of(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[str]:
    """Điểm khác giữa hai lần công bố, mỗi điểm một câu."""
    old, new = {e["id"]: e for e in before}, {e["id"]: e for e in after}
    words = [f"Thêm: {_when(e)}, {e['title']}." for e in after if e["id"] not in old]
    words += [f"Bỏ: {_when(e)}, {e['title']}." for e in before if e["id"] not in new]
    for entry in after:
        was = old.get(entry["id"])
        if was is None:
            continue
        parts = []
        if (was["starts_at"], was["ends_at"]) != (entry["starts_at"], entry["ends_at"]):
            parts.append(f"dời từ {_when(was)} sang {_when(entry)}")
        if was["location"] != entry["location"]:
            parts.append(f"đổi địa điểm sang {entry['location'] or 'nơi khác'}")
        if was["chair"] != entry["chair"]:
            parts.append(f"{entry['chair']} chủ trì")
        if was["title"] != entry["title"]:
            parts.append("sửa nội dung")
        if parts:
            words.append(f"Đổi: {entry['title']}: {', '.join(parts)}.")
    return words


def _when(entry: dict[str, Any]) -> str:
    at = clock.local(datetime.fromisoformat(entry["starts_at"]))
    return f"{at:%H:%M} {at:%d/%m}"
