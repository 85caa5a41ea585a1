"""Cấp số: gap-free counters held by a row lock. No MAX()+1, and no sequence, which leaves gaps."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, session


class Counter(Base):
    """Bộ đếm: the last number given in a series and year."""

    __tablename__ = "counter"
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def take(series: str, year: int) -> int:
    """Lấy số kế tiếp của dãy trong năm, bắt đầu từ 1.

    The counter row stays locked until the transaction ends, so numbers follow commit order and an undone act leaves no gap.
    """
    statement = (
        insert(Counter)
        .values(series=series, year=year, last=1)
        .on_conflict_do_update(index_elements=["series", "year"], set_={"last": Counter.last + 1})
        .returning(Counter.last)
    )
    return int(session.execute(statement).scalar_one())


def peek(series: str, year: int) -> int:
    """Số dự kiến kế tiếp, chỉ để hiển thị."""
    last = session.execute(
        select(Counter.last).where(Counter.series == series, Counter.year == year)
    ).scalar()
    return int(last or 0) + 1


def set_at_least(series: str, year: int, value: int) -> None:
    """Đưa bộ đếm lên ít nhất ``value``: for imported books."""
    statement = insert(Counter).values(series=series, year=year, last=value)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["series", "year"],
            set_={"last": func.greatest(Counter.last, statement.excluded.last)},
        )
    )
