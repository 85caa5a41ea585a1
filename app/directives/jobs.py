"""Việc định kỳ của chỉ đạo."""

from __future__ import annotations

import logging
from datetime import datetime

from app.core.actor import SYSTEM
from app.core.db import session
from app.core.jobs import job
from app.directives import service

log = logging.getLogger("office.directives")
_MOST_A_TICK = 2_000


@job("directives.flag", cron="*/5 * * * *", title="Nhắc nhiệm vụ sắp đến hạn, quá hạn")
def flag(now: datetime) -> dict[str, int]:
    """Nhắc hạn: each part in its own transaction, so that one bad part does not stop the others; the rest waits a tick."""
    counts = {"flagged": 0, "failed": 0}
    for part_id in service.due_to_flag(now, limit=_MOST_A_TICK):
        try:
            counts["flagged"] += service.raise_flag(SYSTEM, part_id, now) is not None
        except Exception:
            session.rollback()
            log.exception("deadline flag of part %s failed", part_id)
            counts["failed"] += 1
    session.rollback()  # the reading of the list leaves no transaction open
    return counts


@job("directives.weekly", cron="30 7 * * 1", title="Tổng hợp nhiệm vụ quá hạn gửi lãnh đạo hằng tuần")
def weekly(now: datetime) -> dict[str, int]:
    """Tổng hợp tuần: one mail to each leader who has something late; the week's key makes a second one impossible."""
    counts = {"sent": 0, "failed": 0}
    for post_id in service.leaders_with_late(now):
        try:
            counts["sent"] += service.send_weekly(SYSTEM, post_id, now)
        except Exception:
            session.rollback()
            log.exception("weekly digest for post %s failed", post_id)
            counts["failed"] += 1
    session.rollback()
    return counts
