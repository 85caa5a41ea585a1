"""Cách viết ngày, giờ, số, tên và hạn. The clock stands at Monday 23/11/2026, 08:00."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app.core import clock
from app.core.working_days import due_instant
from app.web import formatting

DAY = date(2026, 3, 2)
EVENING = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)  # 01:30 ngày 24/11, giờ Việt Nam


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return clock.instant(day, time(hour, minute))


def test_dates_are_written_day_first_and_in_local_time():
    assert formatting.date(DAY) == "02/03/2026"
    assert formatting.date(EVENING) == "24/11/2026"
    assert formatting.time(EVENING) == "01:30"
    assert formatting.datetime(EVENING) == "24/11/2026 01:30"
    assert formatting.short_datetime(EVENING) == "24/11 01:30"
    assert formatting.weekday(DAY) == "Thứ Hai, 02/03/2026"
    assert formatting.weekday_name(date(2026, 11, 29)) == "Chủ nhật"
    assert formatting.week_number(date(2026, 11, 24)) == 48


def test_the_year_is_left_out_only_within_this_year():
    assert formatting.short_date(date(2026, 11, 24)) == "24/11"
    assert formatting.short_date(date(2025, 11, 24)) == "24/11/2025"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "ngày 02 tháng 3 năm 2026"),
        (date(2026, 2, 11), "ngày 11 tháng 02 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_official_dates_take_the_zeros_of_the_decree(day: date, words: str):
    assert formatting.long_date(day) == words


def test_official_hours_and_ranges():
    assert formatting.long_time(at(DAY, 14)) == "14 giờ 00 phút"
    assert formatting.time_range(at(DAY, 10), at(DAY, 11, 30)) == "10:00–11:30"
    assert formatting.time_range(at(DAY, 10)) == "10:00"


def test_a_list_shows_the_hour_today_then_yesterday_then_the_day():
    today = clock.today()
    assert formatting.relative(at(today, 9, 42)) == "09:42"
    assert formatting.relative(at(today - timedelta(days=1), 23)) == "hôm qua"
    assert formatting.relative(at(today - timedelta(days=2), 9)) == "21/11"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234.5, "1.234,5"),
        (1234567, "1.234.567"),
        (Decimal("0.25"), "0,25"),
        (-3, "-3"),
        (2.0, "2"),
        (0, "0"),
    ],
)
def test_numbers_use_the_comma_for_decimals(value: float, words: str):
    assert formatting.number(value) == words


def test_a_fixed_number_of_decimals_is_kept():
    assert formatting.number(1.5, 2) == "1,50"


@pytest.mark.parametrize(
    ("size", "words"),
    [(512, "512 byte"), (96_256, "94 KB"), (1_258_291, "1,2 MB"), (1_048_575, "1 MB"), (5 * 1024**3, "5 GB")],
)
def test_file_sizes(size: int, words: str):
    assert formatting.filesize(size) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Trịnh Gia Khánh", "GK"), ("đỗ Đạt", "ĐĐ"), ("Vy", "V"), ("", ""), (None, "")]
)
def test_initials_are_of_the_last_two_words(name: str | None, letters: str):
    assert formatting.initials(name) == letters


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "dưới 1 phút"),
        (timedelta(minutes=6), "6 phút"),
        (timedelta(hours=2, minutes=24), "2 giờ 24 phút"),
        (timedelta(days=3, hours=5), "3 ngày"),
    ],
)
def test_durations(span: timedelta, words: str):
    assert formatting.duration(span) == words


def test_numbers_and_symbols_never_break_and_markup_stays_text():
    kept = formatting.nbsp("Trả lời 856/BC-STC <b>gấp</b> trước 30/11")
    assert '<span class="nowrap">856/BC-STC</span>' in kept
    assert '<span class="nowrap">30/11</span>' in kept
    assert "&lt;b&gt;gấp&lt;/b&gt;" in kept


def test_ordinary_words_are_left_alone():
    assert formatting.nbsp("Hòa - Bình, và/hoặc") == "Hòa - Bình, và/hoặc"


def test_nothing_is_written_as_nothing():
    empty = (
        formatting.date,
        formatting.time,
        formatting.relative,
        formatting.number,
        formatting.nbsp,
        formatting.iso,
    )
    assert [write(None) for write in empty] == [""] * 6


# ── nhãn hạn ─────────────────────────────────────────────────────────────────

TODAY = date(2026, 11, 23)
NOW = at(TODAY, 8)


def chip(due: datetime | None, **known: object) -> formatting.DeadlineChip:
    return formatting.deadline_chip(due, now=NOW, **known)  # type: ignore[arg-type]


def test_the_end_of_the_thirtieth_is_stored_as_the_thirty_first_and_shown_as_the_thirtieth():
    shown = chip(due_instant(date(2026, 11, 30)))
    assert shown.date == "30/11/2026"
    assert (shown.tone, shown.words, shown.days) == ("ok", "Hạn 30/11", "Còn 5 ngày")
    assert shown.exact == "Hạn đến hết ngày 30 tháng 11 năm 2026"


def test_an_hour_is_shown_when_the_deadline_has_one():
    shown = chip(at(TODAY, 10, 30), soon_at=NOW)
    assert (shown.tone, shown.words, shown.date) == ("soon", "Trước 10:30", "10:30, 23/11/2026")


@pytest.mark.parametrize(
    ("due", "words"),
    [(TODAY, "Hôm nay"), (date(2026, 11, 24), "Ngày mai"), (date(2026, 11, 26), "Còn 3 ngày")],
)
def test_soon_says_how_soon(due: date, words: str):
    shown = chip(due_instant(due), soon_at=NOW)
    assert (shown.tone, shown.words) == ("soon", words)


def test_days_left_may_be_counted_with_the_holiday_table():
    assert chip(due_instant(date(2026, 11, 26)), soon_at=NOW, days_left=2).words == "Còn 2 ngày"


def test_the_deadline_passes_at_midnight_and_not_before():
    due = due_instant(date(2026, 11, 22))
    assert formatting.deadline_chip(due, now=due - timedelta(seconds=1)).tone != "late"
    assert formatting.deadline_chip(due, now=due).tone == "late"


def test_late_says_by_how_many_working_days():
    assert chip(due_instant(date(2026, 11, 20)), late_days=1).words == "Quá hạn 1 ngày"
    assert chip(due_instant(date(2026, 11, 13))).words == "Quá hạn 6 ngày"


def test_late_by_hours_names_the_hour():
    assert chip(at(TODAY, 7, 30)).words == "Quá hạn từ 07:30"


def test_what_is_closed_is_never_red():
    due = due_instant(date(2026, 11, 13))
    in_time = chip(due, closed_at=at(date(2026, 11, 13), 17))
    after = chip(due, closed_at=at(date(2026, 11, 16), 9), late_days=1)
    assert (in_time.tone, in_time.words) == ("done", "Xong 13/11")
    assert (after.tone, after.words) == ("none", "Xong trễ hạn 1 ngày")


def test_without_a_deadline():
    assert chip(None).words == "Không hạn"
    assert chip(None, closed_at=NOW).words == "Xong 23/11"
