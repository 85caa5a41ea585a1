"""Dòng đề nghị giao: a task as read, with what a person should look at before giving it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.core import clock, limits
from app.core.working_days import Calendar, due_instant
from app.directives.reading.matching import Matcher
from app.language.heading.reader import Heading
from app.language.layout.lines import clean, folded
from app.language.tasks.deadlines import DeadlineContext
from app.language.tasks.model import ReadTask
from app.language.tasks.reader import read_tasks
from app.language.tasks.tables import Table, TableRow, read_rows

MOST_ROWS = 120  # six fields each, and a request has at most limits.FORM_PARTS
MOST_SHOWN_CHARS = 200_000


@dataclass(frozen=True)
class Row:
    """Một nhiệm vụ đề nghị giao."""

    content: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    due_at: datetime | None
    due_words: str
    product: str
    point: str
    first_line: int
    last_line: int
    doubts: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Không có gì phải xem lại."""
        return not self.doubts


@dataclass(frozen=True)
class Found:
    """Kết quả đọc một văn bản để giao."""

    heading: Heading
    rows: tuple[Row, ...]
    left_out: int


def find_rows(text: str, tables: Sequence[Table], matcher: Matcher, calendar: Calendar) -> Found:
    """Đọc văn bản và các bảng của nó thành những dòng đề nghị giao."""
    today = clock.today()
    reading = read_tasks(text, is_working=calendar.is_working, today=today)
    heading = reading.heading
    context = DeadlineContext(heading.issued_on, heading.year or today.year, is_working=calendar.is_working)
    listed = read_rows(tables, context)
    cells = {folded(cell)[:400] for table in tables for row in table for cell in row} if listed else set()
    rows = [
        _of_task(task, matcher, today)
        for task in reading.tasks
        if not any(folded(task.content)[:80] in cell for cell in cells)
    ]
    rows += [_of_table(row, matcher, today) for row in listed]
    return Found(heading, tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS))


def lines_of(text: str, rows: Sequence[Row]) -> list[tuple[int | None, str]]:
    """Chữ của văn bản chia đoạn: which row a stretch was read into, and its words."""
    whose: dict[int, int] = {}
    for number, row in enumerate(rows):
        for line in range(row.first_line, row.last_line + 1) if row.first_line >= 0 else ():
            whose.setdefault(line, number)
    parts: list[tuple[int | None, str]] = []
    for line, words in enumerate(clean(text[:MOST_SHOWN_CHARS]).replace("\f", "\n").split("\n")):
        owner = whose.get(line)
        if parts and parts[-1][0] == owner:
            parts[-1] = (owner, f"{parts[-1][1]}\n{words}")
        else:
            parts.append((owner, words))
    return parts


def _of_task(task: ReadTask, matcher: Matcher, today: date) -> Row:
    deadline = task.deadline
    return _row(
        task.content, task.lead, task.coordinate, deadline.day if deadline else None, deadline.text if deadline else "",
        "Báo cáo" if task.report else "", task.point, task.first_line, task.last_line, matcher, today, (),
    )  # fmt: skip


def _of_table(row: TableRow, matcher: Matcher, today: date) -> Row:
    deadline = row.deadline
    doubts = row.doubts
    if folded(row.state).startswith(("hoan thanh", "da hoan thanh", "da xong", "xong")):
        doubts = (*doubts, "Theo bảng, việc này đã hoàn thành")
    return _row(
        row.content, row.lead, row.coordinate, deadline.day if deadline else None, deadline.text if deadline else "",
        row.product or ("Báo cáo" if row.report else ""), f"bảng {row.table + 1}, dòng {row.row + 1}", -1, -1, matcher, today, doubts,
    )  # fmt: skip


def _row(
    content: str, leads: tuple[str, ...], supports: tuple[str, ...], day: date | None, due_words: str, product: str,
    point: str, first_line: int, last_line: int, matcher: Matcher, today: date, doubts: tuple[str, ...],
) -> Row:  # fmt: skip
    _, unknown = matcher.resolve(leads)
    found = list(doubts)
    if unknown:
        found.append(f"Chưa khớp cơ quan: {'; '.join(unknown)}")
    if day is not None and day < today:
        found.append(f"Thời hạn “{due_words}” đã qua")
        day = None
    known_supports = tuple(name for name in supports if matcher.match(name))
    return Row(
        (content[:1].upper() + content[1:])[: limits.NOTE_CHARS], leads, known_supports, due_instant(day) if day else None, due_words,
        product[:500], point[:100], first_line, last_line, tuple(found),
    )  # fmt: skip
