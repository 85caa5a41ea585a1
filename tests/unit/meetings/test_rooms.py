"""Phòng họp: one room, one meeting, whoever comes first and however many come at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations, WrongState
from app.meetings import queries, service
from app.meetings.models import Meeting, Room
from app.meetings.service import Guests, RoomTaken
from tests.unit.meetings.making import THURSDAY, at, called, details, draft, make_room, schedule
from tests.world import World


def test_a_taken_room_answers_with_free_rooms_and_hours(world: World) -> None:
    a1, b2 = make_room(world), make_room(world, "Phòng họp B2", 40)
    draft(world, schedule=schedule("08:00", "09:30", room=a1))
    draft(world, schedule=schedule("13:30", "15:30", room=a1))

    with pytest.raises(RoomTaken) as refused:
        draft(world, schedule=schedule("14:00", "15:30", room=a1))

    assert refused.value.status == 409
    assert [v.field for v in refused.value.items] == ["room"]
    assert refused.value.sentence == (
        "Phòng họp A1 đã có lịch từ 13:30 đến 15:30. Cùng giờ còn trống: Phòng họp B2 (40 chỗ). "
        "Trong ngày 26/11/2026 phòng này còn trống 09:30–13:30, 15:30–17:00."
    )
    assert draft(world, schedule=schedule("14:00", "15:30", room=b2)).room_id == b2.id


def test_meetings_may_follow_each_other_without_a_pause(world: World) -> None:
    room = make_room(world)
    draft(world, schedule=schedule("08:00", "09:00", room=room))
    draft(world, schedule=schedule("09:00", "10:00", room=room))


def test_a_cancelled_meeting_gives_its_room_back(world: World) -> None:
    room = make_room(world)
    first = called(world, room=room)
    service.cancel(world.secretary.actor, first.id, version=first.version, reason="Bão")
    assert called(world, room=room).room_id == room.id


def test_a_room_of_another_agency_cannot_be_booked(world: World) -> None:
    room = make_room(world, agency="dept")
    with pytest.raises(Violations) as refused:
        draft(world, room=room)
    assert [v.field for v in refused.value.items] == ["room"]


def test_the_database_itself_refuses_two_meetings_in_one_room(world: World) -> None:
    """The guarantee does not hang on our own check."""
    first = draft(world, room=make_room(world))
    row = {
        c.name: getattr(first, c.key)
        for c in Meeting.__table__.columns
        if c.key not in ("id", "uid", "door_token")
    }
    row["starts_at"] += timedelta(minutes=89)
    row["ends_at"] += timedelta(minutes=89)
    with pytest.raises(IntegrityError, match="ex_meeting_room_hours"), session.begin_nested():
        session.execute(insert(Meeting).values(**row, uid="khác"))
    row["starts_at"] += timedelta(minutes=1)
    session.execute(insert(Meeting).values(**row, uid="khác"))


def test_a_race_lost_in_the_constraint_is_told_in_the_same_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = make_room(world)
    draft(world, schedule=schedule("13:30", "15:30", room=room))
    real, calls = queries.bookings, []

    def blind(*args, **kwargs):
        calls.append(1)
        return [] if len(calls) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(queries, "bookings", blind)
    with pytest.raises(RoomTaken) as refused:
        draft(world, room=room)
    assert refused.value.sentence.startswith("Phòng họp A1 đã có lịch từ 13:30 đến 15:30.")
    assert len(calls) == 2


@pytest.mark.commits
def test_of_many_secretaries_at_once_exactly_one_gets_the_room(committed: tuple[Flask, World]) -> None:
    app, world = committed
    room_id = make_room(world).id
    actor, wanted = world.secretary.actor, details(world)
    barrier, won, lost, other = threading.Barrier(50), [], [], []

    def book(number: int) -> None:
        hours = schedule(f"14:{number:02d}", "15:30")
        hours = type(hours)(hours.starts_at, hours.ends_at, room_id)
        with app.app_context():
            barrier.wait()
            try:
                won.append(service.create(actor, wanted, hours, Guests()).id)
            except RoomTaken as refused:
                lost.append(refused.sentence)
            except Exception as problem:  # noqa: BLE001 - told below
                other.append(repr(problem))
            finally:
                session.remove()

    # The pool of a process holds five connections; fifty threads wait for their turns there.
    threads = [threading.Thread(target=book, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert other == []
    assert (len(won), len(lost)) == (1, 49)
    assert all("Phòng họp A1 đã có lịch từ 14:" in s and "còn trống 07:00–14:" in s for s in lost)
    assert session.scalar(select(func.count()).select_from(Meeting).where(Meeting.room_id == room_id)) == 1


def test_free_hours_are_the_gaps_between_seven_and_five_that_are_long_enough(world: World) -> None:
    room = make_room(world)
    for a, b in (("06:30", "07:30"), ("08:00", "11:30"), ("13:30", "18:00")):
        draft(world, schedule=schedule(a, b, room=room))
    gaps = queries.free_hours(room.id, THURSDAY, timedelta(minutes=45))
    assert gaps == [(at("11:30"), at("13:30"))]


def test_rooms_are_kept_by_the_secretary_and_the_administrator_of_their_agency(world: World) -> None:
    room = service.save_room(world.secretary.actor, None, name="Phòng C1", capacity=24, equipment="Màn hình")
    service.save_room(world.city_admin.actor, room.id, version=room.version, name="Phòng C1", capacity=30)
    assert room.capacity == 30
    with pytest.raises(NotAllowed):
        service.save_room(world.chairman.actor, None, name="Phòng D", capacity=3)
    with pytest.raises(NotFound):
        service.save_room(world.clerk.actor, room.id, version=room.version, name="Chiếm", capacity=3)
    with pytest.raises(Violations):
        service.save_room(world.secretary.actor, None, name="Phòng C1", capacity=3)


def test_a_room_with_meetings_to_come_stays_in_use(world: World) -> None:
    room = make_room(world)
    draft(world, room=room)
    with pytest.raises(WrongState):
        service.save_room(
            world.secretary.actor, room.id, version=room.version, name=room.name, capacity=60, active=False
        )
    assert session.get(Room, room.id).active
