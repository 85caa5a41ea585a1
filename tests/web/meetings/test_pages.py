"""Trang cuộc họp: each page opens for those who may, and for nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from app.core.db import db
from app.meetings import service
from app.meetings.models import Answer
from app.meetings.service import AgendaLine, Named
from tests.unit.meetings.making import TITLE, at, called, draft, make_room, move_clock
from tests.unit.meetings.test_answering import reply
from tests.unit.meetings.test_course import held
from tests.world import World

_AGENDA = (AgendaLine("Khai mạc", 5), AgendaLine("Báo cáo tiến độ", 20, "Sở Xây dựng"))


def full(world: World):
    """Một cuộc họp đã mời với đủ chương trình, phòng, trả lời các kiểu."""
    meeting = called(
        world,
        room=make_room(world),
        agenda=_AGENDA,
        answer_by=at("11:00"),
        papers_due_at=at("10:00"),
        contact_phone="028 3829 6052",
    )
    reply(
        world,
        meeting,
        "director2",
        "director2",
        Answer.SUBSTITUTE,
        people=[Named(world.specialist_b.post_id)],
        reason="Họp ở Bộ",
    )
    reply(world, meeting, "ward_chairman", "ward", Answer.ABSENT, reason="Tiếp công dân")
    return meeting


def test_the_convening_side_sees_facts_composition_answers_and_buttons(world: World) -> None:
    meeting = full(world)
    page = world.secretary.client.get(f"/hop/{meeting.id}")
    assert page.h1 == TITLE
    for words in (
        "14:00–15:30, Thứ Năm, 26/11/2026",
        "Phòng họp A1",
        "Trịnh Gia Khánh",
        "Sở Xây dựng",
        "Cử người dự thay",
        "Khai mạc",
        "14:05",
        "028 3829 6052",
    ):
        assert words in page.text, words
    for path in ("sua", "doi-lich", "huy", "ket-qua-moi", "giay-moi", "danh-sach", "tai-lieu"):
        assert f"/hop/{meeting.id}/{path}" in page.links(), path
    assert page.has_form(f"/hop/{meeting.id}/nhac")


def test_the_invited_see_their_own_answer_and_not_those_of_others(world: World) -> None:
    meeting = full(world)
    page = world.director2.client.get(f"/hop/{meeting.id}")
    assert "Giấy mời của anh/chị: Cử người dự thay (Tô Vĩnh An)" in page.text
    assert "Tiếp công dân" not in page.text
    assert "Báo vắng" not in page.text
    assert f"/hop/{meeting.id}/sua" not in page.links()
    waiting = world.director.client.get(f"/hop/{meeting.id}")
    assert waiting.has_form(f"/hop/{meeting.id}/tra-loi/")


@pytest.mark.parametrize(
    "path",
    ["", "/sua", "/doi-lich", "/huy", "/ket-thuc", "/ket-luan", "/khong-ket-luan", "/tra-loi", "/ket-qua-moi", "/tai-lieu", "/giay-moi", "/danh-sach", "/lich.ics"],
)  # fmt: skip
def test_who_may_not_know_of_a_meeting_finds_nothing(world: World, path: str) -> None:
    meeting = called(world)
    for key in ("specialist", "ward_specialist", "city_specialist"):
        world.people[key].client.get(f"/hop/{meeting.id}{path}", expect=404)
    hidden = draft(world)
    world.director.client.get(f"/hop/{hidden.id}{path}", expect=404)
    world.secretary.client.get(f"/hop/999999937{path}", expect=404)


@pytest.mark.parametrize("path", ["/sua", "/doi-lich", "/huy", "/ket-qua-moi", "/tai-lieu", "/danh-sach"])
def test_the_invited_are_told_why_they_may_not(world: World, path: str) -> None:
    meeting = called(world)
    page = world.director.client.get(f"/hop/{meeting.id}{path}", expect=403)
    assert "Chỉ" in page.text


@pytest.mark.parametrize("path", ["/sua", "/doi-lich", "/huy", "/ket-thuc", "/ket-luan"])
def test_in_the_wrong_state_the_page_says_so(world: World, path: str) -> None:
    meeting = called(world)
    service.cancel(world.secretary.actor, meeting.id, version=meeting.version, reason="Bão")
    page = world.secretary.client.get(f"/hop/{meeting.id}{path}", expect=409)
    assert "“Đã hủy”" in page.text


def test_a_draft_shows_what_to_mind_before_inviting(world: World) -> None:
    meeting = draft(world, room=make_room(world, capacity=3))
    page = world.secretary.client.get(f"/hop/{meeting.id}")
    assert "Cần lưu ý trước khi mời" in page.text
    assert "thiếu 3 chỗ" in page.text
    assert page.has_form(f"/hop/{meeting.id}/moi-hop")


def test_replies_show_the_silent_first_with_a_button_each(world: World) -> None:
    meeting = full(world)
    page = world.vice_chairman.client.get(f"/hop/{meeting.id}/ket-qua-moi")
    assert page.h1 == f"Kết quả mời: {TITLE}"
    assert page.texts("//table//tbody/tr/td[1]")[:2] == ["Sở Xây dựng", "UBND Thành phố"]
    assert page.texts("//*[@class='figures']//b") == ["0", "1", "1", "2"]
    assert "Nhắc 2 nơi chưa phản hồi" in page.text
    assert "Đã biết 1 người dự trên 5 chỗ mời; phòng có 60 chỗ." in page.text


def test_the_printed_invitation_follows_the_decree(world: World) -> None:
    meeting = full(world)
    page = world.director.client.get(f"/hop/{meeting.id}/giay-moi")
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "GIẤY MỜI", "/GM-UBND",
        "14 giờ 00 phút, Thứ Năm, ngày 26 tháng 11 năm 2026", "Thành phố Hồ Chí Minh, ngày 23 tháng 11 năm 2026",
        "Chủ trì: Trịnh Gia Khánh, Phó Chủ tịch UBND Thành phố", "Sở Xây dựng (02 người)", "TM. ỦY BAN NHÂN DÂN", "Đầu mối liên hệ: Phan Thảo My",
    ):  # fmt: skip
        assert words in page.text, words


def test_the_list_of_delegates_has_a_line_for_every_seat_and_room_to_sign(world: World) -> None:
    meeting = full(world)
    page = world.secretary.client.get(f"/hop/{meeting.id}/danh-sach")
    rows = [page.texts(f"(//tbody/tr)[{n}]/td") for n in range(1, 5)]
    assert [r[1] for r in rows] == ["", "", "Lâm Chí Hiếu", "Tô Vĩnh An"]
    assert rows[3][4] == "Dự thay Huỳnh Tấn Phát"
    assert page.texts("//thead//th")[-1] == "Ký tên"


def test_the_calendar_file_is_downloaded(world: World) -> None:
    meeting = full(world)
    answer = world.city_head.client.get(f"/hop/{meeting.id}/lich.ics").response
    assert answer.mimetype == "text/calendar"
    assert "attachment" in answer.headers["Content-Disposition"]
    raw = answer.get_data()
    assert b"METHOD:PUBLISH" in raw
    assert f"UID:{meeting.uid}".encode() in raw
    assert b"ATTENDEE" not in raw


def test_the_week_shows_mine_and_the_agency_s(world: World) -> None:
    meeting = full(world)
    page = world.vice_chairman.client.get("/hop")
    assert page.h1 == "Lịch công tác tuần 48"
    assert "Phòng họp A1 · Chủ trì · 2/4 phản hồi" in page.text
    assert page.texts("//li[contains(@class,'ev chair')]//b") == [TITLE]
    assert "Chờ trả lời" in world.city_head.client.get("/hop").text
    assert TITLE not in world.director.client.get("/hop").text
    assert TITLE in world.director.client.get("/hop?xem=co-quan").text
    assert TITLE not in world.specialist.client.get("/hop?xem=co-quan").text
    assert TITLE not in world.vice_chairman.client.get("/hop?ngay=2026-12-01").text
    assert f"/hop/{meeting.id}" in page.links()


@pytest.mark.parametrize("day", ["", "x", "0000-00-00", "9999-12-31", "2026-02-30", "2026-11-26%00"])
def test_a_malformed_day_means_this_week(world: World, day: str) -> None:
    assert world.vice_chairman.client.get(f"/hop?ngay={day}").h1 == "Lịch công tác tuần 48"


def test_one_day_shows_exactly_the_meetings_counted_on_the_home_page(world: World, frozen_monday) -> None:
    full(world)
    cancelled = called(world, title="Đã hủy rồi")
    service.cancel(world.secretary.actor, cancelled.id, version=cancelled.version, reason="x")
    move_clock(frozen_monday, "14:10")
    home = world.vice_chairman.client.get("/")
    assert "Cuộc họp hôm nay" in home.text
    assert "đang họp" in home.text
    assert home.texts("//li[@aria-current='time']//a") == [TITLE]
    day = world.vice_chairman.client.get("/hop?ngay=2026-11-26&khoang=ngay")
    assert day.texts("//table//li//b") == [TITLE]


def test_the_week_prints_on_paper(world: World) -> None:
    full(world)
    page = world.office_chief.client.get("/hop/in?ngay=2026-11-26&xem=co-quan")
    assert page.h1 == "Lịch công tác tuần 48"
    assert f"14:00 {TITLE}. Địa điểm: Phòng họp A1. Chủ trì: Trịnh Gia Khánh." in page.text


def test_the_home_page_asks_for_an_answer_and_lists_what_to_chase(world: World, frozen_monday) -> None:
    meeting = full(world)
    assert "Giấy mời chờ trả lời" in world.director.client.get("/").text
    assert "Giấy mời chờ trả lời" not in world.director2.client.get("/").text
    secretary = world.secretary.client.get("/")
    assert "2/4 chưa phản hồi" in secretary.text
    assert "Cuộc họp chưa có tài liệu" in secretary.text
    assert secretary.has_form(f"/hop/{meeting.id}/nhac")
    held(world, frozen_monday)
    chief = world.office_chief.client.get("/")
    assert "Kết luận chưa ban hành" in chief.text
    assert world.office_chief.client.get("/hop/ket-luan").texts("//ul/li//a[@class='task__t']") == [TITLE]


def test_the_menu_counts_the_invitations_that_the_list_shows(world: World) -> None:
    called(world)
    page = world.director.client.get("/hop?xem=cho")
    assert page.texts("//nav[@class='sidenav']//a[@aria-current]//span[@data-count]") == ["1"]
    assert len(page.texts("//main//li[@class='task']")) == 1


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("secretary", ""),
        ("director", ""),
        ("secretary", "/ket-qua-moi"),
        ("secretary", "/giay-moi"),
        ("vice_chairman", "/danh-sach"),
    ],
)
def test_a_page_of_a_meeting_takes_at_most_twelve_statements(world: World, key: str, path: str) -> None:
    meeting = full(world)
    assert _count(world, key, f"/hop/{meeting.id}{path}") <= 12


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("vice_chairman", "/hop"),
        ("office_chief", "/hop?xem=co-quan"),
        ("director", "/hop?xem=cho"),
        ("secretary", "/hop/phong"),
        ("secretary", "/hop/moi"),
    ],
)
def test_the_calendar_and_the_form_take_at_most_twelve_statements(world: World, key: str, url: str) -> None:
    full(world)
    assert _count(world, key, url) <= 12


def test_a_draft_with_warnings_takes_at_most_twelve_statements(world: World) -> None:
    meeting = draft(world, room=make_room(world, capacity=3))
    assert _count(world, "secretary", f"/hop/{meeting.id}") <= 12


def _statements(world: World, key: str, url: str) -> list[str]:
    client = world.people[key].client
    client.get(url)
    seen: list[str] = []

    def listen(_c, _cursor, statement, _parameters, _context, _many) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        client.get(url)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return seen


def _count(world: World, key: str, url: str) -> int:
    return len(_statements(world, key, url))


def test_rooms_show_the_day_and_only_their_keepers_change_them(world: World) -> None:
    full(world)
    page = world.city_specialist.client.get("/hop/phong?ngay=2026-11-26")
    assert "Phòng họp A1: bận 14:00–15:30" in page.markup
    assert "/hop/phong/moi" not in page.links()


def test_what_is_left_to_prepare_is_one_page_for_the_office(world: World) -> None:
    meeting = full(world)
    page = world.secretary.client.get("/hop/chuan-bi")
    assert page.texts("//a[@class='task__t']") == [TITLE, TITLE]
    assert "2/4 chưa phản hồi" in page.text
    assert page.has_form(f"/hop/{meeting.id}/nhac")
    assert TITLE not in world.clerk.client.get("/hop/chuan-bi").text
    world.vice_chairman.client.get("/hop/chuan-bi", expect=403)
    home = world.secretary.client.get("/")
    assert "Cuộc họp chờ phản hồi" in home.text
    assert "/hop/chuan-bi" in home.links()


def test_the_office_answers_for_its_people_from_the_meeting(world: World) -> None:
    meeting = full(world)
    page = world.secretary.client.get(f"/hop/{meeting.id}")
    assert "Lâm Chí Hiếu: chưa phản hồi" in page.text
    assert "Trả lời thay" not in world.director2.client.get(f"/hop/{meeting.id}").text


@pytest.mark.parametrize(
    "key", ["vice_chairman", "director", "secretary", "office_chief", "clerk", "specialist"]
)
def test_the_home_page_with_meetings_takes_at_most_twelve_statements(world: World, key: str) -> None:
    full(world)
    assert _count(world, key, "/") <= 12


# ── giấy mời ──


def test_the_meeting_is_planned_and_its_letter_submitted_in_one_act(world: World) -> None:
    from tests.web.meetings.test_acts import filled, newest

    page = world.secretary.client.post("/hop/moi", filled(world, action="invite"))
    meeting = newest()
    assert meeting.state == "draft"
    assert meeting.invitation_document_id is not None
    shown = world.secretary.client.follow(page)
    assert "Chờ trưởng đơn vị duyệt" in shown.text
    assert f"/van-ban/di/{meeting.invitation_document_id}" in shown.links()


def test_the_letter_is_seen_before_it_is_submitted(world: World) -> None:
    meeting = draft(world)
    page = world.secretary.client.get(f"/hop/{meeting.id}/trinh-giay-moi")
    assert page.h1 == "Trình giấy mời"
    letter = world.secretary.client._open("get", f"/hop/{meeting.id}/giay-moi.pdf")
    assert letter.get_data().startswith(b"%PDF")
    world.director.client.get(f"/hop/{meeting.id}/trinh-giay-moi", expect=404)
    world.director.client.get(f"/hop/{meeting.id}/giay-moi.pdf", expect=404)


def test_the_arrived_letter_offers_the_answer(world: World) -> None:
    from tests.unit.meetings.test_invitation_letters import arrived, issued, submitted

    meeting = submitted(world)
    letter = arrived(world, meeting, "dept") if issued(world, meeting) else None
    assert letter is not None
    page = world.clerk.client.get(f"/van-ban/den/{letter.id}")
    assert "Phân công dự họp" in page.text
    assert page.has_form(f"/hop/{meeting.id}/tra-loi/")
    shown = world.secretary.client.get(f"/van-ban/di/{meeting.invitation_document_id}")
    assert f"/hop/{meeting.id}" in shown.links()
