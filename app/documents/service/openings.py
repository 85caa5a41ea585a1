"""Ai đã mở văn bản: recorded at a person's first look."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.documents.models import Opening


@use_case
def note_opening(actor: Actor, document_id: int) -> None:
    """Ghi lượt mở: the first time this person looked at the document; the caller has loaded it for him."""
    if actor.person_id is None or actor.post_id is None:
        return
    session.execute(
        insert(Opening)
        .values(document_id=document_id, person_id=actor.person_id, post_id=actor.post_id, at=clock.now())
        .on_conflict_do_nothing()
    )
