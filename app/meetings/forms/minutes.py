"""Biên bản, kết luận, điểm danh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import Field
from wtforms.validators import ValidationError

from app.core import clock, limits
from app.core.text import clean_line, clean_text
from app.core.working_days import calendar
from app.language.dates import Lean, dmy, read_date
from app.language.errors import NotUnderstood
from app.language.secrecy import find_secrecy_mark, refusal
from app.meetings.models import ConclusionItem, Meeting
from app.meetings.service import ConclusionLine, Present
from app.org import queries as org
from app.org.queries import Choice
from app.web.forms import OfficeForm, ParagraphField

_SPARE_ROWS, _MOST_ROWS = 3, 60


@dataclass(frozen=True)
class ConclusionRow:
    """Một dòng kết luận như đã gõ."""

    content: str = ""
    agency: str = ""
    due: str = ""
    item_id: str = ""
    given: bool = False


class ConclusionsField(Field):
    """Các kết luận: rows of content, lead agency and day; ``data`` is a list of lines."""

    component = "conclusions"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [], **kwargs)
        self.typed: list[ConclusionRow] = []
        self.agencies: Sequence[Choice] = ()
        self.data: list[ConclusionLine] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows; each column is given once per row."""
        self.process_errors, self.data = [], []
        self.typed = [_row(i) for i in data or ()]
        if formdata is None or f"{self.name}-content" not in formdata:
            return
        names = ("content", "agency", "due", "id")
        columns = [formdata.getlist(f"{self.name}-{c}") for c in names]
        rows = [ConclusionRow(*cells) for cells in zip(*columns, strict=False)]
        self.typed = [r for r in rows[:_MOST_ROWS] if clean_line(r.content) or r.item_id]

    def pre_validate(self, form: Any) -> None:
        """Judge every row; all faults are told together."""
        faults: list[str] = []
        for number, row in enumerate(self.typed, start=1):
            content = clean_line(row.content)
            if not content:
                continue  # an emptied row is dropped
            if mark := find_secrecy_mark(content):
                faults.append(refusal(mark, f"trong kết luận {number}"))
            if len(content) > limits.NOTE_CHARS:
                faults.append(f"Kết luận {number} dài quá {limits.NOTE_CHARS} ký tự.")
            if row.agency and row.agency not in {str(a.value) for a in self.agencies}:
                faults.append(f"Kết luận {number}: cơ quan chủ trì không có trong danh sách.")
            self.data.append(self._line(number, row, content, faults))
        if faults:
            raise ValidationError(" ".join(faults))

    def _line(self, number: int, row: ConclusionRow, content: str, faults: list[str]) -> ConclusionLine:
        due_on, typed = None, clean_line(row.due)[:60]
        if typed:
            try:
                due_on = read_date(typed, today=clock.today(), calendar=calendar(), lean=Lean.AHEAD)
            except NotUnderstood as problem:
                faults.append(f"Kết luận {number}: {problem}")
        return ConclusionLine(content, _id(row.agency), due_on, _id(row.item_id))

    @property
    def rows(self) -> list[ConclusionRow]:
        """Các dòng để vẽ, thêm vài dòng trống."""
        return [*self.typed, *[ConclusionRow()] * _SPARE_ROWS]


def _row(item: ConclusionItem) -> ConclusionRow:
    return ConclusionRow(
        item.content,
        str(item.agency_id or ""),
        dmy(item.due_on) if item.due_on else "",
        str(item.id),
        given=item.part_id is not None,
    )


def _id(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


class MinutesForm(OfficeForm):
    """Ghi biên bản, kết luận."""

    closing = ParagraphField("Ý kiến chung, kết thúc", most=limits.NOTE_CHARS, rows=3)
    conclusions = ConclusionsField("Kết luận")

    def offer(self) -> None:
        """Đặt danh sách cơ quan chủ trì."""
        self.conclusions.agencies = org.agency_choices()

    def fill(self, meeting: Meeting, items: Sequence[ConclusionItem]) -> None:
        """Điền những gì đã ghi."""
        self.closing.data = meeting.minutes_closing
        self.conclusions.process(None, items)

    def notes(self, meeting: Meeting) -> dict[int, str]:
        """Diễn biến của từng nội dung chương trình."""
        return {
            a.id: clean_text(request.form.get(f"notes-{a.id}", a.notes))[: limits.NOTE_CHARS]
            for a in meeting.agenda
        }

    def judge_notes(self, notes: dict[int, str]) -> bool:
        """No secret in any of them."""
        marks = [m for text in notes.values() if (m := find_secrecy_mark(text))]
        for mark in marks:
            self.refuse(None, refusal(mark, "trong diễn biến cuộc họp"))
        return not marks


class RollForm(OfficeForm):
    """Điểm danh: the ticked lines of the roll, and names typed in."""

    more = ParagraphField("Người khác có mặt", most=limits.NOTE_CHARS, rows=3)

    @property
    def present(self) -> list[str]:
        """Các dòng được đánh dấu."""
        return request.form.getlist("present")

    @property
    def shown(self) -> list[str]:
        """Các dòng có trên trang."""
        return request.form.getlist("shown")

    @property
    def others(self) -> list[Present]:
        """Mỗi dòng một người: họ tên, chức vụ, cơ quan."""
        found = []
        for line in (self.more.data or "").splitlines():
            name, title, body = ([p.strip() for p in clean_line(line).split(",", 2)] + ["", ""])[:3]
            if name:
                cut = limits.NAME_CHARS
                found.append(Present(name[:cut], title[:cut], body[:cut]))
        return found
