"""Thang nhắc hạn: the worker climbs it step by step, each step once for each due date, from the person to the leader."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core import working_days
from app.core.actor import Actor
from app.core.db import session
from app.core.events import emit
from app.core.records import leadership_principal, post_principal
from app.core.use_case import use_case
from app.directives import events, policy
from app.directives.models import DeadlineFlag, DirectivePart, FlagStep
from app.directives.service import history, notices
from app.directives.service.deadlines import is_silent, plan_flag, silent_at, steps_of
from app.directives.workflow import DIRECTIVE
from app.language.dates import dmy

_EVENTS: dict[
    FlagStep,
    type[
        events.DirectiveDueSoon
        | events.DirectiveDueToday
        | events.DirectiveOverdue
        | events.DirectiveStillOverdue
    ],
] = {
    FlagStep.SOON: events.DirectiveDueSoon,
    FlagStep.TODAY: events.DirectiveDueToday,
    FlagStep.OVERDUE: events.DirectiveOverdue,
    FlagStep.STILL_OVERDUE: events.DirectiveStillOverdue,
}
_WORDS = {
    FlagStep.SOON: "Sắp đến hạn {}",
    FlagStep.TODAY: "Đến hạn hôm nay {}",
    FlagStep.OVERDUE: "Quá hạn (hạn {})",
    FlagStep.STILL_OVERDUE: "Vẫn quá hạn (hạn {})",
}


@use_case
def raise_flag(actor: Actor, part_id: int, now: datetime) -> FlagStep | None:
    """Cắm cờ hạn cho một đầu việc: the flag's key makes it once only, however often the worker asks.

    :returns: the step raised, or ``None`` when nothing was due or another worker was first.
    """
    part = session.scalar(
        select(DirectivePart).where(DirectivePart.id == part_id).with_for_update(skip_locked=True)
    )
    if part is None or part.next_flag_at is None or part.next_flag_at > now:
        return None
    if is_silent(part) and silent_at(part) <= now:
        _take_silently(actor, part, now)
    # After an outage only the step that is true now is told: "due soon" about an overdue part would be nonsense.
    reached = [step for step, at in steps_of(part) if at <= now]
    first = None
    if reached and part.due_at is not None:
        first = session.execute(
            insert(DeadlineFlag)
            .values(part_id=part.id, step=reached[-1].value, due_at=part.due_at, raised_at=now)
            .on_conflict_do_nothing()
            .returning(DeadlineFlag.part_id)
        ).first()
    plan_flag(part)
    if first is None or part.due_at is None:
        return None
    _tell(actor, part, reached[-1], part.due_at)
    return reached[-1]


def _take_silently(actor: Actor, part: DirectivePart, now: datetime) -> None:
    """Silence counts as accepted; who received it stays empty, so that the page can say so."""
    DIRECTIVE.move(actor, part, "take_silently")
    history.remember(part, now)


def _tell(actor: Actor, part: DirectivePart, step: FlagStep, due_at: datetime) -> None:
    emit(
        actor,
        _EVENTS[step](
            kind=int(part.record_kind),
            record_id=part.id,
            agency_id=part.agency_id,
            due_at=due_at,
            lead_agency_id=part.lead_agency_id,
        ),
    )
    notices.tell(
        part,
        _WORDS[step].format(dmy(working_days.due_day(due_at))),
        _told(part, step),
        key=f"directives.flag:{part.id}:{step.value}:{due_at.isoformat()}",
    )


def _told(part: DirectivePart, step: FlagStep) -> tuple[int, ...]:
    """Ai được nhắc ở bậc này: who does the work, then his head, then the leader in charge."""
    doing = policy.assignees_of(part) or policy.desk_of(part.lead_agency_id)
    if step == FlagStep.SOON:
        return doing
    if step == FlagStep.TODAY:
        return *doing, *policy.followers_of(part)
    if step == FlagStep.OVERDUE:
        return *notices.lead_side(part), post_principal(part.assigner_post_id)
    return (
        leadership_principal(part.lead_agency_id),
        *notices.assigning_side(part),
        *policy.desk_of(part.assigning_agency_id),
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
