"""Truy vấn của thông báo."""

from app.notifications.queries.effects import ParkedEffect, parked_effect, parked_effects
from app.notifications.queries.mails import MailRow, mail_counts, mails
from app.notifications.queries.notices import NoticeRow, notices, unread_count
from app.notifications.queries.readers import Reader, readers_of, readers_with_digest
from app.notifications.queries.runs import JobHealth, RunRow, is_worker_alive, jobs_health, runs_of

__all__ = [
    "JobHealth",
    "MailRow",
    "NoticeRow",
    "ParkedEffect",
    "Reader",
    "RunRow",
    "is_worker_alive",
    "jobs_health",
    "mail_counts",
    "mails",
    "notices",
    "parked_effect",
    "parked_effects",
    "readers_of",
    "readers_with_digest",
    "runs_of",
    "unread_count",
]
