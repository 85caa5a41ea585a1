"""Gửi văn bản vừa phát hành: package and deliveries, in the transaction that issued it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.events import emit
from app.core.use_case import use_case
from app.documents.models import Document
from app.exchange.events import PackageSent
from app.exchange.models import Delivery, DeliveryStep, Package, Transport
from app.exchange.service.codes import partners_of
from app.exchange.service.outgoing import queue_documents
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
        created_by=person_words(actor),
    )
    session.add(package)
    session.flush()
    queue_package(actor, package, [r.agency_id for r in agencies if r.agency_id is not None])
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


@use_case
def send_more(actor: Actor, document_id: int, agency_ids: Sequence[int]) -> Package | None:
    """Gửi bổ sung: the same package to further recipients; the first ones hear nothing of it."""
    document = session.get_one(Document, document_id)
    package = session.scalar(
        select(Package).where(Package.document_id == document_id).order_by(Package.id.desc()).limit(1)
    )
    if not agency_ids:
        return package
    if package is None:
        return send(actor, document_id)
    queue_package(actor, package, agency_ids)
    emit(
        actor,
        PackageSent(
            kind=document.record_kind,
            record_id=document.id,
            agency_id=document.agency_id,
            package_id=package.id,
            note=f"Bổ sung {_words(len(agency_ids), 0).lower()}",
        ),
    )
    return package


def queue_package(actor: Actor, package: Package, agency_ids: Sequence[int]) -> list[Delivery]:
    """Một việc gửi cho mỗi nơi nhận, by the way it is reached."""
    # All rows of a kind in one statement each: an act must not grow slow with its recipients.
    now, partners = package.created_at, partners_of(agency_ids)
    deliveries = [
        Delivery(
            package_id=package.id,
            sender_agency_id=package.sender_agency_id,
            recipient_agency_id=agency_id,
            receiver_agency_id=agency_id,
            position=position,
            transport=partners[agency_id].transport if agency_id in partners else Transport.LOCAL.value,
            state_at=now,
            queued_at=now,
            next_attempt_at=now,
        )
        for position, agency_id in enumerate(agency_ids)
    ]
    session.add_all(deliveries)
    session.flush()
    session.add_all(
        DeliveryStep(
            delivery_id=d.id, state=d.state, at=now, person_id=actor.person_id, state_by=person_words(actor)
        )
        for d in deliveries
    )
    queue_documents([d for d in deliveries if d.transport != Transport.LOCAL], partners)
    return deliveries


def _words(agencies: int, on_paper: int) -> str:
    return f"Đến {agencies} cơ quan" + (f", {on_paper} nơi nhận gửi giấy" if on_paper else "")
