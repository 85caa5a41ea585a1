"""Nghe sự kiện: hand-overs in the same transaction, mails and calendars after it."""

from __future__ import annotations

from app.core.actor import SYSTEM, Actor
from app.core.events import after, on
from app.documents.events import DocumentArrived, DocumentIssued, DocumentRegistered
from app.meetings import events, service
from app.org.events import WorkHandedOver
from app.org.service import report_moved


@on(WorkHandedOver)
def take_over_meetings(actor: Actor, event: WorkHandedOver) -> None:
    """Bàn giao: thư ký, đầu mối của các cuộc họp sắp tới."""
    moved = service.hand_over(actor, event.from_post_id, event.to_post_id)
    report_moved(event.hand_over_id, "cuộc họp", moved)


@on(DocumentIssued)
def hear_issued(actor: Actor, event: DocumentIssued) -> None:
    """Phát hành giấy mời là mời họp; phát hành thông báo kết luận là ban hành kết luận."""
    service.call_by_issue(actor, event.record_id)
    service.record_issued_conclusion(actor, event.record_id)


@on(DocumentArrived)
def know_arrived_invitation(actor: Actor, event: DocumentArrived) -> None:
    """Giấy mời tới cơ quan được mời."""
    if event.source_document_id is not None and event.agency_id is not None:
        service.link_arrival(actor, event.source_document_id, event.agency_id, event.record_id)


@after(DocumentRegistered)
def close_answered_invitation(event: DocumentRegistered, _outbox_id: int) -> None:
    """Giấy mời vào sổ sau khi đã trả lời thì kết thúc."""
    service.settle_registered(SYSTEM, event.record_id)


@after(events.MeetingCalled)
def send_invitations(event: events.MeetingCalled, outbox_id: int) -> None:
    """Gửi giấy mời và lịch."""
    service.deliver(SYSTEM, event.record_id)


@after(events.MeetingChanged)
def send_changes(event: events.MeetingChanged, outbox_id: int) -> None:
    """Báo thay đổi đến những lịch đã nhận."""
    service.deliver(SYSTEM, event.record_id)


@after(events.MeetingMoved)
def send_new_hours(event: events.MeetingMoved, outbox_id: int) -> None:
    """Báo giờ mới, phòng mới."""
    service.deliver(SYSTEM, event.record_id)


@after(events.RoomTakenOver)
def send_new_room(event: events.RoomTakenOver, outbox_id: int) -> None:
    """Báo phòng mới của cuộc họp lấy phòng."""
    service.deliver(SYSTEM, event.record_id)


@after(events.MeetingCancelled)
def send_cancellations(event: events.MeetingCancelled, outbox_id: int) -> None:
    """Báo hủy."""
    service.deliver(SYSTEM, event.record_id)


@after(events.InvitationAnswered)
def tell_those_sent(event: events.InvitationAnswered, outbox_id: int) -> None:
    """Gửi lịch cho người được cử đi, báo cho người không đi nữa."""
    if event.others_sent:
        service.deliver(SYSTEM, event.record_id)


@after(events.InviteesReminded)
def send_reminders(event: events.InviteesReminded, outbox_id: int) -> None:
    """Gửi thư nhắc."""
    service.deliver_reminders(SYSTEM, event.record_id, event.invitee_ids, str(outbox_id))
