"""Khóa phòng, nhường phòng cho lãnh đạo, gợi ý phòng; công bố và công bố lại lịch tuần."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations
from app.meetings import queries, service
from app.meetings.service import RoomTaken
from tests.unit.meetings.making import THURSDAY, at, called, draft, make_room, move_clock, schedule
from tests.world import World

MONDAY = date(2026, 11, 23)


def test_a_blocked_room_is_not_to_be_had(world: World) -> None:
    room = make_room(world)
    blocking = service.block_room(
        world.secretary.actor, room.id, starts_at=at("13:00"), ends_at=at("16:00"), reason="Sửa điều hòa"
    )
    with pytest.raises(RoomTaken, match=r"đã có lịch từ 13:00 đến 16:00 \(Sửa điều hòa\)"):
        draft(world, room=room)
    assert queries.free_rooms(world.agencies["city"], at("14:00"), at("15:00")) == []
    service.unblock_room(world.secretary.actor, blocking.id)
    assert draft(world, room=room).room_id == room.id


def test_hours_of_a_meeting_are_not_blocked(world: World) -> None:
    room = make_room(world)
    draft(world, room=room)
    with pytest.raises(Violations, match="Phòng đã có cuộc họp lúc 14:00"):
        service.block_room(
            world.secretary.actor, room.id, starts_at=at("08:00"), ends_at=at("17:00"), reason="x"
        )
    with pytest.raises(NotFound):
        service.block_room(world.clerk.actor, room.id, starts_at=at("16:00"), ends_at=at("17:00"), reason="x")
    with pytest.raises(NotAllowed):
        service.block_room(
            world.city_specialist.actor, room.id, starts_at=at("16:00"), ends_at=at("17:00"), reason="x"
        )


def test_the_smallest_free_room_that_holds_them_is_suggested(world: World) -> None:
    for name, capacity in (("Lớn", 200), ("Vừa", 40), ("Nhỏ", 8)):
        make_room(world, name, capacity)
    found = queries.suggested(world.agencies["city"], at("14:00"), at("15:00"), 20)
    assert [r.name for r in found] == ["Vừa", "Lớn"]


def test_the_leader_s_meeting_takes_the_room_and_the_other_moves(world: World) -> None:
    big, small = make_room(world, "Lớn", 200), make_room(world, "Nhỏ", 20)
    theirs = called(world, room=big, chair_post_id=world.office_chief.post_id)
    mine = draft(world, chair_post_id=world.chairman.post_id)
    service.displace(world.secretary.actor, mine.id, version=None, room_id=big.id)
    session.expire_all()
    assert (mine.room_id, theirs.room_id, theirs.sequence) == (big.id, small.id, 1)
    assert theirs.move_reason.startswith("Nhường Lớn cho cuộc họp của lãnh đạo")


def test_a_higher_leader_does_not_give_way(world: World) -> None:
    big = make_room(world, "Lớn", 200)
    called(world, room=big, chair_post_id=world.chairman.post_id)
    mine = draft(world)
    with pytest.raises(Violations, match="do Chủ tịch UBND Thành phố chủ trì"):
        service.displace(world.secretary.actor, mine.id, version=None, room_id=big.id)


def test_the_week_is_published_and_republished_with_what_changed(world: World) -> None:
    meeting, other = called(world), called(world, schedule=schedule("08:00", "09:00"), title="Giao ban")
    ids = [meeting.id, other.id]
    first = service.publish_week(world.secretary.actor, MONDAY, meeting_ids=ids)
    assert (first.number, first.changes, len(first.entries)) == (1, [], 2)
    with pytest.raises(Violations, match="không đổi"):
        service.publish_week(world.secretary.actor, MONDAY, meeting_ids=ids)
    service.move(
        world.secretary.actor, meeting.id, version=None, schedule=schedule("15:00", "16:00"), reason="Dời"
    )
    second = service.publish_week(world.secretary.actor, MONDAY, meeting_ids=[meeting.id])
    assert second.number == 2
    assert second.changes == [
        "Bỏ: 08:00 26/11, Giao ban.",
        f"Đổi: {meeting.title}: dời từ 14:00 26/11 sang 15:00 26/11.",
    ]
    with pytest.raises(NotAllowed):
        service.publish_week(world.city_specialist.actor, MONDAY, meeting_ids=ids)


def test_the_page_shows_the_published_week_to_the_agency(world: World, frozen_monday) -> None:
    meeting = called(world)
    url = f"/hop/lich-tuan/cong-bo?ngay={MONDAY.isoformat()}"
    world.secretary.client.post(url, {"meeting": [str(meeting.id)]}, form_at=url, form_action="cong-bo")
    shown = f"/hop/lich-tuan?ngay={MONDAY.isoformat()}"
    page = world.city_specialist.client.get(shown)
    assert meeting.title in page.text
    assert meeting.title not in world.specialist.client.get(shown).text
    service.move(
        world.secretary.actor, meeting.id, version=None, schedule=schedule("15:00", "16:00"), reason="Dời"
    )
    assert "dời từ 14:00 26/11 sang 15:00 26/11" in world.secretary.client.get(url).text
    world.secretary.client.post(url, {"meeting": []}, form_at=url, form_action="cong-bo", expect=422)
    move_clock(frozen_monday, "08:00", THURSDAY)


def test_rooms_are_blocked_and_taken_on_the_pages(world: World) -> None:
    room = make_room(world)
    url = f"/hop/phong/{room.id}/khoa"
    world.secretary.client.post(
        url, {"starts": "26/11/2026 07:00", "ends": "26/11/2026 09:00", "reason": "Sơn tường"}
    )
    page = world.secretary.client.get("/hop/phong?ngay=2026-11-26")
    assert "Sơn tường" in page.text
    (blocking,) = queries.blockings(world.agencies["city"])
    world.secretary.client.post(f"/hop/phong/khoa/{blocking.id}/bo", form_at="/hop/phong")
    assert queries.blockings(world.agencies["city"]) == []
    theirs = called(world, room=room, chair_post_id=world.office_chief.post_id)
    mine = draft(world)
    world.secretary.client.post(f"/hop/{mine.id}/lay-phong", {"room": str(room.id)})
    session.expire_all()
    assert (mine.room_id, theirs.room_id, theirs.place) == (room.id, None, "Sẽ thông báo")
