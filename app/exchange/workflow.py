"""Quy trình của một nơi nhận: states only go forward; one that comes late finds no row and is ignored."""

from __future__ import annotations

from app.core.workflow import Workflow, row
from app.exchange import events, labels, policy
from app.exchange.models import DeliveryState

S = DeliveryState

DELIVERY = Workflow(
    "DELIVERY",
    DeliveryState,
    (
        #   action      from                                          to            who                     must hold  event
        row("arrive", {S.QUEUED}, S.ARRIVED, policy.is_exchange, [], events.DeliveryArrived),
        row("refuse", {S.QUEUED}, S.REFUSED, policy.is_exchange, [], events.DeliveryRefused),
        row("ask", {S.QUEUED}, S.ASKED, policy.is_exchange, [], events.DeliveryArrived),
        row("agree", {S.QUEUED, S.ASKED}, S.AGREED, policy.is_receiver, [], events.DeliveryStateChanged),
        row("decline", {S.QUEUED, S.ASKED}, S.DECLINED, policy.is_receiver, [], events.DeliveryStateChanged),
        row("resend", {S.QUEUED}, None, policy.is_sender_clerk, [], events.DeliveryResent),
        row("return", {S.ARRIVED}, S.REFUSED, policy.is_receiver, [], events.DeliveryRefused),
        row("register", {S.ARRIVED}, S.REGISTERED, policy.is_receiver, [], events.DeliveryStateChanged),
        row(
            "assign",
            {S.ARRIVED, S.REGISTERED},
            S.ASSIGNED,
            policy.is_receiver,
            [],
            events.DeliveryStateChanged,
        ),
        row(
            "progress",
            {S.ARRIVED, S.REGISTERED, S.ASSIGNED},
            S.IN_PROGRESS,
            policy.is_receiver,
            [],
            events.DeliveryStateChanged,
        ),
        row(
            "finish",
            {S.ARRIVED, S.REGISTERED, S.ASSIGNED, S.IN_PROGRESS},
            S.DONE,
            policy.is_receiver,
            [],
            events.DeliveryStateChanged,
        ),
    ),
    labels.DELIVERY,
)


def is_open_to(state: str, action: str) -> bool:
    """Trạng thái này còn nhận thao tác ấy không: false for what comes after something newer."""
    return any(item.action == action and state in item.from_ for item in DELIVERY.rows)
