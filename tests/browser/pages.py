"""Các trang, gọi theo tên: what a person does on each, in the words of the office."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.office import Seat
from tests.world import PASSWORD, Who


class SignInPage:
    """Trang đăng nhập."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.page = seat, seat.page

    def open(self) -> SignInPage:
        self.seat.open("/dang-nhap")
        return self

    def sign_in(self, who: Who, password: str = PASSWORD) -> None:
        self.page.get_by_label("Tên đăng nhập").fill(who.username)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.keyboard.press("Enter")


class Frame:
    """Khung của mọi trang đã đăng nhập."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.page = seat, seat.page

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def said(self, words: str) -> None:
        """Câu báo kết quả hiện ra."""
        expect(self.page.locator(".toast").filter(has_text=words)).to_be_visible()

    def sign_out(self) -> None:
        self.page.locator("details.menu > summary").click()
        self.page.get_by_role("button", name="Đăng xuất").click()

    def menu_links(self) -> list[str]:
        """Địa chỉ của mọi mục menu và của khung trang."""
        links = self.page.locator(".sidenav a, .menu__list a, a.tool, .tabbar a")
        return list(dict.fromkeys(links.evaluate_all("all => all.map(a => a.getAttribute('href'))")))

    def focused(self) -> str:
        """Ô đang có con trỏ: its id."""
        return str(self.page.evaluate("document.activeElement.id"))


class Home(Frame):
    """Bàn làm việc."""

    def open(self) -> Home:
        self.seat.open("/")
        return self

    def task(self, subject: str) -> Locator:
        return self.page.locator(".task").filter(has_text=subject)


class RegistryDesk(Frame):
    """Bàn văn thư: danh sách chờ vào sổ, văn bản và biểu mẫu."""

    def open(self) -> RegistryDesk:
        self.seat.open("/van-ban/den/cho-vao-so")
        return self

    def subjects(self) -> list[str]:
        return [" ".join(t.split()) for t in self.page.locator(".row__t").all_inner_texts()]

    def current(self) -> str:
        """Trích yếu của dòng đang chọn."""
        return " ".join(self.page.locator(".row[aria-current] .row__t").inner_text().split())

    def current_is(self, subject: str) -> None:
        """Dòng này được chọn và biểu mẫu của nó đã mở."""
        expect(self.page.locator(".row[aria-current]")).to_contain_text(subject)
        expect(self.form.get_by_label("Trích yếu")).to_have_value(subject)

    @property
    def form(self) -> Locator:
        return self.page.locator(".side__form")

    @property
    def target(self) -> Locator:
        return self.page.get_by_role("combobox", name="Trình, chuyển đến")

    @property
    def offered(self) -> Locator:
        """Các mục ô chọn đang đưa ra."""
        return self.page.locator(".listbox:not([hidden]) [role=option]")


class IncomingPage(Frame):
    """Một văn bản đến."""

    def open(self, document_id: int) -> IncomingPage:
        self.seat.open(f"/van-ban/den/{document_id}")
        return self

    @property
    def state(self) -> Locator:
        return self.page.locator(".dochead .tag").first
