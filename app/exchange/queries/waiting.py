"""Việc gửi còn chờ: what the worker has to carry, and what the clerk must see because it did not go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select, tuple_

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.records import Key, capped
from app.documents.models import Document
from app.exchange.models import Delivery, DeliveryState, Package, Transport
from app.exchange.policy import STUCK_AFTER
from app.org.models import Agency

# A literal, so that the planner can use the partial index of what waits.
_IS_QUEUED = Delivery.state == literal_column(f"'{DeliveryState.QUEUED.value}'")
_IS_LOCAL = Delivery.transport == Transport.LOCAL.value  # the others wait in their partner's queue


def due_deliveries(package_id: int, now: datetime) -> Sequence[int]:
    """Nơi nhận đã đến lượt gửi của một gói tin, theo thứ tự nơi nhận."""
    return session.scalars(
        select(Delivery.id)
        .where(Delivery.package_id == package_id, _IS_QUEUED, _IS_LOCAL, Delivery.next_attempt_at <= now)
        .order_by(Delivery.position, Delivery.id)
    ).all()


def next_attempt(package_id: int) -> datetime | None:
    """Lần gửi kế tiếp của một gói tin, nếu còn."""
    return session.scalar(
        select(Delivery.next_attempt_at)
        .where(
            Delivery.package_id == package_id, _IS_QUEUED, _IS_LOCAL, Delivery.next_attempt_at.is_not(None)
        )
        .order_by(Delivery.next_attempt_at)
        .limit(1)
    )


def is_undelivered(agency_id: int | None, now: datetime) -> ColumnElement[bool]:
    """Chưa gửi được: of this sender, tried in vain or waiting for more than ten minutes."""
    return and_(
        Delivery.sender_agency_id == agency_id,
        _IS_QUEUED,
        or_(Delivery.attempts > 0, Delivery.queued_at <= now - STUCK_AFTER),
    )


def undelivered_count(viewer: Actor) -> Select[int]:
    """Số nơi nhận chưa gửi được của cơ quan, đếm có chặn."""
    return capped(select(Delivery.id).where(is_undelivered(viewer.agency_id, clock.now())))


def undelivered_page(
    viewer: Actor, *, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[Any], Key | None]:
    """Nơi nhận chưa gửi được của cơ quan, chờ lâu trước."""
    statement = (
        select(
            Delivery.id,
            Delivery.queued_at,
            Delivery.attempts,
            Delivery.next_attempt_at,
            Delivery.state_reason,
            Agency.name.label("recipient"),
            Document.id.label("document_id"),
            Document.reference,
            Document.subject,
            Document.urgency,
        )
        .join(Package, Package.id == Delivery.package_id)
        .join(Document, Document.id == Package.document_id)
        .join(Agency, Agency.id == Delivery.recipient_agency_id)
        .where(is_undelivered(viewer.agency_id, clock.now()))
        .order_by(Delivery.queued_at, Delivery.id)
        .limit(limit + 1)
    )
    if after:
        statement = statement.where(
            tuple_(Delivery.queued_at, Delivery.id) > (after.sort_at, after.record_id)
        )
    rows = session.execute(statement).all()
    shown = rows[:limit]
    return shown, Key(shown[-1].queued_at, shown[-1].id) if len(rows) > limit else None
