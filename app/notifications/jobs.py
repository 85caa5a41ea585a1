"""Việc định kỳ của thông báo."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.actor import SYSTEM
from app.core.jobs import job
from app.notifications import service
from app.notifications.queries.runs import HEARTBEAT


@job("notifications.digest", cron="30 7 * * *", title="Gửi thư gộp thông báo buổi sáng")
def digest(now: datetime) -> dict[str, int]:
    """Gửi thư gộp buổi sáng; on days that are not worked it finds nothing to do."""
    return service.send_digests(SYSTEM, now)


@job(HEARTBEAT, cron="* * * * *", title="Nhịp của tiến trình nền", lease_seconds=50)
def heartbeat(now: datetime) -> dict[str, int]:
    """Nhịp của tiến trình nền: its row of the run history is the sign of life that /readyz looks for."""
    return {"dropped": service.drop_runs(SYSTEM, HEARTBEAT, now - timedelta(hours=2))}


@job("notifications.clean", cron="20 3 * * *", title="Dọn thông báo, thư và lịch sử cũ")
def clean(now: datetime) -> dict[str, int]:
    """Dọn dẹp hằng đêm."""
    return service.clean(SYSTEM, now)
