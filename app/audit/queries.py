"""Đọc nhật ký: the timeline of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.audit import labels
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import session
from app.org.models import Person, Post


@dataclass(frozen=True)
class TimelineItem:
    """Một dòng quá trình: who did what and when, for whom, and what changed, in words."""

    at: datetime
    who: str
    title: str
    acting_for: str
    words: str
    note: str
    changes: tuple[str, ...]
    tone: str
    event: str


def timeline(kind: int, record_id: int, *, limit: int = 200) -> Sequence[TimelineItem]:
    """Quá trình của một hồ sơ, cũ trước mới sau. The caller has checked that the reader may see the record."""
    behalf = aliased(Person)
    rows = session.execute(
        select(AuditEntry, Person.full_name, Post.title, behalf.full_name.label("behalf"))
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .outerjoin(Post, Post.id == AuditEntry.post_id)
        .outerjoin(behalf, behalf.id == AuditEntry.acting_for_person_id)
        .where(AuditEntry.kind == int(kind), AuditEntry.record_id == record_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()
    return [_item(r.AuditEntry, r.full_name, r.title, r.behalf) for r in reversed(rows)]


def _item(entry: AuditEntry, name: str | None, title: str | None, behalf: str | None) -> TimelineItem:
    return TimelineItem(
        at=entry.at,
        who=name or "Hệ thống",
        title=title or "",
        acting_for=behalf or "",
        words=labels.event_words(entry.event),
        note=str(entry.data.get("note") or entry.data.get("reason") or ""),
        changes=tuple(
            f"{labels.FIELDS[f]}: {_words(f, before)} → {_words(f, after)}"
            for f, (before, after) in entry.changes.items()
            if f in labels.FIELDS and f != "state"
        ),
        tone=labels.TONES.get(entry.event, ""),
        event=entry.event,
    )


def _words(field: str, value: Any) -> str:
    if value is None or value == "":
        return "(không có)"
    if field in labels.VALUES:
        return labels.VALUES[field](value)
    if isinstance(value, str) and len(value) >= 10 and value[4:5] == "-":
        try:
            if "T" in value:
                return f"{clock.local(datetime.fromisoformat(value)):%d/%m/%Y %H:%M}"
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        except ValueError:
            return value
    return str(value)
