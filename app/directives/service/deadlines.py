"""Thời hạn của đầu việc: due and soon instants, and when the worker must look again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core import clock, working_days
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.use_case import use_case
from app.core.working_days import Calendar, calendar, due_day
from app.directives.models import WORKING, DeadlineFlag, DirectivePart, FlagStep
from app.directives.queries.conditions import state_in
from app.directives.service import history
from app.language.dates import dmy

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


def check_within(part: DirectivePart, due_at: datetime) -> None:
    """Hạn không vượt quá hạn cấp trên giao, cũng không muộn hơn hạn của nhiệm vụ cha.

    :raises Violations: it does, with the date it may not pass.
    """
    directive = part.directive
    above = directive.external_due_at
    if above is not None and due_at > above:
        raise Violations(
            [
                Violation(
                    "due",
                    f"Cấp trên giao hạn {dmy(due_day(above))}, cơ quan không tự gia hạn quá ngày đó. "
                    "Hãy chọn ngày sớm hơn, hoặc báo cáo đề nghị cấp trên.",
                )
            ]
        )
    if directive.parent_part_id is not None:
        check_child_due(session.get_one(DirectivePart, directive.parent_part_id), due_at)


def check_child_due(parent: DirectivePart, due_at: datetime | None) -> None:
    """Hạn của nhiệm vụ con không muộn hơn hạn của nhiệm vụ cha.

    :raises Violations: it is later, or is missing where the parent has one.
    """
    if parent.due_at is None or (due_at is not None and due_at <= parent.due_at):
        return
    raise Violations(
        [
            Violation(
                "due",
                f"Nhiệm vụ {parent.code} có hạn {dmy(due_day(parent.due_at))}; việc giao tiếp từ nhiệm vụ đó phải có hạn không "
                "muộn hơn ngày này. Nếu cần thêm thời gian, hãy đề nghị gia hạn nhiệm vụ đó trước.",
            )
        ]
    )


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
