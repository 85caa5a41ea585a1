"""Người chỉ đạo xét báo cáo: xác nhận hoàn thành, yêu cầu bổ sung."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.records import post_principal
from app.core.use_case import use_case
from app.directives import policy
from app.directives.models import DirectivePart, Judgement, ProgressReport
from app.directives.service import access, history, notices
from app.directives.service.deadlines import plan_flag
from app.directives.service.loading import part_for_change
from app.directives.service.reporting import waiting_report
from app.directives.workflow import DIRECTIVE


@use_case
def confirm(actor: Actor, part_id: int, *, note: str = "", version: int | None = None) -> DirectivePart:
    """Xác nhận hoàn thành: on time or late is judged by the date of the accepted report, not of this confirmation."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "confirm")
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    entry = _judge(told_as, part, Judgement.ACCEPTED, note)
    part.reported_done_at, part.completed_at = entry.at, now
    part.closing_note = note
    in_time = part.due_at is None or entry.at < part.due_at
    DIRECTIVE.move(told_as, part, "confirm", report_id=entry.id, in_time=in_time, note=note)
    access.close(part)
    history.remember(part, now)
    notices.tell(part, "Đã xác nhận hoàn thành", notices.lead_side(part))
    return part


@use_case
def send_back(actor: Actor, part_id: int, *, reason: str, version: int | None = None) -> DirectivePart:
    """Yêu cầu bổ sung, thực hiện lại: the report stays, the part is open again and its deadline runs as before."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "send_back")
    need_reason(reason)
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    entry = _judge(told_as, part, Judgement.RETURNED, reason)
    part.reported_done_at = None
    DIRECTIVE.move(told_as, part, "send_back", report_id=entry.id, reason=reason)
    plan_flag(part)
    history.remember(part, now)
    notices.tell(part, "Yêu cầu bổ sung, thực hiện lại", notices.lead_side(part))
    return part


def _judge(actor: Actor, part: DirectivePart, judgement: Judgement, note: str) -> ProgressReport:
    entry = waiting_report(part)
    entry.judgement, entry.judgement_note, entry.judged_at = judgement.value, note, clock.now()
    entry.judged_by_post_id, entry.judged_by_person_id = actor.post_id, actor.person_id
    return entry


def need_reason(reason: str) -> None:
    """Phải có lý do."""
    if not reason.strip():
        raise Violations([Violation("reason", "Hãy nêu lý do để người nhận biết cần làm gì.")])
