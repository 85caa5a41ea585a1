"""Quy trình nhiệm vụ và đề nghị gia hạn: the tables that draw the buttons and guard the server."""

from __future__ import annotations

from app.core.workflow import Workflow, row
from app.directives import events, labels, policy
from app.directives.models import (
    OPEN,
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


def no_request_pending(part: DirectivePart) -> str | None:
    """Chưa có đề nghị gia hạn nào đang chờ."""
    if not part.is_extension_pending:
        return None
    return "Đang có một đề nghị gia hạn chờ quyết định. Hãy đợi kết quả hoặc rút đề nghị đó trước."


DIRECTIVE = Workflow(
    "DIRECTIVE",
    PartState,
    (
        #   action        from                       to               who                   must hold  event
        row("receive", {S.ASSIGNED}, S.RECEIVED, policy.is_receiver, [], events.DirectiveReceived),
        row("confirm", {S.REPORTED_DONE}, S.COMPLETED, policy.is_assigner, [], events.DirectiveCompleted),
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
        row("urge", WORKING, None, policy.may_urge, [], events.DirectiveUrged),
        row("withdraw", OPEN, S.WITHDRAWN, policy.is_assigner, [], events.DirectiveWithdrawn),
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
