"""Một văn bản và mọi thứ trang của nó cần."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import may_see, seen_by
from app.documents.models import Direction, Document, DocumentFile, Handling, Note, NoteKind
from app.documents.policy import SCOPE
from app.org.models import Post


def incoming(document_id: int, *, viewer: Actor) -> Document:
    """Văn bản đến mà người xem được biết.

    :raises NotFound: none such, another agency's, or one the viewer has no part in.
    """
    return _one(document_id, viewer, Direction.INCOMING, _OF_INCOMING)


def outgoing(document_id: int, *, viewer: Actor) -> Document:
    """Văn bản đi mà người xem được biết.

    :raises NotFound: as :func:`incoming`.
    """
    return _one(document_id, viewer, Direction.OUTGOING, _OF_OUTGOING)


def waiting(document_id: int, *, viewer: Actor) -> Document:
    """Văn bản trong hàng chờ vào sổ: nobody has handled it and nobody said anything yet, so nothing of that is read.

    :raises NotFound: as :func:`incoming`.
    """
    return _one(document_id, viewer, Direction.INCOMING, _FILES)


def _one(
    document_id: int,
    viewer: Actor,
    direction: Direction,
    options: tuple[ExecutableOption, ...],
) -> Document:
    found = session.scalar(
        select(Document)
        .where(
            Document.id == document_id,
            Document.direction == direction.value,
            Document.agency_id == viewer.agency_id,
            seen_by(Document.id, direction.record_kind, viewer.all_principals(SCOPE)),
        )
        .options(*options)
    )
    if found is None:
        raise NotFound
    return found


_FILES = (selectinload(Document.files).joinedload(DocumentFile.stored),)
_NOTES = selectinload(Document.notes).options(
    joinedload(Note.post),
    joinedload(Note.person),
    joinedload(Note.acting_for),
    joinedload(Note.entered_by),
    joinedload(Note.photo),
)
_OF_INCOMING = (
    *_FILES,
    _NOTES,
    joinedload(Document.presented_to).joinedload(Post.person),
    joinedload(Document.in_reply_to),
    joinedload(Document.duplicate_of),
    selectinload(Document.handlings).options(
        joinedload(Handling.post).joinedload(Post.person),
        joinedload(Handling.unit),
        joinedload(Handling.assigned_by).joinedload(Post.person),
    ),
)
_OF_OUTGOING = (
    *_FILES,
    _NOTES,
    joinedload(Document.drafter).joinedload(Post.person),
    joinedload(Document.endorser).joinedload(Post.person),
    joinedload(Document.approver).joinedload(Post.person),
    joinedload(Document.unit),
    joinedload(Document.in_reply_to),
    selectinload(Document.recipients),
)


def handling(handling_id: int, *, viewer: Actor) -> tuple[Document, Handling]:
    """Phần việc và văn bản đến của nó.

    :raises NotFound: as :func:`incoming`.
    """
    found = session.get(Handling, handling_id)
    if found is None:
        raise NotFound
    document = incoming(found.document_id, viewer=viewer)
    return document, next(h for h in document.handlings if h.id == handling_id)


def file_of(file_id: int, *, viewer: Actor) -> DocumentFile:
    """Tệp của một văn bản mà người xem được biết: rights are read now, never copied to the file."""
    found = session.scalar(
        select(DocumentFile)
        .where(DocumentFile.id == file_id)
        .options(joinedload(DocumentFile.document), joinedload(DocumentFile.stored))
    )
    if found is None or found.document.agency_id != viewer.agency_id:
        raise NotFound
    if not may_see(found.document.record_kind, found.document_id, viewer.all_principals(SCOPE)):
        raise NotFound
    return found


def proposal_of(document: Document) -> Note | None:
    """Ý kiến tham mưu mới nhất có kèm phân công."""
    return next((n for n in reversed(document.notes) if n.kind == NoteKind.PROPOSAL and n.assignment), None)
