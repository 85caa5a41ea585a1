"""Việc định kỳ của văn bản."""

from __future__ import annotations

import logging
from datetime import datetime

from app.core.actor import SYSTEM
from app.core.db import session
from app.core.jobs import job
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
