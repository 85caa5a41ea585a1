"""Văn bản đến tới nơi: waiting rows from the exchange, registering, returning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core import clock, numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind, close_access, grant_access, office_principal, registry_principal
from app.core.text import reference_key
from app.core.use_case import touch, use_case
from app.documents import events
from app.documents.models import Direction, Document, IncomingState, Register, Source, Urgency
from app.documents.service.files import add_stored, attach, copy_files
from app.documents.service.indexing import index
from app.documents.service.loading import for_change
from app.documents.workflow import INCOMING
from app.notifications.service import notice
from app.storage.service import Upload


@dataclass(frozen=True)
class Registration:
    """Thông tin vào sổ: what the clerk confirms from the document (NĐ 30/2020 phụ lục VI)."""

    register_id: int
    reference: str
    issued_on: date | None
    issuer_name: str
    document_type: str
    subject: str
    urgency: int = 0
    signer_name: str = ""
    signer_position: str = ""
    reply_by: date | None = None
    source: Source = Source.PAPER  # how it came, when it did not come through the exchange
    paper_place: str = ""


@dataclass(frozen=True)
class Arrival:
    """Văn bản tới qua liên thông: the metadata of the package."""

    agency_id: int
    package_token: str
    reference: str
    issued_on: date
    issuer_name: str
    issuer_agency_id: int | None
    document_type: str
    subject: str
    urgency: int
    signer_name: str
    signer_position: str
    reply_by: date | None = None
    in_reply_to_id: int | None = None


@use_case
def receive(
    actor: Actor, arrival: Arrival, source: Document | None = None, files: Sequence[Upload] = ()
) -> Document:
    """Văn bản đến hệ thống: make the waiting row of the receiving agency, once per package however often it is called.

    :param source: the sender's row, when it is in this installation: its files are shared.
    :param files: else the files that came, the document itself first.
    """
    known = session.scalar(
        select(Document).where(
            Document.agency_id == arrival.agency_id, Document.package_token == arrival.package_token
        )
    )
    if known is not None:
        return known
    now = clock.now()
    document = Document(
        agency_id=arrival.agency_id,
        direction=Direction.INCOMING.value,
        state=IncomingState.WAITING.value,
        source=Source.EXCHANGE.value,
        package_token=arrival.package_token,
        reference=arrival.reference,
        reference_key=reference_key(arrival.reference),
        issued_on=arrival.issued_on,
        issuer_name=arrival.issuer_name,
        issuer_agency_id=arrival.issuer_agency_id,
        document_type=arrival.document_type,
        subject=arrival.subject,
        urgency=arrival.urgency,
        signer_name=arrival.signer_name,
        signer_position=arrival.signer_position,
        reply_by=arrival.reply_by,
        in_reply_to_id=arrival.in_reply_to_id,
        arrived_at=now,
        created_at=now,
        state_since=now,
        sort_at=now,
    )
    session.add(document)
    session.flush()
    if source is not None:
        copy_files(source, document)
    elif files:
        attach(actor, document, files[0], files[1:])
    _show_to_registry(document)
    index(document)
    emit(
        actor,
        events.DocumentArrived(
            kind=RecordKind.INCOMING,
            record_id=document.id,
            agency_id=document.agency_id,
            package_token=arrival.package_token,
            source_document_id=source.id if source is not None else None,
        ),
    )
    if document.urgency > Urgency.NORMAL:
        notice(
            kind=RecordKind.INCOMING,
            record_id=document.id,
            words=f"Văn bản khẩn chờ vào sổ: {document.reference} – {document.subject}",
            principals=[registry_principal(document.agency_id)],
            urgent=document.urgency == Urgency.MOST_URGENT,
        )
    return document


def _show_to_registry(document: Document) -> None:
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [registry_principal(document.agency_id)],
        reason="registry",
        sort_at=document.sort_at,
        is_open=True,
    )


@use_case
def register_incoming(
    actor: Actor, document_id: int, version: int | None, registration: Registration
) -> Document:
    """Vào sổ văn bản chờ: confirms its data and gives the next số đến of the book and year.

    :raises WrongState: registered or returned already.
    """
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "register")
    _fill(document, registration)
    return enter(actor, document, registration.register_id)


@use_case
def register_paper(
    actor: Actor, registration: Registration, main: Upload | None, attachments: Sequence[Upload] = ()
) -> Document:
    """Vào sổ văn bản giấy kèm bản quét: makes the row and registers it in one act."""
    if main is None:
        raise Violations(
            [Violation("document_file", "Chưa có bản quét. Hãy chọn tệp PDF hoặc ảnh chụp của văn bản giấy.")]
        )
    document = come_by_hand(actor, registration.source, registration.document_type, registration.subject)
    INCOMING.check(actor, document, "register")
    _fill(document, registration)
    attach(actor, document, main, attachments)
    return enter(actor, document, registration.register_id)


def come_by_hand(actor: Actor, source: Source, document_type: str, subject: str) -> Document:
    """Dòng chờ vào sổ của một văn bản không qua liên thông; the registry sees it."""
    now = clock.now()
    document = Document(
        agency_id=actor.agency_id or 0,
        direction=Direction.INCOMING.value,
        state=IncomingState.WAITING.value,
        source=source.value,
        document_type=document_type,
        subject=subject,
        arrived_at=now,
        created_at=now,
        state_since=now,
        sort_at=now,
    )
    session.add(document)
    session.flush()
    _show_to_registry(document)
    return document


def _fill(document: Document, registration: Registration) -> None:
    document.reference = registration.reference
    document.reference_key = reference_key(registration.reference)
    document.issued_on = registration.issued_on
    document.issuer_name = registration.issuer_name
    document.document_type = registration.document_type
    document.subject = registration.subject
    document.urgency = registration.urgency
    document.signer_name = registration.signer_name
    document.signer_position = registration.signer_position
    document.reply_by = registration.reply_by
    document.paper_place = registration.paper_place


def enter(actor: Actor, document: Document, register_id: int) -> Document:
    """Lấy số đến của sổ và năm; joins the act that checked who may."""
    register = book(actor, register_id, Direction.INCOMING)
    now, today = clock.now(), clock.today()
    document.register_id, document.number_year = register.id, today.year
    document.number = numbering.take(register.series, today.year)
    document.registered_at = document.state_since = now
    if not document.is_restricted:
        grant_access(
            RecordKind.INCOMING,
            document.id,
            [office_principal(document.agency_id)],
            reason="office",
            sort_at=document.sort_at,
        )
    index(document)
    INCOMING.move(actor, document, "register", number=document.number, package_token=document.package_token)
    return document


def book(actor: Actor, register_id: int, direction: Direction) -> Register:
    """Sổ của cơ quan mình.

    :raises NotFound: another agency's, or of the other direction.
    """
    register = session.get(Register, register_id)
    if (
        register is None
        or register.agency_id != actor.agency_id
        or register.direction != direction
        or not register.active
    ):
        raise NotFound
    return register


def amend(
    actor: Actor,
    document: Document,
    *,
    subject: str,
    urgency: int,
    reply_by: str | None,
    files: Sequence[tuple[int, str]],
) -> Document:
    """Cập nhật văn bản đến theo nơi gửi: new values, files that were not there yet; joins the caller's transaction."""
    wanted = {
        "subject": subject or document.subject,
        "urgency": urgency,
        "reply_by": date.fromisoformat(reply_by) if reply_by else document.reply_by,
    }
    changes = {
        name: (getattr(document, name), value)
        for name, value in wanted.items()
        if getattr(document, name) != value
    }
    for name, (_old, value) in changes.items():
        setattr(document, name, value)
    added = add_stored(document, files)
    touch(document)
    index(document)
    words = [f"{len(changes)} thông tin" if changes else "", f"{added} tệp" if added else ""]
    emit(
        actor,
        events.ArrivalAmended(
            kind=RecordKind.INCOMING,
            record_id=document.id,
            agency_id=document.agency_id,
            note=", ".join(w for w in words if w) or "không có gì mới",
        ),
    )
    return document


@use_case
def return_to_sender(actor: Actor, document_id: int, version: int | None, reason: str) -> Document:
    """Trả lại nơi gửi: not ours, or not authentic (NĐ 30/2020 Đ21); the sender is told the reason."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "return_to_sender")
    document.return_reason, document.closed_at, document.state_since = reason, clock.now(), clock.now()
    close_access(RecordKind.INCOMING, document.id)
    return INCOMING.move(
        actor, document, "return_to_sender", reason=reason, package_token=document.package_token
    )
