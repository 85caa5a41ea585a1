"""Nghe sự kiện: hand-overs in the same transaction, mails and calendars after it."""

from __future__ import annotations

from app.core.actor import SYSTEM, Actor
from app.core.events import after, on
from app.meetings import events, service
from app.org.events import WorkHandedOver
from app.org.service import report_moved


@on(WorkHandedOver)
def take_over_meetings(actor: Actor, event: WorkHandedOver) -> None:
    """Bàn giao: thư ký, đầu mối của các cuộc họp sắp tới."""
    moved = service.hand_over(actor, event.from_post_id, event.to_post_id)
    report_moved(event.hand_over_id, "cuộc họp", moved)


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
