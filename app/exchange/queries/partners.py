"""Đối tác, thư để riêng và yêu cầu của nơi gửi, cho các trang."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from app.core import limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import Key, capped
from app.documents.models import Direction, Document
from app.exchange.models import (
    Inbound,
    InboundState,
    Message,
    MessageState,
    Package,
    Partner,
    PartnerAgency,
    PartnerKey,
    Request,
    RequestState,
)
from app.org.models import Agency, AgencyIdentifier, AgencySuccessor


def partners(viewer: Actor) -> Sequence[Any]:
    """Đối tác mà người này quản trị, with what waits and what is set apart."""
    waiting = (
        select(func.count())
        .select_from(Message)
        .where(Message.partner_id == Partner.id, Message.state == MessageState.WAITING.value)
        .scalar_subquery()
    )
    apart = (
        select(func.count())
        .select_from(Inbound)
        .where(Inbound.partner_id == Partner.id, Inbound.state == InboundState.QUARANTINED.value)
        .scalar_subquery()
    )
    return session.execute(
        select(Partner, waiting.label("waiting"), apart.label("apart"))
        .where(Partner.agency_id == viewer.agency_id)
        .order_by(Partner.name, Partner.id)
    ).all()


def partner(partner_id: int, *, viewer: Actor) -> Partner:
    """Một đối tác.

    :raises NotFound: none, or another administrator's.
    """
    found = session.get(Partner, partner_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found


def partner_keys(partner_id: int) -> Sequence[PartnerKey]:
    """Các khóa đã ghim, đang dùng trước."""
    return session.scalars(
        select(PartnerKey)
        .where(PartnerKey.partner_id == partner_id)
        .order_by(PartnerKey.until.is_not(None), PartnerKey.id.desc())
    ).all()


def partner_agencies(partner_id: int) -> Sequence[Any]:
    """Cơ quan ở đối tác, mọi mã từng có và cơ quan kế thừa."""
    codes = (
        select(func.string_agg(AgencyIdentifier.code, ", "))
        .where(AgencyIdentifier.agency_id == Agency.id)
        .scalar_subquery()
    )
    heir = Agency.__table__.alias("heir")
    successor = (
        select(func.string_agg(heir.c.name, "; "))
        .select_from(AgencySuccessor.__table__.join(heir, heir.c.id == AgencySuccessor.successor_id))
        .where(AgencySuccessor.agency_id == Agency.id)
        .scalar_subquery()
    )
    return session.execute(
        select(
            Agency.id,
            Agency.code,
            Agency.name,
            Agency.valid_from,
            Agency.valid_to,
            codes.label("codes"),
            successor.label("successor"),
        )
        .join(PartnerAgency, PartnerAgency.agency_id == Agency.id)
        .where(PartnerAgency.partner_id == partner_id)
        .order_by(Agency.sort, Agency.id)
        .limit(500)
    ).all()


def quarantined_count(viewer: Actor) -> Select[int]:
    """Số thư đang để riêng của cơ quan."""
    return capped(
        select(Inbound.id).where(
            Inbound.agency_id == viewer.agency_id, Inbound.state == InboundState.QUARANTINED.value
        )
    )


def quarantined_page(
    viewer: Actor, *, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[Inbound], Key | None]:
    """Thư đang để riêng của cơ quan, cũ trước."""
    statement = (
        select(Inbound)
        .where(Inbound.agency_id == viewer.agency_id, Inbound.state == InboundState.QUARANTINED.value)
        .order_by(Inbound.state_at, Inbound.id)
        .limit(limit + 1)
    )
    if after:
        statement = statement.where(tuple_(Inbound.state_at, Inbound.id) > (after.sort_at, after.record_id))
    rows = session.scalars(statement).all()
    shown = rows[:limit]
    return shown, Key(shown[-1].state_at, shown[-1].id) if len(rows) > limit else None


def quarantined(inbound_id: int, *, viewer: Actor) -> Inbound:
    """Một thư đang để riêng của cơ quan."""
    found = session.get(Inbound, inbound_id)
    if found is None or found.agency_id != viewer.agency_id or found.state != InboundState.QUARANTINED:
        raise NotFound
    return found


def requests_of(document_id: int) -> Sequence[Request]:
    """Yêu cầu của nơi gửi về một văn bản đến, mới trước."""
    return session.scalars(
        select(Request).where(Request.document_id == document_id).order_by(Request.id.desc()).limit(20)
    ).all()


def request(request_id: int, *, viewer: Actor) -> Request:
    """Một yêu cầu của nơi gửi, tại cơ quan của người xem."""
    found = session.get(Request, request_id)
    if found is None or found.agency_id != viewer.agency_id or found.state != RequestState.ASKED:
        raise NotFound
    return found


def recallable(document_id: int, *, viewer: Actor) -> Document:
    """Văn bản đi đã gửi liên thông của cơ quan."""
    found = session.scalar(
        select(Document)
        .join(Package, Package.document_id == Document.id)
        .where(
            Document.id == document_id,
            Document.agency_id == viewer.agency_id,
            Document.direction == Direction.OUTGOING.value,
            Package.business_type == 0,
        )
    )
    if found is None:
        raise NotFound
    return found


def replacements_for(document: Document) -> Sequence[Any]:
    """Văn bản đã phát hành gần đây có thể thay thế văn bản này."""
    return session.execute(
        select(Document.id, Document.reference, Document.subject)
        .where(
            Document.agency_id == document.agency_id,
            Document.direction == Direction.OUTGOING.value,
            Document.registered_at.is_not(None),
            Document.id != document.id,
        )
        .order_by(Document.sort_at.desc(), Document.id.desc())
        .limit(50)
    ).all()
