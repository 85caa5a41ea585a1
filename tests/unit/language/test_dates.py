"""Đọc và viết ngày, giờ, thời hạn."""

from datetime import date, time

import pytest

from app.core.working_days import Calendar
from app.language.dates import (
    Lean,
    Moment,
    clock_time,
    dmy,
    in_words,
    long_date,
    place_and_date,
    read_date,
    read_moment,
    weekday,
)
from app.language.errors import NotUnderstood

MONDAY = date(2026, 11, 23)
CALENDAR = Calendar(off=frozenset({date(2026, 11, 26)}))


def read(typed, today=MONDAY, lean=Lean.AHEAD):
    return read_moment(typed, today=today, calendar=CALENDAR, lean=lean)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("30/11", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        (" 30-11-2026 ", date(2026, 11, 30)),
        ("30.11.2026", date(2026, 11, 30)),
        ("2026-11-30", date(2026, 11, 30)),
        ("ngày 30 tháng 11 năm 2026", date(2026, 11, 30)),
        ("ngày 05 tháng 12", date(2026, 12, 5)),
        ("1/2/2027", date(2027, 2, 1)),
        ("12/03/2027", date(2027, 3, 12)),
        ("29/02/2028", date(2028, 2, 29)),
        ("hn", MONDAY),
        ("Hôm nay", MONDAY),
        ("mai", date(2026, 11, 24)),
        ("t6", date(2026, 11, 27)),
        ("T6", date(2026, 11, 27)),
        ("thứ Sáu", date(2026, 11, 27)),
        ("t2", date(2026, 11, 30)),
        ("cn", date(2026, 11, 29)),
        ("Chủ nhật", date(2026, 11, 29)),
        ("+1", date(2026, 11, 24)),
        ("+3", date(2026, 11, 27)),
        ("+ 5", date(2026, 12, 1)),
    ],
)
def test_a_day_is_read_as_typed(typed, day):
    assert read(typed) == Moment(day)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("30/11 10:30", date(2026, 11, 30), time(10, 30)),
        ("30/11/2026 10h30", date(2026, 11, 30), time(10, 30)),
        ("10h 30/11", date(2026, 11, 30), time(10, 0)),
        ("10h30 30/11.", date(2026, 11, 30), time(10, 30)),
        ("10h30 ngày 30/11", date(2026, 11, 30), time(10, 30)),
        ("trước 16h, ngày 30/11/2026", date(2026, 11, 30), time(16, 0)),
        ("14 giờ 00 phút, ngày 30 tháng 11 năm 2026", date(2026, 11, 30), time(14, 0)),
        ("+1 9h", date(2026, 11, 24), time(9, 0)),
        ("t6 7:05", date(2026, 11, 27), time(7, 5)),
        ("hn 23:59", MONDAY, time(23, 59)),
        ("08:00 2026-11-30", date(2026, 11, 30), time(8, 0)),
    ],
)
def test_an_hour_may_stand_before_or_after(typed, day, at):
    assert read(typed) == Moment(day, at)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Chưa ghi ngày"),
        ("   ", "Chưa ghi ngày"),
        ("\u200b", "Chưa ghi ngày"),
        ("30/02", "Tháng 02 năm 2027 chỉ có 28 ngày, không có ngày 30/02"),
        ("30/02/2026", "Tháng 02 năm 2026 chỉ có 28 ngày"),
        ("31/11", "Tháng 11 năm 2026 chỉ có 30 ngày"),
        ("29/02/2027", "Năm 2027 không nhuận, tháng 02 chỉ có 28 ngày"),
        ("29/02/2027", "Ngày cuối tháng là 28/02/2027"),
        ("30/11 24:00", "Không có 24:00. Muốn nói hết 30/11 thì chỉ ghi 30/11"),
        ("30/11 24h", "Không có 24:00"),
        ("01/12 00:00", "Muốn nói hết ngày 30/11 thì chỉ ghi 30/11"),
        ("30/11 25:00", "Không có 25 giờ"),
        ("30/11 10:75", "Không có 75 phút"),
        ("30/11 10:30 11:30", "hai giờ"),
        ("10:30", "chưa có ngày"),
        ("11/30/2026", "Ngày viết trước, tháng viết sau: 30/11"),
        ("30/13", "Không có tháng 13"),
        ("00/12", "Không có ngày 0"),
        ("32/12", "Không có ngày 32"),
        ("30/11/26", "đủ bốn chữ số, ví dụ 30/11/2026"),
        ("30/11/0001", "nằm ngoài khoảng 1990–2100"),
        ("30/11/9999", "nằm ngoài khoảng 1990–2100"),
        ("30/11-2026", "Không hiểu"),
        ("30/11/20266", "Không hiểu"),
        ("٣٠/١١", "Không hiểu"),
        ("+0", "từ 1 đến 500"),
        ("+9999", "từ 1 đến 500"),
        ("+-5", "Không hiểu"),
        ("t8", "Không hiểu"),
        ("cuối tuần", "+5 (năm ngày làm việc)"),
        ("9" * 1_000_000, "quá dài"),
    ],
)
def test_what_cannot_be_read_is_explained(typed, words):
    with pytest.raises(NotUnderstood) as refused:
        read(typed)
    assert words in refused.value.sentence
    assert len(refused.value.sentence) < 250


