"""Những cách xem khác của danh sách: by state side by side, by day of its deadline, and as one table to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import session
from app.core.working_days import due_day
from app.directives.models import SavedFilter
from app.directives.queries.filters import PartFilter, Status, View
from app.directives.queries.listing import PartRow, part_page

BOARD = (Status.LATE, Status.SOON, Status.IN_TIME, Status.UNDATED, Status.REPORTED)
_CARDS, _MONTH, _TAKEN = 12, 400, 2_000


def board(viewer: Actor, wanted: PartFilter) -> dict[Status, Sequence[PartRow]]:
    """Mỗi tình trạng vài việc đầu, theo đúng thứ tự của danh sách."""
    return {s: part_page(viewer, wanted.with_status(s), limit=_CARDS)[0] for s in BOARD}


def month(viewer: Actor, wanted: PartFilter, first: date, last: date) -> dict[date, list[PartRow]]:
    """Việc chưa hoàn thành có hạn trong tháng, theo ngày hạn."""
    inside = replace(wanted, status=Status.OPEN, due_from=first, due_to=last, as_at=None)
    found: dict[date, list[PartRow]] = {}
    for row in part_page(viewer, inside, limit=_MONTH)[0]:
        found.setdefault(due_day(row.due_at), []).append(row)
    return found


def all_rows(viewer: Actor, wanted: PartFilter) -> tuple[Sequence[PartRow], bool]:
    """Mọi dòng của bộ lọc để tải về, nhiều nhất 2.000; and whether more were left."""
    rows, following = part_page(viewer, wanted, limit=_TAKEN)
    return rows, following is not None


def saved_filters(viewer: Actor, view: View) -> Sequence[SavedFilter]:
    """Các bộ lọc đã lưu của vị trí này cho danh sách này."""
    return session.scalars(
        select(SavedFilter)
        .where(SavedFilter.post_id == viewer.post_id, SavedFilter.view == view.value)
        .order_by(SavedFilter.name)
    ).all()
