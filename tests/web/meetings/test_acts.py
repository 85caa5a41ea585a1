"""Thao tác qua trang: page, row and event of each; without access; in the wrong state; repeated posts."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import session
from app.documents import service as documents
from app.meetings import service
from app.meetings.models import Attendee, Meeting, Paper, Room
from app.meetings.service import Guests
from tests.paper import pdf, upload
from tests.unit.meetings.making import TITLE, at, called, draft, invitee, make_room, move_clock, schedule
from tests.unit.meetings.test_course import held, issued
from tests.world import World

_KEY = "0123456789abcdef0123456789abcdef"


def events_of(meeting_id: int) -> list[str]:
    statement = (
        select(AuditEntry.event)
        .where(AuditEntry.kind == 4, AuditEntry.record_id == meeting_id)
        .order_by(AuditEntry.id)
    )
    return list(session.scalars(statement))


def filled(world: World, **changes: object) -> dict[str, object]:
    """Biểu mẫu soạn cuộc họp đã điền."""
    values: dict[str, object] = {
        "title": "Họp rà soát tiến độ giải ngân",
        "kind": "work",
        "chair": str(world.vice_chairman.post_id),
        "secretary": str(world.secretary.post_id),
        "day": "26/11/2026",
        "starts": "14h",
        "ends": "15:30",
        "place": "Hội trường lớn",
        "room": "",
        "agencies": [str(world.agencies["dept"]), str(world.agencies["ward"])],
        "default_seats": "2",
        "people": [str(world.director2.post_id)],
        "requirements": "Sở Xây dựng báo cáo chính",
        "agenda-title": ["Khai mạc", "Báo cáo", ""],
        "agenda-minutes": ["5", "20", ""],
        "agenda-presenter": ["", "Sở Xây dựng", ""],
    }
    return values | changes


def newest() -> Meeting:
    found = session.scalar(select(Meeting).order_by(Meeting.id.desc()).limit(1))
    assert found is not None
    return found


# ── soạn, mời ──


def test_a_meeting_is_drafted_from_the_form(world: World) -> None:
    page = world.secretary.client.post("/hop/moi", filled(world, action="draft"))
    meeting = newest()
    assert page.location == f"/hop/{meeting.id}"
    assert (meeting.state, meeting.starts_at, meeting.ends_at) == ("draft", at("14:00"), at("15:30"))
    assert [(a.title, a.minutes, a.presenter) for a in meeting.agenda] == [
        ("Khai mạc", 5, ""),
        ("Báo cáo", 20, "Sở Xây dựng"),
    ]
    assert {(i.agency_id, i.post_id, i.seats) for i in meeting.invitees} == {
        (world.agencies["dept"], None, 2), (world.agencies["ward"], None, 2), (world.agencies["dept2"], world.director2.post_id, 1),
    }  # fmt: skip
    assert events_of(meeting.id) == ["MeetingDrafted"]
    assert "Đã lưu dự thảo" in world.secretary.client.follow(page).text


def test_a_meeting_is_called_at_once_with_a_saved_group_and_a_paper(world: World) -> None:
    group = documents.save_group(
        world.secretary.actor, None, "Các sở", [world.agencies["dept"], world.agencies["dept2"]]
    )
    values = filled(
        world,
        action="call",
        agencies=[],
        groups=[str(group.id)],
        people=[],
        papers=upload(pdf(), "Báo cáo tuần 47.pdf"),
    )
    world.secretary.client.post("/hop/moi", values)
    meeting = newest()
    assert meeting.state == "called"
    assert {i.agency_id for i in meeting.invitees} == {world.agencies["dept"], world.agencies["dept2"]}
    assert [p.name for p in meeting.papers] == ["Báo cáo tuần 47.pdf"]
    assert events_of(meeting.id) == ["MeetingDrafted", "MeetingCalled"]


def test_a_taken_room_is_told_beside_it_and_nothing_typed_is_lost(world: World) -> None:
    a1 = make_room(world)
    make_room(world, "Phòng họp B2", 40)
    draft(world, schedule=schedule("13:30", "15:30", room=a1))
    before = session.scalar(select(func.count()).select_from(Meeting))

    page = world.secretary.client.post("/hop/moi", filled(world, action="call", room=str(a1.id)), expect=409)

    (error,) = page.errors
    assert error.startswith(
        "Phòng họp A1 đã có lịch từ 13:30 đến 15:30. Cùng giờ còn trống: Phòng họp B2 (40 chỗ)."
    )
    assert error.endswith("Trong ngày 26/11/2026 phòng này còn trống 07:00–13:30, 15:30–17:00.")
    form = page.form("/hop/moi")
    assert (form["title"], form["starts"], form["room"]) == (
        "Họp rà soát tiến độ giải ngân",
        "14h",
        str(a1.id),
    )
    assert set(form["agencies"]) == {str(world.agencies["dept"]), str(world.agencies["ward"])}
    assert page.texts("//ul[@class='rooms']//span[contains(@class,'tag')]") == ["Trùng lịch", "Còn trống"]
    assert session.scalar(select(func.count()).select_from(Meeting)) == before


def test_looking_first_shows_rooms_warnings_and_the_letter_and_saves_nothing(world: World) -> None:
    room = make_room(world, capacity=4)
    called(world)
    before = session.scalar(select(func.count()).select_from(Meeting))
    page = world.secretary.client.post(
        "/hop/moi", filled(world, action="preview", room=str(room.id)), expect=200
    )
    assert "Trịnh Gia Khánh đã có cuộc họp" in page.text
    assert "thiếu 2 chỗ so với 6 người dự" in page.text
    assert "14 giờ 00 phút, Thứ Năm, ngày 26 tháng 11 năm 2026" in page.text
    assert page.errors == []
    assert session.scalar(select(func.count()).select_from(Meeting)) == before


def test_looking_at_an_empty_form_is_no_error(world: World) -> None:
    assert (
        world.secretary.client.post("/hop/moi", {"action": "preview", "title": ""}, expect=200).errors == []
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " \u200b "}, "Hãy nhập nội dung cuộc họp."),
        ({"title": "x" * 501}, "dài quá 500"),
        ({"title": "MẬT"}, "“MẬT”"),
        ({"day": "30/02/2026"}, "không có ngày 30/02"),
        ({"starts": "25:00"}, "Không có 25 giờ"),
        ({"starts": "sớm"}, "Không hiểu giờ này"),
        ({"ends": "13:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"day": "20/11/2026"}, "đã qua"),
        ({"chair": "999999"}, "không có trong danh sách"),
        ({"room": "999999"}, "không có trong danh sách"),
        ({"people": ["999999"]}, "không có trong danh sách"),
        ({"default_seats": "0"}, "Số người phải từ 1"),
        ({"default_seats": "hai"}, "Hãy nhập một số nguyên."),
        ({"agenda-minutes": ["năm", "20", ""]}, "Dòng 1: số phút"),
        ({"agenda-title": ["", "Báo cáo", ""]}, "Dòng 1: chưa có nội dung."),
        ({"agenda-title": ["TỐI MẬT", "Báo cáo", ""]}, "“TỐI MẬT”"),
        ({"agencies": [], "people": []}, "Chưa có thành phần mời"),
        ({"place": ""}, "Chưa có phòng họp hoặc địa điểm"),
        ({"answer_by": "26/11/2026 16:00"}, "Hạn phản hồi phải trước giờ họp"),
    ],
)
def test_bad_input_is_told_in_words_and_changes_nothing(
    world: World, changes: dict[str, object], words: str
) -> None:
    before = session.scalar(select(func.count()).select_from(Meeting))
    page = world.secretary.client.post("/hop/moi", filled(world, action="call", **changes), expect=422)
    assert any(words in e for e in page.errors), page.errors
    assert session.scalar(select(func.count()).select_from(Meeting)) == before


def test_the_room_of_another_agency_is_no_choice(world: World) -> None:
    room = make_room(world, agency="dept")
    page = world.secretary.client.post(
        "/hop/moi", filled(world, action="draft", room=str(room.id)), expect=422
    )
    assert "không có trong danh sách" in page.errors[0]


def test_a_hostile_paper_is_refused_and_the_meeting_not_made(world: World) -> None:
    before = session.scalar(select(func.count()).select_from(Meeting))
    page = world.secretary.client.post(
        "/hop/moi", filled(world, action="draft", papers=upload(b"<html><script>", "a.pdf")), expect=422
    )
    assert "“a.pdf”" in " ".join(page.errors)
    assert session.scalar(select(func.count()).select_from(Meeting)) == before


def test_the_same_form_sent_twice_makes_one_meeting(world: World) -> None:
    values = filled(world, action="call", request_key=_KEY)
    world.secretary.client.post("/hop/moi", values)
    first = newest().id
    again = world.secretary.client.post("/hop/moi", values, expect=303)
    assert again.location == f"/hop/{first}"
    assert newest().id == first


def test_a_previous_meeting_is_the_model_of_the_next(world: World) -> None:
    meeting = called(world, room=make_room(world))
    page = world.secretary.client.get(f"/hop/moi?tu={meeting.id}")
    form = page.form("/hop/moi")
    assert (form["title"], form["starts"], form["room"]) == (TITLE, "14:00", str(meeting.room_id))
    assert form["day"] == "26/11/2026"  # three working days from Monday, not the model's day
    assert set(form["agencies"]) == {str(world.agencies["dept"]), str(world.agencies["ward"])}
    assert f"/hop/moi?tu={meeting.id}" in world.secretary.client.get("/hop/moi").links()
    for bad in ("x", "999999937"):
        world.secretary.client.get(f"/hop/moi?tu={bad}", expect=404)
    world.clerk.client.get(f"/hop/moi?tu={meeting.id}", expect=404)


@pytest.mark.parametrize("key", ["vice_chairman", "city_head", "city_specialist", "city_admin", "specialist"])
def test_only_the_office_opens_the_form(world: World, key: str) -> None:
    world.people[key].client.get("/hop/moi", expect=403)
    world.people[key].client.submit("/hop/moi", filled(world, action="draft"), expect=403)


def test_a_draft_is_edited_hours_and_all(world: World) -> None:
    meeting = draft(world)
    url = f"/hop/{meeting.id}/sua"
    world.secretary.client.post(url, {"title": "Tên mới", "starts": "08:00", "ends": "09:00", "room": ""})
    session.expire_all()
    assert (meeting.title, meeting.starts_at) == ("Tên mới", at("08:00"))
    assert len(meeting.invitees) == 4
    assert events_of(meeting.id)[-1] == "MeetingChanged"


def test_a_called_meeting_is_edited_without_hours_and_seats_change_one_by_one(world: World) -> None:
    meeting = called(world)
    url = f"/hop/{meeting.id}/sua"
    assert "starts" not in world.secretary.client.get(url).form(url)
    dept = world.agencies["dept"]
    world.secretary.client.post(url, {f"seats-{dept}": "5", "starts": "01:00"})
    session.expire_all()
    assert invitee(meeting, world, "dept").seats == 5
    assert invitee(meeting, world, "ward").seats == 1
    assert meeting.starts_at == at("14:00")
    page = world.secretary.client.post(url, {f"seats-{dept}": "0"}, expect=422)
    assert page.errors == ["Sở Xây dựng: số chỗ phải từ 1 đến 500."]


def test_a_stale_edit_is_refused_and_keeps_the_text(world: World) -> None:
    meeting = draft(world)
    url = f"/hop/{meeting.id}/sua"
    page = world.secretary.client.post(url, {"title": "Của tôi", "version": "0", "room": ""}, expect=409)
    assert page.form(url)["title"] == "Của tôi"
    session.expire_all()
    assert meeting.title == TITLE


def test_a_draft_is_called_by_one_press(world: World) -> None:
    meeting = draft(world)
    detail = f"/hop/{meeting.id}"
    page = world.secretary.client.post(f"{detail}/moi-hop", form_at=detail)
    assert "Đã mời 4 thành phần dự họp." in world.secretary.client.follow(page).text
    session.expire_all()
    assert meeting.state == "called"


def test_a_call_that_lacks_something_is_told_on_the_page(world: World) -> None:
    meeting = service.create(world.secretary.actor, _bare(world), schedule(), Guests())
    detail = f"/hop/{meeting.id}"
    page = world.secretary.client.submit(f"{detail}/moi-hop", {"version": meeting.version}, expect=303)
    assert "Chưa có thành phần mời" in world.secretary.client.follow(page).text
    shown = world.secretary.client.get(detail)
    assert "Chưa thể mời họp:" in shown.text


def _bare(world: World):
    from tests.unit.meetings.making import details

    return details(world)


# ── trả lời ──


def test_an_invitation_is_answered_from_home_by_one_press(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "dept")
    url = f"/hop/{meeting.id}/tra-loi/{item.id}"
    page = world.director.client.post(url, form_at="/", form_action=url)
    assert page.location == "/"
    session.expire_all()
    assert item.answer == "attend"
    assert [a.post_id for a in item.attendees] == [world.director.post_id]
    assert events_of(meeting.id)[-1] == "InvitationAnswered"
    assert "Giấy mời chờ trả lời" not in world.director.client.get("/").text


def test_a_clerk_names_the_people_of_the_agency(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "dept")
    url = f"/hop/{meeting.id}/tra-loi/{item.id}"
    world.clerk.client.post(
        url,
        {
            "answer": "attend",
            "people": [str(world.head.post_id)],
            "others": "Phạm Quốc Trường, Trưởng phòng Đầu tư\n\n",
        },
    )
    session.expire_all()
    assert [(a.name, a.title) for a in item.attendees] == [
        ("Đoàn Văn Bách", "Trưởng phòng Hạ tầng kỹ thuật"),
        ("Phạm Quốc Trường", "Trưởng phòng Đầu tư"),
    ]
    page = world.clerk.client.get(url)
    assert page.form(url)["others"] == "Phạm Quốc Trường, Trưởng phòng Đầu tư"
    assert world.head.client.get(f"/hop/{meeting.id}").h1 == TITLE


def test_refused_answers_keep_what_was_typed(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    url = f"/hop/{meeting.id}/tra-loi/{item.id}"
    client = world.director2.client
    for values, words in (
        ({"answer": "absent"}, "Hãy nêu lý do báo vắng"),
        ({"answer": "substitute", "reason": "Đi công tác"}, "Hãy ghi họ tên, chức vụ người dự thay."),
        ({"answer": "attend", "others": "Ai đó"}, "hãy chọn “Cử người dự thay”"),
        ({"answer": "có lẽ"}, "không có trong danh sách"),
        ({"answer": "substitute", "people": [str(world.head.post_id)]}, "không có trong danh sách"),
        ({"answer": "absent", "reason": "MẬT"}, "“MẬT”"),
    ):
        page = client.post(url, values, expect=422)
        assert any(words in e for e in page.errors), page.errors
    session.expire_all()
    assert item.answer is None
    page = client.post(url, {"answer": "substitute", "reason": "Đi công tác"}, expect=422)
    assert page.form(url)["reason"] == "Đi công tác"


def test_an_answer_is_changed_and_absence_forgets_whom_one_had_sent(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    url = f"/hop/{meeting.id}/tra-loi/{item.id}"
    world.director2.client.post(url, {"answer": "substitute", "people": [str(world.specialist_b.post_id)]})
    world.director2.client.post(url, {"answer": "absent", "reason": "Cả hai cùng bận"})
    session.expire_all()
    assert (item.answer, item.attendees) == ("absent", [])
    assert session.scalar(select(func.count()).select_from(Attendee)) == 0


def test_an_answer_drawn_before_the_meeting_moved_is_refused(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    url = f"/hop/{meeting.id}/tra-loi/{item.id}"
    seen = world.director2.client.get(url).form(url)
    service.move(
        world.secretary.actor,
        meeting.id,
        version=meeting.version,
        schedule=schedule("08:00", "09:00"),
        reason="x",
    )
    page = world.director2.client.submit(url, seen | {"answer": "attend"}, expect=409)
    assert "08:00–09:00" in page.text
    assert "đề nghị trả lời theo giờ mới".lower() not in page.h1
    session.expire_all()
    assert item.answer is None


def test_nobody_answers_for_others_through_the_address(world: World) -> None:
    first, second = called(world), called(world, schedule=schedule("08:00", "09:00"))
    theirs, elsewhere = invitee(first, world, "director2"), invitee(second, world, "dept")
    for meeting_id, invitee_id in ((first.id, theirs.id), (first.id, elsewhere.id), (first.id, 999_999_937)):
        world.director.client.get(f"/hop/{meeting_id}/tra-loi/{invitee_id}", expect=404)
        world.director.client.submit(
            f"/hop/{meeting_id}/tra-loi/{invitee_id}", {"answer": "attend", "version": "1"}, expect=404
        )
    world.vice_chairman.client.get(f"/hop/{first.id}/tra-loi", expect=403)
    assert (
        world.director.client._open("get", f"/hop/{first.id}/tra-loi").headers["Location"]
        == f"/hop/{first.id}/tra-loi/{invitee(first, world, 'dept').id}"
    )


def test_after_the_start_the_answer_page_says_whom_to_ask(world: World, frozen_monday) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    move_clock(frozen_monday, "14:05")
    page = world.director2.client.get(f"/hop/{meeting.id}/tra-loi/{item.id}", expect=422)
    assert "Hãy liên hệ trực tiếp đầu mối của cuộc họp." in page.text


def test_all_the_silent_or_one_are_reminded_by_one_press(world: World) -> None:
    meeting = called(world)
    replies = f"/hop/{meeting.id}/ket-qua-moi"
    page = world.secretary.client.post(f"/hop/{meeting.id}/nhac", form_at=replies)
    assert "Đã nhắc mọi nơi chưa phản hồi." in world.secretary.client.follow(page).text
    ward = invitee(meeting, world, "ward")
    world.secretary.client.submit(f"/hop/{meeting.id}/nhac", {"invitee": str(ward.id)})
    session.expire_all()
    assert (ward.reminded_count, invitee(meeting, world, "dept").reminded_count) == (2, 1)
    assert "Đã nhắc 2 lần, 23/11 08:00" in world.secretary.client.get(replies).text
    assert events_of(meeting.id).count("InviteesReminded") == 2


def test_a_reminder_sent_twice_counts_once(world: World) -> None:
    meeting = called(world)
    for _ in range(2):
        world.secretary.client.submit(
            f"/hop/{meeting.id}/nhac", {"request_key": _KEY, "next": "home"}, expect=303 if _ else 302
        )
    session.expire_all()
    assert {i.reminded_count for i in meeting.invitees} == {1}


def test_the_invited_cannot_remind(world: World) -> None:
    meeting = called(world)
    world.director.client.submit(f"/hop/{meeting.id}/nhac", {}, expect=403)
    world.specialist.client.submit(f"/hop/{meeting.id}/nhac", {}, expect=404)


# ── dời, hủy, họp xong, kết luận ──


def test_a_meeting_is_moved_with_a_reason(world: World) -> None:
    room = make_room(world)
    meeting = called(world, room=room)
    url = f"/hop/{meeting.id}/doi-lich"
    world.secretary.client.post(
        url, {"day": "27/11/2026", "starts": "8h", "ends": "9h30", "reason": "Chủ trì bận"}
    )
    session.expire_all()
    assert (meeting.starts_at, meeting.sequence, meeting.move_reason) == (
        at("08:00", schedule().starts_at.date().replace(day=27)),
        1,
        "Chủ trì bận",
    )
    assert events_of(meeting.id)[-1] == "MeetingMoved"
    assert "Lịch họp đã đổi" in world.director.client.get(f"/hop/{meeting.id}").text


def test_moving_needs_a_reason_and_free_room(world: World) -> None:
    room = make_room(world)
    draft(world, schedule=schedule("08:00", "10:00", room=room))
    meeting = called(world, room=room)
    url = f"/hop/{meeting.id}/doi-lich"
    client = world.secretary.client
    assert "Hãy nêu lý do" in client.post(url, {"starts": "16:00", "ends": "17:00"}, expect=422).errors[0]
    page = client.post(url, {"starts": "09:00", "ends": "10:00", "reason": "Bận"}, expect=409)
    assert page.errors[0].startswith("Phòng họp A1 đã có lịch từ 08:00 đến 10:00.")
    assert page.form(url)["reason"] == "Bận"
    looked = client.post(url, {"starts": "09:00", "ends": "10:00", "action": "preview"}, expect=200)
    assert "Trùng lịch" in looked.text
    assert looked.errors == []
    session.expire_all()
    assert meeting.sequence == 0


def test_a_meeting_is_cancelled_with_a_reason(world: World) -> None:
    meeting = called(world)
    url = f"/hop/{meeting.id}/huy"
    assert world.vice_chairman.client.post(url, {"reason": " "}, expect=422).errors
    page = world.vice_chairman.client.post(url, {"reason": "Có bão"})
    assert "Có bão" in world.vice_chairman.client.follow(page).text
    session.expire_all()
    assert (meeting.state, meeting.cancel_reason) == ("cancelled", "Có bão")
    assert "Đã hủy" in world.city_head.client.get("/hop").text


def test_a_meeting_is_confirmed_as_held_and_its_conclusion_recorded(world: World, frozen_monday) -> None:
    meeting = called(world)
    url = f"/hop/{meeting.id}/ket-thuc"
    assert "Chưa đến giờ họp" in world.vice_chairman.client.get(url, expect=422).text
    move_clock(frozen_monday, "15:30")
    assert (
        "05 ngày làm việc sau cuộc họp (Nghị định 314/2025/NĐ-CP)" in world.vice_chairman.client.get(url).text
    )
    world.vice_chairman.client.post(url, {})
    session.expire_all()
    assert (meeting.state, str(meeting.conclusion_due_on)) == ("held", "2026-12-03")

    issued(world)
    record = f"/hop/{meeting.id}/ket-luan"
    wrong = world.secretary.client.post(record, {"reference": "999/TB-VP"}, expect=422)
    assert wrong.errors == ["Không tìm thấy văn bản đi đã phát hành có số, ký hiệu này."]
    page = world.secretary.client.post(record, {"reference": "118/tb-vp"})
    assert "118/TB-VP" in world.secretary.client.follow(page).text
    assert "118/TB-VP" not in world.director.client.get(f"/hop/{meeting.id}").text.split("Quá trình")[0]


def test_a_conclusion_is_waived_with_a_reason(world: World, frozen_monday) -> None:
    meeting = held(world, frozen_monday)
    world.vice_chairman.client.post(f"/hop/{meeting.id}/khong-ket-luan", {"reason": "Họp trao đổi"})
    session.expire_all()
    assert meeting.conclusion_due_on is None
    world.city_head.client.get(f"/hop/{meeting.id}/khong-ket-luan", expect=403)


# ── tài liệu ──


def test_papers_are_added_read_and_removed(world: World) -> None:
    meeting = called(world)
    url = f"/hop/{meeting.id}/tai-lieu"
    world.secretary.client.post(
        url, {"papers": [upload(pdf("một"), "Một.pdf"), upload(pdf("hai"), "Hai.pdf")]}
    )
    session.expire_all()
    first, second = meeting.papers
    answer = world.director.client.get(f"{url}/{first.id}").response
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer.get_data() == pdf("một")
    world.specialist.client.get(f"{url}/{first.id}", expect=404)
    world.director.client.submit(f"{url}/{first.id}/bo", {}, expect=403)
    world.secretary.client.submit(f"{url}/{first.id}/bo", {})
    session.expire_all()
    assert meeting.papers == [second]
    assert events_of(meeting.id)[-2:] == ["PapersAdded", "PaperRemoved"]


def test_no_paper_or_a_bad_one_is_refused(world: World) -> None:
    meeting = called(world)
    url = f"/hop/{meeting.id}/tai-lieu"
    assert world.secretary.client.post(url, {}, expect=422).errors == ["Hãy chọn tệp tài liệu."]
    assert "rỗng" in world.secretary.client.post(url, {"papers": upload(b"", "a.pdf")}, expect=422).errors[0]
    assert session.scalar(select(func.count()).select_from(Paper)) == 0


def test_a_paper_of_another_meeting_is_not_found(world: World) -> None:
    first, second = called(world), draft(world, schedule=schedule("08:00", "09:00"))
    world.secretary.client.post(f"/hop/{second.id}/tai-lieu", {"papers": upload(pdf(), "Kín.pdf")})
    session.expire_all()
    paper = second.papers[0]
    world.director.client.get(f"/hop/{first.id}/tai-lieu/{paper.id}", expect=404)
    world.secretary.client.submit(f"/hop/{first.id}/tai-lieu/{paper.id}/bo", {}, expect=404)


# ── phòng họp ──


def test_rooms_are_added_and_changed_by_their_keepers(world: World) -> None:
    world.city_admin.client.post(
        "/hop/phong/moi", {"name": "Phòng họp C1", "capacity": "24", "equipment": "Màn hình"}
    )
    room = session.scalar(select(Room))
    assert (room.name, room.capacity, room.agency_id) == ("Phòng họp C1", 24, world.agencies["city"])
    world.secretary.client.post(f"/hop/phong/{room.id}", {"capacity": "30"})
    session.expire_all()
    assert room.capacity == 30
    entry = session.scalar(
        select(AuditEntry).where(AuditEntry.event == "RoomSaved").order_by(AuditEntry.id.desc()).limit(1)
    )
    assert entry.record_id == world.agencies["city"]


def test_bad_rooms_are_refused(world: World) -> None:
    room = make_room(world)
    draft(world, room=room)
    client = world.secretary.client
    assert (
        client.post("/hop/phong/moi", {"name": "Phòng họp A1", "capacity": "3"}, expect=422)
        .errors[0]
        .startswith("Đã có phòng họp tên")
    )
    assert client.post("/hop/phong/moi", {"name": "X", "capacity": "-1"}, expect=422).errors == [
        "Số chỗ phải từ 1 đến 100000."
    ]
    url = f"/hop/phong/{room.id}"
    values = client.get(url).form(url)
    values.pop("active")
    assert "Phòng còn cuộc họp" in client.submit(url, values, expect=409).errors[0]
    stale = client.post(url, {"version": "0", "name": "Khác"}, expect=409)
    assert stale.form(url)["name"] == "Khác"


@pytest.mark.parametrize(
    ("key", "status"),
    [("chairman", 403), ("city_clerk", 403), ("specialist", 403), ("clerk", 404), ("admin", 404)],
)
def test_rooms_of_others_are_kept_by_others(world: World, key: str, status: int) -> None:
    room = make_room(world)
    world.people[key].client.get(f"/hop/phong/{room.id}", expect=status)
    world.people[key].client.submit(
        f"/hop/phong/{room.id}", {"name": "Chiếm", "capacity": "1"}, expect=status
    )
