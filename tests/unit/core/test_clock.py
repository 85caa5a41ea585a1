"""Giờ Việt Nam."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import time_machine

from app.core import clock


def test_the_day_turns_at_midnight_in_vietnam(frozen_monday: time_machine.Traveller) -> None:
    frozen_monday.move_to(datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2026, 11, 23)
    frozen_monday.move_to(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    assert clock.today() == date(2026, 11, 24)


def test_instants_go_there_and_back() -> None:
    moment = clock.instant(date(2026, 11, 23), time(7, 30))
    assert moment == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert clock.local(moment).strftime("%d/%m/%Y %H:%M") == "23/11/2026 07:30"
    assert clock.now().tzinfo is not None


def test_a_moved_clock_keeps_running(monkeypatch, frozen_monday: time_machine.Traveller) -> None:
    monkeypatch.setenv("TEST_CLOCK", "2027-02-05T09:00:00+07:00")
    clock._offset.cache_clear()
    try:
        assert clock.now() == datetime(2027, 2, 5, 2, 0, tzinfo=UTC)
        frozen_monday.shift(60)
        assert clock.now() == datetime(2027, 2, 5, 2, 1, tzinfo=UTC)
    finally:
        clock._offset.cache_clear()
