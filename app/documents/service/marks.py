"""Đánh dấu và liên kết văn bản: a person's stars, and documents said to belong together."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.events import emit
from app.core.use_case import use_case
from app.documents import events, queries
from app.documents.models import Direction, Document, DocumentLink, DocumentStar
from app.documents.service.course import Assignment, route
from app.documents.service.loading import for_change


@use_case
def star(actor: Actor, document_id: int) -> bool:
    """Đánh dấu văn bản, hoặc bỏ dấu khi đã có; a mark of one's own, told to nobody.

    :returns: whether it bears the mark now.
    """
    document = queries.any_document(document_id, viewer=actor)
    row = {"person_id": actor.person_id, "document_id": document.id}
    gone = session.execute(delete(DocumentStar).filter_by(**row).returning(DocumentStar.document_id)).first()
    if gone is not None:
        return False
    session.execute(insert(DocumentStar).values(**row, at=clock.now()).on_conflict_do_nothing())
    return True


@use_case
def link(actor: Actor, document_id: int, other_id: int) -> Document:
    """Liên kết hai văn bản; both timelines tell it, and each reader sees of the other only what he may see."""
    document = queries.any_document(document_id, viewer=actor)
    other = queries.any_document(other_id, viewer=actor)
    if document.id == other.id:
        raise Violations([Violation("other", "Không liên kết văn bản với chính nó. Hãy chọn văn bản khác.")])
    first, second = sorted((document.id, other.id))
    made = session.execute(
        insert(DocumentLink)
        .values(first_id=first, second_id=second, person_id=actor.person_id, at=clock.now())
        .on_conflict_do_nothing()
        .returning(DocumentLink.first_id)
    ).first()
    if made is not None:
        _tell(actor, document, other)
        _tell(actor, other, document)
    return document


def _tell(actor: Actor, document: Document, other: Document) -> None:
    words = "đơn thư" if other.is_restricted else other.reference or other.document_type
    emit(
        actor,
        events.DocumentsLinked(
            kind=document.record_kind,
            record_id=document.id,
            agency_id=document.agency_id,
            other_id=other.id,
            note=words,
        ),
    )


@use_case
def unlink(actor: Actor, document_id: int, other_id: int) -> Document:
    """Bỏ liên kết hai văn bản."""
    document = queries.any_document(document_id, viewer=actor)
    first, second = sorted((document.id, other_id))
    session.execute(
        delete(DocumentLink).where(DocumentLink.first_id == first, DocumentLink.second_id == second)
    )
    return document


@use_case
def route_many(actor: Actor, document_ids: tuple[int, ...], target: int, text: str) -> int:
    """Trình, chuyển nhiều văn bản một lần: all of them or none.

    :returns: how many.
    """
    if not document_ids:
        raise Violations(["Chưa chọn văn bản nào."])
    for document_id in sorted(set(document_ids)):
        for_change(actor, document_id, None, Direction.INCOMING)
        route(actor, document_id, None, target, Assignment(text, None))
    return len(set(document_ids))
