"""Ngày, giờ và thời hạn: reads what people type in a date field and writes dates as offices write them."""

import calendar as month_lengths
import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.core.text import clean_line, fold
from app.language.errors import NotUnderstood

if TYPE_CHECKING:  # the calendar's module brings the database; reading a date must not
    from app.core.working_days import Calendar

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
MAX_WORKING_DAYS: Final = 500
MAX_LENGTH: Final = 60

# A day and month without a year keep this year for so many days on the wrong side of today, so that
# "hôm qua" typed as a deadline is shown to be past instead of jumping to next year.
GRACE: Final = timedelta(days=31)

WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_WEEKDAY_WORDS: Final = {
    "t2": 0, "thu 2": 0, "thu hai": 0,
    "t3": 1, "thu 3": 1, "thu ba": 1,
    "t4": 2, "thu 4": 2, "thu tu": 2,
    "t5": 3, "thu 5": 3, "thu nam": 3,
    "t6": 4, "thu 6": 4, "thu sau": 4,
    "t7": 5, "thu 7": 5, "thu bay": 5,
    "cn": 6, "chu nhat": 6,
}  # fmt: skip
_RELATIVE_WORDS: Final = {"hn": 0, "hom nay": 0, "nm": 1, "mai": 1}

_TIME = re.compile(
    r"(?<![\d/.+-])([0-9]{1,2})\s*(?::\s*([0-9]{1,2})|(?:gio|h|g)\s*(?:([0-9]{1,2})(?![0-9/.-])\s*(?:phut|p)?)?)(?![a-z0-9])"
)
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{1,4}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPELLED = re.compile(r"([0-9]{1,2}) thang ([0-9]{1,2})(?: nam ([0-9]{4}))?")
_WORKING_DAYS = re.compile(r"\+ ?([0-9]{1,4})")
_FILLERS = re.compile(r"\b(?:luc|ngay|vao|truoc)\b|,")


class Lean(Enum):
    """Chiều của ngày: which way a date without a year points."""

    AHEAD = "ahead"
    """Deadlines, meetings."""
    BACK = "back"
    """Dates of documents and other things that have happened."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Ngày và giờ (nếu có) đã đọc được."""

    day: date
    at: time | None = None

    def __str__(self) -> str:
        """Viết ngắn, đọc lại được: "30/11/2026 10:30"."""
        return f"{dmy(self.day)} {self.at:%H:%M}" if self.at else dmy(self.day)


def read_moment(
    typed: str, *, today: date, calendar: "Calendar | None" = None, lean: Lean = Lean.AHEAD
) -> Moment:
    """Đọc ngày giờ người dùng gõ: "30/11", "30/11/2026 10h30", "+5", "t6", "hn".

    :raise NotUnderstood: with a sentence that says what is wrong and how to write it.
    """
    reader = _Reader(typed, today, calendar, lean)
    return reader.read()


def read_date(
    typed: str, *, today: date, calendar: "Calendar | None" = None, lean: Lean = Lean.AHEAD
) -> date:
    """Đọc ngày người dùng gõ, không nhận giờ."""
    moment = read_moment(typed, today=today, calendar=calendar, lean=lean)
    if moment.at is not None:
        raise NotUnderstood(f"Ô này chỉ nhận ngày, không nhận giờ. Ghi {dmy(moment.day)}.")
    return moment.day


def dmy(day: date) -> str:
    """Ngày viết bằng số: "30/11/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """Ngày theo thể thức văn bản: "ngày 05 tháng 02 năm 2026".

    Nghị định 30/2020/NĐ-CP: a leading zero for days below 10 and for January and February only.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(place: str, day: date) -> str:
    """Địa danh và thời gian ban hành: "Thành phố Hồ Chí Minh, ngày 05 tháng 02 năm 2026"."""
    return f"{place}, {long_date(day)}"


def weekday(day: date) -> str:
    """Tên thứ trong tuần: "Thứ Hai" … "Chủ nhật"."""
    return WEEKDAYS[day.weekday()]


