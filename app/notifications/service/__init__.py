"""Việc của thông báo: ``notice`` and ``mail`` for the packages above, the rest for our own pages and jobs."""

from app.notifications.service.digest import send_digests
from app.notifications.service.effects import resend_effect
from app.notifications.service.mails import hand_over, mail, resend_mail
from app.notifications.service.notices import expand, mark_all_read, mark_read, notice
from app.notifications.service.upkeep import clean, drop_runs

__all__ = [
    "clean",
    "drop_runs",
    "expand",
    "hand_over",
    "mail",
    "mark_all_read",
    "mark_read",
    "notice",
    "resend_effect",
    "resend_mail",
    "send_digests",
]
