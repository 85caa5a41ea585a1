"""Quy trình văn bản: the three tables that draw the buttons and guard the server."""

from __future__ import annotations

from app.core.workflow import Workflow, row
from app.documents import events, labels, policy
from app.documents.models import (
    Document,
    FileRole,
    Handling,
    HandlingRole,
    HandlingState,
    IncomingState,
    NoteKind,
    OutgoingState,
)

I, O, H = IncomingState, OutgoingState, HandlingState  # noqa: E741 - the tables read better with one letter

# A part that is over, whichever way.
ENDED = frozenset({H.DONE.value, H.RETURNED.value, H.WITHDRAWN.value})
# One that was given and came to nothing: its place can be given to another.
VOID = frozenset({H.RETURNED.value, H.WITHDRAWN.value})


def has_main_file(document: Document) -> str | None:
    """Có tệp văn bản chính."""
    if any(f.role == FileRole.MAIN for f in document.files):
        return None
    return (
        "Chưa có tệp văn bản chính. Hãy mở “Sửa dự thảo”, điền nội dung theo mẫu hoặc tải tệp DOCX, PDF lên."
    )


def main_file_is_pdf(document: Document) -> str | None:
    """Tệp văn bản chính là PDF."""
    main = next((f for f in document.files if f.role == FileRole.MAIN), None)
    if main is not None and main.stored.kind == "pdf":
        return None
    return "Chỉ ký số được tệp PDF. Hãy trả lại để người soạn thảo thay tệp chính bằng bản PDF."


def is_signed_where_required(document: Document) -> str | None:
    """Đã ký số nếu cơ quan quy định."""
    if document.state == O.APPROVED and document.agency.settings.get("signing_required"):
        return "Cơ quan quy định văn bản phải được ký số. Đang chờ người có thẩm quyền ký số."
    return None


def has_recipients(document: Document) -> str | None:
    """Có nơi nhận."""
    return None if document.recipients else "Chưa có nơi nhận. Hãy mở “Sửa dự thảo” và chọn cơ quan nhận."


def leads_finished(document: Document) -> str | None:
    """Phần chủ trì đã xong."""
    left = [
        h
        for h in document.handlings
        if h.role == HandlingRole.LEAD and h.parent_id is None and h.state not in ENDED
    ]
    return "Phần chủ trì chưa báo kết quả. Hãy báo kết quả trước khi kết thúc xử lý." if left else None


def is_without_instruction(document: Document) -> str | None:
    """Chưa có bút phê."""
    said = any(n.kind == NoteKind.INSTRUCTION for n in document.notes)
    return "Văn bản đã có bút phê. Chỉ lãnh đạo rút lại được bút phê của mình." if said else None


def is_untouched(record: Document | Handling) -> str | None:
    """Người nhận chưa xử lý: may have been opened, but nothing was done with it."""
    parts = record.handlings if isinstance(record, Document) else _with_children(record)
    acted = [h for h in parts if h.state not in (H.NEW, H.WITHDRAWN) and not _merely_opened(h)]
    return "Người nhận đã xử lý nên không rút lại được. Hãy đổi chủ trì hoặc thêm ý kiến." if acted else None


def _with_children(handling: Handling) -> list[Handling]:
    return [h for h in handling.document.handlings if handling.id in (h.id, h.parent_id)]


def _merely_opened(handling: Handling) -> bool:
    opened = handling.state == H.IN_PROGRESS or (
        handling.role == HandlingRole.INFORM and handling.state == H.DONE
    )
    passed_on = any(h.parent_id == handling.id for h in handling.document.handlings)
    return opened and not handling.progress and not handling.result and not passed_on


def parts_finished(handling: Handling) -> str | None:
    """Các phần đã chuyển tiếp đều xong."""
    left = [h for h in handling.document.handlings if h.parent_id == handling.id and h.state not in ENDED]
    lead = [h for h in left if h.role == HandlingRole.LEAD]
    return f"Còn {len(lead)} người chủ trì trong đơn vị chưa báo kết quả." if lead else None


_NUMBERED = {I.REGISTERED, I.TO_PROPOSE, I.PRESENTED, I.ASSIGNED, I.DONE}

