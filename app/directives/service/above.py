"""Nhiệm vụ cấp trên giao: the term of a body outside is extended by that body alone; we ask it, and record its answer."""

from __future__ import annotations

from datetime import datetime

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.records import post_principal
from app.core.use_case import touch, use_case
from app.core.working_days import due_day
from app.directives import policy
from app.directives.models import DirectivePart
from app.directives.service import letters
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service.letters import made_file
from app.language.dates import dmy


@use_case
def ask_above(
    actor: Actor,
    part_id: int,
    *,
    due_at: datetime | None,
    reason: str,
    approver_post_id: int,
    version: int | None = None,
) -> Document:
    """Đề nghị cấp trên gia hạn: drafts the letter to the body that gave the task; no deadline changes by it.

    :returns: the draft, which then goes the way of every outgoing document.
    """
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "ask_above")
    wanted = _later(part, due_at)
    if not reason.strip():
        raise Violations([Violation("reason", "Hãy nêu lý do đề nghị gia hạn.")])
    letter = letters.to_above(part, approver_post_id, wanted, reason)
    document = documents.create_draft(
        actor,
        documents.DraftContent(
            document_type="Công văn",
            subject=letter.title[0].upper() + letter.title[1:],
            urgency=part.urgency,
            recipient_ids=(),
            other_recipients=(part.directive.external_body,),
            approver_post_id=approver_post_id,
        ),
        made_file(letter, "Công văn đề nghị gia hạn.pdf"),
    )
    DIRECTIVE.move(
        _told_as(actor, part),
        part,
        "ask_above",
        document_id=document.id,
        wanted_due_at=wanted,
        reason=f"Đến {dmy(due_day(wanted))}. {reason}",
    )
    return document


@use_case
def record_above(
    actor: Actor, part_id: int, *, due_at: datetime | None, note: str = "", version: int | None = None
) -> DirectivePart:
    """Ghi nhận cấp trên đã gia hạn: from now on our own deadline may be extended up to that day."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "record_above")
    granted = _later(part, due_at)
    before = part.directive.external_due_at
    part.directive.external_due_at = granted
    touch(part.directive)
    changes = {"external_due_at": (dmy(due_day(before)) if before else None, dmy(due_day(granted)))}
    DIRECTIVE.move(_told_as(actor, part), part, "record_above", changes=changes, due_at=granted, note=note)
    return part


def _later(part: DirectivePart, due_at: datetime | None) -> datetime:
    if due_at is None:
        raise Violations([Violation("due", "Hãy nhập thời hạn mới.")])
    above = part.directive.external_due_at
    if due_at <= clock.now() or (above is not None and due_at <= above):
        day = dmy(due_day(above)) if above else ""
        raise Violations(
            [Violation("due", f"Thời hạn mới phải ở phía trước và sau hạn cấp trên đã giao {day}.".strip())]
        )
    return due_at


def _told_as(actor: Actor, part: DirectivePart) -> Actor:
    return policy.in_capacity(
        actor,
        post_principal(part.assigner_post_id),
        *policy.followers_of(part),
        *policy.desk_of(part.assigning_agency_id),
    )
