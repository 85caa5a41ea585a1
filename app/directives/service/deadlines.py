"""Thời hạn của đầu việc: due and soon instants, and when the worker must look again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core import clock, limits, working_days
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.use_case import use_case
from app.core.working_days import Calendar, calendar, due_day, due_instant
from app.directives.models import WORKING, DeadlineFlag, DirectivePart, FlagStep, PartState
from app.directives.queries.conditions import state_in
from app.directives.service import history
from app.directives.workflow import last_day_of_lead_change
from app.language.dates import dmy

_BATCH = 200


def set_due(part: DirectivePart, due_at: datetime | None, calendar: Calendar) -> None:
    """Đặt thời hạn và mốc "sắp đến hạn"."""
    part.due_at = due_at
    part.soon_at = None
    if due_at is not None:
        part.soon_at = working_days.soon_instant(clock.local(part.assigned_at).date(), due_at, calendar)


def steps_of(part: DirectivePart) -> list[tuple[FlagStep, datetime]]:
    """Các bậc nhắc của đầu việc và mốc của mỗi bậc, từ sớm đến muộn."""
    if part.due_at is None or part.soon_at is None:
        return []
    day = due_day(part.due_at)
    found = [(FlagStep.SOON, part.soon_at)]
    if clock.instant(day) > part.soon_at:
        found.append((FlagStep.TODAY, clock.instant(day)))
    found.append((FlagStep.OVERDUE, part.due_at))
    again = working_days.shown_calendar().add(day, limits.STILL_OVERDUE_DAYS)
    return [*found, (FlagStep.STILL_OVERDUE, max(part.due_at, clock.instant(again)))]


def plan_flag(part: DirectivePart) -> None:
    """Hẹn lần nhắc kế tiếp: the earliest step above those raised for this due date, while the lead has work to do; or the
    instant from which silence counts as accepted.
    """
    part.next_flag_at = None
    if not part.is_working:
        return
    steps = steps_of(part)
    raised = _raised(part) if steps and part in session else frozenset()
    reached = max((n for n, (step, _at) in enumerate(steps) if step in raised), default=-1)
    due = [at for _step, at in steps[reached + 1 : reached + 2]]
    if is_silent(part):
        due.append(silent_at(part))
    part.next_flag_at = min(due, default=None)


def _raised(part: DirectivePart) -> frozenset[str]:
    return frozenset(
        session.scalars(
            select(DeadlineFlag.step).where(
                DeadlineFlag.part_id == part.id, DeadlineFlag.due_at == part.due_at
            )
        )
    )


def is_silent(part: DirectivePart) -> bool:
    """Cơ quan chủ trì chưa tiếp nhận, cũng không đề nghị điều chỉnh."""
    return part.state == PartState.ASSIGNED and not part.is_lead_change_pending


def silent_at(part: DirectivePart) -> datetime:
    """Mốc từ đó im lặng được coi là đã nhận."""
    return due_instant(last_day_of_lead_change(part))


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
        plan_flag(part)
        if part.soon_at != before:
            history.remember(part, now)
    return parts[-1].id if len(parts) == _BATCH else None
