"""Từ ngữ của nhật ký: each package names its events and fields here through its wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

EVENTS: dict[str, str] = {}
FIELDS: dict[str, str] = {"state": "Trạng thái"}
VALUES: dict[str, Callable[[Any], str]] = {}
TONES: dict[str, str] = {}


def register(
    events: Mapping[str, str],
    fields: Mapping[str, str] | None = None,
    values: Mapping[str, Callable[[Any], str]] | None = None,
    tones: Mapping[str, str] | None = None,
) -> None:
    """Đăng ký lời cho sự kiện ("vào sổ"), trường ("Hạn xử lý"), cách đọc giá trị, và sắc thái ("bad") trên dòng thời gian."""
    EVENTS.update(events)
    FIELDS.update(fields or {})
    VALUES.update(values or {})
    TONES.update(tones or {})


def event_words(name: str) -> str:
    """Lời kể của một sự kiện."""
    return EVENTS.get(name, name)
