"""Lấy thư từ trục: listed, fetched, stored once for each of our agencies among the recipients, then told as fetched."""

from __future__ import annotations

import io
import logging
import tempfile
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock, limits
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.events import emit, queue
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.documents.models import Document
from app.exchange.events import InboundQueued, PartnerSaved, SecretLetterRefused
from app.exchange.models import (
    Delivery,
    Inbound,
    InboundState,
    Message,
    MessageKind,
    Package,
    Partner,
    PartnerAgency,
    PartnerState,
    Transport,
)
from app.exchange.service import axis, client
from app.exchange.service.codes import agency_by_code
from app.exchange.service.identity import identity
from app.exchange.service.incoming import marks_secret
from app.exchange.service.inspecting import PackageRefused, read_package
from app.exchange.service.partners import own, take_agency
from app.exchange.service.sealing import sha256

log = logging.getLogger("office.exchange")


def axis_partners() -> list[int]:
    """Các trục đang liên thông."""
    found = session.scalars(
        select(Partner.id).where(
            Partner.transport == Transport.AXIS.value, Partner.state == PartnerState.ACTIVE.value
        )
    ).all()
    session.rollback()
    return list(found)


def poll(partner_id: int) -> dict[str, int]:
    """Lấy mọi thư đang chờ của ta trên trục; one that fails does not stop the others."""
    partner = session.get_one(Partner, partner_id)
    place = axis.Endpoint(partner.url, partner.networks, partner.installation)
    session.rollback()
    counts = {"taken": 0, "failed": 0}
    for kind in (MessageKind.DOCUMENT, MessageKind.STATUS):
        for item in list(axis.waiting(place, axis.KINDS[kind.value])):
            try:
                _take(partner_id, kind, item, axis.fetch(place, item))
                axis.tell_fetched(place, item.id, is_done=True)
                counts["taken"] += 1
            except client.Unreachable as problem:
                log.warning("axis letter not fetched", extra={"doc_id": item.id, "why": problem.sentence})
                counts["failed"] += 1
    return counts


def _take(partner_id: int, kind: MessageKind, item: axis.Waiting, data: bytes) -> None:
    package = _read(data)
    is_secret = package is not None and kind == MessageKind.DOCUMENT and marks_secret(package)
    if not is_secret:
        with identity().packages.receive(io.BytesIO(data), limit=limits.PACKAGE_BYTES) as incoming:
            if incoming.size:
                incoming.keep()
    _store(SYSTEM, partner_id, kind, item, data, package, is_secret=is_secret)


def _read(data: bytes) -> dict[str, Any] | None:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            return read_package(file.fileno())
        except PackageRefused:
            return None  # set apart by the worker, with the reason


@use_case
def _store(
    actor: Actor,
    partner_id: int,
    kind: MessageKind,
    item: axis.Waiting,
    data: bytes,
    package: dict[str, Any] | None,
    *,
    is_secret: bool,
) -> None:
    """Một dòng cho mỗi cơ quan của ta; what was stored before stays as it is."""
    now, keeper = clock.now(), session.get_one(Partner, partner_id).agency_id
    sender = str((package or {}).get("from", {}).get("organ_id", "")) or item.sender
    for code in _ours(package) if kind == MessageKind.DOCUMENT else [""]:
        business = int(package["business"]["type"]) if package and kind == MessageKind.DOCUMENT else 0
        made = session.scalar(
            insert(Inbound)
            .values(
                partner_id=partner_id,
                token=f"{item.id}:{code}" if code else item.id,
                kind=kind.value,
                about=_about(partner_id, kind, package, business, sender),
                sequence=0,
                sender_code=sender[:35],
                recipient_code=code,
                business_type=business,
                manifest_sha256="",
                payload_sha256=sha256(data),
                payload_size=len(data),
                links=[],
                receipt={"axis": item.id, "document_id": str((package or {}).get("document_id", ""))},
                received_at=now,
                state=(InboundState.REFUSED if is_secret else InboundState.RECEIVED).value,
                state_at=now,
                attempts=0,
                error="Mang dấu độ mật; không lưu nội dung." if is_secret else "",
                conflicts=0,
                version=1,
            )
            .on_conflict_do_nothing(index_elements=["partner_id", "token"])
            .returning(Inbound.id)
        )
        if made is None:
            continue
        if is_secret:
            from app.exchange.service.incoming import SECRET
            from app.exchange.service.statuses import tell_refusal

            tell_refusal(actor, session.get_one(Inbound, made), SECRET)
            emit(
                actor,
                SecretLetterRefused(
                    kind=int(RecordKind.AGENCY), record_id=keeper, agency_id=keeper, inbound_id=made
                ),
            )
        else:
            queue(InboundQueued(kind=int(RecordKind.PACKAGE), record_id=made))


