"""Cấp số, phát hành văn bản đi (NĐ 30/2020 Đ15, Đ18)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import RecordAccess, RecordKind, close_access, post_principal
from app.core.text import reference_key
from app.core.use_case import use_case
from app.documents.models import Direction, Document, DocumentRecipient, FileRole, IncomingState, Register
from app.documents.service.arrival import book
from app.documents.service.composing import Composition, final_file
from app.documents.service.course import finish
from app.documents.service.files import attach
from app.documents.service.indexing import index
from app.documents.service.ledger import take_number
from app.documents.service.loading import for_change
from app.documents.service.versions import keep_version
from app.documents.workflow import OUTGOING
from app.language.document_types import type_named
from app.language.references import build_notation, format_reference
from app.notifications.service import notice
from app.org import queries as org
from app.org.models import Agency, Unit


@use_case
def issue(
    actor: Actor, document_id: int, version: int | None, register_id: int, entry_id: int | None = None
) -> Document:
    """Phát hành: the next number of the book and year, notation by the Decree, then to every recipient.

    :param entry_id: a number held in the ledger, used instead of the next one; the document bears the day it was taken.

    The packages to the recipients are made by the exchange in this same transaction.
    """
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "issue")
    give_number(actor, document, register_id, entry_id)
    _finish_file(actor, document)
    return send_out(actor, document, "issue")


def give_number(actor: Actor, document: Document, register_id: int, entry_id: int | None = None) -> None:
    """Cấp số, ngày: the next number of the book and year; one that was given already stays."""
    if document.number is not None:
        return
    register = book(actor, register_id, Direction.OUTGOING)
    now, today = clock.now(), clock.today()
    document.register_id, document.registered_at = register.id, now
    document.number, document.issued_on = take_number(register, document, entry_id, today)
    document.number_year = document.issued_on.year
    document.reference = format_reference(document.number, notation(document, register))
    document.reference_key = reference_key(document.reference)


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


@use_case
def add_recipients(
    actor: Actor,
    document_id: int,
    version: int | None,
    agency_ids: Sequence[int],
    others: Sequence[str],
    reason: str,
) -> Document:
    """Gửi bổ sung nơi nhận: who sent it to whom and why; number, date and the signed text stay as they are.

    The exchange sends to the new recipients in this same transaction.
    """
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "add_recipients")
    held = {r.agency_id for r in document.recipients if r.agency_id} | {document.agency_id}
    wanted = [i for i in dict.fromkeys(agency_ids) if i not in held]
    if not wanted and not others:
        raise Violations(
            [
                Violation(
                    "recipients",
                    "Chưa có nơi nhận mới: các cơ quan đã chọn đều có trong nơi nhận. Hãy chọn cơ quan khác.",
                )
            ]
        )
    now, first = clock.now(), max((r.position for r in document.recipients), default=-1) + 1
    added = [DocumentRecipient(agency_id=i, name=org.agency(i).name) for i in wanted]
    added += [DocumentRecipient(name=name) for name in others]
    for position, recipient in enumerate(added, start=first):
        recipient.position, recipient.added_at, recipient.added_reason = position, now, reason
        document.recipients.append(recipient)
    session.flush()
    names = "; ".join(r.name for r in added)
    document.recipients_text = f"{document.recipients_text}; {names}"
    return OUTGOING.move(
        actor, document, "add_recipients", recipient_ids=tuple(wanted), reason=reason, note=names[:1000]
    )


def _finish_file(actor: Actor, document: Document) -> None:
    """A draft made of a form becomes the PDF that bears number and day; an uploaded file goes as it is."""
    composition = Composition.of(document)
    main = next((f for f in document.files if f.role == FileRole.MAIN), None)
    if composition is not None and main is not None:
        attach(actor, document, final_file(document, composition))
        keep_version(actor, document, f"Văn bản {document.reference}")
        session.flush()


def notation(document: Document, register: Register | None = None) -> str:
    """Ký hiệu của văn bản đi: loại văn bản, cơ quan (hoặc ban, hội đồng có sổ riêng), đơn vị soạn thảo."""
    agency = session.get_one(Agency, document.agency_id)
    unit = session.get(Unit, document.unit_id) if document.unit_id else None
    return build_notation(
        type_named(document.document_type).abbreviation,
        (register.body_abbreviation if register else "") or agency.abbreviation,
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
