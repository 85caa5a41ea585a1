"""Ngày giờ của người diễn: working days and hours counted from the present."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from app.core import clock
from app.core.working_days import Calendar, due_instant

_OPENS: Final = time(7, 30)
_CLOSES: Final = time(17, 0)
_DAY_BEGUN: Final = time(9, 0)


class Days:
    """Lịch tính từ bây giờ. Day 0 is today, or the last working day while today's work has hardly begun."""

    def __init__(self, now: datetime, calendar: Calendar) -> None:
        self.now, self.calendar = now, calendar
        local = clock.local(now)
        self.today = local.date()
        begun = calendar.is_working(self.today) and local.time() >= _DAY_BEGUN
        self.desk = self.today if begun else calendar.add(self.today, -1)

    def day(self, ago: int) -> date:
        """Ngày làm việc thứ ``ago`` trước đây."""
        return self.desk if ago == 0 else self.calendar.add(self.desk, -ago)

    def ago(self, days: int, hour: int = 8, minute: int = 0) -> datetime:
        """Thời điểm trong ngày làm việc thứ ``days`` trước đây; of today's hours only those gone by are used."""
        day = self.day(days)
        moment = clock.instant(day, time(hour, minute))
        if day != self.today:
            return moment
        opens, closes = clock.instant(day, _OPENS), clock.instant(day, _CLOSES)
        if self.now >= closes:
            return moment
        return opens + (moment - opens) * ((self.now - opens) / (closes - opens))

    def later(self, moment: datetime, minutes: float) -> datetime:
        """Sau ``minutes`` phút làm việc: nights, weekends and holidays do not count."""
        left = timedelta(minutes=minutes)
        while True:
            moment = self._at_work(moment)
            day = clock.local(moment).date()
            closes = clock.instant(day, _CLOSES)
            if moment + left <= closes:
                return moment + left
            left -= closes - moment
            moment = clock.instant(day + timedelta(days=1), _OPENS)

    def _at_work(self, moment: datetime) -> datetime:
        local = clock.local(moment)
        day = local.date()
        if self.calendar.is_working(day) and local.time() < _CLOSES:
            return max(moment, clock.instant(day, _OPENS))
        following = self.calendar.next_working(day + timedelta(days=1))
        return clock.instant(following, _OPENS)

    def due_on(self, days: int) -> date:
        """Ngày làm việc thứ ``days`` kể từ hôm nay; a negative number is past."""
        return self.calendar.add(self.today, days) if days else self.today

    def due(self, days: int) -> datetime:
        """Mốc hết hạn của ngày đó."""
        return due_instant(self.due_on(days))
