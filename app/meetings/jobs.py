"""Việc định kỳ của cuộc họp."""

from __future__ import annotations

from datetime import datetime

from app.core.actor import SYSTEM
from app.core.jobs import job
from app.meetings import queries, service


@job("meetings.chase", cron="*/15 * * * *", title="Nhắc nơi chưa phản hồi giấy mời")
def chase(now: datetime) -> dict[str, int]:
    """Nhắc các nơi chưa phản hồi từ sáng ngày làm việc trước hạn phản hồi."""
    counts = {"meetings": 0, "reminded": 0}
    for meeting_id, deadline in queries.to_chase(now):
        reminded = service.chase_by_clock(SYSTEM, meeting_id, deadline)
        counts["meetings"] += bool(reminded)
        counts["reminded"] += reminded
    return counts
