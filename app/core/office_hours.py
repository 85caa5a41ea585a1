"""Giờ làm việc: duties "of the same day" are counted from office hours, not from midnight to midnight."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.core import clock
from app.core.working_days import Calendar

OPENS, CLOSES = time(7, 30), time(17, 0)


def begins(moment: datetime, cal: Calendar) -> datetime:
    """Lúc bắt đầu tính: the moment itself in office hours, else the next opening of the office."""
    local = clock.local(moment)
    if cal.is_working(local.date()) and local.time() < CLOSES:
        return max(moment, clock.instant(local.date(), OPENS))
    return clock.instant(cal.next_working(local.date() + timedelta(days=1)), OPENS)


def day_end(moment: datetime, cal: Calendar, *, more_days: int = 0) -> datetime:
    """Hết giờ làm việc của ngày bắt đầu tính, hoặc của ngày làm việc thứ ``more_days`` sau đó."""
    day = clock.local(begins(moment, cal)).date()
    return clock.instant(cal.add(day, more_days), CLOSES)


def after(moment: datetime, span: timedelta, cal: Calendar) -> datetime:
    """Sau một khoảng giờ làm việc: what is left of it at closing time goes on at the next opening."""
    start, left = begins(moment, cal), span
    while True:
        close = clock.instant(clock.local(start).date(), CLOSES)
        if start + left <= close:
            return start + left
        left -= close - start
        start = begins(close, cal)
