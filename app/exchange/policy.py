"""Quyền trên việc gửi: the sender's clerk resends, the receiver's acts move the state, the exchange carries."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from app.core.actor import Actor
from app.core.errors import NotAllowed, StaleVersion, WrongState
from app.core.records import registry_principal
from app.documents.policy import SCOPE
from app.exchange.models import Delivery, Request, RequestState

# What still waits after this long, or has failed, is shown to the clerk as "chưa gửi được".
STUCK_AFTER = timedelta(minutes=10)


class Permission(StrEnum):
    """Quyền của gói liên thông."""

    DELIVERY_RECALL = "exchange:delivery:recall"
    DELIVERY_RESEND = "exchange:delivery:resend"
    LETTER_SETTLE = "exchange:letter:settle"
    PARTNER_MANAGE = "exchange:partner:manage"
    REQUEST_ANSWER = "exchange:request:answer"


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


def is_clerk_of(actor: Actor, agency_id: int | None) -> bool:
    """Văn thư của một cơ quan."""
    return (
        agency_id is not None
        and actor.agency_id == agency_id
        and registry_principal(agency_id) in actor.all_principals(SCOPE)
    )


def check_answer(actor: Actor, request: Request, version: int | None) -> None:
    """Chỉ văn thư nơi nhận trả lời một yêu cầu, và một lần."""
    if not is_clerk_of(actor, request.agency_id):
        raise NotAllowed("Chỉ văn thư cơ quan được trả lời yêu cầu của nơi gửi.")
    if request.state != RequestState.ASKED:
        raise WrongState("Yêu cầu này đã được trả lời. Hãy tải lại trang để xem kết quả.")
    if version is not None and version != request.version:
        raise StaleVersion
