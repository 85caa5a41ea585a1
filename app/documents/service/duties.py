"""Nhắc việc chậm của văn bản đến: same-day duties in office hours, deadlines of parts. Told once, never stored as a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert

from app.core import clock, office_hours
from app.core.actor import Actor
from app.core.db import session
from app.core.events import emit
from app.core.records import (
    RecordKind,
    office_principal,
    post_principal,
    principals_of,
    registry_principal,
)
from app.core.use_case import use_case
from app.core.working_days import Calendar, calendar
from app.documents import events, labels
from app.documents.models import Document, Duty, DutyFlag, Handling, IncomingState, Source, Urgency
from app.documents.queries import duties as queries
from app.documents.service.course import named
from app.notifications.service import notice

# "Ngay": what an urgent document allows before its delay is told.
_URGENT = timedelta(hours=1)
_MOST = 1_000


@dataclass(frozen=True)
class Late:
    """Một việc đến lúc phải nhắc."""

    document_id: int
    duty: Duty
    due_at: datetime
    handling_id: int | None = None


def due_to_tell(now: datetime) -> list[Late]:
    """Mọi việc đến lúc phải nhắc mà chưa nhắc."""
    cal = calendar()
    found = list(_queues(now, cal))
    for rows, duty in (
        (queries.late_parts(now, limit=_MOST), Duty.HANDLE),
        (queries.near_parts(now, limit=_MOST), Duty.SOON),
    ):
        found += [Late(r.document_id, duty, r.due_at, r.id) for r in rows]
    return found


def _queues(now: datetime, cal: Calendar) -> Iterator[Late]:
    before = now - _URGENT
    for state, duty in (
        (IncomingState.WAITING, Duty.ACKNOWLEDGE),
        (IncomingState.WAITING, Duty.REGISTER),
        (IncomingState.REGISTERED, Duty.PRESENT),
    ):
        for row in queries.in_queue(state.value, duty, before, limit=_MOST):
            if duty == Duty.ACKNOWLEDGE and row.source != Source.EXCHANGE:
                continue
            due = due_of_duty(duty, row.arrived_at, row.urgency, cal)
            if due <= now:
                yield Late(row.id, duty, due)


def due_of_duty(duty: Duty, arrived_at: datetime, urgency: int, cal: Calendar) -> datetime:
    """Lúc chậm nhất của một việc: acknowledged the same day; registered, presented by the end of the next working day at
    latest; what is urgent at once (NĐ 30/2020 Đ4, Đ21–23). A day is counted from office hours.
    """
    if duty != Duty.ACKNOWLEDGE and urgency > Urgency.NORMAL:
        return office_hours.after(arrived_at, _URGENT, cal)
    return office_hours.day_end(arrived_at, cal, more_days=0 if duty == Duty.ACKNOWLEDGE else 1)


@use_case
def tell_late(actor: Actor, late: Late) -> bool:
    """Nhắc việc chậm, sắp đến hạn: marks it and tells whoever has the duty and whoever watches it.

    :returns: whether this call told it.
    """
    marked = session.execute(
        insert(DutyFlag)
        .values(
            document_id=late.document_id,
            handling_id=late.handling_id,
            duty=late.duty.value,
            due_at=late.due_at,
            at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(DutyFlag.id)
    ).first()
    document = session.get(Document, late.document_id)
    if marked is None or document is None:
        return False
    words = labels.DUTIES[late.duty.value]
    notice(
        kind=RecordKind.INCOMING,
        record_id=document.id,
        words=f"Văn bản {words}: {named(document)}",
        principals=_told(document, late),
        urgent=document.urgency == Urgency.MOST_URGENT,
    )
    emit(
        actor,
        events.DutyReportedLate(
            kind=document.record_kind, record_id=document.id, agency_id=document.agency_id, note=words
        ),
    )
    return True


def _told(document: Document, late: Late) -> Sequence[int]:
    if document.is_restricted:
        return principals_of(RecordKind.INCOMING, document.id, reason="registry")
    office = office_principal(document.agency_id)
    if late.handling_id is None:
        return [registry_principal(document.agency_id), office]
    handling = session.get_one(Handling, late.handling_id)
    holder = handling.principal
    return (
        [holder] if late.duty == Duty.SOON else [holder, post_principal(handling.assigned_by_post_id), office]
    )
