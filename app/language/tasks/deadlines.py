"""Thời hạn trong câu: a named day, the end of a month or quarter, counted days, a period, or another place of the text.

Each rule has a name and says what it reads. A rule that finds words but no day ("định kỳ hằng tháng", "10 ngày kể từ ngày
nhận được") keeps the words: the person who confirms decides.
"""

from __future__ import annotations

import calendar as month_lengths
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from app.core.text import clean_line
from app.language.layout.lines import folded

_SATURDAY: Final = 5
_MOST_DAYS: Final = 730


@dataclass(frozen=True, slots=True)
class Deadline:
    """Thời hạn đọc được: the words, and the day where they name one."""

    text: str
    day: date | None = None
    is_periodic: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineContext:
    """Điều cần biết để hiểu một thời hạn: the date of the document, and the days named under its points."""

    issued_on: date | None = None
    year: int | None = None
    points: Mapping[str, date] = field(default_factory=dict)
    last: date | None = None
    is_working: Callable[[date], bool] | None = None
    """The office's calendar; Monday to Friday without it."""


_CLOCK = r"(?:(?:\d{1,2}\s*(?:h|g|gio|:)\s*\d{0,2}(?:\s*phut)?|(?:dau|cuoi)\s+gio(?:\s+(?:sang|chieu|lam\s+viec))?)\s*,?\s*(?:chieu\s*|sang\s*)?)?"
_WEEKDAY = r"(?:(?:thu\s+(?:hai|ba|tu|nam|sau|bay|\d)|chu\s+nhat)\s*,?\s*(?:\(?ngay\s*)?)?"
_DAY = r"(?:ngay[\s|(]*)?(?P<d>\d{1,2})\s?(?:[/.\-]\s?|\s+thang\s+)(?P<m>\d{1,2})(?:(?:\s?[/.\-]\s?|\s*,?\s+nam\s+)(?P<y>\d{4}))?(?![\d/%])"
_BEFORE = (
    r"(?:xong\s+)?(?:truoc|cham\s+nhat(?:\s+(?:la|den|vao|trong|den\s+het))*|muon\s+nhat(?:\s+(?:la|vao|den))?|khong\s+(?:qua|muon\s+hon|cham\s+hon)|"
    r"thoi\s+han(?:\s+(?:cuoi|chot))?(?:\s+\w+){0,4}?(?:\s*(?:la|den|truoc|:))*|han\s+(?:cuoi|chot|chot\s+la|hoan\s+thanh)(?:\s*(?:la|:))?|"
    r"thoi\s+gian(?:\s+\w+){0,6}?\s*(?:la|truoc|den|:|xong|cham\s+nhat)+|hoan\s+thanh(?:\s+\w+){0,3}?\s+(?:vao|trong|den)|den\s+het|"
    r"(?:gui|bao\s+cao|nop|tra\s+loi|phan\s+hoi)(?:\s+\w+){0,8}?\s+(?:vao|trong)|trong)"
)
_BY_DAY: Final = re.compile(rf"(?<!\w){_BEFORE}[\s:|,(]{{0,4}}{_CLOCK}{_WEEKDAY}{_DAY}")
_MONTH: Final = re.compile(
    r"(?<!\w)(?P<how>(?:xong\s+|cham\s+nhat\s+|ngay\s+)?trong(?:\s+(?:dau|giua|cuoi))?|truoc|cham\s+nhat(?:\s+(?:la|vao))?|het|hoan\s+thanh(?:\s+trong)?)\s+thang\s+(?P<m>\d{1,2})"
    r"(?:\s*[/.\-]\s*|\s*,?\s+nam\s+)?(?P<y>20\d{2})?(?![\d/])"
)
_QUARTER: Final = re.compile(
    r"(?<!\w)(?P<how>(?:xong\s+)?trong|truoc|het|cham\s+nhat(?:\s+trong)?|hoan\s+thanh(?:\s+trong)?|cuoi)\s+quy\s+(?P<q>iv|i{1,3}|[1-4])(?:\s*[/.\-]\s*|\s*,?\s+nam\s+)?(?P<y>20\d{2})?(?!\w)"
)
_YEAR: Final = re.compile(
    r"(?<!\w)(?P<how>(?:hoan\s+thanh|xong|xong\s+truoc|thuc\s+hien|ban\s+hanh|trinh|bao\s+cao)(?:\s+\w+){0,6}?,?\s+)?(?:ngay\s+)?trong\s+nam\s+\(?(?P<y>20\d{2})(?![\d/\-–])"
)
_NUMBER = r"(?P<n>\d{1,3})(?:\s*\([^)]{1,20}\))?"
_COUNTED: Final = re.compile(
    rf"(?<!\w)(?:(?:trong|cham\s+nhat|khong\s+qua|toi\s+da|sau)\s+(?:(?:vong|thoi\s+han|thoi\s+gian|la|sau|khong\s+qua)\s+)*){_NUMBER}\s+(?P<unit>ngay\s+lam\s+viec|ngay|tuan|thang)(?!\w)"
    r"(?P<from>,?\s*(?:ke\s+)?tu\s+(?:ngay|khi|thoi\s+diem)(?:\s+[\w/]+){1,8}|,?\s*sau\s+khi(?:\s+\w+){1,8}|\s+truoc(?:\s+\w+){1,6})?"
)
_PERIODIC: Final = re.compile(
    r"(?<!\w)(?:(?:vao\s+|truoc\s+|cham\s+nhat\s+(?:la\s+)?(?:vao\s+)?)?(?:\d{1,2}\s*(?:h|gio)\s*\d{0,2}\s*)?(?:ngay\s+\d{1,2}(?:[/.]\d{1,2})?\s+|ngay\s+cuoi\s+|thu\s+(?:hai|ba|tu|nam|sau|bay)\s+)"
    r"(?:cua\s+)?(?:hang\s+(?:thang|quy|nam|tuan)|moi\s+(?:thang|quy|nam|tuan)|(?:cua\s+)?thang\s+(?:dau|cuoi|cuoi\s+cung)(?:\s+(?:cua|moi|hang))*\s+quy(?:\s+(?:tiep\s+theo|sau))?|thang\s+(?:sau|tiep\s+theo))"
    r"|dinh\s+ky\s+(?:(?:bao\s+cao\s+)?(?:theo\s+)?(?:hang|tung|moi|theo|\d+|vao\s+ngay)\s+)(?:thang|quy|nam|tuan|ngay|\d{1,2})(?:\s+(?:mot\s+lan|\d\s+lan))?|(?:bao\s+cao|tong\s+hop)\s+dinh\s+ky|dinh\s+ky|hang\s+(?:thang|quy|nam|tuan|ngay))(?!\w)"
)
_REFERENCE: Final = re.compile(
    r"(?<!\w)(?:thoi\s+gian|thoi\s+han|tien\s+do|moc\s+thoi\s+gian)\s+(?:\w+\s+){0,4}?(?:tai|o)\s+(?:(?P<what>khoan|muc|diem|phan)\s+)(?P<point>\d{1,2}(?:\.\d{1,2})?|[a-z])(?!\w)(?:\s+\w+\s+nay)?"
)
_ABOVE: Final = re.compile(
    r"(?<!\w)(?:thoi\s+gian|thoi\s+han|moc\s+thoi\s+gian)\s+(?:quy\s+dinh\s+)?(?:neu\s+)?tren(?!\w)"
)
_EVENT: Final = re.compile(
    r"(?<!\w)(?:ngay\s+sau\s+khi|ngay\s+khi)(?:\s+\w+){1,8}|(?<!\w)(?:truoc|sau)\s+(?:ky\s+hop|phien\s+hop|tet)(?:\s+\w+){0,6}"
)
_FROM_HERE: Final = re.compile(
    r"(?:ky|ban\s+hanh|co\s+(?:cong\s+van|van\s+ban|thong\s+bao)\s+nay|phat\s+hanh)"
)
_CITES: Final = re.compile(
    r"(?:quyet\s+dinh|cong\s+van|nghi\s+dinh|thong\s+tu|ke\s+hoach|van\s+ban|so\s+\S+)\s+$"
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def find_deadlines(text: str, context: DeadlineContext) -> list[tuple[int, Deadline]]:
    """Mọi thời hạn trong câu, theo vị trí; a stretch of text is read by one rule only, the most definite first."""
    plain = folded(text)
    found: list[tuple[int, int, Deadline]] = []
    for rule in (_periodic, _by_day, _month, _quarter, _year, _counted, _reference, _above, _event):
        for start, end, deadline in rule(plain, context):
            if not any(start < e and s < end for s, e, _ in found):
                words = clean_line(text[start:end]).strip(" ,;")
                found.append(
                    (
                        start,
                        end,
                        Deadline(words, deadline.day, deadline.is_periodic, rule.__name__.strip("_")),
                    )
                )
    return [(start, deadline) for start, _, deadline in sorted(found, key=lambda f: f[0])]


def choose(deadlines: list[tuple[int, Deadline]]) -> Deadline | None:
    """Thời hạn của cả nhiệm vụ: a day before a period, a period before a mere event; the first of its kind."""
    for wanted in (lambda d: d.day is not None, lambda d: d.is_periodic, lambda d: True):
        for _, deadline in deadlines:
            if wanted(deadline):
                return deadline
    return None


_Found = list[tuple[int, int, Deadline]]


def _by_day(plain: str, context: DeadlineContext) -> _Found:
    """ "trước ngày 15/6", "chậm nhất đến 17h00 ngày 15 tháng 6 năm 2026": that day itself."""
    found: _Found = []
    for match in _BY_DAY.finditer(plain):
        day = _day(match["d"], match["m"], match["y"], context)
        if day is None or _is_past(day, context):
            continue
        found.append((match.start(), match.end(), Deadline("", day)))
    return found


def _month(plain: str, context: DeadlineContext) -> _Found:
    """ "trong tháng 6/2026": its last day; "trước tháng 6": the last day of the month before."""
    found: _Found = []
    for match in _MONTH.finditer(plain):
        month, year = int(match["m"]), _year_of(match["y"], context)
        if year is None or not 1 <= month <= 12:
            continue
        if match["how"].startswith("truoc"):
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        day = _last_of(year, month)
        if not _is_past(day, context):
            found.append((match.start(), match.end(), Deadline("", day)))
    return found


def _quarter(plain: str, context: DeadlineContext) -> _Found:
    """ "trong quý II năm 2026": 30/6."""
    found: _Found = []
    for match in _QUARTER.finditer(plain):
        year = _year_of(match["y"], context)
        if year is None:
            continue
        month = _ROMAN[match["q"]] * 3
        if match["how"] == "truoc":
            year, month = (year - 1, 12) if month == 3 else (year, month - 3)
        day = _last_of(year, month)
        if not _is_past(day, context):
            found.append((match.start(), match.end(), Deadline("", day)))
    return found


def _year(plain: str, context: DeadlineContext) -> _Found:
    """ "hoàn thành trong năm 2026": 31/12."""
    found: _Found = []
    for match in _YEAR.finditer(plain):
        day = date(int(match["y"]), 12, 31)
        ends = plain[match.end() :].strip(" .;/")
        if not _is_past(day, context) and (match["how"] or not ends):
            at = plain.index("trong", match.start())
            found.append((at, match.end(), Deadline("", day)))
    return found


def _counted(plain: str, context: DeadlineContext) -> _Found:
    """ "trong 7 ngày làm việc": counted from the document, unless from an event that has no date."""
    found: _Found = []
    for match in _COUNTED.finditer(plain):
        count = int(match["n"])
        unit, start = match["unit"], match["from"] or ""
        if (
            (unit in ("thang", "tuan") and not start)
            or not 0 < count <= _MOST_DAYS
            or start.strip().startswith("truoc")
        ):
            continue
        counts_from_here = not start or bool(_FROM_HERE.search(start))
        day = _after(context, count, unit) if counts_from_here else None
        found.append((match.start(), match.end(), Deadline("", day)))
    return found


def _periodic(plain: str, context: DeadlineContext) -> _Found:
    """ "định kỳ hằng quý", "trước ngày 20 hằng tháng": words without a day."""
    return [
        (match.start(), match.end(), Deadline("", None, is_periodic=True))
        for match in _PERIODIC.finditer(plain)
        if not re.search(
            r"(?:xay dung|ke hoach|thanh tra|kiem tra|nghi|phep|tien|le)\s+$",
            plain[max(0, match.start() - 12) : match.start()],
        )
        or "dinh ky" in match[0]
    ]


def _reference(plain: str, context: DeadlineContext) -> _Found:
    """ "thời gian tại khoản 1 Công văn này": the day named there."""
    return [
        (match.start(), match.end(), Deadline("", context.points.get(match["point"])))
        for match in _REFERENCE.finditer(plain)
    ]


def _above(plain: str, context: DeadlineContext) -> _Found:
    """ "thời gian nêu trên": the last day named before."""
    return [(match.start(), match.end(), Deadline("", context.last)) for match in _ABOVE.finditer(plain)]


def _event(plain: str, context: DeadlineContext) -> _Found:
    """ "ngay sau khi …": words without a day."""
    return [(match.start(), match.end(), Deadline("")) for match in _EVENT.finditer(plain)]


def _day(day: str, month: str, year: str | None, context: DeadlineContext) -> date | None:
    number = int(year) if year else _year_of(None, context)
    try:
        found = date(number, int(month), int(day)) if number and 1990 <= number <= 2100 else None
    except ValueError:
        return None
    if found and not year and context.issued_on and (context.issued_on - found).days > 200:
        return date(found.year + 1, found.month, found.day) if (found.month, found.day) != (2, 29) else found
    return found


def _year_of(year: str | None, context: DeadlineContext) -> int | None:
    if year:
        return int(year)
    return context.issued_on.year if context.issued_on else context.year


def _is_past(day: date, context: DeadlineContext) -> bool:
    """A day before the document itself is history, not a deadline."""
    if context.issued_on:
        return day < context.issued_on
    return bool(context.year and day.year < context.year)


def _last_of(year: int, month: int) -> date:
    return date(year, month, month_lengths.monthrange(year, month)[1])


def _after(context: DeadlineContext, count: int, unit: str) -> date | None:
    day = context.issued_on
    if day is None:
        return None
    if unit == "tuan":
        return day + timedelta(weeks=count)
    if unit == "thang":
        month = day.month - 1 + count
        year, month = day.year + month // 12, month % 12 + 1
        return date(year, month, min(day.day, month_lengths.monthrange(year, month)[1]))
    if unit == "ngay":
        return day + timedelta(days=count)
    while count:
        day += timedelta(days=1)
        count -= context.is_working(day) if context.is_working else day.weekday() < _SATURDAY
    return day