def _ours(package: dict[str, Any] | None) -> list[str]:
    """Codes of our agencies among the recipients; when there is none, the first one, so that it is answered."""
    codes = [str(organ.get("organ_id", ""))[:35] for organ in (package or {}).get("to", [])]
    found: dict[int, str] = {}
    for code in codes:
        agency = agency_by_code(code)
        if agency is not None and session.get(PartnerAgency, agency.id) is None:
            found.setdefault(agency.id, code)  # old and new code of one agency are one recipient
    return list(found.values()) or codes[:1] or [""]


def _about(
    partner_id: int, kind: MessageKind, package: dict[str, Any] | None, business: int, sender: str
) -> str:
    """The letter this one speaks of: ours for a state, theirs for a recall."""
    if package is None:
        return ""
    spoken = [str(r.get("document_id", "")) for r in package["response_for"]]
    if kind == MessageKind.STATUS:
        return _message_about(partner_id, package["response_for"], sender)
    if business == 0:
        return ""
    inner = package["business"]
    spoken += [str(package["document_id"]), str(inner.get("document_id", ""))]
    spoken += [str(r["document_id"]) for r in inner.get("replaces", [])]
    return (
        session.scalar(
            select(Inbound.token)
            .where(
                Inbound.partner_id == partner_id,
                Inbound.business_type == 0,
                Inbound.receipt["document_id"].astext.in_([s for s in spoken if s]),
            )
            .limit(1)
        )
        or ""
    )


def _message_about(partner_id: int, responses: list[dict[str, Any]], sender: str) -> str:
    """Our letter to the one who reports, by number and day of the document."""
    reporter = agency_by_code(sender)
    for about in responses:
        ours = agency_by_code(str(about["organ_id"]))
        if reporter is None or ours is None or not about["code"]:
            continue
        found = session.scalar(
            select(Message.token)
            .join(Delivery, Delivery.id == Message.delivery_id)
            .join(Package, Package.id == Delivery.package_id)
            .join(Document, Document.id == Package.document_id)
            .where(
                Message.partner_id == partner_id,
                Document.agency_id == ours.id,
                Document.reference == str(about["code"]),
                Delivery.recipient_agency_id == reporter.id,
            )
            .order_by(Message.id.desc())
            .limit(1)
        )
        if found:
            return found
    return ""


def sync_agencies(actor: Actor, partner_id: int) -> int:
    """Cập nhật danh sách cơ quan của trục: asks it, then adds those it does not know; returns how many it named."""
    partner = session.get_one(Partner, partner_id)
    place = axis.Endpoint(partner.url, partner.networks, partner.installation)
    named = axis.agencies(place)
    _add_agencies(actor, partner_id, named)
    return len(named)


@use_case
def _add_agencies(actor: Actor, partner_id: int, named: list[tuple[str, str]]) -> None:
    partner = own(actor, partner_id)
    added = sum(take_agency(partner, code, name, is_kept=True) for code, name in named)
    emit(
        actor,
        PartnerSaved(
            kind=int(RecordKind.AGENCY), record_id=partner.agency_id, agency_id=partner.agency_id, partner_id=partner.id,
            note=f"Cập nhật danh sách cơ quan của {partner.name}: thêm {added}",
        ),
    )  # fmt: skip
