"""Đường đi của văn bản đến: trình, tham mưu, bút phê, chuyển xử lý, kết thúc."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.permissions import Role
from app.core.records import RecordKind, close_access, grant_access, post_principal
from app.core.use_case import use_case
from app.core.working_days import calendar, soon_instant
from app.documents.models import (
    Direction,
    Document,
    Handling,
    HandlingRole,
    HandlingState,
    IncomingState,
    Note,
    NoteKind,
    Urgency,
)
from app.documents.service.loading import for_change
from app.documents.workflow import INCOMING, VOID
from app.notifications.service import notice
from app.org import queries as org
from app.org.models import Post, Unit

_POST, _UNIT = 0, 1  # codes of ``core.records`` principals


@dataclass(frozen=True)
class Assignment:
    """Phân công: the words and who leads, supports, is informed (principals of posts or units), until when (exclusive instant)."""

    text: str
    lead: int | None
    support: tuple[int, ...] = ()
    inform: tuple[int, ...] = ()
    due_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Giá trị lưu kèm ý kiến tham mưu."""
        return {**asdict(self), "due_at": self.due_at.isoformat() if self.due_at else None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Assignment:
        """Đọc lại từ ý kiến tham mưu."""
        due_at = datetime.fromisoformat(data["due_at"]) if data.get("due_at") else None
        return cls(
            data["text"],
            data.get("lead"),
            tuple(data.get("support", ())),
            tuple(data.get("inform", ())),
            due_at,
        )


@use_case
def route(
    actor: Actor, document_id: int, version: int | None, target: int, assignment: Assignment
) -> Document:
    """Trình hoặc chuyển đến ``target``: to a leader it is presented with the assignment as the office's proposal (tham mưu),
    to the Chánh Văn phòng it goes for his proposal, to any other post or unit it is forwarded for handling.

    :param target: principal of a post or unit of the actor's agency.
    """
    document = for_change(actor, document_id, version, Direction.INCOMING)
    found = target_of(actor, target)
    if isinstance(found, Post) and Role.LEADER in found.roles:
        return _present(actor, document, found, assignment)
    if (
        isinstance(found, Post)
        and Role.OFFICE_CHIEF in found.roles
        and document.state == IncomingState.REGISTERED
    ):
        return _seek_proposal(actor, document, found)
    INCOMING.check(actor, document, "forward")
    given = replace(assignment, lead=target)
    changes = due_change(document, given)
    assign(actor, document, given)
    close_access(RecordKind.INCOMING, document.id, reason="registry")
    close_access(RecordKind.INCOMING, document.id, reason="proposer")
    return INCOMING.move(
        actor, document, "forward", note=given.text, package_token=document.package_token, changes=changes
    )


def _present(actor: Actor, document: Document, leader: Post, proposal: Assignment) -> Document:
    INCOMING.check(actor, document, "present")
    _note(actor, document, NoteKind.PROPOSAL, proposal.text, proposal if proposal.lead is not None else None)
    document.presented_to_post_id, document.state_since = leader.id, clock.now()
    close_access(RecordKind.INCOMING, document.id)
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [post_principal(leader.id)],
        reason="presented",
        sort_at=document.sort_at,
        is_open=True,
    )
    tell(document, [post_principal(leader.id)], "Văn bản trình xin ý kiến chỉ đạo")
    return INCOMING.move(actor, document, "present", to_post_id=leader.id, note=proposal.text)


def _seek_proposal(actor: Actor, document: Document, chief: Post) -> Document:
    INCOMING.check(actor, document, "seek_proposal")
    document.state_since = clock.now()
    close_access(RecordKind.INCOMING, document.id)
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [post_principal(chief.id)],
        reason="proposer",
        sort_at=document.sort_at,
        is_open=True,
    )
    tell(document, [post_principal(chief.id)], "Văn bản chờ tham mưu")
    return INCOMING.move(actor, document, "seek_proposal", to_post_id=chief.id)


