"""Việc định kỳ của liên thông."""

from __future__ import annotations

import logging
from datetime import datetime

from app.core.jobs import job
from app.exchange import service
from app.exchange.service.client import AddressRefused, Unreachable

log = logging.getLogger("office.exchange")


@job("exchange.poll_axis", cron="*/5 * * * *", title="Lấy gói tin và trạng thái từ trục liên thông")
def poll_axis(now: datetime) -> dict[str, int]:
    """Lấy thư đang chờ trên mọi trục; one that does not answer does not stop the others."""
    counts = {"taken": 0, "failed": 0}
    for partner_id in service.axis_partners():
        try:
            for name, count in service.poll(partner_id).items():
                counts[name] += count
        except (Unreachable, AddressRefused) as problem:
            log.warning("axis does not answer", extra={"partner_id": partner_id, "why": str(problem)})
            counts["failed"] += 1
    return counts
