"""Bàn giao: văn bản còn việc theo vị trí mới."""

from __future__ import annotations

from sqlalchemy import select, update

from app.core.actor import Actor
from app.core.db import session
from app.core.records import RecordAccess, RecordKind, post_principal
from app.core.use_case import use_case
from app.documents.models import Document, Handling

_KINDS = (int(RecordKind.INCOMING), int(RecordKind.OUTGOING))


@use_case
def hand_over(actor: Actor, old: int, new: int) -> None:
    """Bàn giao văn bản đang xử lý: open parts, drafts and submissions of a post go to another; what is finished stays.

    The act is told once, where the post itself is handed over.
    """
    # Every document of a post is one it may see: the access rows find them without reading the whole table.
    seen = select(RecordAccess.record_id).where(
        RecordAccess.principal_id == post_principal(old), RecordAccess.kind.in_(_KINDS)
    )
    session.execute(
        update(Handling).where(Handling.post_id == old, Handling.done_at.is_(None)).values(post_id=new)
    )
    for column in (
        Document.drafter_post_id,
        Document.endorser_post_id,
        Document.approver_post_id,
        Document.presented_to_post_id,
    ):
        session.execute(
            update(Document)
            .where(Document.id.in_(seen), column == old, Document.closed_at.is_(None))
            .values({column: new})
        )
    _move_sight(old, new)


def _move_sight(old: int, new: int) -> None:
    held = select(RecordAccess.kind, RecordAccess.record_id, RecordAccess.reason).where(
        RecordAccess.principal_id == post_principal(new)
    )
    taken = {tuple(r) for r in session.execute(held)}
    rows = session.scalars(
        select(RecordAccess).where(
            RecordAccess.principal_id == post_principal(old), RecordAccess.kind.in_(_KINDS), RecordAccess.open
        )
    ).all()
    for row in rows:
        if (row.kind, row.record_id, row.reason) in taken:
            row.open = False
        else:
            session.add(
                RecordAccess(
                    principal_id=post_principal(new),
                    kind=row.kind,
                    record_id=row.record_id,
                    sort_at=row.sort_at,
                    open=True,
                    reason=row.reason,
                )
            )
            row.open = False