@use_case
def instruct(actor: Actor, document_id: int, version: int | None, assignment: Assignment) -> Document:
    """Bút phê và phân công trong một lần: the instruction, who leads, who supports, who is told, until when."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "instruct")
    if assignment.lead is None:
        raise Violations([Violation("lead", "Chưa chọn đơn vị hoặc người chủ trì.")])
    as_leader = actor.acting_as(document.presented_to_post_id)
    _note(as_leader, document, NoteKind.INSTRUCTION, assignment.text, None)
    changes = due_change(document, assignment)
    assign(as_leader, document, assignment)
    close_access(RecordKind.INCOMING, document.id, reason="presented")
    return INCOMING.move(
        as_leader,
        document,
        "instruct",
        note=assignment.text,
        package_token=document.package_token,
        changes=changes,
    )


@use_case
def agree_with_proposal(actor: Actor, document_id: int, version: int | None) -> Document:
    """Đồng ý với tham mưu: the office's last proposal becomes the leader's instruction, unchanged."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    proposal = session.scalars(
        select(Note)
        .where(Note.document_id == document.id, Note.kind == NoteKind.PROPOSAL, Note.assignment.is_not(None))
        .order_by(Note.id.desc())
        .limit(1)
    ).first()
    if proposal is None or not proposal.assignment:
        raise Violations(
            ["Văn bản chưa có ý kiến tham mưu kèm phân công. Hãy ghi bút phê và chọn người chủ trì."]
        )
    return instruct(actor, document_id, version, Assignment.from_json(proposal.assignment))


@use_case
def add_handlers(actor: Actor, document_id: int, version: int | None, assignment: Assignment) -> Document:
    """Thêm người, đơn vị xử lý; a lead that was returned can be given to another."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "add_handlers")
    leading = [
        h
        for h in document.handlings
        if h.role == HandlingRole.LEAD and h.parent_id is None and h.state not in VOID
    ]
    if assignment.lead is not None and leading:
        raise Violations(
            [Violation("lead", "Văn bản đã có đơn vị chủ trì. Chỉ chọn lại khi đơn vị đó đã trả lại.")]
        )
    if assignment.lead is None and not assignment.support and not assignment.inform:
        raise Violations(["Chưa chọn người hoặc đơn vị nào."])
    assign(actor, document, assignment)
    return INCOMING.move(actor, document, "add_handlers", note=assignment.text)


@use_case
def give_opinion(actor: Actor, document_id: int, version: int | None, text: str) -> Document:
    """Cho ý kiến trao đổi trên văn bản."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "give_opinion")
    _note(actor, document, NoteKind.OPINION, text, None)
    return INCOMING.move(actor, document, "give_opinion", note=text)


@use_case
def close(actor: Actor, document_id: int, version: int | None, result: str) -> Document:
    """Kết thúc xử lý văn bản."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "close")
    return finish(actor, document, result)


@use_case
def settle(actor: Actor, document_id: int, result: str) -> Document | None:
    """Kết thúc văn bản vì việc nó yêu cầu đã làm xong: an invitation that was answered asks for nothing more.

    The caller has judged who may; a document that is closed, or not yet in the book, stays as it is.

    :returns: the document, or ``None`` when there was nothing to close.
    """
    document = session.get(Document, document_id, with_for_update=True, populate_existing=True)
    if document is None or document.direction != Direction.INCOMING or document.state in _NOT_IN_HAND:
        return None
    INCOMING.check(actor, document, "settle")
    return finish(actor, document, result, "settle")


_NOT_IN_HAND = {
    IncomingState.WAITING,
    IncomingState.DONE,
    IncomingState.RETURNED,
    IncomingState.WITHDRAWN,
    IncomingState.MERGED,
    IncomingState.DISCARDED,
}


def finish(actor: Actor, document: Document, result: str, action: str = "close") -> Document:
    """Ghi kết quả và khép lại mọi phần còn mở (phối hợp, để biết)."""
    _shut(document, result)
    return INCOMING.move(actor, document, action, note=result, package_token=document.package_token)


def withdraw(actor: Actor, document: Document, result: str) -> Document:
    """Rút văn bản theo yêu cầu của nơi gửi (NĐ 30/2020 Đ18): joins the caller's transaction, who has judged who may."""
    if document.state == IncomingState.WITHDRAWN:
        return document
    INCOMING.check(actor, document, "withdraw")
    _shut(document, result)
    return INCOMING.move(actor, document, "withdraw", note=result)


def _shut(document: Document, result: str) -> None:
    """Nothing of it is left to do."""
    now = clock.now()
    document.result, document.closed_at, document.state_since = result, now, now
    for handling in document.handlings:
        if handling.done_at is None:
            handling.done_at = handling.updated_at = now
            if handling.state not in VOID:
                handling.state = HandlingState.DONE.value
    close_access(RecordKind.INCOMING, document.id)


# ── phân công ──


