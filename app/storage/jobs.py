"""Việc định kỳ của kho tệp."""

from __future__ import annotations

from datetime import datetime

from app.core.actor import SYSTEM
from app.core.jobs import job
from app.storage import service


@job("storage.sweep", cron="40 2 * * *", title="Dọn tệp mồ côi trong kho")
def sweep(now: datetime) -> dict[str, int]:
    """Dọn tệp mồ côi."""
    return service.sweep(SYSTEM)
