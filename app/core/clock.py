"""Giờ Việt Nam: the only source of business time. Stored in UTC, shown and computed in Asia/Ho_Chi_Minh."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


@cache
def _offset() -> timedelta:
    """Distance of the moved test clock (``TEST_CLOCK``, an instant) from real time; zero in production."""
    wanted = os.environ.get("TEST_CLOCK")
    return datetime.fromisoformat(wanted).astimezone(UTC) - datetime.now(UTC) if wanted else timedelta(0)


def now() -> datetime:
    """Bây giờ: the current instant, UTC."""
    return _set_to.get() or datetime.now(UTC) + _offset()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Đặt đồng hồ ở một thời điểm trong lúc dựng dữ liệu mẫu; only the demo city may call it (a test holds that)."""
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def today() -> date:
    """Hôm nay: the local date of an official's desk."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """Đổi sang giờ Việt Nam."""
    return moment.astimezone(LOCAL)


def instant(day: date, at: time = time(0, 0)) -> datetime:
    """Mốc thời gian: the UTC instant of a local date and hour."""
    return datetime.combine(day, at, LOCAL).astimezone(UTC)
