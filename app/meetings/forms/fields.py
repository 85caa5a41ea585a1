"""Ô nhập riêng của cuộc họp: an hour, the rows of an agenda, seats per agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from wtforms import Field
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextInput

from app.core import clock, limits
from app.core.text import clean_line, clean_text
from app.language.dates import Lean, read_moment
from app.language.errors import NotUnderstood
from app.language.secrecy import find_secrecy_mark, refusal
from app.meetings.service import AgendaLine, OutsideGuest
from app.web.forms import DayField

_SPARE_ROWS = 3
_MOST_ROWS = 40
_DAY_MINUTES = 1440


class _Needed:
    """Bắt buộc nhập: what was typed and not understood keeps its own sentence, only an empty field asks to be filled."""

    needed: str | bool = False

    def post_validate(self: Any, form: Any, validation_stopped: bool) -> None:
        """Judge emptiness last."""
        if self.needed and self.data is None and not self.errors:
            raise ValidationError(self.needed)


class MeetingDayField(_Needed, DayField):
    """Ngày họp."""

    def __init__(self, label: str, *, needed: str, **kwargs: Any) -> None:
        super().__init__(label, lean=Lean.AHEAD, **kwargs)
        self.needed = needed
        self.flags.required = True


class HourField(_Needed, Field):
    """Giờ trong ngày ("14:00", "14h30"); ``data`` is a ``time``."""

    component = "line"
    widget = TextInput()

    def __init__(self, label: str, *, needed: str, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], **kwargs)
        self.needed, self.most = needed, 20
        self.flags.required = True

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if isinstance(self.data, time) else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        self.data = None
        typed = clean_line(valuelist[0])[:20] if valuelist else ""
        if typed:
            self.data = _hour(typed)


def _hour(typed: str) -> time:
    words = f"{typed}:00" if typed.isascii() and typed.isdigit() else typed
    try:
        at = read_moment(f"{words} hn", today=clock.today()).at
    except NotUnderstood as problem:
        said = str(problem)
        raise ValueError(said if said.startswith("Không có") else _UNCLEAR) from None
    if at is None:
        raise ValueError(_UNCLEAR)
    return at


_UNCLEAR = "Không hiểu giờ này. Ghi như 14:00 hoặc 14h30."


@dataclass(frozen=True)
class AgendaRow:
    """Một dòng chương trình như đã gõ."""

    title: str = ""
    minutes: str = ""
    presenter: str = ""


class AgendaField(Field):
    """Chương trình họp: rows of title, minutes and presenter; empty rows are ignored. ``data`` is a tuple of lines."""

    component = "agenda"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [], **kwargs)
        self.typed: list[AgendaRow] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows from ``name-title``, ``name-minutes``, ``name-presenter``, each given once per row."""
        self.process_errors = []
        self.data: tuple[AgendaLine, ...] = tuple(data or ())
        self.typed = [AgendaRow(a.title, str(a.minutes), a.presenter) for a in self.data]
        if formdata is None or f"{self.name}-title" not in formdata:
            return
        columns = [formdata.getlist(f"{self.name}-{c}") for c in ("title", "minutes", "presenter")]
        rows = [
            AgendaRow(*(clean_line(c)[: limits.SUBJECT_CHARS] for c in cells))
            for cells in zip(*columns, strict=False)
        ]
        self.typed = [r for r in rows[:_MOST_ROWS] if r.title or r.minutes or r.presenter]

    def pre_validate(self, form: Any) -> None:
        """Judge every row; all faults are told together."""
        faults, lines = [], []
        for number, row in enumerate(self.typed, start=1):
            minutes = (
                int(row.minutes)
                if row.minutes.isascii() and row.minutes.isdigit() and len(row.minutes) < 5
                else -1
            )
            if not row.title:
                faults.append(f"Dòng {number}: chưa có nội dung.")
            elif not 0 <= (minutes if row.minutes else 0) <= _DAY_MINUTES:
                faults.append(f"Dòng {number}: số phút phải từ 0 đến {_DAY_MINUTES}.")
            elif mark := find_secrecy_mark(row.title) or find_secrecy_mark(row.presenter):
                faults.append(refusal(mark, f"trong dòng {number} của chương trình"))
            else:
                lines.append(AgendaLine(row.title, max(0, minutes), row.presenter[: limits.NAME_CHARS]))
        if faults:
            raise ValidationError(" ".join(faults))
        self.data = tuple(lines)

    @property
    def rows(self) -> list[AgendaRow]:
        """Các dòng để vẽ, thêm vài dòng trống."""
        return [*self.typed, *[AgendaRow()] * _SPARE_ROWS]


class SeatsField(Field):
    """Số chỗ của từng cơ quan đã mời: ``data`` maps agency ids to seats; offered agencies only."""

    component = "seats"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [], **kwargs)
        self.offered: list[tuple[int, str, str]] = []
        self.data: dict[int, int] = {}

    def offer(self, agencies: Sequence[tuple[int, str, int]], formdata: Any = None) -> None:
        """Đặt danh sách (agency id, name, seats now); what was typed wins over what is stored."""
        for agency_id, name, now in agencies:
            typed = clean_line((formdata or {}).get(f"{self.name}-{agency_id}", str(now)))
            self.offered.append((agency_id, name, typed))
            seats = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
            if 1 <= seats <= limits.INVITEES:
                self.data[agency_id] = seats

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Nothing here: :meth:`offer` knows which agencies there are."""
        self.process_errors, self.data = [], {}

    def pre_validate(self, form: Any) -> None:
        """Whole numbers between 1 and the most people of a meeting."""
        wrong = [name for agency_id, name, _typed in self.offered if agency_id not in self.data]
        if wrong:
            raise ValidationError(f"{', '.join(wrong)}: số chỗ phải từ 1 đến {limits.INVITEES}.")


class OutsideField(Field):
    """Người ngoài hệ thống: one a line, "họ tên; chức vụ; cơ quan; thư điện tử; điện thoại". ``data`` is a tuple of guests."""

    component = "paragraph"
    rows, most = 3, limits.NOTE_CHARS

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [], **kwargs)
        self.typed = ""
        self.data: tuple[OutsideGuest, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the lines; ``data`` is the invitees of outside when a meeting is shown."""
        self.process_errors, self.data = [], ()
        self.typed = "\n".join(
            f"{i.outside_name}; {i.outside_title}; {i.outside_body}; {i.outside_email}; {i.outside_phone}".rstrip(
                "; "
            )
            for i in data or ()
        )
        if formdata is not None and self.name in formdata:
            self.typed = clean_text(formdata.get(self.name, ""))[: self.most]

    def _value(self) -> str:
        return self.typed

    def pre_validate(self, form: Any) -> None:
        """Judge every line; all faults are told together."""
        faults, found = [], {}
        for number, line in enumerate(filter(None, map(clean_line, self.typed.splitlines())), start=1):
            parts = [p.strip()[: limits.NAME_CHARS] for p in line.split(";")] + [""] * 4
            guest = OutsideGuest(*parts[:5])
            if mark := find_secrecy_mark(line):
                faults.append(refusal(mark, f"trong dòng {number}"))
            elif not guest.name:
                faults.append(f"Dòng {number}: chưa có họ tên.")
            elif guest.email and not _ADDRESS.fullmatch(guest.email):
                faults.append(f"Dòng {number}: địa chỉ thư “{guest.email}” không đúng.")
            found[guest.key] = guest
        if faults:
            raise ValidationError(" ".join(faults))
        self.data = tuple(found.values())


_ADDRESS = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")
