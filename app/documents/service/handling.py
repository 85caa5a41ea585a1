"""Xử lý phần việc được giao: xem, chuyển tiếp, cập nhật, báo kết quả, trả lại."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.records import RecordKind, close_access, post_principal
from app.core.use_case import use_case
from app.documents.models import Document, Handling, HandlingRole, HandlingState
from app.documents.service.course import add_handling, finish, named
from app.documents.service.loading import handling_for_change
from app.documents.workflow import ENDED, HANDLING
from app.notifications.service import notice


def _principal_of(actor: Actor, handling: Handling) -> Actor:
    # A stand-in who acts on the absent person's part is recorded as acting for him.
    return actor.acting_as(handling.post_id) if handling.post_id and actor.holds(handling.post_id) else actor


def _reason(handling: Handling) -> str:
    return f"handling:{handling.id}"


def _move(actor: Actor, handling: Handling, action: str, **fields: Any) -> Document:
    # The event belongs to the document, whose timeline people read; the part is named by its id.
    handling.updated_at = clock.now()
    HANDLING.move(actor, handling, action, on=handling.document, handling_id=handling.id, **fields)
    return handling.document


@use_case
def see(actor: Actor, handling_id: int) -> Document:
    """Đã xem: the sender sees when; a part that is only for information is closed by it."""
    handling = handling_for_change(actor, handling_id, None)
    if handling.opened_at is not None:
        return handling.document
    HANDLING.check(actor, handling, "see")
    now = clock.now()
    handling.opened_at = now
    document = _move(_principal_of(actor, handling), handling, "see")
    if handling.role == HandlingRole.INFORM:
        handling.state, handling.done_at = HandlingState.DONE.value, now
        close_access(RecordKind.INCOMING, document.id, reason=_reason(handling))
    return document


@use_case
def clear_informed(actor: Actor, handling_ids: Sequence[int]) -> int:
    """Đã biết hàng loạt: parts that are only for information are closed without being opened one by one.

    :returns: how many were closed; what is no longer open is passed over.
    """
    count = 0
    for handling_id in sorted(set(handling_ids)):
        handling = handling_for_change(actor, handling_id, None)
        if handling.role != HandlingRole.INFORM or handling.state != HandlingState.NEW:
            continue
        HANDLING.check(actor, handling, "clear")
        handling.done_at = clock.now()
        close_access(RecordKind.INCOMING, handling.document_id, reason=_reason(handling))
        _move(_principal_of(actor, handling), handling, "clear")
        count += 1
    return count


@use_case
def pass_on(
    actor: Actor,
    handling_id: int,
    version: int | None,
    *,
    lead_post_id: int,
    support_post_ids: tuple[int, ...],
    text: str,
    due_at: datetime | None,
) -> Document:
    """Chuyển tiếp trong đơn vị: the head names who does it; the part's own deadline bounds the new one."""
    handling = handling_for_change(actor, handling_id, version)
    HANDLING.check(actor, handling, "pass_on")
    if due_at and handling.due_at and due_at > handling.due_at:
        raise Violations(
            [
                Violation(
                    "due_at", "Hạn giao trong đơn vị không được sau hạn của đơn vị. Hãy chọn ngày sớm hơn."
                )
            ]
        )
    if any(
        h.parent_id == handling.id and h.role == HandlingRole.LEAD and h.state not in ENDED
        for h in handling.document.handlings
    ):
        raise Violations([Violation("lead", "Phần việc này đã giao người chủ trì trong đơn vị.")])
    acting = _principal_of(actor, handling)
    document = handling.document
    due = due_at or handling.due_at
    add_handling(
        acting, document, post_principal(lead_post_id), HandlingRole.LEAD, text, due, parent=handling
    )
    for post_id in support_post_ids:
        if post_id != lead_post_id:
            add_handling(
                acting, document, post_principal(post_id), HandlingRole.SUPPORT, text, due, parent=handling
            )
    handling.opened_at = handling.opened_at or clock.now()
    close_access(RecordKind.INCOMING, document.id, reason=_reason(handling))
    return _move(acting, handling, "pass_on", note=text, package_token=document.package_token)


@use_case
def report_progress(actor: Actor, handling_id: int, version: int | None, text: str) -> Document:
    """Cập nhật tình hình xử lý."""
    handling = handling_for_change(actor, handling_id, version)
    HANDLING.check(actor, handling, "progress")
    handling.progress, handling.opened_at = text, handling.opened_at or clock.now()
    return _move(
        _principal_of(actor, handling),
        handling,
        "progress",
        note=text,
        package_token=handling.document.package_token,
    )


@use_case
def complete(actor: Actor, handling_id: int, version: int | None, result: str) -> Document:
    """Báo kết quả phần việc: when the last lead part is done, the parent part and then the document close with it."""
    handling = handling_for_change(actor, handling_id, version)
    HANDLING.check(actor, handling, "complete")
    acting = _principal_of(actor, handling)
    document = handling.document
    _finish_part(acting, handling, result)
    parent = next((h for h in document.handlings if h.id == handling.parent_id), None)
    if (
        parent is not None
        and handling.role == HandlingRole.LEAD
        and parent.done_at is None
        and not _open_leads(document, parent.id)
    ):
        _finish_part(acting, parent, result)
        handling = parent
    if handling.role == HandlingRole.LEAD and handling.parent_id is None and not _open_leads(document, None):
        return finish(acting, document, result)
    return document


def _finish_part(actor: Actor, handling: Handling, result: str) -> None:
    now = clock.now()
    handling.result, handling.done_at, handling.opened_at = result, now, handling.opened_at or now
    close_access(RecordKind.INCOMING, handling.document_id, reason=_reason(handling))
    _move(actor, handling, "complete", note=result)


def _open_leads(document: Document, parent_id: int | None) -> list[Handling]:
    return [
        h
        for h in document.handlings
        if h.role == HandlingRole.LEAD and h.parent_id == parent_id and h.state not in ENDED
    ]


@use_case
def return_handling(actor: Actor, handling_id: int, version: int | None, reason: str) -> Document:
    """Trả lại phần việc không thuộc mình, nêu lý do; whoever assigned it is told and may give it to another."""
    handling = handling_for_change(actor, handling_id, version)
    HANDLING.check(actor, handling, "return")
    acting = _principal_of(actor, handling)
    handling.done_at = clock.now()
    handling.result = reason
    document = handling.document
    close_access(RecordKind.INCOMING, document.id, reason=_reason(handling))
    notice(
        kind=RecordKind.INCOMING,
        record_id=document.id,
        words=f"Phần việc bị trả lại: {named(document)}"
        if document.is_restricted
        else f"Phần việc bị trả lại ({reason[:120]}): {named(document)}",
        principals=[post_principal(handling.assigned_by_post_id)],
    )
    return _move(acting, handling, "return", reason=reason)
