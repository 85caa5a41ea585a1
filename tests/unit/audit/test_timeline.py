"""Quá trình của một hồ sơ: events told in words, oldest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit import labels, queries
from app.audit.models import AuditEntry
from app.core.actor import SYSTEM, StandIn
from app.core.db import session
from app.core.events import Event, emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from tests.world import World


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    """Trả lại."""

    reason: str = ""
    secret_note: str = ""


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lời của sự kiện thử."""
    monkeypatch.setitem(labels.EVENTS, "Returned", "trả lại")
    monkeypatch.setitem(labels.TONES, "Returned", "late")
    monkeypatch.setitem(labels.FIELDS, "due_at", "Hạn xử lý")
    monkeypatch.setitem(labels.FIELDS, "issued_on", "Ngày văn bản")
    monkeypatch.setitem(labels.FIELDS, "urgency", "Độ khẩn")
    monkeypatch.setitem(labels.VALUES, "urgency", lambda value: f"mức {value}")


@use_case
def act(actor, changes=None, *, record_id: int = 7, **more) -> None:
    emit(actor, Returned(kind=RecordKind.INCOMING, record_id=record_id, **more), changes)


def timeline():
    return queries.timeline(RecordKind.INCOMING, 7)


def test_who_did_what_when_and_why(world: World) -> None:
    act(world.clerk.actor, reason="Sai nơi nhận")
    (item,) = timeline()
    assert (item.who, item.title, item.words, item.note) == (
        "Ngô Thị Hạnh",
        "Văn thư",
        "trả lại",
        "Sai nơi nhận",
    )
    assert (item.tone, item.acting_for, item.at) == ("late", "", datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


def test_for_whom(world: World) -> None:
    director = world.director
    stands = StandIn(director.post_id, director.person_id, director.name, director.title, "all")
    act(replace(world.deputy_director.actor, acting_for=stands))
    assert (timeline()[0].who, timeline()[0].acting_for) == ("Bùi Thanh Hà", "Nguyễn Hữu Thắng")


def test_the_system_has_a_name(world: World) -> None:
    act(SYSTEM)
    assert timeline()[0].who == "Hệ thống"


def test_changes_are_told_in_words_and_only_those_that_have_some(world: World) -> None:
    act(
        world.clerk.actor,
        {
            "due_at": (None, datetime(2026, 11, 30, 17, 0, tzinfo=UTC)),
            "issued_on": (date(2026, 11, 1), date(2026, 11, 2)),
            "urgency": (0, 3),
            "internal_column": ("a", "b"),
            "state": ("draft", "returned"),
        },
    )
    assert set(timeline()[0].changes) == {
        "Hạn xử lý: (không có) → 01/12/2026 00:00",
        "Ngày văn bản: 01/11/2026 → 02/11/2026",
        "Độ khẩn: mức 0 → mức 3",
    }


def test_oldest_first_and_the_newest_when_there_are_many(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    for number in range(5):
        act(world.clerk.actor, reason=str(number))
        frozen_monday.shift(timedelta(minutes=1))
    assert [i.note for i in timeline()] == ["0", "1", "2", "3", "4"]
    assert [i.note for i in queries.timeline(RecordKind.INCOMING, 7, limit=2)] == ["3", "4"]


def test_other_records_are_not_in_it(world: World) -> None:
    act(world.clerk.actor, record_id=8)
    assert timeline() == []


def test_where_from_and_which_request_are_kept(world: World) -> None:
    act(world.clerk.actor)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.ip, entry.request_id) == ("127.0.0.1", "kiem-thu")
    assert (entry.person_id, entry.post_id, entry.agency_id) == (
        world.clerk.person_id,
        world.clerk.post_id,
        world.agencies["dept"],
    )


def test_an_event_without_words_shows_its_name_rather_than_nothing(world: World, monkeypatch) -> None:
    monkeypatch.delitem(labels.EVENTS, "Returned")
    act(world.clerk.actor)
    assert timeline()[0].words == "Returned"
