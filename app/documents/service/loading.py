"""Lấy văn bản để xử lý: locked, of the actor's own agency, and one he may know of."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import may_see
from app.core.use_case import load_for_change
from app.documents.models import Direction, Document, Handling
from app.documents.policy import SCOPE


def for_change(actor: Actor, document_id: int, version: int | None, direction: Direction) -> Document:
    """Khóa một văn bản để xử lý.

    :raises NotFound: it does not exist or the actor may not know that it does.
    :raises StaleVersion: changed since the form was drawn.
    """
    document = session.get(Document, document_id)
    if document is None or document.direction != direction or document.agency_id != actor.agency_id:
        raise NotFound
    if not may_see(document.record_kind, document.id, actor.all_principals(SCOPE)):
        raise NotFound
    return load_for_change(Document, document_id, version)


def handling_for_change(actor: Actor, handling_id: int, version: int | None) -> Handling:
    """Khóa một phần việc cùng văn bản của nó (the document first, so that two acts never wait for each other)."""
    handling = session.get(Handling, handling_id)
    if handling is None:
        raise NotFound
    for_change(actor, handling.document_id, None, Direction.INCOMING)
    return load_for_change(Handling, handling_id, version)
