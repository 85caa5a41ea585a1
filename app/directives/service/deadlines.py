"""Thời hạn của đầu việc: due and soon instants, and when the worker must look again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core import clock, working_days
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.core.working_days import Calendar, calendar
from app.directives.models import WORKING, DeadlineFlag, DirectivePart, FlagStep
from app.directives.queries.conditions import state_in
from app.directives.service import history

_BATCH = 200


def set_due(part: DirectivePart, due_at: datetime | None, calendar: Calendar) -> None:
    """Đặt thời hạn và mốc "sắp đến hạn"."""
    part.due_at = due_at
    part.soon_at = None
    if due_at is not None:
        part.soon_at = working_days.soon_instant(clock.local(part.assigned_at).date(), due_at, calendar)


def plan_flag(part: DirectivePart) -> None:
    """Hẹn lần nhắc kế tiếp: the earliest step not yet raised for this due date, while the lead has work to do."""
    part.next_flag_at = None
    if not part.is_working or part.due_at is None:
        return
    raised = set()
    if part.id is not None:
        raised = set(
            session.scalars(
                select(DeadlineFlag.step).where(
                    DeadlineFlag.part_id == part.id, DeadlineFlag.due_at == part.due_at
                )
            )
        )
    if FlagStep.OVERDUE in raised:
        return
    part.next_flag_at = part.due_at if FlagStep.SOON in raised else part.soon_at


@use_case
def reckon_soon(actor: Actor, *, after_id: int) -> int | None:
    """Tính lại mốc “sắp đến hạn” của một loạt đầu việc; named due dates stay, also when they fall on a holiday now.

    :returns: the id to go on from, ``None`` at the end.
    """
    parts = session.scalars(
        select(DirectivePart)
        .where(
            DirectivePart.id > after_id, state_in(DirectivePart, WORKING), DirectivePart.due_at.is_not(None)
        )
        .order_by(DirectivePart.id)
        .limit(_BATCH)
        .with_for_update()
    ).all()
    now, cal = clock.now(), calendar()
    for part in parts:
        before = part.soon_at
        set_due(part, part.due_at, cal)
        if part.soon_at != before:
            plan_flag(part)
            history.remember(part, now)
    return parts[-1].id if len(parts) == _BATCH else None
