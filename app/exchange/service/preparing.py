"""Lập thư: the payload is written once and kept by its hash, the manifest beside it; every try sends the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.documents.models import Document, DocumentFile, FileRole
from app.exchange.models import BusinessType, Delivery, Message, MessageKind, Package, Partner
from app.exchange.service.codes import codes_of, organ_of
from app.exchange.service.identity import identity
from app.exchange.service.sealing import Manifest
from app.exchange.service.writing import (
    About,
    Enclosure,
    Letter,
    State,
    document_id,
    write_letter,
    write_state,
)
from app.org.models import Agency
from app.storage.kinds import Kind
from app.storage.service import storage

LINK_PATH = "/lien-thong/tep/{token}/{index}"


def prepare(message: Message) -> None:
    """Lập nội dung và bảng kê, when it has not been done."""
    if message.manifest is not None:
        return
    payload = _letter(message) if message.kind == MessageKind.DOCUMENT else _state(message)
    with identity().packages.receive(io.BytesIO(payload), limit=len(payload)) as incoming:
        incoming.keep()
        message.payload_sha256, message.payload_size = incoming.sha256, incoming.size
    message.manifest = _manifest(message).to_bytes().decode()


def _manifest(message: Message) -> Manifest:
    who = identity()
    sender, recipient, about, business = _ends(message)
    return Manifest(
        id=message.token,
        kind=message.kind,
        installation=who.installation,
        sender=sender,
        recipient=recipient,
        sent_at=message.created_at.isoformat(),
        payload_size=message.payload_size or 0,
        payload_sha256=message.payload_sha256 or "",
        about=about,
        sequence=message.sequence,
        business_type=business,
        links=[{k: link[k] for k in ("name", "size", "sha256", "path")} for link in message.links],
    )


def _ends(message: Message) -> tuple[str, str, str, int]:
    """Codes of sender and recipient, what it is about, and the business type."""
    delivery = message.delivery
    if delivery is None:
        inbound = message.inbound
        assert inbound is not None
        return codes_of([message.agency_id])[message.agency_id], inbound.sender_code, inbound.token, 0
    package = delivery.package
    codes = codes_of([package.sender_agency_id, delivery.recipient_agency_id])
    about = _token_of_earlier(package, delivery) if package.about_package_id else ""
    return codes[package.sender_agency_id], codes[delivery.recipient_agency_id], about, package.business_type


def _token_of_earlier(package: Package, delivery: Delivery) -> str:
    """The letter that once carried the document to this recipient."""
    return (
        session.scalar(
            select(Message.token)
            .join(Delivery, Delivery.id == Message.delivery_id)
            .where(
                Delivery.package_id == package.about_package_id,
                Delivery.recipient_agency_id == delivery.recipient_agency_id,
            )
        )
        or ""
    )


# ── a document ───────────────────────────────────────────────────────────────


def _letter(message: Message) -> bytes:
    delivery = message.delivery
    assert delivery is not None
    package = delivery.package
    document = package.replacement if package.business_type == BusinessType.REPLACE else package.document
    assert document is not None
    recipients = session.scalars(
        select(Agency)
        .join(Delivery, Delivery.recipient_agency_id == Agency.id)
        .where(Delivery.package_id == package.id)
        .order_by(Delivery.position, Delivery.id)
    ).all()
    codes = codes_of([package.sender_agency_id, *(a.id for a in recipients)])
    code = codes[package.sender_agency_id]
    issued = document.issued_on or clock.local(package.created_at).date()
    files = [] if package.business_type == BusinessType.REVOKE else document.files
    number, _, notation = document.reference.partition("/")
    letter = Letter(
        id=document_id(code, issued, document.reference),
        sender=organ_of(package.sender, code),
        recipients=[organ_of(agency, codes[agency.id]) for agency in recipients],
        number=number,
        notation=notation,
        place=package.sender.place,
        issued_on=issued,
        type_name=document.document_type,
        subject=document.subject,
        signer_name=document.signer_name,
        signer_position=document.signer_position,
        reply_by=document.reply_by,
        urgency=document.urgency,
        pages=sum(f.stored.page_count or 0 for f in document.files if f.role == FileRole.MAIN),
        sent_at=package.created_at,
        sent_by=package.created_by,
        business_type=package.business_type,
        reason=package.reason,
        about=_spoken_of(package, document, code),
        enclosures=_enclosures(message, files),
    )
    return write_letter(letter)


def _spoken_of(package: Package, document: Document, code: str) -> About | None:
    """The document that is recalled, updated or replaced; else the one this answers."""
    if package.about is not None:
        old = package.about.document
        on = old.issued_on or clock.local(package.about.created_at).date()
        return About(code, old.reference, old.issued_on, document_id(code, on, old.reference))
    question = document.in_reply_to
    if question is None or question.issued_on is None:
        return None
    asker = (
        codes_of([question.issuer_agency_id]).get(question.issuer_agency_id, "")
        if question.issuer_agency_id
        else ""
    )
    return About(
        asker,
        question.reference,
        question.issued_on,
        document_id(asker, question.issued_on, question.reference),
    )


def _enclosures(message: Message, files: Sequence[DocumentFile]) -> list[Enclosure]:
    """Files, the document itself first; those past the partner's limit become links that only it can open."""
    partner = session.get_one(Partner, message.partner_id)
    room, found = partner.most_package_bytes, []
    links: list[dict[str, Any]] = []
    for item in sorted(files, key=lambda f: (f.role != FileRole.MAIN, f.position)):
        stored = item.stored
        needed = stored.size * 4 // 3 + 4_096
        about = Enclosure(item.name, stored.sha256, stored.size, stored.kind == Kind.PDF)
        if needed > room and item.role != FileRole.MAIN:
            path = LINK_PATH.format(token=message.token, index=len(links))
            links.append(
                {
                    "name": item.name,
                    "size": stored.size,
                    "sha256": stored.sha256,
                    "path": path,
                    "file_id": item.id,
                }
            )
            found.append(Enclosure(**{**about.__dict__, "link": identity().url + path}))
            continue
        room -= needed
        with storage().blobs.open(stored.sha256, stored.size) as stream:
            found.append(Enclosure(**{**about.__dict__, "data": stream.read()}))
    message.links = links
    return found


# ── a state ──────────────────────────────────────────────────────────────────


def _state(message: Message) -> bytes:
    told, inbound = message.status or {}, message.inbound
    assert inbound is not None
    agency = session.get_one(Agency, message.agency_id)
    document = session.get(Document, inbound.document_id) if inbound.document_id else None
    reference = document.reference if document else ""
    on = document.issued_on if document else None
    state = State(
        reporter=organ_of(agency, codes_of([agency.id])[agency.id]),
        about=About(
            inbound.sender_code,
            reference,
            on,
            str(inbound.receipt.get("document_id", ""))
            or (document_id(inbound.sender_code, on, reference) if on else inbound.token),
        ),
        code=str(told["code"]),
        reason=str(told.get("reason", "")),
        at=message.created_at,
        by=str(told.get("by", "")),
    )
    return write_state(state)
