"""Nhắc hạn: the worker flags what is due soon and what is overdue, once each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core import working_days
from app.core.actor import Actor
from app.core.db import session
from app.core.events import Event, emit
from app.core.records import post_principal
from app.core.use_case import use_case
from app.directives.events import DirectiveDueSoon, DirectiveOverdue
from app.directives.models import DeadlineFlag, DirectivePart, FlagStep
from app.directives.service import notices
from app.directives.service.deadlines import plan_flag
from app.language.dates import dmy


@use_case
def raise_flag(actor: Actor, part_id: int, now: datetime) -> FlagStep | None:
    """Cắm cờ hạn cho một đầu việc: the flag's key makes it once only, however often the worker asks.

    :returns: the step raised, or ``None`` when nothing was due or another worker was first.
    """
    part = session.scalar(
        select(DirectivePart).where(DirectivePart.id == part_id).with_for_update(skip_locked=True)
    )
    if part is None or part.next_flag_at is None or part.next_flag_at > now or part.due_at is None:
        return None
    # After an outage only the step that is true now is told: "due soon" about an overdue part would be nonsense.
    step = FlagStep.OVERDUE if now >= part.due_at else FlagStep.SOON
    first = session.execute(
        insert(DeadlineFlag)
        .values(part_id=part.id, step=step.value, due_at=part.due_at, raised_at=now)
        .on_conflict_do_nothing()
        .returning(DeadlineFlag.part_id)
    ).first()
    plan_flag(part)
    if first is None:
        return None
    _tell(actor, part, step, part.due_at)
    return step


def _tell(actor: Actor, part: DirectivePart, step: FlagStep, due_at: datetime) -> None:
    event: type[DirectiveDueSoon | DirectiveOverdue] = (
        DirectiveOverdue if step == FlagStep.OVERDUE else DirectiveDueSoon
    )
    told: Event = event(
        kind=int(part.record_kind),
        record_id=part.id,
        agency_id=part.agency_id,
        due_at=due_at,
        lead_agency_id=part.lead_agency_id,
    )
    emit(actor, told)
    day = dmy(working_days.due_day(due_at))
    words = f"Quá hạn (hạn {day})" if step == FlagStep.OVERDUE else f"Sắp đến hạn {day}"
    notices.tell(
        part,
        words,
        (*notices.lead_side(part), post_principal(part.assigner_post_id)),
        key=f"directives.flag:{part.id}:{step.value}:{due_at.isoformat()}",
    )


def due_to_flag(now: datetime, *, limit: int) -> list[int]:
    """Các đầu việc đến lúc phải nhắc, cũ trước; reads only what is due through its own index."""
    return list(
        session.scalars(
            select(DirectivePart.id)
            .where(DirectivePart.next_flag_at.is_not(None), DirectivePart.next_flag_at <= now)
            .order_by(DirectivePart.next_flag_at, DirectivePart.id)
            .limit(limit)
        )
    )
