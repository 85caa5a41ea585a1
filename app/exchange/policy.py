"""Quyền trên việc gửi: the sender's clerk resends, the receiver's acts move the state, the exchange carries."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from app.core.actor import Actor
from app.core.records import registry_principal
from app.documents.policy import SCOPE
from app.exchange.models import Delivery

# What still waits after this long, or has failed, is shown to the clerk as "chưa gửi được".
STUCK_AFTER = timedelta(minutes=10)


class Permission(StrEnum):
    """Quyền của gói liên thông."""

    DELIVERY_RESEND = "exchange:delivery:resend"


def is_sender_clerk(actor: Actor, delivery: Delivery) -> bool:
    """Văn thư cơ quan gửi."""
    return actor.agency_id == delivery.sender_agency_id and registry_principal(
        delivery.sender_agency_id
    ) in actor.all_principals(SCOPE)


def is_receiver(actor: Actor, delivery: Delivery) -> bool:
    """Người của cơ quan nhận, hoặc hệ thống làm thay."""
    return actor.is_system or actor.agency_id == delivery.receiver_agency_id


def is_exchange(actor: Actor, delivery: Delivery) -> bool:
    """Hệ thống liên thông."""
    return actor.is_system
