"""Trang danh sách xếp theo tên: a page begins after (sort key, id), as other lists begin after (time, id)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, SQLColumnExpression, tuple_

from app.core import limits
from app.core.db import session
from app.core.text import clean_line, fold

T = TypeVar("T")


@dataclass(frozen=True)
class NameKey:
    """Khóa trang: the row after which the page begins."""

    sort_key: str
    id: int


@dataclass(frozen=True)
class NamePage(Generic[T]):
    """Một trang: its rows and the key of the next (``None`` at the end)."""

    rows: Sequence[T]
    next_key: NameKey | None
    is_first: bool


def name_page(
    statement: Select[Any],
    sort_key: SQLColumnExpression[Any],
    row_id: SQLColumnExpression[Any],
    after: NameKey | None,
    key_of: Callable[[Any], NameKey],
    *,
    limit: int = limits.PAGE_ROWS,
) -> NamePage[Any]:
    """Chạy một trang của câu lệnh; one row more than shown tells whether there is a next page."""
    if after is not None:
        statement = statement.where(tuple_(sort_key, row_id) > (after.sort_key, after.id))
    rows = session.execute(statement.order_by(sort_key, row_id).limit(limit + 1)).all()
    shown = rows[:limit]
    return NamePage(shown, key_of(shown[-1]) if len(rows) > limit else None, after is None)


def like(words: str) -> str:
    """Mẫu tìm không dấu; what the person types is never a pattern."""
    plain = fold(clean_line(words))[: limits.SEARCH_CHARS]
    return "%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
