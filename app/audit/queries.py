"""Đọc nhật ký: the timeline of a record, and the log of an agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import aliased

from app.audit import labels
from app.audit.models import AuditEntry
from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.records import Key
from app.org.models import Person, Post
from app.org.queries import Choice


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


_behalf = aliased(Person)


def timeline(kind: int, record_id: int, *, limit: int = 200) -> Sequence[TimelineItem]:
    """Quá trình của một hồ sơ, cũ trước mới sau. The caller has checked that the reader may see the record."""
    rows = session.execute(
        select(AuditEntry, Person.full_name, Post.title, _behalf.full_name.label("behalf"))
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .outerjoin(Post, Post.id == AuditEntry.post_id)
        .outerjoin(_behalf, _behalf.id == AuditEntry.acting_for_person_id)
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
        note=str(entry.data.get("note") or entry.data.get("reason") or entry.data.get("reference") or ""),
        changes=tuple(
            f"{words}: {_words(f, entry.changes[f][0])} → {_words(f, entry.changes[f][1])}"
            for f, words in labels.FIELDS.items()  # in the order in which packages name their fields
            if f in entry.changes and f != "state"
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


@dataclass(frozen=True)
class LogRow:
    """Một dòng nhật ký của cơ quan: who, when, what kind of act on which kind of record; nothing of the content."""

    id: int
    at: datetime
    who: str
    title: str
    acting_for: str
    words: str
    kind: int
    record_id: int
    ip: str

    @property
    def key(self) -> Key:
        """Vị trí của dòng trong danh sách."""
        return Key(self.at, self.id)


def log(
    viewer: Actor,
    *,
    person_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: Key | None = None,
    limit: int = limits.PAGE_ROWS,
) -> list[LogRow]:
    """Nhật ký của cơ quan mình, mới nhất trước: what its people did, and what the system did to its records.

    Neither what was written nor what was changed is read here: administrators manage people, not documents.
    """
    entry = AuditEntry
    statement = (
        select(
            entry.id,
            entry.at,
            Person.full_name,
            Post.title,
            _behalf.full_name.label("behalf"),
            entry.event,
            entry.kind,
            entry.record_id,
            entry.ip,
        )
        .outerjoin(Person, Person.id == entry.person_id)
        .outerjoin(Post, Post.id == entry.post_id)
        .outerjoin(_behalf, _behalf.id == entry.acting_for_person_id)
        .where(func.coalesce(entry.agency_id, entry.record_agency_id) == viewer.agency_id)
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(limit)
    )
    if person_id is not None:
        statement = statement.where(entry.person_id == person_id)
    if since is not None:
        statement = statement.where(entry.at >= since)
    if until is not None:
        statement = statement.where(entry.at < until)
    if after is not None:
        statement = statement.where(tuple_(entry.at, entry.id) < tuple_(after.sort_at, after.record_id))
    return [
        LogRow(
            r.id,
            r.at,
            r.full_name or "Hệ thống",
            r.title or "",
            r.behalf or "",
            labels.event_words(r.event),
            r.kind,
            r.record_id,
            r.ip or "",
        )
        for r in session.execute(statement)
    ]


def people_in_log(viewer: Actor) -> list[Choice]:
    """Người của cơ quan, kể cả người đã khóa, để lọc nhật ký."""
    rows = session.execute(
        select(Person.id, Person.full_name, Person.username)
        .where(Person.agency_id == viewer.agency_id)
        .order_by(Person.sort_key, Person.id)
    )
    return [Choice(str(r.id), r.full_name, r.username) for r in rows]
