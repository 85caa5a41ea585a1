"""Thời gian dạng số: minutes since 1970 in UTC, moved by working time, written as COPY wants them.

The office's hours (07:30 to 17:00 at UTC+7) lie within one day of UTC, so that a day number is also a local day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from app.core.working_days import Calendar

DAY: Final = 1440
OPENS: Final = 30
CLOSES: Final = 600
_SEVEN_HOURS: Final = 420
_EPOCH: Final = date(1970, 1, 1)
_TIMES: Final = tuple(f"{minute // 60:02d}:{minute % 60:02d}:00+00" for minute in range(DAY))


def number_of(day: date) -> int:
    """Số thứ tự của một ngày."""
    return (day - _EPOCH).days


@cache
def day_of(number: int) -> date:
    """Ngày mang số thứ tự này."""
    return _EPOCH + timedelta(days=number)


@cache
def day_text(number: int) -> str:
    """Ngày để chép."""
    return day_of(number).isoformat()


def text_of(minute: int) -> str:
    """Thời điểm để chép."""
    day, rest = divmod(minute, DAY)
    return f"{day_text(day)} {_TIMES[rest]}"


def iso_of(minute: int) -> str:
    """Thời điểm trong dữ liệu nhật ký, as ``datetime.isoformat`` writes it."""
    day, rest = divmod(minute, DAY)
    return f"{day_text(day)}T{_TIMES[rest][:8]}+00:00"


class WorkingTime:
    """Giờ làm việc trên trục số."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._next: dict[int, int] = {}
        self._added: dict[tuple[int, int], int] = {}

    def days(self, first: date, last: date) -> list[int]:
        """Các ngày làm việc từ ``first`` đến hết ``last``."""
        span = range(number_of(first), number_of(last) + 1)
        return [number for number in span if self._calendar.is_working(day_of(number))]

    def later(self, minute: int, minutes: int) -> int:
        """Sau ``minutes`` phút làm việc."""
        day, rest = divmod(minute, DAY)
        rest += minutes
        while rest > CLOSES:
            rest -= CLOSES - OPENS
            day = self.next_day(day)
        return day * DAY + rest

    def next_day(self, day: int) -> int:
        """Ngày làm việc kế tiếp."""
        found = self._next.get(day)
        if found is None:
            found = self._next[day] = number_of(self._calendar.next_working(day_of(day + 1)))
        return found

    def add(self, day: int, count: int) -> int:
        """Cộng ngày làm việc."""
        found = self._added.get((day, count))
        if found is None:
            found = self._added[day, count] = number_of(self._calendar.add(day_of(day), count))
        return found

    def due(self, day: int) -> tuple[int, int]:
        """Mốc hết hạn của một ngày, và mốc sắp đến hạn: midnights at UTC+7."""
        return (day + 1) * DAY - _SEVEN_HOURS, self.add(day, -3) * DAY - _SEVEN_HOURS
