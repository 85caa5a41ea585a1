"""Ngày làm việc và hạn, against plain counting day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.db import session
from app.core.working_days import (
    Calendar,
    Holiday,
    calendar,
    days_late,
    days_left,
    due_day,
    due_instant,
    soon_instant,
)
from tests.world import World

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    lambda off, worked: Calendar(frozenset(off), frozenset(worked) - frozenset(off)),
    st.lists(days, max_size=40),
    st.lists(days, max_size=10),
)
TET = Calendar(frozenset(date(2027, 2, d) for d in range(4, 11)), frozenset({date(2027, 1, 30)}))


@settings(max_examples=200, deadline=None)
@given(calendars, days, st.integers(0, 400))
def test_the_days_between_are_those_counted_one_by_one(cal: Calendar, start: date, span: int) -> None:
    end = start + timedelta(days=span)
    counted = sum(cal.is_working(start + timedelta(days=i)) for i in range(1, span + 1))
    assert cal.between(start, end) == counted
    assert cal.between(end, start) == 0


@settings(max_examples=200, deadline=None)
@given(calendars, days, st.integers(1, 60))
def test_adding_counts_from_the_day_after_and_ends_on_a_working_day(
    cal: Calendar, start: date, count: int
) -> None:
    end = cal.add(start, count)
    assert cal.is_working(end)
    assert cal.between(start, end) == count
    back = cal.add(end, -count)
    assert back <= start or not cal.is_working(start)


def test_a_deadline_goes_around_tet_and_through_a_worked_saturday() -> None:
    assert TET.add(date(2027, 2, 3), 1) == date(2027, 2, 11)
    assert TET.add(date(2027, 1, 29), 1) == date(2027, 1, 30)
    assert TET.next_working(date(2027, 2, 4)) == date(2027, 2, 11)


def test_a_worked_day_wins_over_a_day_off() -> None:
    day = date(2026, 11, 28)
    assert Calendar(frozenset({day}), frozenset({day})).is_working(day)


def test_the_table_decides(world: World) -> None:
    session.add(Holiday(day=date(2026, 11, 28), is_working=True, name="Làm bù"))
    session.flush()
    cal = calendar()
    assert cal.is_working(date(2026, 11, 28))
    assert not cal.is_working(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 11, 30), None, datetime(2026, 11, 30, 17, 0, tzinfo=UTC)),
        (date(2026, 12, 31), None, datetime(2026, 12, 31, 17, 0, tzinfo=UTC)),
        (date(2028, 2, 29), None, datetime(2028, 2, 29, 17, 0, tzinfo=UTC)),
        (date(2026, 11, 30), time(14, 0), datetime(2026, 11, 30, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day_is_midnight_after_it_in_vietnam(
    day: date, at: time | None, instant: datetime
) -> None:
    assert due_instant(day, at) == instant
    assert due_day(due_instant(day, at)) == day


def test_late_begins_with_the_instant_itself() -> None:
    due = due_instant(date(2026, 11, 27))  # thứ Sáu
    cal = Calendar()
    assert days_late(due, due - timedelta(microseconds=1), cal) == 0
    assert days_late(due, due, cal) == 1
    assert days_late(due, clock.instant(date(2026, 11, 29), time(12, 0)), cal) == 1
    assert days_late(due, clock.instant(date(2026, 11, 30)), cal) == 1
    assert days_late(due, clock.instant(date(2026, 12, 1)), cal) == 2
    assert days_left(due, clock.instant(date(2026, 11, 23), time(8, 0)), cal) == 4
    assert days_left(due, clock.instant(date(2026, 11, 28)), cal) == 0


def test_soon_is_three_working_days_before_or_a_tenth_of_a_long_span() -> None:
    cal = Calendar()
    due = due_instant(date(2026, 11, 27))
    assert soon_instant(date(2026, 11, 16), due, cal) == clock.instant(date(2026, 11, 24))
    far = due_instant(date(2026, 12, 31))
    assert soon_instant(date(2026, 1, 5), far, cal) == clock.instant(cal.add(date(2026, 12, 31), -10))
    mid = due_instant(date(2026, 12, 31))
    assert soon_instant(date(2026, 9, 30), mid, cal) == clock.instant(cal.add(date(2026, 12, 31), -7))