def clock_time(at: time) -> str:
    """Giờ theo thể thức văn bản: "14 giờ 00 phút"."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút"


def in_words(day: date, at: time | None = None) -> str:
    """Nhắc lại bằng chữ: "Thứ Hai, ngày 30 tháng 11 năm 2026", có giờ thì giờ đứng trước."""
    words = f"{weekday(day)}, {long_date(day)}"
    return f"{clock_time(at)}, {words}" if at else words


class _Reader:
    """One reading of one field; splits the hour off first, then tries the forms of a date in turn."""

    def __init__(self, typed: str, today: date, calendar: "Calendar | None", lean: Lean) -> None:
        self.typed = clean_line(typed).rstrip(".")
        self.today = today
        self.calendar = calendar
        self.lean = lean

    def read(self) -> Moment:
        if not self.typed:
            raise NotUnderstood(f"Chưa ghi ngày. {self._how()}")
        if len(self.typed) > MAX_LENGTH:
            raise NotUnderstood(f"Nội dung quá dài, không phải một ngày. {self._how()}")
        found = list(_TIME.finditer(folded := fold(self.typed)))
        if len(found) > 1:
            raise NotUnderstood("Có hai giờ trong một ô. Chỉ ghi một giờ, ví dụ 10:30.")
        rest = folded
        for match in found:
            rest = f"{folded[: match.start()]} {folded[match.end() :]}"
        rest = " ".join(_FILLERS.sub(" ", rest).split())
        if found and not rest:
            raise NotUnderstood(f"Mới có giờ, chưa có ngày. {self._how()}")
        day = self._day(rest)
        return Moment(day, self._time(found[0], day) if found else None)

    def _day(self, rest: str) -> date:
        if match := _NUMERIC.fullmatch(rest):
            day, _, month, year = match.groups()
            return self._calendar_day(day, month, year)
        if match := _ISO.fullmatch(rest):
            year, month, day = match.groups()
            return self._calendar_day(day, month, year)
        if match := _SPELLED.fullmatch(rest):
            day, month, year = match.groups()
            return self._calendar_day(day, month, year)
        if rest in _RELATIVE_WORDS and (self.lean is Lean.AHEAD or not _RELATIVE_WORDS[rest]):
            return self.today + timedelta(days=_RELATIVE_WORDS[rest])
        if rest in _WEEKDAY_WORDS and self.lean is Lean.AHEAD:
            return self.today + timedelta(days=(_WEEKDAY_WORDS[rest] - self.today.weekday() - 1) % 7 + 1)
        if (match := _WORKING_DAYS.fullmatch(rest)) and self.calendar:
            return self._after_working_days(int(match[1]), self.calendar)
        raise NotUnderstood(f"Không hiểu “{self.typed}”. {self._how()}")

    def _after_working_days(self, count: int, calendar: "Calendar") -> date:
        if not 1 <= count <= MAX_WORKING_DAYS:
            raise NotUnderstood(
                f"Số ngày làm việc phải từ 1 đến {MAX_WORKING_DAYS}. Hạn trong hôm nay thì ghi hn."
            )
        return calendar.add(self.today, count)

    def _calendar_day(self, day_text: str, month_text: str, year_text: str | None) -> date:
        day, month = int(day_text), int(month_text)
        if not 1 <= month <= 12:
            if 1 <= day <= 12 < month <= 31:
                swapped = f"{month:02d}/{day:02d}"
                raise NotUnderstood(f"Không có tháng {month}. Ngày viết trước, tháng viết sau: {swapped}.")
            raise NotUnderstood(f"Không có tháng {month}. Tháng từ 1 đến 12.")
        if not 1 <= day <= 31:
            raise NotUnderstood(f"Không có ngày {day}. Ngày từ 1 đến 31.")
        year = self._year(day, month, year_text)
        last = month_lengths.monthrange(year, month)[1]
        if day > last:
            raise NotUnderstood(_missing_day(day, month, year, last))
        return date(year, month, day)

    def _year(self, day: int, month: int, year_text: str | None) -> int:
        if year_text is None:
            return self._nearest_year(day, month)
        if len(year_text) != 4:
            raise NotUnderstood(f"Năm phải ghi đủ bốn chữ số, ví dụ {day:02d}/{month:02d}/{self.today.year}.")
        year = int(year_text)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotUnderstood(
                f"Năm {year_text} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}. Kiểm tra lại năm."
            )
        return year

    def _nearest_year(self, day: int, month: int) -> int:
        year = self.today.year
        this_year = date(year, month, min(day, month_lengths.monthrange(year, month)[1]))
        if self.lean is Lean.AHEAD and this_year < self.today - GRACE:
            return year + 1
        if self.lean is Lean.BACK and this_year > self.today + GRACE:
            return year - 1
        return year

    def _time(self, match: re.Match[str], day: date) -> time:
        hour, minute = int(match[1]), int(match[2] or match[3] or 0)
        if (hour, minute) == (24, 0):
            raise NotUnderstood(
                f"Không có 24:00. Muốn nói hết {_day_month(day)} thì chỉ ghi {_day_month(day)}, không ghi giờ; "
                "cần giờ cụ thể thì ghi từ 00:01 đến 23:59."
            )
        if (hour, minute) == (0, 0):
            eve = _day_month(day - timedelta(days=1))
            raise NotUnderstood(
                f"00:00 ngày {_day_month(day)} dễ nhầm với hết ngày {_day_month(day)}. Muốn nói hết ngày {eve} thì chỉ "
                f"ghi {eve}; cần giờ cụ thể thì ghi từ 00:01 đến 23:59."
            )
        if hour > 23:
            raise NotUnderstood(f"Không có {hour} giờ. Giờ từ 0 đến 23, ví dụ 16:30.")
        if minute > 59:
            raise NotUnderstood(f"Không có {minute} phút. Phút từ 0 đến 59, ví dụ {hour:02d}:30.")
        return time(hour, minute)

    def _how(self) -> str:
        forms = [f"ngày/tháng/năm như 30/11/{self.today.year}"]
        if self.calendar:
            forms.append("+5 (năm ngày làm việc)")
        if self.lean is Lean.AHEAD:
            forms.append("t6 (thứ Sáu tới)")
        forms.append("hn (hôm nay)")
        return f"Ghi {', '.join(forms[:-1])} hoặc {forms[-1]}."


def _day_month(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}"


def _missing_day(day: int, month: int, year: int, last: int) -> str:
    why = f"Năm {year} không nhuận, tháng 02" if (day, month) == (29, 2) else f"Tháng {month:02d} năm {year}"
    return f"{why} chỉ có {last} ngày, không có ngày {day:02d}/{month:02d}. Ngày cuối tháng là {last}/{month:02d}/{year}."
