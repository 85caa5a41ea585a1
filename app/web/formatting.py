"""Cách viết ngày, giờ, số, tên: Vietnamese conventions for templates, shown in local time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from flask import Flask
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app.core import clock, working_days
from app.web.guards import new_request_key

WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
# A number or symbol such as 856/BC-STC, 24/11/2026, 2026–2030: a digit and a joint, no spaces.
_UNBREAKABLE: Final = re.compile(r"(?<!\S)(?=\S*\d)(?=\S*\w[/\-–:.]\w)\S{3,32}(?!\S)")
_KILO: Final = 1024

# ── ngày, giờ ────────────────────────────────────────────────────────────────


def _day(value: dt.date) -> dt.date:
    """The local calendar day of a date or an instant."""
    return clock.local(value).date() if isinstance(value, dt.datetime) else value


def date(value: dt.date | None) -> str:
    """Ngày: ``24/11/2026``; an empty string for nothing."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def short_date(value: dt.date | None) -> str:
    """Ngày viết ngắn: ``24/11`` within the current year, otherwise in full."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day.day:02}/{day.month:02}" if day.year == clock.today().year else date(day)


def time(value: dt.datetime | None) -> str:
    """Giờ: ``09:42``, 24 hours."""
    return "" if value is None else f"{clock.local(value):%H:%M}"


def datetime(value: dt.datetime | None) -> str:
    """Ngày và giờ: ``24/11/2026 07:52``."""
    return "" if value is None else f"{date(value)} {time(value)}"


def short_datetime(value: dt.datetime | None) -> str:
    """Ngày và giờ viết ngắn: ``24/11 07:52``."""
    return "" if value is None else f"{short_date(value)} {time(value)}"


def time_range(start: dt.datetime, end: dt.datetime | None = None) -> str:
    """Từ giờ đến giờ: ``10:00–11:30``."""
    return time(start) if end is None else f"{time(start)}–{time(end)}"


def weekday_name(value: dt.date | None) -> str:
    """Thứ trong tuần: ``Thứ Ba``."""
    return "" if value is None else WEEKDAYS[_day(value).weekday()]


def weekday(value: dt.date | None) -> str:
    """Thứ và ngày: ``Thứ Ba, 24/11/2026``."""
    return "" if value is None else f"{weekday_name(value)}, {date(value)}"


def long_date(value: dt.date | None) -> str:
    """Ngày trong văn bản: ``ngày 02 tháng 3 năm 2026``; days under 10, months 1 and 2 take a leading zero (NĐ 30/2020)."""
    if value is None:
        return ""
    day = _day(value)
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def long_time(value: dt.datetime | None) -> str:
    """Giờ trong văn bản: ``14 giờ 00 phút``."""
    return "" if value is None else f"{clock.local(value):%H} giờ {clock.local(value):%M} phút"


def week_number(value: dt.date) -> int:
    """Số tuần theo ISO, tuần bắt đầu từ thứ Hai."""
    return _day(value).isocalendar().week


def iso(value: dt.date | None) -> str:
    """Dạng máy đọc cho ``<time datetime>``."""
    if value is None:
        return ""
    return (
        clock.local(value).isoformat(timespec="minutes")
        if isinstance(value, dt.datetime)
        else value.isoformat()
    )


def relative(value: dt.datetime | None) -> str:
    """Thời điểm viết gọn trong danh sách: ``09:42`` today, ``hôm qua``, ``22/11``."""
    if value is None:
        return ""
    days = (clock.today() - _day(value)).days
    if days == 0:
        return time(value)
    return "hôm qua" if days == 1 else short_date(value)


def duration(value: dt.timedelta | None) -> str:
    """Khoảng thời gian: ``6 phút``, ``2 giờ 24 phút``, ``3 ngày``."""
    if value is None:
        return ""
    minutes = max(0, int(value.total_seconds()) // 60)
    if minutes < 1:
        return "dưới 1 phút"
    if minutes < 60:
        return f"{minutes} phút"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{hours // 24} ngày"


# ── số, chữ ──────────────────────────────────────────────────────────────────


def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """Số: ``1.234,5``; without ``decimals`` as many as the number has, at most three."""
    if value is None:
        return ""
    places = decimals if decimals is not None else (0 if isinstance(value, int) else 3)
    text = f"{value:,.{places}f}"
    if decimals is None and places:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


_SWAP: Final = str.maketrans({",": ".", ".": ","})


def filesize(value: int | None) -> str:
    """Dung lượng tệp: ``94 KB``, ``1,2 MB``."""
    if value is None:
        return ""
    if value < _KILO:
        return f"{value} byte"
    size = float(value)
    for unit in ("KB", "MB", "GB"):
        size /= _KILO
        if round(size, 1) < _KILO or unit == "GB":
            return f"{number(round(size) if unit == 'KB' else round(size, 1))} {unit}"
    raise AssertionError


def initials(name: str | None) -> str:
    """Chữ viết tắt của họ tên: the last two words, given name last (``Hồ Nhật Vy`` → ``NV``)."""
    return "".join(word[0] for word in (name or "").split()[-2:]).upper()


def nbsp(text: str | None) -> Markup:
    """Giữ liền số, ký hiệu: tokens such as 856/BC-STC or 24/11/2026 never break across lines.

    A span, not special spaces or hyphens: what is copied and searched stays what was typed.
    """
    return Markup(_UNBREAKABLE.sub(r'<span class="nowrap">\g<0></span>', str(escape(text or ""))))  # noqa: S704 - escaped first


# ── hạn ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DeadlineChip:
    """Nhãn hạn: its tone (late, soon, ok, done, none), the words in the chip, the days, the date on paper, the exact hour."""

    tone: str
    words: str
    days: str = ""
    date: str = ""
    exact: str = ""
    icon: str = "calendar"


_NO_DEADLINE: Final = DeadlineChip("none", "Không hạn", icon="infinity")
_WEEKENDS_ONLY: Final = working_days.Calendar()


def deadline_chip(
    due_at: dt.datetime | None,
    soon_at: dt.datetime | None = None,
    closed_at: dt.datetime | None = None,
    late_days: int | None = None,
    now: dt.datetime | None = None,
    *,
    days_left: int | None = None,
) -> DeadlineChip:
    """Nhãn hạn của một việc; due instants are exclusive: "hết ngày 30" is stored as 00:00 of the 31st and shows 30.

    ``late_days`` and ``days_left`` are working days counted with the holiday table; without them weekends alone are
    skipped.
    """
    if due_at is None:
        return (
            DeadlineChip("done", f"Xong {short_date(closed_at)}", icon="check") if closed_at else _NO_DEADLINE
        )
    now = now or clock.now()
    day = working_days.due_day(due_at)
    hour = "" if _is_midnight(due_at) else time(due_at)
    on_paper = f"{hour}, {date(day)}" if hour else date(day)
    exact = f"Hạn {hour} {long_date(day)}" if hour else f"Hạn đến hết {long_date(day)}"
    if closed_at is not None:
        return _closed(closed_at, due_at, late_days, on_paper, exact)
    if now >= due_at:
        words = _late_words(now, due_at, late_days)
        return DeadlineChip("late", words, words, on_paper, exact, "alert-triangle")
    left = working_days.days_left(due_at, now, _WEEKENDS_ONLY) if days_left is None else days_left
    remaining = _remaining_words(day, hour, left, clock.local(now).date())
    if soon_at is not None and now >= soon_at:
        return DeadlineChip("soon", remaining, remaining, on_paper, exact, "clock")
    return DeadlineChip("ok", f"Hạn {short_date(day)}", remaining, on_paper, exact, "calendar")


def _is_midnight(moment: dt.datetime) -> bool:
    local = clock.local(moment)
    return (local.hour, local.minute, local.second) == (0, 0, 0)


def _closed(
    closed_at: dt.datetime, due_at: dt.datetime, late_days: int | None, on_paper: str, exact: str
) -> DeadlineChip:
    """On time is green; closed after its day is grey: red is kept for what is late now."""
    if closed_at < due_at:
        return DeadlineChip(
            "done", f"Xong {short_date(closed_at)}", "Xong đúng hạn", on_paper, exact, "check"
        )
    days = f"Xong trễ hạn {late_days} ngày" if late_days else "Xong trễ hạn"
    return DeadlineChip("none", days, days, on_paper, exact, "check")


def _late_words(now: dt.datetime, due_at: dt.datetime, late_days: int | None) -> str:
    """The day it falls due by the hour, it is late by hours; from the next day on, by working days."""
    if not _is_midnight(due_at) and clock.local(now).date() == clock.local(due_at).date():
        return f"Quá hạn từ {time(due_at)}"
    days = working_days.days_late(due_at, now, _WEEKENDS_ONLY) if late_days is None else late_days
    return f"Quá hạn {max(1, days)} ngày"


def _remaining_words(day: dt.date, hour: str, left: int, today: dt.date) -> str:
    if day == today:
        return f"Trước {hour}" if hour else "Hôm nay"
    if day == today + dt.timedelta(days=1):
        return f"{hour} ngày mai" if hour else "Ngày mai"
    return f"Còn {left} ngày"


# ── với Jinja ────────────────────────────────────────────────────────────────

FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "date": date,
    "datetime": datetime,
    "duration": duration,
    "filesize": filesize,
    "initials": initials,
    "iso": iso,
    "long_date": long_date,
    "long_time": long_time,
    "nbsp": nbsp,
    "number": number,
    "relative": relative,
    "short_date": short_date,
    "short_datetime": short_datetime,
    "time": time,
    "week_number": week_number,
    "weekday": weekday,
    "weekday_name": weekday_name,
}


def init_app(app: Flask) -> None:
    """Gắn bộ lọc và hàm định dạng vào Jinja."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        deadline_chip=deadline_chip, time_range=time_range, now=clock.now, today=clock.today
    )
    # Macros are imported without context, so that Jinja keeps them compiled: what their forms print must be global.
    app.jinja_env.globals.update(csrf_token=generate_csrf, request_key=new_request_key)
