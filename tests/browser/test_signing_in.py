"""Đăng nhập, đăng xuất trong trình duyệt thật."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.office import Office
from tests.browser.pages import Home, SignInPage


def test_the_clerk_signs_in_with_her_password_and_out_again(office: Office) -> None:
    """Vào bằng mật khẩu, ra thì nút lùi của trình duyệt không mở lại được gì."""
    seat = office.seat(None)
    SignInPage(seat).open().sign_in(office.world.clerk)
    home = Home(seat)
    expect(home.heading).to_have_text("Bàn làm việc")
    home.sign_out()
    expect(seat.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    seat.page.go_back()
    expect(seat.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_a_wrong_password_is_told_and_the_name_is_kept(office: Office) -> None:
    """Sai mật khẩu: một câu tiếng Việt, con trỏ ở bảng lỗi, tên còn nguyên."""
    seat = office.seat(None)
    seat.expected.add(422)
    SignInPage(seat).open().sign_in(office.world.clerk, "không phải mật khẩu này")
    expect(seat.page.get_by_role("alert")).to_be_focused()
    expect(seat.page.get_by_label("Tên đăng nhập")).to_have_value(office.world.clerk.username)


def test_the_address_asked_for_opens_after_sign_in(office: Office) -> None:
    """Đường dẫn trong thư: đăng nhập xong thì mở đúng trang ấy."""
    seat = office.seat(None)
    seat.page.goto(f"{office.url}/van-ban/den/cho-vao-so")
    SignInPage(seat).sign_in(office.world.clerk)
    expect(seat.page).to_have_url(f"{office.url}/van-ban/den/cho-vao-so")
