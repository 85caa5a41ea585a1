"""Ghi nhật ký: fills the recorder port of ``core.events``."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from app.audit.models import AuditEntry
from app.core.actor import Actor
from app.core.db import session
from app.core.events import Changes, Event, to_json

_COMMON = ("kind", "record_id", "agency_id")


def record(actor: Actor, event: Event, at: datetime, changes: Changes) -> int:
    """Ghi một sự kiện vào nhật ký, trong giao dịch đang chạy.

    :returns: 0; the entry gets its number when the transaction is flushed.
    """
    acting_for = actor.acting_for
    session.add(
        AuditEntry(
            at=at,
            person_id=actor.person_id,
            post_id=actor.post_id,
            agency_id=actor.agency_id,
            acting_for_person_id=acting_for.person_id if acting_for else None,
            acting_for_post_id=acting_for.post_id if acting_for else None,
            ip=actor.ip,
            request_id=actor.request_id,
            event=type(event).__name__,
            kind=int(event.kind),
            record_id=event.record_id,
            record_agency_id=event.agency_id,
            data={k: v for k, v in to_json(event).items() if k not in _COMMON},
            changes={field: [_plain(before), _plain(after)] for field, (before, after) in changes.items()},
        )
    )
    return 0


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
