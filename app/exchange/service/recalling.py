"""Thu hồi, cập nhật, thay thế một văn bản đã gửi: a package about the earlier one, to everybody who got it."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations
from app.core.events import emit
from app.core.use_case import use_case
from app.documents.models import Direction, Document
from app.exchange import labels
from app.exchange.events import RecallSent
from app.exchange.models import BusinessType, Delivery, DeliveryState, Package
from app.exchange.policy import is_clerk_of
from app.exchange.service.sending import queue_package
from app.exchange.service.steps import person_words

_OUT = {DeliveryState.QUEUED.value, DeliveryState.REFUSED.value}


@use_case
def recall(
    actor: Actor, document_id: int, business_type: int, reason: str, replacement_id: int | None = None
) -> Document:
    """Gửi yêu cầu thu hồi, cập nhật hoặc thay thế đến mọi nơi đã nhận văn bản.

    :raises NotFound: no such issued document of the actor's agency.
    :raises Violations: nobody has it yet, the same was asked already, or nothing stands in its place.
    """
    document = session.get(Document, document_id, with_for_update=True, populate_existing=True)
    if document is None or document.agency_id != actor.agency_id or document.direction != Direction.OUTGOING:
        raise NotFound
    if not is_clerk_of(actor, document.agency_id):
        raise NotAllowed("Chỉ văn thư cơ quan được gửi yêu cầu thu hồi, cập nhật, thay thế.")
    original = session.scalar(
        select(Package).where(
            Package.document_id == document.id, Package.business_type == BusinessType.NEW.value
        )
    )
    reached = [] if original is None else _reached(original)
    if original is None or not reached:
        raise Violations(
            [Violation(None, "Chưa nơi nào nhận văn bản này qua liên thông nên không có gì để yêu cầu.")]
        )
    replacement = _replacement(actor, document, business_type, replacement_id)
    package = Package(
        token=secrets.token_urlsafe(24),
        document_id=document.id,
        sender_agency_id=document.agency_id,
        business_type=business_type,
        about_package_id=original.id,
        replacement_document_id=replacement.id if replacement else None,
        manifest=[],
        reason=reason,
        created_by=person_words(actor),
        created_at=clock.now(),
    )
    session.add(package)
    session.flush()
    queue_package(actor, package, reached)
    emit(
        actor,
        RecallSent(
            kind=document.record_kind,
            record_id=document.id,
            agency_id=document.agency_id,
            package_id=package.id,
            note=f"Yêu cầu {labels.REQUESTS[business_type]} đến {len(reached)} cơ quan: {reason}",
        ),
    )
    return document


def _reached(original: Package) -> list[int]:
    """Who has the document, and has not been asked to give it back already."""
    asked = (
        select(Delivery.recipient_agency_id)
        .join(Package, Package.id == Delivery.package_id)
        .where(
            Package.about_package_id == original.id,
            Package.business_type.in_([BusinessType.REVOKE.value, BusinessType.REPLACE.value]),
            Delivery.state.in_(
                [DeliveryState.QUEUED.value, DeliveryState.ASKED.value, DeliveryState.AGREED.value]
            ),
        )
    )
    return list(
        session.scalars(
            select(Delivery.recipient_agency_id)
            .where(
                Delivery.package_id == original.id,
                Delivery.state.not_in(_OUT),
                Delivery.recipient_agency_id.not_in(asked),
            )
            .order_by(Delivery.position, Delivery.id)
        )
    )


def _replacement(
    actor: Actor, document: Document, business_type: int, replacement_id: int | None
) -> Document | None:
    if business_type != BusinessType.REPLACE:
        return None
    found = session.get(Document, replacement_id) if replacement_id else None
    if (
        found is None
        or found.id == document.id
        or found.agency_id != actor.agency_id
        or found.direction != Direction.OUTGOING
        or found.registered_at is None
    ):
        raise Violations([Violation("replacement", "Hãy chọn văn bản đã phát hành của cơ quan để thay thế.")])
    return found
