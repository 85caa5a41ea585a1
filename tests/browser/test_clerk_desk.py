"""Bàn văn thư bằng bàn phím: đọc, vào sổ, chuyển, không rời bàn phím và không tải lại trang."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.core import clock
from app.core.records import unit_principal
from app.core.working_days import calendar, due_instant
from app.language.dates import dmy
from tests.browser.office import Office
from tests.browser.pages import RegistryDesk
from tests.browser.work import WAITING

FIRST, SECOND, THIRD, LAST = (subject for subject, _ in WAITING)


@pytest.fixture
def desk(office: Office) -> RegistryDesk:
    return RegistryDesk(office.seat(office.world.clerk)).open()


def test_register_and_forward_takes_five_strokes_after_the_name(office: Office, desk: RegistryDesk) -> None:
    """C, tên không dấu, Enter, Tab, +5, Ctrl+Enter: vào sổ, chuyển phòng, và văn bản kế tiếp đã mở sẵn."""
    desk.current_is(FIRST)
    keyboard = desk.page.keyboard
    keyboard.press("c")
    expect(desk.target).to_be_focused()
    keyboard.type("ha tang")
    for stroke in ("Enter", "Tab", "+", "5", "Control+Enter"):
        keyboard.press(stroke)
    desk.said("Đã vào sổ số đến 4, đã chuyển xử lý.")
    desk.current_is(SECOND)
    assert FIRST not in desk.subjects()
    document = office.document(FIRST)
    (part,) = document.handlings
    assert (document.state, part.principal) == (
        "assigned", unit_principal(office.world.units["dept_infra"]),
    )  # fmt: skip
    assert document.due_at == due_instant(calendar().add(clock.today(), 5))


def test_j_and_k_change_the_document_and_not_the_page(desk: RegistryDesk) -> None:
    """J, K đổi ngăn đọc và ngăn biểu mẫu tại chỗ; địa chỉ và nút lùi đi theo."""
    desk.page.evaluate("window.stays = true")
    desk.page.keyboard.press("j")
    desk.current_is(SECOND)
    desk.page.keyboard.press("j")
    desk.current_is(THIRD)
    desk.page.keyboard.press("k")
    desk.current_is(SECOND)
    expect(desk.page.locator(".viewer__pages img").first).to_be_visible()
    assert desk.page.evaluate("window.stays"), "the page was loaded anew"
    at_second = desk.seat.path
    desk.page.keyboard.press("j")
    desk.current_is(THIRD)
    desk.page.go_back()
    desk.current_is(SECOND)
    assert (desk.seat.path, desk.page.evaluate("window.stays")) == (at_second, True)


def test_a_click_on_a_row_swaps_the_panes_and_focus_stays_usable(desk: RegistryDesk) -> None:
    """Bấm một dòng: ngăn đổi, ô của biểu mẫu mới dùng được ngay, bàn đọc màn hình được báo."""
    desk.page.evaluate("window.stays = true")
    desk.page.get_by_role("link", name=LAST).click()
    desk.current_is(LAST)
    expect(desk.page.locator("[data-said]")).to_contain_text("Văn bản chờ vào sổ")
    desk.page.keyboard.press("v")
    expect(desk.form.get_by_label("Số, ký hiệu")).to_be_focused()
    assert desk.page.evaluate("window.stays")


def test_people_and_units_are_found_without_marks(desk: RegistryDesk) -> None:
    """Ô chọn: gõ không dấu, tên trước rồi chức danh và đơn vị; thẻ bỏ được bằng Backspace."""
    support = desk.page.get_by_role("combobox", name="Đề xuất phối hợp")
    chips = desk.form.locator(".field").filter(has=support).locator(".chip")
    for typed in ("ngoc", "pho giam doc"):
        support.press_sequentially(typed)
        expect(desk.offered.first).to_have_attribute("aria-selected", "true")
        support.press("Enter")
    expect(chips).to_have_text(["Bùi Thanh Hà", "Trần Bảo Ngọc"])
    support.press("Backspace")
    expect(chips).to_have_text(["Bùi Thanh Hà"])
    support.press_sequentially("khong ai ca")
    expect(desk.offered).to_have_text(["Không có mục nào khớp"])
    support.press("Escape")
    expect(support).to_have_attribute("aria-expanded", "false")


def test_a_short_date_is_told_in_words_while_typing(desk: RegistryDesk) -> None:
    """Gõ tắt ngày: hiện thứ và ngày; máy chủ hiểu giống như vậy."""
    due = desk.page.get_by_label("Hạn xử lý")
    echo = desk.form.locator(".field").filter(has=due).locator("[data-echo]")
    for typed, words in (
        ("+5", dmy(calendar().add(clock.today(), 5))),
        ("hn", dmy(clock.today())),
        ("30/11/2026", "Thứ Hai, 30/11/2026"),
        ("30/02/2027", "Ngày này không có trong lịch"),
    ):
        due.fill(typed)
        expect(echo).to_contain_text(words)


def test_what_is_half_typed_is_not_lost_by_stepping_on(desk: RegistryDesk) -> None:
    """Đang nhập dở mà bấm dòng khác: hỏi trước; không đồng ý thì còn nguyên."""
    desk.form.get_by_label("Nội dung tham mưu").fill("Đang viết dở")
    asked: list[str] = []
    desk.page.on("dialog", lambda box: (asked.append(box.message), box.dismiss()))
    desk.page.get_by_role("link", name=THIRD).click()
    expect(desk.form.get_by_label("Nội dung tham mưu")).to_have_value("Đang viết dở")
    assert asked == ["Biểu mẫu đang nhập dở sẽ bị bỏ. Chuyển sang mục khác?"]
    desk.current_is(FIRST)


def test_two_presses_of_send_register_once(office: Office, desk: RegistryDesk) -> None:
    """Bấm hai lần liền: chỉ một số đến được cấp."""
    desk.form.get_by_role("button", name="Vào sổ và chuyển").dblclick()
    desk.said("Đã vào sổ số đến 4.")
    assert office.document(FIRST).number == 4
    assert office.document(SECOND).state == "waiting"


def test_a_page_that_grew_old_keeps_what_was_typed(office: Office, desk: RegistryDesk) -> None:
    """Người khác vừa vào sổ văn bản đang nhập: báo rõ, chữ đã gõ còn nguyên."""
    desk.seat.expected.add(409)
    other = office.seat(office.world.clerk)
    other.open(desk.page.locator(".side__form").get_attribute("action") or "")
    other.page.get_by_role("button", name="Vào sổ và chuyển").click()
    expect(other.page.locator(".toast")).to_contain_text("Đã vào sổ")
    desk.form.get_by_label("Nội dung tham mưu").fill("Ý kiến mất nhiều công viết")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.page.get_by_role("alert")).to_contain_text("vừa được người khác thay đổi")
    expect(desk.page.get_by_label("Nội dung tham mưu")).to_have_value("Ý kiến mất nhiều công viết")


def test_single_keys_can_be_switched_off(desk: RegistryDesk) -> None:
    """Tắt phím tắt một chữ (WCAG 2.1.4): J không còn tác dụng, kể cả sau khi mở lại trang."""
    desk.page.keyboard.press("Shift+Slash")
    desk.page.get_by_label("Tắt phím tắt một chữ trên máy này").check()
    desk.page.get_by_role("button", name="Đóng", exact=True).click()
    desk.open()
    desk.page.keyboard.press("j")
    desk.page.wait_for_timeout(300)
    desk.current_is(FIRST)


def test_letters_typed_into_a_field_are_letters(desk: RegistryDesk) -> None:
    """Trong ô nhập, J và C chỉ là chữ."""
    text = desk.form.get_by_label("Nội dung tham mưu")
    text.press_sequentially("jcvgx")
    expect(text).to_have_value("jcvgx")
    desk.current_is(FIRST)