def target_of(actor: Actor, principal: int | None) -> Post | Unit:
    """Vị trí hoặc đơn vị của cơ quan mình mà danh nghĩa này chỉ.

    :raises NotFound: another agency's.
    """
    if principal is None:
        raise Violations([Violation("lead", "Chưa chọn nơi trình hoặc chuyển đến.")])
    record_id, code = divmod(principal, 8)
    agency_id = actor.agency_id or 0
    if code == _POST:
        return org.post(record_id, agency_id)
    if code == _UNIT:
        return org.unit(record_id, agency_id)
    raise NotFound


def assign(actor: Actor, document: Document, assignment: Assignment) -> None:
    """Giao các phần việc của một phân công, và đặt hạn của văn bản."""
    now = clock.now()
    if assignment.due_at is not None and assignment.due_at <= now:
        raise Violations([Violation("due_at", "Hạn xử lý phải sau thời điểm hiện tại. Hãy chọn ngày khác.")])
    roles = [(HandlingRole.LEAD, p) for p in ([assignment.lead] if assignment.lead is not None else [])]
    roles += [(HandlingRole.SUPPORT, p) for p in assignment.support]
    roles += [(HandlingRole.INFORM, p) for p in assignment.inform]
    taken = {h.principal for h in document.handlings if h.state not in VOID and h.parent_id is None}
    for role, principal in roles:
        if principal in taken:
            continue
        taken.add(principal)
        add_handling(actor, document, principal, role, assignment.text, assignment.due_at, parent=None)
    if assignment.due_at is not None and assignment.lead is not None:
        document.due_at = assignment.due_at
        document.soon_at = soon_instant(clock.today(), assignment.due_at, calendar())
    document.state_since = now


def add_handling(
    actor: Actor,
    document: Document,
    principal: int,
    role: HandlingRole,
    content: str,
    due_at: datetime | None,
    *,
    parent: Handling | None,
) -> Handling:
    """Giao một phần việc: the row, the sight of the document, and a notice to whoever gets it."""
    target = target_of(actor, principal)
    now = clock.now()
    due = due_at if role != HandlingRole.INFORM else None
    handling = Handling(
        agency_id=document.agency_id,
        document=document,
        parent_id=parent.id if parent else None,
        post_id=target.id if isinstance(target, Post) else None,
        unit_id=target.id if isinstance(target, Unit) else None,
        role=role.value,
        content=content,
        state=HandlingState.NEW.value,
        due_at=due,
        soon_at=soon_instant(clock.today(), due, calendar()) if due else None,
        assigned_by_post_id=(actor.acting_for.post_id if actor.acting_for else actor.post_id) or 0,
        assigned_at=now,
        updated_at=now,
    )
    session.add(handling)
    session.flush()
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [principal],
        reason=f"handling:{handling.id}",
        sort_at=document.sort_at,
        is_open=role != HandlingRole.INFORM,  # what is only to be known is never work to be done
    )
    words = {
        "lead": "Văn bản giao chủ trì xử lý",
        "support": "Văn bản giao phối hợp xử lý",
        "inform": "Văn bản để biết",
        "opinion": "Văn bản lấy ý kiến",
    }
    tell(document, [principal], words[role])
    return handling


def _note(actor: Actor, document: Document, kind: NoteKind, text: str, assignment: Assignment | None) -> None:
    if not text:
        return
    document.notes.append(
        Note(
            document_id=document.id,
            kind=kind.value,
            text=text,
            post_id=(actor.acting_for.post_id if actor.acting_for else actor.post_id) or 0,
            person_id=actor.person_id or 0,
            acting_for_person_id=actor.acting_for.person_id if actor.acting_for else None,
            at=clock.now(),
            assignment=assignment.to_json() if assignment else None,
        )
    )


def due_change(document: Document, assignment: Assignment) -> dict[str, tuple[Any, Any]]:
    """Hạn cũ và hạn mới, khi phân công đổi hạn."""
    return (
        {"due_at": (document.due_at, assignment.due_at)}
        if assignment.due_at and assignment.due_at != document.due_at
        else {}
    )


def named(document: Document) -> str:
    """Văn bản trong một lời báo: number and abstract; a complaint is named by its number alone."""
    if document.is_restricted:
        return f"đơn thư số đến {document.number}" if document.number else "đơn thư"
    return f"{document.reference or 'không số'} – {document.subject}"


def tell(document: Document, principals: Iterable[int], words: str) -> None:
    """Báo về văn bản: số, ký hiệu và trích yếu theo sau lời báo."""
    notice(
        kind=RecordKind.INCOMING,
        record_id=document.id,
        words=f"{words}: {named(document)}",
        principals=principals,
        urgent=document.urgency == Urgency.MOST_URGENT,
    )
