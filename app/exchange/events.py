"""Sự kiện của liên thông văn bản."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PackageSent(Event):
    """Gửi liên thông: told on the outgoing document."""

    package_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryArrived(Event):
    """Đã đến hệ thống của nơi nhận."""

    delivery_id: int


@dataclass(frozen=True, kw_only=True)
class DeliveryStateChanged(Event):
    """Nơi nhận báo trạng thái xử lý."""

    delivery_id: int


@dataclass(frozen=True, kw_only=True)
class DeliveryRefused(Event):
    """Nơi nhận từ chối tiếp nhận: told on the outgoing document, because somebody must now decide."""

    delivery_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class DeliveryResent(Event):
    """Văn thư gửi lại đến một nơi nhận."""

    delivery_id: int