def test_a_long_text_is_not_repeated():
    with pytest.raises(NotUnderstood) as refused:
        read("x" * 61)
    assert "xxx" not in refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "lean", "day"),
    [
        ("05/01", Lean.AHEAD, date(2027, 1, 5)),
        ("22/11", Lean.AHEAD, date(2026, 11, 22)),
        ("23/10", Lean.AHEAD, date(2026, 10, 23)),
        ("22/10", Lean.AHEAD, date(2027, 10, 22)),
        ("05/01", Lean.BACK, date(2026, 1, 5)),
        ("24/12", Lean.BACK, date(2026, 12, 24)),
        ("25/12", Lean.BACK, date(2025, 12, 25)),
    ],
)
def test_without_a_year_the_field_says_which_way_to_look(typed, lean, day):
    assert read(typed, lean=lean).day == day


def test_the_leap_day_without_a_year_is_sought_in_the_year_meant():
    assert read("29/02", today=date(2027, 12, 1)).day == date(2028, 2, 29)


def test_words_about_the_future_mean_nothing_to_a_date_of_the_past():
    with pytest.raises(NotUnderstood) as refused:
        read_moment("t6", today=MONDAY, lean=Lean.BACK)
    assert "thứ Sáu tới" not in refused.value.sentence
    assert "+5" not in refused.value.sentence


def test_working_days_need_a_calendar():
    with pytest.raises(NotUnderstood, match="Không hiểu"):
        read_moment("+5", today=MONDAY)


def test_on_a_friday_the_next_friday_is_a_week_away():
    assert read("t6", today=date(2026, 11, 27)).day == date(2026, 12, 4)


def test_a_date_field_refuses_an_hour():
    assert read_date("30/11", today=MONDAY) == date(2026, 11, 30)
    with pytest.raises(NotUnderstood, match="không nhận giờ"):
        read_date("30/11 10:30", today=MONDAY)


def test_dates_are_written_as_the_decree_writes_them():
    assert long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert long_date(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert place_and_date("Hà Nội", date(2026, 2, 5)) == "Hà Nội, ngày 05 tháng 02 năm 2026"
    assert clock_time(time(14)) == "14 giờ 00 phút"
    assert dmy(date(2026, 2, 5)) == "05/02/2026"


def test_a_reading_is_echoed_in_words():
    assert in_words(date(2026, 11, 30)) == "Thứ Hai, ngày 30 tháng 11 năm 2026"
    assert in_words(date(2026, 11, 29), time(10, 30)) == "10 giờ 30 phút, Chủ nhật, ngày 29 tháng 11 năm 2026"
    assert weekday(date(2026, 11, 27)) == "Thứ Sáu"
    assert str(Moment(date(2026, 11, 30), time(10, 30))) == "30/11/2026 10:30"


def test_what_is_written_reads_back():
    moment = Moment(date(2027, 3, 1), time(7, 5))
    assert read(str(moment)) == moment
    assert read(f"{clock_time(time(7, 5))}, {long_date(date(2027, 3, 1))}") == moment
