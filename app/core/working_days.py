"""Ngày làm việc: weekends, public holidays and official swap days, and the deadlines counted with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, session
from app.core.kept import kept

_SATURDAY = 5


class Holiday(Base):
    """Ngày nghỉ, ngày làm bù: the editable table that decides; seeded from official calendars."""

    __tablename__ = "holiday"
    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]  # True: a Saturday or Sunday worked in exchange for a day off
    name: Mapped[str]


@dataclass(frozen=True)
class Calendar:
    """Lịch làm việc: days off besides weekends, and weekend days that are worked."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Có phải ngày làm việc không."""
        if day in self.worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.off

    def add(self, start: date, count: int) -> date:
        """Cộng ngày làm việc: the ``count``-th working day after ``start`` (counting starts the day after)."""
        day, step = start, timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def next_working(self, day: date) -> date:
        """Ngày làm việc kể từ ``day``, chính nó nếu đang là ngày làm việc."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def between(self, start: date, end: date) -> int:
        """Số ngày làm việc sau ``start`` đến hết ``end``; 0 when ``end`` is not later."""
        if end <= start:
            return 0
        whole, rest = divmod((end - start).days, 7)
        count = whole * 5
        for i in range(1, rest + 1):
            count += (start + timedelta(days=i)).weekday() < _SATURDAY
        for day in self.off:
            count -= start < day <= end and day.weekday() < _SATURDAY
        for day in self.worked:
            count += start < day <= end and day.weekday() >= _SATURDAY
        return count


def calendar() -> Calendar:
    """Lịch làm việc hiện hành, đọc từ bảng ngày nghỉ."""
    rows = session.execute(select(Holiday.day, Holiday.is_working)).all()
    return Calendar(
        frozenset(r.day for r in rows if not r.is_working), frozenset(r.day for r in rows if r.is_working)
    )


@kept(60)
def shown_calendar() -> Calendar:
    """Lịch để hiển thị "còn mấy ngày": may be a minute old, so that pages do not read the table each time.

    Deadlines themselves are always computed with :func:`calendar`.
    """
    return calendar()


def due_instant(day: date, at: time | None = None) -> datetime:
    """Mốc hết hạn (không tính chính mốc đó): "hết ngày 30" is 00:00 of the 31st local; with an hour, that hour."""
    return clock.instant(day, at) if at else clock.instant(day + timedelta(days=1))


def due_day(due_at: datetime) -> date:
    """Ngày hạn ghi trên giấy của một mốc hết hạn."""
    return clock.local(due_at - timedelta(microseconds=1)).date()


def soon_instant(assigned: date, due_at: datetime, cal: Calendar) -> datetime:
    """Mốc "sắp đến hạn": 3 working days before; for spans over a month 10 %, at most 10 working days."""
    due = due_day(due_at)
    span = (due - assigned).days
    lead = min(10, max(3, round(cal.between(assigned, due) * 0.1))) if span > 31 else 3
    return clock.instant(cal.add(due, -lead))


def days_late(due_at: datetime, now: datetime, cal: Calendar) -> int:
    """Số ngày làm việc quá hạn: 0 while in time, at least 1 once the instant has passed."""
    if now < due_at:
        return 0
    return max(1, cal.between(due_day(due_at), clock.local(now).date()))


def days_left(due_at: datetime, now: datetime, cal: Calendar) -> int:
    """Số ngày làm việc còn lại đến ngày hạn."""
    return cal.between(clock.local(now).date(), due_day(due_at))
