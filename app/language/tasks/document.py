"""Đọc cả văn bản: the assignments of the running text, and of the tables in it and behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from app.core.text import clean_line
from app.language.layout.lines import folded
from app.language.tasks.deadlines import DeadlineContext
from app.language.tasks.reader import Reading, ReadTask, read_tasks
from app.language.tasks.tables import Table, TableRow, read_rows


def read_document(
    text: str,
    tables: Sequence[Table] = (),
    *,
    is_working: Callable[[date], bool] | None = None,
    today: date | None = None,
) -> Reading:
    """Đọc nhiệm vụ trong văn bản và các bảng của nó; what a table says is not read a second time from its words."""
    reading = read_tasks(text, is_working=is_working, today=today)
    heading = reading.heading
    context = DeadlineContext(heading.issued_on, heading.year or (today.year if today else None))
    if is_working:
        context = replace(context, is_working=is_working)
    rows = read_rows(tables, context)
    if not rows:
        return reading
    cells = {_key(cell) for table in tables for row in table for cell in row if cell}
    kept = [t for t in reading.tasks if not any(_key(t.content)[:80] in cell for cell in cells)]
    return Reading(heading, tuple(kept) + tuple(_task(row) for row in rows if row.lead))


def _task(row: TableRow) -> ReadTask:
    return ReadTask(
        row.lead,
        row.coordinate,
        row.content,
        row.deadline,
        row.report,
        "table",
        -1,
        -1,
        f"bảng {row.table + 1}, dòng {row.row + 1}",
    )


def _key(text: str) -> str:
    return folded(clean_line(text))
