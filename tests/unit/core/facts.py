"""Sự kiện của riêng kiểm thử."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.core.events import Effect, Event


@dataclass(frozen=True, kw_only=True)
class NumberTaken(Event):
    """Đã lấy số."""

    number: int


@dataclass(frozen=True, kw_only=True)
class NumberTakenInHaste(NumberTaken):
    """Đã lấy số vội."""


@dataclass(frozen=True, kw_only=True)
class Told(Effect):
    """Đã báo."""

    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Rich(Event):
    """Đủ loại giá trị."""

    words: str
    on: date
    at: datetime
    until: datetime | None = None
    people: tuple[int, ...] = ()
    is_final: bool = False
