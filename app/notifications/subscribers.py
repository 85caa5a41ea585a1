"""Việc sau giao dịch: notices reach their people, mails the mail server."""

from __future__ import annotations

from app.core.actor import SYSTEM
from app.core.events import after
from app.notifications import service
from app.notifications.events import MailQueued, NoticeRaised


@after(NoticeRaised)
def expand_notice(event: NoticeRaised, outbox_id: int) -> None:
    """Phát thông báo đến từng người."""
    service.expand(SYSTEM, event.notice_id)


@after(MailQueued)
def send_mail(event: MailQueued, outbox_id: int) -> None:
    """Gửi thư điện tử."""
    service.hand_over(SYSTEM, event.mail_id, outbox_id)
