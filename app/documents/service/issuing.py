"""Cấp số, phát hành văn bản đi (NĐ 30/2020 Đ15, Đ18)."""

from __future__ import annotations

from sqlalchemy import update

from app.core import clock, numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.records import RecordAccess, RecordKind, close_access, post_principal
from app.core.text import reference_key
from app.core.use_case import use_case
from app.documents.models import Direction, Document, IncomingState
from app.documents.service.arrival import book
from app.documents.service.course import finish
from app.documents.service.indexing import index
from app.documents.service.loading import for_change
from app.documents.workflow import OUTGOING
from app.language.document_types import type_named
from app.language.references import build_notation, format_reference
from app.notifications.service import notice
from app.org.models import Agency, Unit


@use_case
def issue(actor: Actor, document_id: int, version: int | None, register_id: int) -> Document:
    """Phát hành: the next number of the book and year, notation by the Decree, then to every recipient.

    The packages to the recipients are made by the exchange in this same transaction.
    """
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "issue")
    give_number(actor, document, register_id)
    return send_out(actor, document, "issue")


def give_number(actor: Actor, document: Document, register_id: int) -> None:
    """Cấp số, ngày: the next number of the book and year; one that was given already stays."""
    if document.number is not None:
        return
    register = book(actor, register_id, Direction.OUTGOING)
    now, today = clock.now(), clock.today()
    document.register_id, document.number_year = register.id, today.year
    document.number = numbering.take(register.series, today.year)
    document.reference = format_reference(document.number, notation(document))
    document.reference_key = reference_key(document.reference)
    document.issued_on, document.registered_at = today, now


def send_out(actor: Actor, document: Document, action: str) -> Document:
    """Phát hành văn bản đã có số: to every recipient, in the transaction of the act named."""
    now = clock.now()
    document.state_since = document.closed_at = document.sort_at = now
    close_access(RecordKind.OUTGOING, document.id)
    _resort(document)
    index(document)
    told = {p for p in (document.drafter_post_id, document.approver_post_id) if p}
    notice(
        kind=RecordKind.OUTGOING,
        record_id=document.id,
        words=f"Đã phát hành {document.reference}: {document.subject}",
        principals=[post_principal(p) for p in told],
    )
    OUTGOING.move(
        actor,
        document,
        action,
        reference=document.reference,
        in_reply_to_id=document.in_reply_to_id,
    )
    _close_answered(actor, document)
    return document


def notation(document: Document) -> str:
    """Ký hiệu của văn bản đi: loại văn bản, cơ quan, đơn vị soạn thảo."""
    agency = session.get_one(Agency, document.agency_id)
    unit = session.get(Unit, document.unit_id) if document.unit_id else None
    return build_notation(
        type_named(document.document_type).abbreviation,
        agency.abbreviation,
        unit.abbreviation if unit else "VP",
    )


def _resort(document: Document) -> None:
    # Issued documents stand in lists by the day they went out, not by the day their draft began.
    session.execute(
        update(RecordAccess)
        .where(RecordAccess.kind == int(RecordKind.OUTGOING), RecordAccess.record_id == document.id)
        .values(sort_at=document.sort_at)
    )


def _close_answered(actor: Actor, document: Document) -> None:
    """The answer closes the question: an incoming document still in hand ends with the issue of its answer."""
    if document.in_reply_to_id is None:
        return
    question = session.get(Document, document.in_reply_to_id, with_for_update=True)
    if (
        question is not None
        and question.agency_id == document.agency_id
        and question.state == IncomingState.ASSIGNED
    ):
        finish(actor, question, f"Đã trả lời bằng văn bản {document.reference}.")
