"""Sửa đường đi: pulled back until the receiver acts, the lead changed with its history, opinions asked, deadlines set."""

from __future__ import annotations

from datetime import datetime

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import (
    RecordKind,
    grant_access,
    post_principal,
    reopen_access,
    revoke_access,
)
from app.core.use_case import use_case
from app.core.working_days import calendar, soon_instant
from app.documents.models import (
    Direction,
    Document,
    Handling,
    HandlingRole,
    HandlingState,
    Note,
    NoteKind,
)
from app.documents.service.course import Assignment, add_handling, assign, due_change
from app.documents.service.loading import for_change, handling_for_change
from app.documents.workflow import HANDLING, INCOMING, VOID


@use_case
def pull_back(actor: Actor, document_id: int, version: int | None) -> Document:
    """Rút lại văn bản đã trình, chuyển: back to the registry as long as the receiver has not acted."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "pull_back")
    _withdraw_all(document)
    for reason in ("presented", "proposer"):
        revoke_access(RecordKind.INCOMING, document.id, reason=reason)
    document.presented_to_post_id, document.state_since = None, clock.now()
    document.due_at = document.soon_at = None
    reopen_access(RecordKind.INCOMING, document.id, reason="registry")
    return INCOMING.move(actor, document, "pull_back")


@use_case
def take_back(actor: Actor, document_id: int, version: int | None) -> Document:
    """Rút lại bút phê: the leader's instruction is undone as long as nobody has acted on it; the timeline keeps it."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "take_back")
    leader = document.presented_to_post_id or 0
    _withdraw_all(document)
    note = _last_instruction(document, leader)
    if note is not None:
        document.notes.remove(note)
        session.delete(note)
    document.due_at, document.soon_at, document.state_since = None, None, clock.now()
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [post_principal(leader)],
        reason="presented",
        sort_at=document.sort_at,
        is_open=True,
    )
    return INCOMING.move(actor.acting_as(leader), document, "take_back")


def _last_instruction(document: Document, post_id: int) -> Note | None:
    found = [n for n in document.notes if n.kind == NoteKind.INSTRUCTION and n.post_id == post_id]
    return found[-1] if found else None


def _withdraw_all(document: Document) -> None:
    for handling in document.handlings:
        if handling.state not in VOID:
            _end(handling, "")


def _end(handling: Handling, words: str) -> None:
    now = clock.now()
    handling.state, handling.result = HandlingState.WITHDRAWN.value, words
    handling.done_at = handling.updated_at = now
    revoke_access(RecordKind.INCOMING, handling.document_id, reason=f"handling:{handling.id}")


@use_case
def change_lead(
    actor: Actor, document_id: int, version: int | None, assignment: Assignment, *, keep_as_support: bool
) -> Document:
    """Đổi chủ trì: the former lead goes on as support or is relieved; both stay in the history."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "change_lead")
    if assignment.lead is None:
        raise Violations([Violation("lead", "Chưa chọn đơn vị hoặc người chủ trì mới.")])
    former = [
        h
        for h in document.handlings
        if h.role == HandlingRole.LEAD and h.parent_id is None and h.state not in VOID
    ]
    if any(h.principal == assignment.lead for h in former):
        raise Violations([Violation("lead", "Đơn vị, người này đang chủ trì. Hãy chọn nơi khác.")])
    before = ", ".join(_name(h) for h in former)
    for handling in former:
        _relieve(document, handling, keep_as_support=keep_as_support)
    _leave_other_roles(document, assignment.lead)
    changes = due_change(document, assignment)
    assign(actor, document, assignment)
    after = next(_name(h) for h in reversed(document.handlings) if h.role == HandlingRole.LEAD)
    return INCOMING.move(
        actor,
        document,
        "change_lead",
        note=assignment.text,
        changes={"handling_lead": (before, after), **changes},
    )


def _relieve(document: Document, handling: Handling, *, keep_as_support: bool) -> None:
    if keep_as_support and handling.done_at is None:
        handling.role, handling.updated_at = HandlingRole.SUPPORT.value, clock.now()
        return
    for child in [h for h in document.handlings if h.parent_id == handling.id and h.done_at is None]:
        _end(child, "Đổi chủ trì.")
    _end(handling, "Đổi chủ trì.")


def _leave_other_roles(document: Document, principal: int) -> None:
    # Whoever supported or was informed, and now leads, has one part, not two.
    for handling in document.handlings:
        if handling.parent_id is None and handling.principal == principal and handling.state not in VOID:
            _end(handling, "Chuyển sang chủ trì.")


def _name(handling: Handling) -> str:
    if handling.unit is not None:
        return handling.unit.name
    post = handling.post
    return post.person.full_name if post is not None and post.person else post.title if post else ""


@use_case
def ask_opinions(
    actor: Actor,
    document_id: int,
    version: int | None,
    principals: tuple[int, ...],
    text: str,
    due_at: datetime | None,
) -> Document:
    """Lấy ý kiến đơn vị, người khác trong cơ quan: each is asked by a part of its own, and answers with its result."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "ask_opinions")
    if not principals:
        raise Violations([Violation("others", "Chưa chọn đơn vị hoặc người cần lấy ý kiến.")])
    _in_future(due_at)
    for principal in dict.fromkeys(principals):
        add_handling(actor, document, principal, HandlingRole.OPINION, text, due_at, parent=None)
    return INCOMING.move(actor, document, "ask_opinions", note=text)


def _in_future(due_at: datetime | None) -> None:
    if due_at is not None and due_at <= clock.now():
        raise Violations([Violation("due_at", "Hạn phải sau thời điểm hiện tại. Hãy chọn ngày khác.")])


@use_case
def withdraw_part(actor: Actor, handling_id: int, version: int | None, reason: str) -> Document:
    """Rút lại phần việc đã giao, until its holder has acted; a part passed on goes back to the unit's head."""
    handling = handling_for_change(actor, handling_id, version)
    HANDLING.check(actor, handling, "withdraw")
    document = handling.document
    HANDLING.move(
        actor.acting_as(handling.assigned_by_post_id),
        handling,
        "withdraw",
        on=document,
        handling_id=handling.id,
        note=f"{_name(handling)}: {reason}",
    )
    _end(handling, reason)
    parent = next((h for h in document.handlings if h.id == handling.parent_id), None)
    if parent is not None and parent.done_at is None:
        grant_access(
            RecordKind.INCOMING,
            document.id,
            [parent.principal],
            reason=f"handling:{parent.id}",
            sort_at=document.sort_at,
            is_open=True,
        )
    return document


@use_case
def set_due(actor: Actor, handling_id: int, version: int | None, due_at: datetime | None) -> Document:
    """Đổi hạn phần việc; the deadline of a lead's part is that of the whole."""
    handling = handling_for_change(actor, handling_id, version)
    HANDLING.check(actor, handling, "set_due")
    _in_future(due_at)
    document, before = handling.document, handling.due_at
    soon = soon_instant(clock.today(), due_at, calendar()) if due_at else None
    handling.due_at, handling.soon_at, handling.updated_at = due_at, soon, clock.now()
    if handling.role == HandlingRole.LEAD and handling.parent_id is None:
        document.due_at, document.soon_at = due_at, soon
    HANDLING.move(
        actor.acting_as(handling.assigned_by_post_id),
        handling,
        "set_due",
        on=document,
        handling_id=handling.id,
        note=_name(handling),
        changes={"due_at": (before, due_at)},
    )
    return document
