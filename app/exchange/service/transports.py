"""Đường gửi: each carries one delivery and says what became of it. In this installation there is the local one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service import Arrival
from app.exchange.models import BusinessType, Delivery, Package, Transport
from app.exchange.service import asking
from app.exchange.service.routing import Route, route_to


@dataclass(frozen=True)
class Outcome:
    """Kết quả một lần gửi: who got it under which document, or why not. What fails for now raises instead."""

    receiver_agency_id: int
    document_id: int | None = None
    note: str = ""
    refusal: str = ""


def carry_locally(actor: Actor, delivery: Delivery) -> Outcome:
    """Chuyển trong cùng hệ thống: the recipient's waiting row is made in this transaction, once per package and agency."""
    route = route_to(delivery.recipient, clock.today())
    if route.refusal:
        return Outcome(route.agency_id, refusal=route.refusal)
    package = delivery.package
    if package.about is not None:
        return _ask_locally(actor, delivery, package, route)
    arrival = _arrival(package, route.agency_id)
    received = documents.receive(actor, arrival, package.document)
    return Outcome(route.agency_id, received.id, note=route.note)


def _ask_locally(actor: Actor, delivery: Delivery, package: Package, route: Route) -> Outcome:
    """Thu hồi, cập nhật, thay thế một văn bản đã chuyển trong cùng hệ thống."""
    assert package.about is not None
    earlier = session.scalar(
        select(Document)
        .where(Document.agency_id == route.agency_id, Document.package_token == package.about.token)
        .with_for_update()
    )
    if earlier is None:
        return Outcome(route.agency_id, refusal="Nơi nhận chưa từng nhận văn bản này.")
    replacement = None
    if package.business_type == BusinessType.REPLACE:
        replacement = documents.receive(
            actor, _arrival(package, route.agency_id, package.replacement), package.replacement
        )
    asking.ask(
        actor,
        earlier,
        business_type=package.business_type,
        reason=package.reason,
        by=package.created_by,
        delivery=delivery,
        replacement=replacement,
        source=package.document,
    )
    return Outcome(route.agency_id, earlier.id, note=route.note)


def _arrival(package: Package, agency_id: int, instead: Document | None = None) -> Arrival:
    document = instead or package.document
    return Arrival(
        agency_id=agency_id,
        package_token=package.token,
        reference=document.reference,
        issued_on=document.issued_on or clock.today(),
        issuer_name=package.sender.name,
        issuer_agency_id=package.sender_agency_id,
        document_type=document.document_type,
        subject=document.subject,
        urgency=document.urgency,
        signer_name=document.signer_name,
        signer_position=document.signer_position,
        reply_by=document.reply_by,
        in_reply_to_id=_question_of(document, agency_id),
    )


def _question_of(answer: Document, agency_id: int) -> int | None:
    """The receiver's own document that this one answers: found by the package that once carried it here."""
    if answer.in_reply_to_id is None:
        return None
    asked = select(Document.package_token).where(Document.id == answer.in_reply_to_id).scalar_subquery()
    return session.scalar(
        select(Package.document_id).where(Package.token == asked, Package.sender_agency_id == agency_id)
    )


TRANSPORTS: dict[str, Callable[[Actor, Delivery], Outcome]] = {Transport.LOCAL.value: carry_locally}
