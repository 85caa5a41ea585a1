"""Giá trị trong gói tin: dates and times in the spellings producers use, made one; numbers and words for the urgency."""

from __future__ import annotations

import re
from datetime import date, datetime

from app.core.text import fold
from app.storage.child.edxml.notes import Notes

_YEAR_FIRST = re.compile(r"^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_TIME = re.compile(
    r"[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(AM|PM|SA|CH)?\s*(Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_URGENCY = {"thuong": 0, "khan": 1, "thuongkhan": 2, "hoatoc": 3, "hoatochengio": 4}


def day(raw: str, where: str, notes: Notes) -> str | None:
    """Ngày thành ``yyyy-mm-dd``; nothing when it cannot be read, and that is noted."""
    if not raw:
        return None
    found = _YEAR_FIRST.match(raw) or _COMPACT.match(raw)
    parts = [int(p) for p in found.groups()] if found else None
    if parts is None and (found := _DAY_FIRST.match(raw)):
        parts = [int(p) for p in reversed(found.groups())]
        notes.add("date_day_first", where)
    try:
        value = date(*parts) if parts else None
    except ValueError:
        value = None
    if value is None:
        notes.add("date_unreadable", f"{where}: {raw[:40]}")
        return None
    return value.isoformat()


def moment(raw: str, where: str, notes: Notes) -> str | None:
    """Thời điểm ISO 8601; without a zone it is the time of Vietnam."""
    on = day(raw, where, notes)
    if on is None:
        return None
    found = _TIME.search(raw)
    if not found:
        return f"{on}T00:00:00+07:00"
    hour, minute, second, half, zone = found.groups()
    at = (
        int(hour) % 12 + 12
        if half and half.upper() in ("PM", "CH")
        else int(hour) % 12
        if half
        else int(hour)
    )
    zone = "+00:00" if zone in ("Z", "z") else zone or "+07:00"
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    text = f"{on}T{at:02}:{minute}:{second or '00'}{zone}"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        notes.add("date_unreadable", f"{where}: {raw[:40]}")
        return None
    return text


def number(raw: str) -> int | None:
    """Số nguyên, hoặc không có."""
    return int(raw) if re.fullmatch(r"-?\d{1,9}", raw) else None


def urgency(raw: str, notes: Notes) -> int | None:
    """Độ khẩn: a number, or the word for it."""
    value = number(raw)
    if value is not None or not raw:
        return value
    letters = "".join(c for c in fold(raw) if c.isalpha())
    if letters in _URGENCY:
        notes.add("urgency_words", raw[:40])
        return _URGENCY[letters]
    return None
