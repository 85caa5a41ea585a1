"""Việc định kỳ của ký số."""

from __future__ import annotations

from datetime import datetime

from app.core.actor import SYSTEM
from app.core.jobs import job
from app.signing import service


@job(
    "signing.present",
    cron="* * * * *",
    title="Báo tiến trình sẵn sàng ký; nhả lượt ký quá hạn",
    lease_seconds=50,
)
def present(now: datetime) -> dict[str, int]:
    """Báo có mặt và nhả các lượt ký quá hạn."""
    service.present(SYSTEM)
    return service.sweep(now)
