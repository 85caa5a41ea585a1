"""Thông báo kết luận: an issued document of the convening agency."""

from __future__ import annotations

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import session
from app.core.records import RecordKind, may_see
from app.core.text import reference_key
from app.documents.models import Direction, Document, OutgoingState


def issued_document(reference: str, viewer: Actor) -> Document | None:
    """Văn bản đi đã phát hành của cơ quan mình theo số, ký hiệu, nếu người này được xem."""
    found = session.scalar(
        select(Document)
        .where(
            Document.agency_id == viewer.agency_id,
            Document.reference_key == reference_key(reference),
            Document.reference_key != "",
            Document.direction == Direction.OUTGOING.value,
            Document.state == OutgoingState.ISSUED.value,
        )
        .order_by(Document.sort_at.desc())
        .limit(1)
    )
    if found is None or not may_see(RecordKind.OUTGOING, found.id, viewer.all_principals("documents")):
        return None
    return found
