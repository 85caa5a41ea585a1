"""Giờ chạy theo lịch: when a cron line last came due and when it does next, in Vietnamese time."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from app.core import clock

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

_WINDOWS = (
    timedelta(minutes=2),
    timedelta(hours=2),
    timedelta(days=2),
    timedelta(days=35),
    timedelta(days=800),
)


@cache
def _trigger(cron: str) -> CronTrigger:
    # Read by the same class as the worker's clock, and only by those who look at the page of jobs.
    from apscheduler.triggers.cron import CronTrigger

    return CronTrigger.from_crontab(cron, timezone=clock.LOCAL)


def next_slot(cron: str, now: datetime) -> datetime:
    """Lượt kế tiếp sau ``now``."""
    found = _trigger(cron).get_next_fire_time(None, now + timedelta(seconds=1))
    return now + timedelta(days=3650) if found is None else found.astimezone(now.tzinfo)


def last_slot(cron: str, now: datetime) -> datetime:
    """Lượt gần nhất lẽ ra đã chạy, tính cả ``now``; the oldest look-back when there was none."""
    trigger = _trigger(cron)
    for window in _WINDOWS:
        slot = trigger.get_next_fire_time(None, now - window)
        if slot is not None and slot <= now:
            break
    else:
        return now - _WINDOWS[-1]
    while (following := trigger.get_next_fire_time(slot, slot + timedelta(seconds=1))) and following <= now:
        slot = following
    return slot.astimezone(now.tzinfo)
