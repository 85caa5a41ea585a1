"""Ngày nghỉ, ngày làm bù."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import extract, select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.core.working_days import Holiday


def holidays_of_year(year: int) -> Sequence[Holiday]:
    """Ngày nghỉ và ngày làm bù của một năm."""
    return session.scalars(
        select(Holiday).where(extract("year", Holiday.day) == year).order_by(Holiday.day)
    ).all()


def holiday_years() -> list[int]:
    """Các năm đã có lịch nghỉ, cùng năm nay và năm sau."""
    rows = session.scalars(select(extract("year", Holiday.day)).distinct())
    today = clock.today()
    return sorted({*(int(y) for y in rows), today.year, today.year + 1})


def holiday(day: date) -> Holiday:
    """Một ngày nghỉ.

    :raises NotFound: the day is not in the table.
    """
    found = session.get(Holiday, day)
    if found is None:
        raise NotFound
    return found


def day_of(number: int) -> date:
    """Ngày trong địa chỉ trang: 20270101.

    :raises NotFound: not a day.
    """
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError):
        raise NotFound from None
