"""Nơi nhận của một văn bản đi: how far each has come, what needs a look first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.db import session
from app.core.working_days import Calendar, calendar
from app.documents.models import Document
from app.exchange.models import Delivery, DeliveryState, Package
from app.exchange.policy import STUCK_AFTER
from app.org.models import Agency

_TAKEN = (DeliveryState.REGISTERED, DeliveryState.ASSIGNED, DeliveryState.IN_PROGRESS, DeliveryState.DONE)
_IN_HAND = (DeliveryState.ASSIGNED, DeliveryState.IN_PROGRESS)
_ALL_SHOWN = 12  # up to here a list needs no folding
_SHOWN = 8


class Standing(IntEnum):
    """Mức cần để ý của một nơi nhận; the order of the list."""

    STUCK = 0  # chưa gửi được
    REFUSED = 1
    LATE = 2  # đã đến, quá một ngày làm việc chưa vào sổ
    ON_COURSE = 3
    DONE = 4
    PAPER = 5


@dataclass(frozen=True)
class Recipient:
    """Một nơi nhận: name as addressed, who got it in its place, state, when, by whom, why."""

    name: str
    standing: Standing
    state: str = ""
    at: datetime | None = None
    by: str = ""
    reason: str = ""
    business: int = 0  # a recall, an update, a replacement asked of this recipient


@dataclass(frozen=True)
class Recipients:
    """Mọi nơi nhận của một văn bản, những nơi cần để ý trước."""

    rows: Sequence[Recipient]
    shown: int

    @property
    def first(self) -> Sequence[Recipient]:
        """Phần luôn hiện."""
        return self.rows[: self.shown]

    @property
    def rest(self) -> Sequence[Recipient]:
        """Phần gấp lại."""
        return self.rows[self.shown :]

    def count(self, *standings: Standing) -> int:
        """Số nơi nhận ở các mức này."""
        return sum(r.standing in standings for r in self.rows)

    @property
    def taken(self) -> int:
        """Số nơi đã tiếp nhận, dù đã làm đến đâu."""
        return sum(r.state in _TAKEN for r in self.rows)

    @property
    def in_hand(self) -> int:
        """Số nơi đang xử lý."""
        return sum(r.state in _IN_HAND for r in self.rows)


def recipients_of(document: Document) -> Recipients | None:
    """Nơi nhận của một văn bản đi đã phát hành mà người xem được biết (the caller has loaded it with its recipients).

    :returns: nothing while it has not been issued.
    """
    if document.registered_at is None:
        return None
    now = clock.now()
    found = _deliveries(document.id)
    paper = [r.name for r in document.recipients if r.agency_id is None]
    # Only what has lain overnight can be late, so the holidays are rarely asked for.
    overnight = any(
        r.state == DeliveryState.ARRIVED and clock.local(r.state_at).date() < clock.today() for r in found
    )
    days = calendar() if overnight else Calendar()
    rows = [_recipient(r, now, days) for r in found] + [Recipient(name, Standing.PAPER) for name in paper]
    rows.sort(key=lambda r: (r.standing, r.state, r.at or now))
    return Recipients(rows, shown=len(rows) if len(rows) <= _ALL_SHOWN else _SHOWN)


def _deliveries(document_id: int) -> Sequence[Any]:
    receiver = aliased(Agency)
    return session.execute(
        select(
            Delivery.state,
            Delivery.state_at,
            Delivery.state_by,
            Delivery.state_reason,
            Delivery.queued_at,
            Delivery.attempts,
            Package.business_type,
            Agency.name.label("recipient"),
            receiver.name.label("receiver"),
        )
        .join(Package, Package.id == Delivery.package_id)
        .join(Agency, Agency.id == Delivery.recipient_agency_id)
        .join(receiver, receiver.id == Delivery.receiver_agency_id)
        .where(Package.document_id == document_id)
        .order_by(Delivery.position, Delivery.id)
    ).all()


def _recipient(row: Any, now: datetime, days: Calendar) -> Recipient:
    name = row.recipient if row.receiver == row.recipient else f"{row.recipient} → {row.receiver}"
    return Recipient(
        name,
        _standing(row, now, days),
        row.state,
        row.state_at,
        row.state_by,
        row.state_reason,
        row.business_type,
    )


def _standing(row: Any, now: datetime, days: Calendar) -> Standing:
    if row.state in (DeliveryState.REFUSED, DeliveryState.DECLINED):
        return Standing.REFUSED
    if row.state == DeliveryState.QUEUED and (row.attempts or now - row.queued_at >= STUCK_AFTER):
        return Standing.STUCK
    if row.state == DeliveryState.ARRIVED and _is_late(row.state_at, now, days):
        return Standing.LATE
    return Standing.DONE if row.state in (DeliveryState.DONE, DeliveryState.AGREED) else Standing.ON_COURSE


def _is_late(arrived_at: datetime, now: datetime, days: Calendar) -> bool:
    # To be registered the same day, at the latest the next working day (NĐ 30/2020 Đ22).
    return days.between(clock.local(arrived_at).date(), clock.local(now).date()) > 1
