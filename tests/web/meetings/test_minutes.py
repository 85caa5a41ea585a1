"""Trang điểm danh, biên bản, kết luận, giao nhiệm vụ."""

from __future__ import annotations

from app.core.db import session
from app.meetings import queries
from tests.unit.meetings.making import move_clock
from tests.unit.meetings.test_after_meeting import concluded, running
from tests.world import World


def test_the_secretary_takes_the_roll(world: World, frozen_monday) -> None:
    meeting = running(world, frozen_monday)
    url = f"/hop/{meeting.id}/diem-danh"
    page = world.secretary.client.get(url)
    assert "<svg" in page.markup
    keys = [r.key for r in queries.roll(queries.meeting(meeting.id, world.secretary.actor))]
    world.secretary.client.post(
        url, {"shown": keys, "present": keys[:1], "more": "Phạm Hà, Chuyên gia, Hội Kiến trúc sư"}
    )
    assert {(a.name, a.body) for a in queries.attendance(meeting.id)} >= {("Phạm Hà", "Hội Kiến trúc sư")}
    world.director.client.get(url, expect=403)
    world.ward_specialist.client.get(url, expect=404)


def test_the_door_page_marks_whoever_scans_it(world: World, frozen_monday) -> None:
    meeting = running(world, frozen_monday)
    url = f"/hop/diem-danh/{meeting.door_token}"
    assert world.head.client.get(url).h1 == "Điểm danh"
    world.head.client.post(url)
    assert [a.way for a in queries.attendance(meeting.id)] == ["door"]
    world.ward_specialist.client.get(url, expect=404)


def test_a_guest_checks_in_by_his_address(world: World, frozen_monday) -> None:
    from app.meetings import service
    from app.meetings.models import Answer
    from tests.unit.meetings.test_links import by_link, with_expert

    meeting, expert = with_expert(world)
    by_link(expert, Answer.ATTEND)
    move_clock(frozen_monday, "13:30")
    page = world.visitor.get(f"/hop/thu-moi/{expert.link_token}")
    assert "Tôi có mặt" in page.text
    world.visitor.post(
        f"/hop/thu-moi/{expert.link_token}/co-mat",
        form_at=f"/hop/thu-moi/{expert.link_token}",
        form_action="co-mat",
    )
    assert [(a.name, a.way) for a in queries.attendance(meeting.id)] == [(expert.shown_name, "link")]
    assert service.check_in is not None


def test_minutes_are_written_and_printed(world: World, frozen_monday) -> None:
    meeting = running(world, frozen_monday)
    url = f"/hop/{meeting.id}/bien-ban"
    item = meeting.agenda[0].id
    values = {
        f"notes-{item}": "Sở Xây dựng báo cáo.",
        "conclusions-content": ["Hoàn thành bồi thường", ""],
        "conclusions-agency": [str(world.agencies["dept"]), ""],
        "conclusions-due": ["20/12/2026", ""],
        "conclusions-id": ["", ""],
    }
    world.secretary.client.post(url, values)
    (made,) = queries.conclusions_of(meeting.id)
    assert (made.content, made.agency_id) == ("Hoàn thành bồi thường", world.agencies["dept"])
    wrong = world.secretary.client.post(url, values | {"conclusions-due": ["hôm qua kia", ""]}, expect=422)
    assert "Kết luận 1" in " ".join(wrong.errors)
    printed = world.secretary.client.get(f"{url}/in")
    assert "BIÊN BẢN" in printed.text
    assert "Giao Sở Xây dựng chủ trì thực hiện, hoàn thành trước ngày 20 tháng 12 năm 2026." in printed.text
    world.secretary.client.post(
        f"/hop/{meeting.id}/chuong-trinh/{item}/bat-dau", form_at=url, form_action="bat-dau"
    )
    session.expire_all()
    assert meeting.agenda[0].started_at is not None
    world.director.client.get(url, expect=403)


def test_the_chair_gives_the_conclusions_out(world: World, frozen_monday) -> None:
    meeting = concluded(world, frozen_monday)
    page = world.vice_chairman.client.get(f"/hop/{meeting.id}")
    assert f"/hop/{meeting.id}/giao-nhiem-vu" in page.links()
    items = [str(i.id) for i in queries.conclusions_of(meeting.id)]
    world.vice_chairman.client.post(f"/hop/{meeting.id}/giao-nhiem-vu", {"item": items})
    session.expire_all()
    part = queries.conclusions_of(meeting.id)[0].part
    assert part is not None
    assert "Từ cuộc họp" in world.vice_chairman.client.get(f"/chi-dao/{part.id}").text
    assert f"Nhiệm vụ {part.code}" in world.vice_chairman.client.get(f"/hop/{meeting.id}").text
    world.secretary.client.get(f"/hop/{meeting.id}/giao-nhiem-vu", expect=403)


def test_the_conclusion_notice_is_submitted_from_the_meeting(world: World, frozen_monday) -> None:
    meeting = concluded(world, frozen_monday)
    url = f"/hop/{meeting.id}/trinh-ket-luan"
    world.secretary.client.post(url, {"signer": str(world.vice_chairman.post_id)})
    session.expire_all()
    assert meeting.conclusion_draft_id is not None
    world.secretary.client.get(url, expect=422)
