"""Điểm cầu, họp định kỳ, số liệu; dữ liệu nạp thử cho phép đo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import session
from app.core.errors import Violations
from app.demo.bulk import meetings as bulk
from app.meetings import queries, service
from app.meetings.models import Answer, Invitee, Meeting
from app.meetings.policy import Limits
from tests.unit.meetings.making import THURSDAY, called, draft, invitee, make_room
from tests.unit.meetings.test_after_meeting import concluded
from tests.world import World


def test_a_site_shows_its_code_to_those_who_come(world: World) -> None:
    meeting = called(world)
    service.save_site(
        world.secretary.actor,
        meeting.id,
        agency_id=world.agencies["dept"],
        room="Phòng A",
        access_code="4821",
    )
    url = f"/hop/{meeting.id}/diem-cau"
    assert "4821" in world.secretary.client.get(url).text
    assert "4821" not in world.director.client.get(url).text
    item = invitee(meeting, world, "dept")
    service.answer(world.director.actor, meeting.id, item.id, version=None, answer=Answer.ATTEND, myself=True)
    assert "4821" in world.director.client.get(url).text
    with pytest.raises(Violations, match="không dự cuộc họp"):
        service.save_site(world.secretary.actor, meeting.id, agency_id=999_999, room="x")
    (site,) = queries.sites(meeting.id)
    world.secretary.client.post(f"{url}/{site.id}/bo", form_at=url)
    assert queries.sites(meeting.id) == []


def test_a_meeting_is_repeated_where_its_room_is_free(world: World) -> None:
    room = make_room(world)
    meeting = called(world, room=room)
    busy = THURSDAY + timedelta(weeks=2)
    from tests.unit.meetings.making import schedule

    draft(world, schedule=schedule(day=busy, room=room))
    page = f"/hop/{meeting.id}/dinh-ky"
    days = "\n".join(f"{THURSDAY + timedelta(weeks=n):%d/%m/%Y}" for n in (1, 2, 3))
    world.secretary.client.post(page, {"days": days})
    made = session.scalars(
        select(Meeting)
        .where(Meeting.title == meeting.title, Meeting.state == "draft")
        .order_by(Meeting.starts_at)
    ).all()
    rooms = {clock.local(m.starts_at).date(): m.room_id for m in made}
    assert rooms[THURSDAY + timedelta(weeks=1)] == room.id
    assert len(made) == 4
    world.secretary.client.post(page, {"days": "hôm kia"}, expect=422)


def test_each_figure_is_the_count_of_the_rows_it_opens(world: World, frozen_monday) -> None:
    meeting = concluded(world, frozen_monday)
    found = queries.held(world.agencies["city"], date(2026, 11, 1), date(2026, 11, 30))
    assert [h.id for h in found] == [meeting.id]
    by_key = {f.key: f for f in queries.figures(found, Limits())}
    assert (len(by_key["dung-han"].rows), by_key["dung-han"].percent) == (1, 100)
    assert (len(by_key["dien-tu"].met), by_key["phan-hoi"].percent) == (0, 0)
    page = world.secretary.client.get("/hop/thong-ke?tu=2026-11-01&den=2026-11-30")
    for link in [link for link in page.links() if "muc=" in link]:
        shown = world.secretary.client.get(link)
        (row,) = [f for f in by_key.values() if f"muc={f.key}" in link]
        wanted = len(row.met) if "dat=1" in link else len(row.rows) - len(row.met)
        assert shown.text.count(meeting.title) == wanted
    world.city_specialist.client.get("/hop/thong-ke", expect=403)


def test_load_data_holds_a_busy_calendar(world: World) -> None:
    connection = session.connection().connection.driver_connection
    made = bulk.fill(connection, world.agencies["city"], now=clock.now().isoformat(), mark="thu", count=60)
    assert made["meeting"] == 60
    assert made["meeting_invitee"] == session.scalar(
        select(func.count()).select_from(Invitee).join(Meeting).where(Meeting.uid.like("nap-thu-%"))
    )
    assert "Rà soát tiến độ giải ngân, đợt" in world.secretary.client.get("/hop?xem=co-quan").text
