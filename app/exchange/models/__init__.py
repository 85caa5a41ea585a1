"""Bảng dữ liệu của liên thông."""

from app.exchange.models.delivery import (
    BusinessType,
    Delivery,
    DeliveryState,
    DeliveryStep,
    Package,
    Transport,
)
from app.exchange.models.message import Inbound, InboundState, Message, MessageKind, MessageState
from app.exchange.models.partner import Partner, PartnerAgency, PartnerKey, PartnerState, Purpose
from app.exchange.models.request import Request, RequestState

__all__ = [
    "BusinessType",
    "Delivery",
    "DeliveryState",
    "DeliveryStep",
    "Inbound",
    "InboundState",
    "Message",
    "MessageKind",
    "MessageState",
    "Package",
    "Partner",
    "PartnerAgency",
    "PartnerKey",
    "PartnerState",
    "Purpose",
    "Request",
    "RequestState",
    "Transport",
]
