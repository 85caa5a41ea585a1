"""Nhận văn bản trong một lần: xét trùng, vào sổ, rồi trình hoặc chuyển."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.use_case import use_case
from app.documents.models import Document, FileRole
from app.documents.queries.duplicates import Likeness
from app.documents.service.arrival import Registration, register_incoming, register_paper
from app.documents.service.course import Assignment, route
from app.documents.service.duplicates import Answer, Settlement, discard_arrival, merge, take_paper, weigh
from app.storage.service import Upload


@use_case
def register_and_route(
    actor: Actor,
    document_id: int,
    version: int | None,
    registration: Registration,
    target: int | None,
    assignment: Assignment,
    settlement: Settlement = Settlement(),  # noqa: B008 - frozen
) -> Document:
    """Vào sổ và chuyển trong một lần; without a target it is only registered.

    :raises Violations: it may have come before, and ``settlement`` does not say what to do.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound
    hashes = tuple(f.stored.sha256 for f in document.files if f.role == FileRole.MAIN)
    twin = weigh(actor, _like(registration, hashes), settlement, besides=document_id)
    if twin is not None:
        if settlement.answer == Answer.ATTACH:
            return merge(actor, document_id, version, twin.document_id)
        return discard_arrival(actor, document_id, version, twin)
    document = register_incoming(actor, document_id, version, registration)
    document.duplicate_reason = settlement.reason
    return route(actor, document.id, None, target, assignment) if target is not None else document


@use_case
def register_paper_and_route(
    actor: Actor,
    registration: Registration,
    main: Upload | None,
    attachments: Sequence[Upload],
    target: int | None,
    assignment: Assignment,
    settlement: Settlement = Settlement(),  # noqa: B008 - frozen
) -> Document:
    """Vào sổ văn bản giấy và chuyển trong một lần.

    :returns: the document registered or joined; the one known before, when the clerk let this one go as its duplicate.
    """
    if main is not None:
        twin = weigh(actor, _like(registration, (main.sha256,)), settlement)
        if twin is not None:
            if settlement.answer == Answer.DISCARD:
                return session.get_one(Document, twin.document_id)
            return take_paper(actor, twin.document_id, main, attachments, registration.paper_place)
    document = register_paper(actor, registration, main, attachments)
    document.duplicate_reason = settlement.reason
    return route(actor, document.id, None, target, assignment) if target is not None else document


def _like(registration: Registration, hashes: tuple[str, ...]) -> Likeness:
    return Likeness(registration.reference, registration.issued_on, registration.issuer_name, hashes)
