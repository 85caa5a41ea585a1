"""Trang giấy mời không cần đăng nhập, trang đường dẫn, quy định về họp, họp đột xuất."""

from __future__ import annotations

from app.core.db import session
from app.meetings import queries
from tests.unit.meetings.making import called, invitee
from tests.unit.meetings.test_links import EXPERT, with_expert
from tests.web.meetings.test_acts import events_of, filled, newest
from tests.world import World


def test_a_guest_answers_from_his_phone(world: World) -> None:
    meeting, expert = with_expert(world)
    url = f"/hop/thu-moi/{expert.link_token}"
    page = world.visitor.get(url)
    assert page.h1 == "Giấy mời họp"
    assert EXPERT.name in page.text
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    refused = world.visitor.post(url, {"answer": "absent", "reason": ""}, expect=422)
    assert "Hãy nêu lý do" in refused.text
    done = world.visitor.post(url, {"answer": "substitute", "others": "Lê Thu Trang, Phó Viện trưởng"})
    assert "Đã ghi nhận: Cử người dự thay" in world.visitor.follow(done).text
    session.expire_all()
    assert [(a.name, a.title) for a in expert.attendees] == [("Lê Thu Trang", "Phó Viện trưởng")]
    assert events_of(meeting.id)[-1] == "InvitationAnswered"
    file = world.visitor._open("get", f"{url}/lich.ics")
    assert file.get_data().startswith(b"BEGIN:VCALENDAR")


def test_an_unknown_address_is_a_missing_page(world: World) -> None:
    world.visitor.get("/hop/thu-moi/khong-phai-ai", expect=404)


def test_the_convener_shows_renews_and_takes_back_an_address(world: World) -> None:
    meeting, expert = with_expert(world)
    url = f"/hop/{meeting.id}/loi-moi/{expert.id}"
    old = expert.link_token
    page = world.secretary.client.get(url)
    assert str(old) in page.markup
    assert "<svg" in page.markup
    world.secretary.client.post(f"{url}/cap-lai", form_at=url)
    session.expire_all()
    assert expert.link_token != old
    world.secretary.client.post(f"{url}/thu-hoi", form_at=url)
    session.expire_all()
    assert expert.link_token is None
    world.director2.client.get(url, expect=403)
    world.specialist.client.get(url, expect=404)


def test_the_chair_agrees_to_a_substitute_on_the_page(world: World) -> None:
    from app.meetings import service
    from app.meetings.models import Answer
    from app.meetings.service import Named

    meeting = called(world)
    item = invitee(meeting, world, "director2")
    service.answer(
        world.director2.actor, meeting.id, item.id, version=None, answer=Answer.SUBSTITUTE,
        people=[Named(world.specialist_b.post_id)],
    )  # fmt: skip
    page = f"/hop/{meeting.id}/ket-qua-moi"
    assert "Chờ chủ trì đồng ý" in world.vice_chairman.client.get(page).text
    act = f"/hop/{meeting.id}/loi-moi/{item.id}/du-thay"
    world.secretary.client.post(act, {"agrees": "1"}, form_at=page, expect=403)
    session.expire_all()
    assert item.consent == "asked"
    world.vice_chairman.client.post(act, {"agrees": "1"}, form_at=page)
    session.expire_all()
    assert item.consent == "agreed"


def test_outside_guests_and_roles_are_read_from_the_form(world: World) -> None:
    lines = "Trương Quốc Bảo; Viện trưởng; Viện Quy hoạch; bao@vien.vn; 0903\nPhạm Hà;;Hội Kiến trúc sư"
    world.secretary.client.post(
        "/hop/moi",
        filled(world, action="call", outside=lines, people=[], invited_guests=[str(world.city_head.post_id)], is_key_event="y"),
    )  # fmt: skip
    meeting = newest()
    found = {i.shown_name: i for i in queries.invitees(meeting.id)}
    assert found["Trương Quốc Bảo"].outside_email == "bao@vien.vn"
    assert found["Phạm Hà"].shown_body == "Hội Kiến trúc sư"
    assert found["Lâm Chí Hiếu"].role == "guest"
    cards = world.secretary.client.get(f"/hop/{meeting.id}/thiep-moi")
    assert "Trương Quốc Bảo" in cards.text
    wrong = world.secretary.client.post(
        "/hop/moi", filled(world, action="draft", outside="; Viện trưởng"), expect=422
    )
    assert "chưa có họ tên" in wrong.text


def test_a_late_invitation_is_marked_by_one_press(world: World) -> None:
    from datetime import date

    from tests.unit.meetings.making import schedule

    meeting = called(world, schedule=schedule(day=date(2026, 11, 24)))
    page = f"/hop/{meeting.id}"
    assert "Giấy mời gửi muộn" in world.secretary.client.get(page).text
    world.secretary.client.post(f"{page}/dot-xuat", {"reason": "1"}, form_at=page)
    session.expire_all()
    assert meeting.unplanned_reason == "Cấp trên chỉ đạo đột xuất"
    assert "Giấy mời gửi muộn" not in world.secretary.client.get(page).text


def test_the_rules_are_read_by_all_and_kept_by_the_city(world: World) -> None:
    page = world.specialist.client.get("/hop/quy-dinh")
    assert "Nghị định 315/2025/NĐ-CP" in page.text
    rule = queries.rules()[0]
    url = f"/hop/quy-dinh/{rule.id}"
    values = {
        "invitation_days": "2",
        "papers_days": "2",
        "conclusion_days": "4",
        "source": "Nghị định 314/2025/NĐ-CP",
    }
    world.city_admin.client.post(url, values)
    session.expire_all()
    assert (rule.invitation_days, rule.needs_consent, rule.checked_on is not None) == (2, True, True)
    world.admin.client.post(url, values, expect=403)
    world.specialist.client.get(url, expect=403)


def test_a_calendar_program_reads_the_feed_without_signing_in(world: World) -> None:
    meeting = called(world)
    world.director2.client.post("/hop/lich-ngoai/mo", form_at="/hop/lich-ngoai")
    page = world.director2.client.get("/hop/lich-ngoai")
    (address,) = [link for link in page.links() if link.endswith(".ics")]
    answer = world.visitor._open("get", address.partition("/hop")[1] + address.partition("/hop")[2])
    assert answer.mimetype == "text/calendar"
    assert meeting.uid.encode() in answer.get_data()
    world.director2.client.post("/hop/lich-ngoai/dong", form_at="/hop/lich-ngoai")
    world.visitor.get(address.partition("/hop")[1] + address.partition("/hop")[2], expect=404)


def test_room_keepers_open_the_calendar_of_a_room(world: World) -> None:
    from tests.unit.meetings.making import make_room

    room = make_room(world)
    world.secretary.client.post(f"/hop/lich-ngoai/phong/{room.id}/mo", form_at="/hop/lich-ngoai")
    assert queries.room_feeds(world.agencies["city"])[room.id].token
    world.secretary.client.post(f"/hop/lich-ngoai/phong/{room.id}/dong", form_at="/hop/lich-ngoai")
    assert queries.room_feeds(world.agencies["city"]) == {}
