"""Nạp: the demo city's own older history, or load data of any size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import psycopg
from sqlalchemy import func, select

from app.core import clock, numbering
from app.core.db import session
from app.core.working_days import Calendar
from app.demo.bulk import directives, exchange, meetings, tables
from app.demo.bulk.copying import Copier
from app.demo.bulk.desks import Desk, desks
from app.demo.bulk.directives import Directives
from app.demo.bulk.documents import Books, Months
from app.demo.bulk.moments import WorkingTime
from app.demo.city.directory import City
from app.documents.models import Direction, Document, Register
from app.exchange.models import Package

_SEED: Final = 2027
_A_MONTH: Final = 16_000
"""Documents a month of load data: more documents are a longer archive, not busier days."""
_TRAIL_EVERY: Final = 10


@dataclass(frozen=True)
class Amounts:
    """Bao nhiêu mỗi thứ."""

    documents: int
    directives: int

    @property
    def open_directives(self) -> int:
        """Bao nhiêu nhiệm vụ chưa xong."""
        return min(self.directives * 3 // 5, 150 + self.directives // 100)


class Filling:
    """Việc nạp vào một thành phố đã lập."""

    def __init__(self, connection: psycopg.Connection[Any], city: City, calendar: Calendar) -> None:
        # A second load into the same database must not draw the same tokens again.
        known = session.scalar(select(func.max(Package.id))) or 0
        self._rng = random.Random(_SEED + known)
        self._connection = connection
        self._city, self._calendar = city, calendar
        self._time = WorkingTime(calendar)
        self._desks = desks(city)
        order = (
            *tables.DOCUMENT_TABLES[:4],
            *exchange.TABLES,
            *directives.TABLES,
            *tables.DOCUMENT_TABLES[4:],
        )
        self.copier = Copier(connection, order)

    def history(self, first: date, last: date, amounts: Amounts) -> None:
        """Lịch sử đã xong của thành phố, trong các sổ thật."""
        books = Books(
            {
                (self._city.agencies[desk.key], direction.value): registers[0]
                for desk in self._desks
                for (key, direction), registers in self._city.registers.items()
                if key == desk.key
            }
        )
        self._documents(books, first, last, amounts.documents, trail_every=1, leave_open=False)
        now = clock.instant(last + timedelta(days=1))
        numbers = self._directives(first, last - timedelta(days=30), amounts.directives, 0, now)
        self._finish(books, numbers)

    def load(self, today: date, amounts: Amounts) -> None:
        """Dữ liệu tải: months up to today, with open work at every desk."""
        months = max(3, min(60, amounts.documents // _A_MONTH))
        first = _month_before(today, months)
        books = Books(self._books_for_load())
        self._documents(books, first, today, amounts.documents, trail_every=_TRAIL_EVERY, leave_open=True)
        now = clock.now()
        numbers = self._directives(first, today, amounts.directives, amounts.open_directives, now)
        self._finish(books, numbers)
        self._meetings(now)

    def _meetings(self, now: datetime) -> None:
        """A busy agency's calendar: what the promise of its speed is measured on."""
        mark = f"{self._rng.getrandbits(32):08x}"
        made = meetings.fill(self._connection, self._city.agencies["city"], now=now.isoformat(), mark=mark)
        for table, rows in made.items():
            self.copier.sent[table] = self.copier.sent.get(table, 0) + rows

    def _documents(
        self, books: Books, first: date, last: date, count: int, *, trail_every: int, leave_open: bool
    ) -> None:
        writer = Months(self.copier, self._rng, self._desks, books, self._time, trail_every=trail_every)
        spans = list(_months(first, last))
        now = int(min(clock.instant(last + timedelta(days=1)), clock.now()).timestamp()) // 60
        for index, (begins, ends) in enumerate(spans):
            left = count - writer.made
            is_last = index == len(spans) - 1
            share = left if is_last else left // (len(spans) - index)
            writer.month(begins, ends, share, now=now, is_last=is_last and leave_open)
        self.copier.send()

    def _directives(
        self, first: date, last: date, count: int, still_open: int, now: datetime
    ) -> dict[int, int]:
        writer = Directives(self.copier, self._rng, self._desks, self._time)
        numbers = writer.write(first, last, count, still_open=still_open, now=now.astimezone(UTC))
        self.copier.send()
        return numbers

    def _finish(self, books: Books, directive_numbers: dict[int, int]) -> None:
        """The counters go on where the copied numbers end."""
        for (register, year), last in books.last.items():
            numbering.set_at_least(f"register:{register}", year, last)
        for year, last in directive_numbers.items():
            numbering.set_at_least(f"directive:{self._city.agencies['city']}", year, last)

    def _books_for_load(self) -> dict[tuple[int, str], int]:
        """The agencies' own books while they are empty; otherwise books of their own, so that no numbers collide."""
        used = session.scalar(select(func.count()).select_from(select(Document.id).limit(1).subquery()))
        found: dict[tuple[int, str], int] = {}
        for desk in self._desks:
            for direction in Direction:
                book = (
                    self._city.registers[desk.key, direction][0] if not used else _new_book(desk, direction)
                )
                found[desk.agency, direction.value] = book
        return found


def _new_book(desk: Desk, direction: Direction) -> int:
    words = "đến" if direction == Direction.INCOMING else "đi"
    book = Register(
        agency_id=desk.agency, direction=direction.value, name=f"Sổ văn bản {words} (nạp thử)", sort=90
    )
    session.add(book)
    session.flush()
    return book.id


def _month_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Các đoạn tháng từ ``first`` đến hết ``last``."""
    starts, day = [first], first
    while (day := (day.replace(day=1) + timedelta(days=32)).replace(day=1)) <= last:
        starts.append(day)
    for begins, following in pairwise([*starts, last + timedelta(days=1)]):
        yield begins, following - timedelta(days=1)
