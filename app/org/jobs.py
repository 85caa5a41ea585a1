"""Việc định kỳ của tổ chức."""

from __future__ import annotations

from datetime import datetime

from app.core.actor import SYSTEM
from app.core.jobs import job
from app.org import service


@job("org.tidy", cron="15 2 * * *", title="Dọn phiên đăng nhập đã hết, danh sách chờ nhập quá hạn")
def tidy(now: datetime) -> dict[str, int]:
    """Dọn dẹp: what nobody needs any more."""
    return service.tidy(SYSTEM, now)
