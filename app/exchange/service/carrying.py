"""Chuyển gói tin: each recipient in its own use case, so that one that fails neither stops nor undoes the others."""

from __future__ import annotations

import logging
import random
from datetime import datetime, timedelta

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.errors import DomainError
from app.core.records import RecordKind, registry_principal
from app.core.use_case import use_case
from app.exchange import queries
from app.exchange.models import BusinessType, Delivery, DeliveryState
from app.exchange.policy import STUCK_AFTER
from app.exchange.service.steps import advance, refuse, write
from app.exchange.service.transports import TRANSPORTS
from app.exchange.workflow import is_open_to
from app.notifications.service import notice

log = logging.getLogger("office.exchange")

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
_MOST_ATTEMPTS = 100  # about a day; then it waits for the clerk


def carry(package_id: int) -> datetime | None:
    """Chuyển một gói tin đến mọi nơi nhận đang đến lượt.

    :returns: when something of it is due again, ``None`` when nothing is left to try.
    """
    for delivery_id in queries.due_deliveries(package_id, clock.now()):
        try:
            deliver(SYSTEM, delivery_id)
        except Exception as problem:
            log.exception("delivery %s failed", delivery_id)
            note_failure(SYSTEM, delivery_id, _sentence(problem))
    again = queries.next_attempt(package_id)
    # A row that another worker holds is still due: look again a little later, not at once.
    return max(again, clock.now() + _FIRST_WAIT) if again else None


@use_case
def deliver(actor: Actor, delivery_id: int) -> None:
    """Chuyển đến một nơi nhận: nothing happens when it has arrived already or another worker is at it."""
    delivery = _waiting(delivery_id)
    if delivery is None:
        return
    outcome = TRANSPORTS[delivery.transport](actor, delivery)
    delivery.attempts += 1
    delivery.next_attempt_at = None
    if outcome.refusal:
        refuse(actor, delivery, "refuse", outcome.refusal)
        return
    delivery.receiver_agency_id = outcome.receiver_agency_id
    delivery.recipient_document_id = outcome.document_id
    is_new = delivery.package.business_type == BusinessType.NEW
    if is_open_to(delivery.state, "arrive" if is_new else "ask"):  # an answer may have come at once
        advance(actor, delivery, "arrive" if is_new else "ask", reason=outcome.note)


def _waiting(delivery_id: int) -> Delivery | None:
    found = session.get(Delivery, delivery_id, with_for_update={"skip_locked": True}, populate_existing=True)
    return found if found is not None and found.state == DeliveryState.QUEUED else None


@use_case
def note_failure(actor: Actor, delivery_id: int, sentence: str) -> None:
    """Ghi một lần gửi không được, hẹn lần sau."""
    delivery = _waiting(delivery_id)
    if delivery is None:
        return
    now = clock.now()
    delivery.attempts += 1
    delivery.next_attempt_at = now + _wait(delivery.attempts) if delivery.attempts < _MOST_ATTEMPTS else None
    if delivery.state_reason != sentence:
        write(actor, delivery, sentence)
    if now - delivery.queued_at >= STUCK_AFTER:
        document = delivery.package.document
        notice(
            kind=RecordKind.OUTGOING,
            record_id=document.id,
            words=f"Chưa gửi được {document.reference} đến mọi nơi nhận: {document.subject}",
            principals=[registry_principal(delivery.sender_agency_id)],
            key=f"package:{delivery.package_id}:stuck",
        )


def _wait(attempts: int) -> timedelta:
    planned = min(_FIRST_WAIT * 3.0 ** min(attempts - 1, 6), _LONGEST_WAIT)
    return planned * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret


def _sentence(problem: Exception) -> str:
    if isinstance(problem, DomainError):
        return problem.sentence
    return f"Hệ thống gặp lỗi khi chuyển ({type(problem).__name__}). Nếu kéo dài, hãy báo quản trị hệ thống."
