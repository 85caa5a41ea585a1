"""Việc định kỳ của văn bản."""

from __future__ import annotations

import logging
from datetime import datetime

from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.jobs import job
from app.documents import service
from app.documents.service import duties

log = logging.getLogger("office.documents")


@job(
    "documents.tell_late",
    cron="*/10 * * * *",
    title="Nhắc văn bản đến chậm vào sổ, chậm trình, quá hạn xử lý",
)
def tell_late(now: datetime) -> dict[str, int]:
    """Nhắc việc chậm: each in its own transaction, so that one that fails does not stop the others."""
    counts = {"told": 0, "failed": 0}
    for late in duties.due_to_tell(now):
        try:
            counts["told"] += duties.tell_late(SYSTEM, late)
        except Exception:
            session.rollback()
            log.exception("late duty of document %s not told", late.document_id)
            counts["failed"] += 1
    session.rollback()  # the reading of the list leaves no transaction open
    return counts


@job("documents.expire_numbers", cron="5 0 * * *", title="Hủy số văn bản giữ chỗ đã hết ngày")
def expire_numbers(now: datetime) -> dict[str, int]:
    """Số giữ chỗ hết ngày mà không gia hạn; finds nothing when it has run already."""
    return {"voided": service.expire_numbers(SYSTEM, now.astimezone(clock.LOCAL).date())}
