"""Việc gửi đã dừng: a person looks at it and lets it run again."""

from __future__ import annotations

from app.core import outbox
from app.core.actor import Actor
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.notifications import queries
from app.notifications.events import EffectResent


@use_case
def resend_effect(actor: Actor, outbox_id: int) -> None:
    """Cho chạy lại một việc gửi đã dừng.

    :raises NotFound: none such in what this administrator watches.
    """
    found = queries.parked_effect(outbox_id, viewer=actor)
    outbox.resend(found.id)
    emit(
        actor,
        EffectResent(
            kind=RecordKind.AGENCY,
            record_id=actor.agency_id or 0,
            agency_id=actor.agency_id,
            outbox_id=found.id,
        ),
    )
