"""Gửi văn bản vừa phát hành: package and deliveries, in the transaction that issued it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.events import emit
from app.core.use_case import use_case
from app.documents.models import Document, DocumentRecipient
from app.exchange.events import PackageSent
from app.exchange.models import Delivery, DeliveryStep, Package
from app.exchange.service.steps import person_words


@use_case
def send(actor: Actor, document_id: int) -> Package | None:
    """Gửi liên thông: one package, one delivery for each agency among the recipients; the worker carries them.

    :returns: nothing when all recipients get paper.
    """
    document = session.get_one(Document, document_id)
    agencies = [r for r in document.recipients if r.agency_id is not None]
    if not agencies:
        return None
    package = Package(
        token=secrets.token_urlsafe(24),
        document_id=document.id,
        sender_agency_id=document.agency_id,
        manifest=[
            {"name": f.name, "role": f.role, "size": f.stored.size, "sha256": f.stored.sha256}
            for f in document.files
        ],
        created_at=clock.now(),
    )
    session.add(package)
    session.flush()
    _queue(actor, package, agencies)
    emit(
        actor,
        PackageSent(
            kind=document.record_kind,
            record_id=document.id,
            agency_id=document.agency_id,
            package_id=package.id,
            note=_words(len(agencies), len(document.recipients) - len(agencies)),
        ),
    )
    return package


def _queue(actor: Actor, package: Package, recipients: Sequence[DocumentRecipient]) -> None:
    # All rows of a kind in one statement each: an act must not grow slow with its recipients.
    now = package.created_at
    deliveries = [
        Delivery(
            package_id=package.id,
            sender_agency_id=package.sender_agency_id,
            recipient_agency_id=r.agency_id,
            receiver_agency_id=r.agency_id,
            position=r.position,
            state_at=now,
            queued_at=now,
            next_attempt_at=now,
        )
        for r in recipients
    ]
    session.add_all(deliveries)
    session.flush()
    session.add_all(
        DeliveryStep(
            delivery_id=d.id, state=d.state, at=now, person_id=actor.person_id, state_by=person_words(actor)
        )
        for d in deliveries
    )


def _words(agencies: int, on_paper: int) -> str:
    return f"Đến {agencies} cơ quan" + (f", {on_paper} nơi nhận gửi giấy" if on_paper else "")
