"""Chỉ đạo và cuộc họp trong trình duyệt: quyết định một lần bấm, đôn đốc nhiều việc một lần, mời và trả lời giấy mời."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.working_days import calendar
from app.directives.models import DirectivePart
from app.language.dates import dmy
from app.meetings.models import Meeting
from tests.browser.office import PHONE, Office
from tests.browser.pages import Home
from tests.browser.work import EXTENSION, LATE, REPORTED
from tests.unit.meetings.making import TITLE


def part(content: str) -> DirectivePart:
    """Đầu việc mang nội dung này, đọc lại từ cơ sở dữ liệu."""
    session.rollback()
    session.expire_all()
    return session.scalars(select(DirectivePart).where(DirectivePart.content == content)).one()


def test_the_leader_decides_from_the_desk_with_one_click_each(office: Office) -> None:
    """Xác nhận hoàn thành, đồng ý gia hạn: một lần bấm trên bàn làm việc."""
    home = Home(office.seat(office.world.chairman)).open()
    home.task(EXTENSION).get_by_role("button", name="Đồng ý gia hạn").click()
    expect(home.page.locator(".toast")).to_be_visible()
    expect(home.task(EXTENSION).get_by_role("button", name="Đồng ý gia hạn")).to_have_count(0)
    home.task(REPORTED).get_by_role("button", name="Xác nhận").click()
    expect(home.task(REPORTED)).to_have_count(0)
    assert part(REPORTED).state == "completed"


def test_rows_are_marked_by_key_and_urged_together(office: Office) -> None:
    """J, X chọn dòng; thanh chọn hiện số; một lần gửi đôn đốc mọi dòng đã chọn."""
    page = office.seat(office.world.chairman).open("/chi-dao")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(bar.locator("[data-bulk-count]")).to_have_text("2")
    page.get_by_role("button", name="Đôn đốc các nhiệm vụ đã chọn").click()
    expect(page.locator(".toast")).to_contain_text("2 nhiệm vụ")


def test_urging_all_asks_once_and_says_no_means_no(office: Office) -> None:
    """Đôn đốc cả danh sách: hộp xác nhận nêu hậu quả; “Không” thì không có gì xảy ra."""
    page = office.seat(office.world.chairman).open("/chi-dao")
    button = page.get_by_role("button", name="Đôn đốc cả 2")
    button.click()
    box = page.get_by_role("dialog")
    expect(box).to_contain_text("lãnh đạo cơ quan chủ trì và người thực hiện nhận được thông báo")
    box.get_by_role("button", name="Không").click()
    assert part(LATE).urging_count == 0
    button.click()
    box.get_by_role("button", name="Đôn đốc cả 2").click()
    expect(page.locator(".toast")).to_be_visible()
    assert part(LATE).urging_count == 1


def test_an_invited_leader_answers_from_the_phone_with_one_touch(office: Office) -> None:
    """Giấy mời trên bàn làm việc: chạm “Tham dự” một lần."""
    home = Home(office.seat(office.world.director2, PHONE)).open()
    home.task(TITLE).get_by_role("button", name="Tham dự").tap()
    expect(home.page.locator(".toast")).to_be_visible()
    expect(home.task(TITLE).get_by_role("button", name="Tham dự")).to_have_count(0)


def test_the_secretary_calls_a_meeting_by_keyboard(office: Office) -> None:
    """Soạn và trình giấy mời: gõ tên không dấu, giờ viết tắt, Ctrl+Enter gửi nút chính."""
    page = office.seat(office.world.secretary).open("/hop/moi")
    day = dmy(calendar().add(clock.today(), 6))
    keyboard = page.keyboard
    page.get_by_label("Nội dung cuộc họp").fill("Họp triển khai kế hoạch chống ngập")
    for label, typed in (("Chủ trì cuộc họp (bắt buộc)", "khanh"), ("Cơ quan", "so xay dung")):
        page.get_by_role("combobox", name=label, exact=True).press_sequentially(typed)
        keyboard.press("Enter")
    page.get_by_label("Ngày họp").fill(day)
    page.get_by_role("textbox", name="Từ (bắt buộc)").fill("14h")
    page.get_by_role("textbox", name="Đến (bắt buộc)").fill("15:30")
    page.get_by_label("Địa điểm khác").fill("Hội trường")
    keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Họp triển khai kế hoạch chống ngập")
    session.rollback()
    meeting = session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    assert meeting is not None
    assert (meeting.title, clock.local(meeting.starts_at).hour) == ("Họp triển khai kế hoạch chống ngập", 14)
    assert meeting.invitation_document_id is not None


def test_the_secretary_reminds_only_the_silent_with_one_click(office: Office) -> None:
    """Nhắc nơi chưa phản hồi: một lần bấm."""
    seat = office.seat(office.world.secretary)
    session.rollback()
    meeting = session.scalars(select(Meeting).where(Meeting.title == TITLE)).one()
    page = seat.open(f"/hop/{meeting.id}/ket-qua-moi")
    page.get_by_role("button", name="Nhắc").first.click()
    expect(page.locator(".toast")).to_contain_text("nhắc")
