"""Quyền trên văn bản: permissions, and who may act on a given document."""

from __future__ import annotations

from enum import StrEnum

from app.core.actor import Actor
from app.core.records import office_principal, registry_principal
from app.documents.models import Direction, Document, Handling, HandlingRole, Note


class Permission(StrEnum):
    """Quyền của gói văn bản."""

    BOOK_READ = "documents:book:read"
    GROUP_EDIT = "documents:group:edit"
    INCOMING_HANDLE = "documents:incoming:handle"
    INCOMING_INSTRUCT = "documents:incoming:instruct"
    INCOMING_PRESENT = "documents:incoming:present"
    INCOMING_READ = "documents:incoming:read"
    INCOMING_REGISTER = "documents:incoming:register"
    OUTGOING_APPROVE = "documents:outgoing:approve"
    OUTGOING_DRAFT = "documents:outgoing:draft"
    OUTGOING_ENDORSE = "documents:outgoing:endorse"
    OUTGOING_ISSUE = "documents:outgoing:issue"
    OUTGOING_READ = "documents:outgoing:read"


SCOPE = "documents"


def _of_own_agency(actor: Actor, document: Document | Handling) -> bool:
    return actor.agency_id == document.agency_id


def _stands_for(actor: Actor, principal: int) -> bool:
    return principal in actor.all_principals(SCOPE)


def work_principals(actor: Actor) -> tuple[int, ...]:
    """Danh nghĩa mà việc chờ là "việc của tôi": a clerk's registry has queues and figures of its own."""
    return tuple(p for p in actor.all_principals(SCOPE) if p % 8 != registry_principal(0) % 8)


def is_of_agency(actor: Actor, document: Document) -> bool:
    """Người của cơ quan giữ văn bản: the act that settled the matter was guarded where it was done."""
    return actor.is_system or _of_own_agency(actor, document)


def is_clerk(actor: Actor, document: Document) -> bool:
    """Văn thư cơ quan, đang xử lý văn bản đến."""
    return _of_own_agency(actor, document) and _stands_for(actor, registry_principal(document.agency_id))


def is_outgoing_clerk(actor: Actor, document: Document) -> bool:
    """Văn thư cơ quan, đang xử lý văn bản đi."""
    return document.direction == Direction.OUTGOING and is_clerk(actor, document)


def is_office(actor: Actor, document: Document) -> bool:
    """Chánh Văn phòng."""
    return _of_own_agency(actor, document) and _stands_for(actor, office_principal(document.agency_id))


def is_clerk_or_office(actor: Actor, document: Document) -> bool:
    """Văn thư hoặc Chánh Văn phòng."""
    return is_clerk(actor, document) or is_office(actor, document)


def is_presented_leader(actor: Actor, document: Document) -> bool:
    """Lãnh đạo được trình văn bản này."""
    return actor.holds(document.presented_to_post_id)


def is_noted_leader(actor: Actor, document: Document) -> bool:
    """Lãnh đạo có bút phê giấy được nhập thay mà chưa phản hồi."""
    return any(may_object(actor, n) for n in document.notes)


def may_object(actor: Actor, note: Note) -> bool:
    """Bút phê này được nhập thay người đang xem, và chưa phản hồi."""
    return note.entered_by_id is not None and note.objected_at is None and actor.holds(note.post_id)


def is_coordinator(actor: Actor, document: Document) -> bool:
    """Người điều phối việc xử lý."""
    return is_presented_leader(actor, document) or is_clerk_or_office(actor, document)


def is_lead_holder(actor: Actor, document: Document) -> bool:
    """Đơn vị, người chủ trì."""
    return any(h.role == HandlingRole.LEAD and is_holder(actor, h) for h in document.handlings)


def is_participant(actor: Actor, document: Document) -> bool:
    """Người tham gia xử lý."""
    return is_coordinator(actor, document) or any(is_holder(actor, h) for h in document.handlings)


def is_closer(actor: Actor, document: Document) -> bool:
    """Người được kết thúc xử lý."""
    return (
        is_presented_leader(actor, document) or is_office(actor, document) or is_lead_holder(actor, document)
    )


def is_holder(actor: Actor, handling: Handling) -> bool:
    """Đơn vị (qua trưởng đơn vị) hay người được giao phần này."""
    return _of_own_agency(actor, handling) and _stands_for(actor, handling.principal)


def is_assigner(actor: Actor, handling: Handling) -> bool:
    """Người đã giao phần này."""
    return _of_own_agency(actor, handling) and actor.holds(handling.assigned_by_post_id)


def is_unit_holder(actor: Actor, handling: Handling) -> bool:
    """Trưởng đơn vị được giao, hoặc trưởng đơn vị được giao đích danh."""
    if not is_holder(actor, handling):
        return False
    return handling.unit_id is not None or "unit_head" in actor.roles


def is_drafter(actor: Actor, document: Document) -> bool:
    """Người soạn thảo."""
    return actor.holds(document.drafter_post_id)


def is_endorser(actor: Actor, document: Document) -> bool:
    """Trưởng đơn vị soạn thảo."""
    return actor.holds(document.endorser_post_id)


def is_approver(actor: Actor, document: Document) -> bool:
    """Lãnh đạo phê duyệt."""
    return actor.holds(document.approver_post_id)


def is_reviewer(actor: Actor, document: Document) -> bool:
    """Người đang duyệt: the unit head or the leader, whoever has it now."""
    return is_endorser(actor, document) if document.state == "in_review" else is_approver(actor, document)
