"""Thư đã để riêng: the clerk tries again, or declines and the sender hears why."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, WrongState
from app.core.events import emit, queue
from app.core.records import RecordKind
from app.core.use_case import touch, use_case
from app.exchange.events import InboundQueued, LetterDeclined, LetterRetried
from app.exchange.models import Inbound, InboundState, MessageKind
from app.exchange.policy import is_clerk_of
from app.exchange.service.statuses import tell_refusal


@use_case
def retry_letter(actor: Actor, inbound_id: int) -> Inbound:
    """Thử lại một thư đã để riêng."""
    inbound = _own(actor, inbound_id)
    inbound.state, inbound.attempts = InboundState.RECEIVED.value, 0
    inbound.state_at = clock.now()
    touch(inbound)
    queue(InboundQueued(kind=int(RecordKind.PACKAGE), record_id=inbound.id))
    emit(
        actor,
        LetterRetried(
            kind=int(RecordKind.AGENCY),
            record_id=inbound.agency_id or 0,
            agency_id=inbound.agency_id,
            inbound_id=inbound.id,
        ),
    )
    return inbound


@use_case
def decline_letter(actor: Actor, inbound_id: int, reason: str) -> Inbound:
    """Từ chối một thư đã để riêng, có phản hồi: 02 with the reason goes to the sender."""
    inbound = _own(actor, inbound_id)
    inbound.state, inbound.state_at, inbound.error = InboundState.REFUSED.value, clock.now(), reason
    touch(inbound)
    if inbound.kind == MessageKind.DOCUMENT:
        tell_refusal(actor, inbound, reason)
    emit(
        actor,
        LetterDeclined(
            kind=int(RecordKind.AGENCY),
            record_id=inbound.agency_id or 0,
            agency_id=inbound.agency_id,
            inbound_id=inbound.id,
            note=reason,
        ),
    )
    return inbound


def _own(actor: Actor, inbound_id: int) -> Inbound:
    inbound = session.get(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    if inbound is None or not is_clerk_of(actor, inbound.agency_id):
        raise NotFound
    if inbound.state != InboundState.QUARANTINED:
        raise WrongState("Thư này không còn để riêng. Hãy tải lại trang để xem tình trạng mới nhất.")
    return inbound
