"""Sự kiện của liên thông văn bản."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Effect, Event


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


@dataclass(frozen=True, kw_only=True)
class PartnerQueued(Effect):
    """Có thư chờ gửi cho một đối tác (record_id)."""


@dataclass(frozen=True, kw_only=True)
class InboundQueued(Effect):
    """Có thư vừa nhận chờ xử lý (record_id)."""


@dataclass(frozen=True, kw_only=True)
class LetterConflicted(Event):
    """Mã thư đã nhận quay lại với nội dung khác."""

    inbound_id: int


@dataclass(frozen=True, kw_only=True)
class SecretLetterRefused(Event):
    """Từ chối thư mang dấu độ mật; only ids are told."""

    inbound_id: int


@dataclass(frozen=True, kw_only=True)
class LetterQuarantined(Event):
    """Để riêng một thư không đọc được."""

    inbound_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class LetterRetried(Event):
    """Thử lại một thư đã để riêng."""

    inbound_id: int


@dataclass(frozen=True, kw_only=True)
class LetterDeclined(Event):
    """Từ chối một thư đã để riêng, có phản hồi."""

    inbound_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class RecallAsked(Event):
    """Nơi gửi yêu cầu thu hồi, cập nhật hoặc thay thế: told on the incoming document."""

    note: str


@dataclass(frozen=True, kw_only=True)
class RecallAnswered(Event):
    """Nơi nhận đồng ý hoặc từ chối yêu cầu của nơi gửi: told on the incoming document."""

    note: str


@dataclass(frozen=True, kw_only=True)
class RecallSent(Event):
    """Gửi yêu cầu thu hồi, cập nhật hoặc thay thế: told on the outgoing document."""

    package_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PartnerSaved(Event):
    """Lưu đối tác liên thông."""

    partner_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PartnerSuspended(Event):
    """Tạm dừng liên thông với một đối tác."""

    partner_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PartnerResumed(Event):
    """Liên thông trở lại với một đối tác."""

    partner_id: int
    note: str
