"""Văn bản một vị trí đang giữ: for whoever leaves, and for whoever takes over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select

from app.core.db import session
from app.core.records import RecordAccess, RecordKind, capped, post_principal
from app.documents import labels
from app.documents.models import Direction, Document
from app.org.open_work import WorkItem

_KINDS = (int(RecordKind.INCOMING), int(RecordKind.OUTGOING))


def held_count(post_id: int) -> int:
    """Số văn bản còn việc của vị trí, đếm đến 100."""
    return int(session.execute(capped(_held(post_id))).scalar() or 0)


def held_items(post_id: int, limit: int) -> Sequence[WorkItem]:
    """Các văn bản còn việc của vị trí, khẩn và đến hạn trước."""
    rows = session.execute(
        select(Document.id, Document.direction, Document.subject, Document.reference, Document.state)
        .where(Document.id.in_(_held(post_id)))
        .order_by(Document.urgency.desc(), Document.due_at.asc().nulls_last(), Document.id)
        .limit(limit)
    )
    return [_item(*row) for row in rows]


def _item(record_id: int, direction: str, subject: str, reference: str, state: str) -> WorkItem:
    incoming = direction == Direction.INCOMING
    words = (labels.INCOMING if incoming else labels.OUTGOING).states[state]
    kind = RecordKind.INCOMING if incoming else RecordKind.OUTGOING
    return WorkItem(int(kind), record_id, subject, reference, words)


def _held(post_id: int) -> Select[int]:
    return (
        select(RecordAccess.record_id)
        .where(
            RecordAccess.principal_id == post_principal(post_id),
            RecordAccess.kind.in_(_KINDS),
            RecordAccess.open,
        )
        .distinct()
    )
