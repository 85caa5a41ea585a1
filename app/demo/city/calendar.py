"""Ngày nghỉ chính thức 2025–2027, kể cả ngày nghỉ bù và ngày làm bù."""

from __future__ import annotations

from typing import Final

import holidays

from app.core.db import session
from app.core.working_days import Calendar, Holiday

YEARS: Final = (2025, 2026, 2027)
_WORKED = "Làm bù cho ngày nghỉ hoán đổi"


def official_days() -> list[Holiday]:
    """Các ngày nghỉ và ngày làm bù theo thông báo chính thức."""
    table = holidays.country_holidays("VN", years=YEARS, language="vi")
    worked = sorted(day for day in table.weekend_workdays if day.year in YEARS)
    return [
        *(Holiday(day=day, is_working=False, name=name) for day, name in sorted(table.items())),
        *(Holiday(day=day, is_working=True, name=_WORKED) for day in worked),
    ]


def fill_calendar() -> Calendar:
    """Ghi các ngày nghỉ; gives back the calendar they make."""
    days = official_days()
    made = Calendar(
        frozenset(d.day for d in days if not d.is_working), frozenset(d.day for d in days if d.is_working)
    )
    session.add_all(days)
    session.flush()
    return made
