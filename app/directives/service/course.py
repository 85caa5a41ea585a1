"""Người chỉ đạo dừng, cho tiếp tục, thu hồi, hủy nhiệm vụ."""

from __future__ import annotations

from datetime import datetime

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.records import post_principal
from app.core.use_case import use_case
from app.core.working_days import calendar, due_day
from app.directives import policy
from app.directives.models import DirectivePart
from app.directives.service import access, history, notices
from app.directives.service import lead as leads
from app.directives.service.deadlines import check_within, plan_flag, set_due
from app.directives.service.deciding import need_reason
from app.directives.service.extension import lapse_pending
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE
from app.language.dates import dmy


@use_case
def withdraw(actor: Actor, part_id: int, *, reason: str, version: int | None = None) -> DirectivePart:
    """Thu hồi nhiệm vụ: taken back from this lead; everything said and done on it is kept."""
    return _end(actor, part_id, reason, version, "withdraw", "Thu hồi nhiệm vụ", "nhiệm vụ đã thu hồi")


@use_case
def cancel(actor: Actor, part_id: int, *, reason: str, version: int | None = None) -> DirectivePart:
    """Hủy nhiệm vụ: no longer needed of anyone; everything said and done on it is kept."""
    return _end(actor, part_id, reason, version, "cancel", "Hủy nhiệm vụ", "nhiệm vụ đã hủy")


@use_case
def pause(actor: Actor, part_id: int, *, reason: str, version: int | None = None) -> DirectivePart:
    """Tạm dừng nhiệm vụ: nobody need work on it, and no reminder goes out, until it is taken up again."""
    part, told_as = _begin(actor, part_id, reason, version, "pause")
    _lapse_all(told_as, part, "nhiệm vụ tạm dừng")
    part.closing_note = reason
    DIRECTIVE.move(told_as, part, "pause", reason=reason)
    plan_flag(part)
    history.remember(part, clock.now())
    notices.tell(part, "Tạm dừng nhiệm vụ", notices.lead_side(part))
    return part


@use_case
def resume(
    actor: Actor, part_id: int, *, due_at: datetime | None = None, note: str = "", version: int | None = None
) -> DirectivePart:
    """Cho tiếp tục thực hiện, giữ hạn cũ hoặc đặt hạn mới; the original date and every later one are kept."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "resume")
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    changes: dict[str, tuple[str | None, str | None]] = {}
    if due_at is not None and due_at != part.due_at:
        if due_at <= now:
            raise Violations([Violation("due", "Thời hạn mới đã qua. Hãy chọn ngày sau hôm nay.")])
        check_within(part, due_at)
        changes["due_at"] = (_day(part.due_at), _day(due_at))
        set_due(part, due_at, calendar())
    part.received_at = part.received_at or now
    part.closing_note = ""
    DIRECTIVE.move(told_as, part, "resume", changes=changes, due_at=part.due_at, note=note)
    plan_flag(part)
    history.remember(part, now)
    notices.tell(part, "Tiếp tục thực hiện", notices.lead_side(part))
    return part


def _begin(
    actor: Actor, part_id: int, reason: str, version: int | None, action: str
) -> tuple[DirectivePart, Actor]:
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, action)
    need_reason(reason)
    return part, policy.in_capacity(actor, post_principal(part.assigner_post_id))


def _end(
    actor: Actor, part_id: int, reason: str, version: int | None, action: str, words: str, why: str
) -> DirectivePart:
    part, told_as = _begin(actor, part_id, reason, version, action)
    now = clock.now()
    _lapse_all(told_as, part, why)
    part.withdrawn_at, part.closing_note = now, reason
    DIRECTIVE.move(told_as, part, action, reason=reason)
    plan_flag(part)
    access.close(part)
    history.remember(part, now)
    notices.tell(part, words, notices.lead_side(part))
    return part


def _lapse_all(actor: Actor, part: DirectivePart, why: str) -> None:
    lapse_pending(actor, part, why)
    leads.lapse_pending(actor, part, why)


def _day(due_at: datetime | None) -> str | None:
    return dmy(due_day(due_at)) if due_at else None