INCOMING = Workflow(
    "INCOMING",
    IncomingState,
    (
        #   action            from                          to             who                         must hold         event
        row("register", {I.WAITING}, I.REGISTERED, policy.is_clerk, [], events.DocumentRegistered),
        row("return_to_sender", {I.WAITING}, I.RETURNED, policy.is_clerk, [], events.ArrivalReturned),
        row("merge", {I.WAITING}, I.MERGED, policy.is_clerk, [], events.ArrivalMerged),
        row("discard", {I.WAITING}, I.DISCARDED, policy.is_clerk, [], events.ArrivalDiscarded),
        row("take_copy", _NUMBERED, None, policy.is_clerk, [], events.CopyTaken),
        row("keep_paper", _NUMBERED, None, policy.is_clerk, [], events.PaperKept),
        row("seek_proposal", {I.REGISTERED}, I.TO_PROPOSE, policy.is_clerk, [], events.ProposalSought),
        row(
            "present",
            {I.REGISTERED, I.TO_PROPOSE},
            I.PRESENTED,
            policy.is_clerk_or_office,
            [],
            events.DocumentPresented,
        ),
        row(
            "forward",
            {I.REGISTERED, I.TO_PROPOSE},
            I.ASSIGNED,
            policy.is_clerk_or_office,
            [],
            events.DocumentForwarded,
        ),
        row("instruct", {I.PRESENTED}, I.ASSIGNED, policy.is_presented_leader, [], events.DocumentInstructed),
        row(
            "enter_note",
            {I.REGISTERED, I.TO_PROPOSE, I.PRESENTED},
            I.ASSIGNED,
            policy.is_clerk_or_office,
            [],
            events.PaperNoteEntered,
        ),
        row("object_to_note", {I.ASSIGNED, I.DONE}, None, policy.is_noted_leader, [], events.NoteObjected),
        row(
            "transfer",
            {I.REGISTERED, I.TO_PROPOSE, I.PRESENTED, I.ASSIGNED},
            None,
            policy.is_clerk_or_office,
            [],
            events.DocumentTransferred,
        ),
        row(
            "pull_back",
            {I.TO_PROPOSE, I.PRESENTED, I.ASSIGNED},
            I.REGISTERED,
            policy.is_clerk_or_office,
            [is_without_instruction, is_untouched],
            events.DocumentPulledBack,
        ),
        row(
            "take_back",
            {I.ASSIGNED},
            I.PRESENTED,
            policy.is_presented_leader,
            [is_untouched],
            events.InstructionTakenBack,
        ),
        row("change_lead", {I.ASSIGNED}, None, policy.is_coordinator, [], events.HandlingLeadChanged),
        row("ask_opinions", {I.ASSIGNED}, None, policy.is_participant, [], events.OpinionsAsked),
        row("add_handlers", {I.ASSIGNED}, None, policy.is_coordinator, [], events.HandlersAdded),
        row(
            "give_opinion",
            {I.REGISTERED, I.TO_PROPOSE, I.PRESENTED, I.ASSIGNED},
            None,
            policy.is_participant,
            [],
            events.OpinionGiven,
        ),
        row("close", {I.ASSIGNED}, I.DONE, policy.is_closer, [leads_finished], events.DocumentClosed),
        row(
            "settle",
            {I.REGISTERED, I.TO_PROPOSE, I.PRESENTED, I.ASSIGNED},
            I.DONE,
            policy.is_of_agency,
            [],
            events.DocumentClosed,
        ),
        row(
            "withdraw",
            {I.WAITING, I.REGISTERED, I.TO_PROPOSE, I.PRESENTED, I.ASSIGNED, I.DONE},
            I.WITHDRAWN,
            policy.is_of_agency,
            [],
            events.DocumentWithdrawn,
        ),
    ),
    labels.INCOMING,
)

HANDLING = Workflow(
    "HANDLING",
    HandlingState,
    (
        row("see", {H.NEW}, H.IN_PROGRESS, policy.is_holder, [], events.HandlingSeen),
        row("clear", {H.NEW}, H.DONE, policy.is_holder, [], events.InformedCleared),
        row(
            "pass_on",
            {H.NEW, H.IN_PROGRESS},
            H.IN_PROGRESS,
            policy.is_unit_holder,
            [],
            events.HandlingPassedOn,
        ),
        row(
            "progress", {H.NEW, H.IN_PROGRESS}, H.IN_PROGRESS, policy.is_holder, [], events.HandlingProgressed
        ),
        row(
            "complete",
            {H.NEW, H.IN_PROGRESS},
            H.DONE,
            policy.is_holder,
            [parts_finished],
            events.HandlingCompleted,
        ),
        row(
            "withdraw",
            {H.NEW, H.IN_PROGRESS},
            H.WITHDRAWN,
            policy.is_assigner,
            [is_untouched],
            events.HandlingWithdrawn,
        ),
        row("set_due", {H.NEW, H.IN_PROGRESS}, None, policy.is_assigner, [], events.HandlingDueSet),
        row("return", {H.NEW, H.IN_PROGRESS}, H.RETURNED, policy.is_holder, [], events.HandlingReturned),
    ),
    labels.HANDLING,
)

OUTGOING = Workflow(
    "OUTGOING",
    OutgoingState,
    (
        row("edit", {O.DRAFT}, None, policy.is_drafter, [], events.DraftChanged),
        row(
            "submit",
            {O.DRAFT},
            O.IN_REVIEW,
            policy.is_drafter,
            [has_main_file, has_recipients],
            events.DraftSubmitted,
        ),
        row("endorse", {O.IN_REVIEW}, O.ENDORSED, policy.is_endorser, [], events.DraftEndorsed),
        row("approve", {O.ENDORSED}, O.APPROVED, policy.is_approver, [has_main_file], events.DraftApproved),
        row("return", {O.IN_REVIEW, O.ENDORSED}, O.DRAFT, policy.is_reviewer, [], events.DraftReturned),
        row("sign", {O.APPROVED}, O.SIGNED, policy.is_approver, [main_file_is_pdf], events.DocumentSigned),
        row(
            "issue",
            {O.APPROVED},
            O.ISSUED,
            policy.is_outgoing_clerk,
            [has_main_file, has_recipients, is_signed_where_required],
            events.DocumentIssued,
        ),
        row("seal", {O.SIGNED}, O.ISSUED, policy.is_outgoing_clerk, [has_recipients], events.DocumentIssued),
        row("add_recipients", {O.ISSUED}, None, policy.is_outgoing_clerk, [], events.RecipientsAdded),
        row(
            "take_back",
            {O.IN_REVIEW, O.ENDORSED, O.APPROVED},
            O.DRAFT,
            policy.is_drafter,
            [],
            events.DraftTakenBack,
        ),
        row("discard", {O.DRAFT}, O.DISCARDED, policy.is_drafter, [], events.DraftDiscarded),
    ),
    labels.OUTGOING,
)
