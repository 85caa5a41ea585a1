"""Quy trình nhiệm vụ và đề nghị gia hạn: the tables that draw the buttons and guard the server."""

from __future__ import annotations

from datetime import date

from app.core import clock, limits
from app.core.workflow import Workflow, row
from app.core.working_days import due_instant, shown_calendar
from app.directives import events, labels, policy
from app.directives.models import (
    UNFINISHED,
    WORKING,
    DirectivePart,
    ExtensionState,
    PartState,
)

S, X = PartState, ExtensionState
AT_WORK = (S.RECEIVED, S.IN_PROGRESS)


def has_deadline(part: DirectivePart) -> str | None:
    """Nhiệm vụ có thời hạn."""
    if part.due_at is not None:
        return None
    return "Nhiệm vụ này không đặt thời hạn nên không cần gia hạn."


def has_deadline_from_above(part: DirectivePart) -> str | None:
    """Cấp trên có đặt thời hạn."""
    if part.directive.external_due_at is not None:
        return None
    return "Cấp trên không đặt thời hạn cho nhiệm vụ này."


def no_request_pending(part: DirectivePart) -> str | None:
    """Chưa có đề nghị gia hạn nào đang chờ."""
    if not part.is_extension_pending:
        return None
    return "Đang có một đề nghị gia hạn chờ quyết định. Hãy đợi kết quả hoặc rút đề nghị đó trước."


def last_day_of_lead_change(part: DirectivePart) -> date:
    """Ngày cuối được đề nghị điều chỉnh cơ quan chủ trì; after it silence counts as accepted."""
    since = clock.local(part.lead_since or part.assigned_at).date()
    return shown_calendar().add(since, limits.LEAD_CHANGE_DAYS)


def in_days_of_lead_change(part: DirectivePart) -> str | None:
    """Còn trong số ngày được đề nghị điều chỉnh."""
    if clock.now() < due_instant(last_day_of_lead_change(part)):
        return None
    return (
        f"Chỉ đề nghị được trong {limits.LEAD_CHANGE_DAYS} ngày làm việc kể từ khi được giao; "
        "quá thời gian đó coi như đã nhận. Hãy liên hệ người chỉ đạo nếu cần đổi cơ quan chủ trì."
    )


def no_lead_change_pending(part: DirectivePart) -> str | None:
    """Chưa có đề nghị điều chỉnh nào đang chờ."""
    if not part.is_lead_change_pending:
        return None
    return "Đang có một đề nghị điều chỉnh cơ quan chủ trì chờ quyết định."


def is_across_agencies(part: DirectivePart) -> str | None:
    """Nhiệm vụ do cơ quan khác giao."""
    if part.lead_agency_id != part.assigning_agency_id:
        return None
    return "Việc giao trong nội bộ cơ quan thì phân công lại, không điều chỉnh cơ quan chủ trì."


DIRECTIVE = Workflow(
    "DIRECTIVE",
    PartState,
    (
        #   action        from                       to               who                   must hold  event
        row("receive", {S.ASSIGNED}, S.RECEIVED, policy.is_receiver, [], events.DirectiveReceived),
        row(
            "take_silently", {S.ASSIGNED}, S.RECEIVED, policy.is_the_system, [], events.DirectiveTakenSilently
        ),
        row("confirm", {S.REPORTED_DONE}, S.COMPLETED, policy.is_assigner, [], events.DirectiveCompleted),
        # the answering document stands for the report: the assigner takes it as such
        row("accept_answer", WORKING, S.COMPLETED, policy.is_assigner, [], events.DirectiveCompleted),
        row("dismiss_answer", WORKING, None, policy.judges_answer, [], events.AnswerDismissed),
        row("propose", {S.REPORTED_DONE}, None, policy.is_follower, [], events.CompletionProposed),
        row("send_back", {S.REPORTED_DONE}, S.IN_PROGRESS, policy.is_assigner, [], events.DirectiveReturned),
        row("report", AT_WORK, S.IN_PROGRESS, policy.is_reporter, [], events.DirectiveProgressReported),
        row("report_done", AT_WORK, S.REPORTED_DONE, policy.is_reporter, [], events.DirectiveReportedDone),
        # passing on a part that nobody has received yet receives it as well
        row("pass_on", WORKING, S.IN_PROGRESS, policy.may_pass_on, [], events.DirectivePassedOn),
        row(
            "request_extension",
            AT_WORK,
            None,
            policy.is_reporter,
            [has_deadline, no_request_pending],
            events.ExtensionRequested,
        ),
        row(
            "request_lead_change",
            {S.ASSIGNED, S.RECEIVED},
            None,
            policy.is_lead_desk,
            [is_across_agencies, in_days_of_lead_change, no_lead_change_pending],
            events.LeadChangeRequested,
        ),
        # what a body above gave, only that body extends: we ask it, and write down what it answers
        row(
            "ask_above",
            WORKING,
            None,
            policy.answers_above,
            [has_deadline_from_above],
            events.ExtensionAskedAbove,
        ),
        row(
            "record_above",
            WORKING,
            None,
            policy.answers_above,
            [has_deadline_from_above],
            events.ExtensionGrantedAbove,
        ),
        row("change_lead", WORKING, S.ASSIGNED, policy.is_assigner, [], events.LeadChanged),
        row("urge", WORKING, None, policy.may_urge, [], events.DirectiveUrged),
        row("pause", WORKING, S.PAUSED, policy.is_assigner, [], events.DirectivePaused),
        row("resume", {S.PAUSED}, S.IN_PROGRESS, policy.is_assigner, [], events.DirectiveResumed),
        row("withdraw", UNFINISHED, S.WITHDRAWN, policy.is_assigner, [], events.DirectiveWithdrawn),
        row("cancel", UNFINISHED, S.CANCELLED, policy.is_assigner, [], events.DirectiveCancelled),
    ),
    labels.DIRECTIVE,
)


# Told on the part's timeline: ``EXTENSION.move(…, on=part)``.
EXTENSION = Workflow(
    "EXTENSION",
    ExtensionState,
    (
        row("agree", {X.REQUESTED}, X.AGREED, policy.decides_extension, [], events.ExtensionAgreed),
        row("refuse", {X.REQUESTED}, X.REFUSED, policy.decides_extension, [], events.ExtensionRefused),
        row("take_back", {X.REQUESTED}, X.LAPSED, policy.takes_back_extension, [], events.ExtensionLapsed),
    ),
    labels.EXTENSION,
)

LEAD_CHANGE = Workflow(
    "LEAD_CHANGE",
    ExtensionState,
    (
        row("agree", {X.REQUESTED}, X.AGREED, policy.decides_lead_change, [], events.LeadChangeAgreed),
        row("refuse", {X.REQUESTED}, X.REFUSED, policy.decides_lead_change, [], events.LeadChangeRefused),
        row("take_back", {X.REQUESTED}, X.LAPSED, policy.takes_back_lead_change, [], events.LeadChangeLapsed),
    ),
    labels.LEAD_CHANGE,
)
