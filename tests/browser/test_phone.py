"""Điện thoại thật: 390 điểm ảnh, ngón tay, thanh dưới cùng; và con trỏ nhìn thấy được khi đi bằng bàn phím."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.office import DESK, PHONE, Office
from tests.browser.pages import Frame, RegistryDesk
from tests.browser.work import WAITING

# The ring may be drawn by the box around a field, or by the button that stands for a hidden one.
_STOP = """el => {
  const box = el.getBoundingClientRect(), drawn = [el, el.parentElement, el.nextElementSibling?.querySelector(".btn")];
  const ring = drawn.some(e => e && getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).outlineWidth) >= 2);
  return {seen: ring && box.bottom > 0 && box.top < innerHeight, name: el.outerHTML.slice(0, 120), body: el === document.body};
}"""


@pytest.mark.parametrize("key", ["director", "chairman", "specialist", "clerk", "secretary"])
def test_the_pages_of_the_menu_fit_a_phone(office: Office, key: str) -> None:
    """Mọi trang của thanh dưới: không cuộn ngang, thanh dưới cùng có mặt và chỉ đúng trang đang mở."""
    seat = office.seat(office.world.people[key], PHONE)
    seat.open("/")
    tabs = seat.page.locator(".tabbar a")
    links = tabs.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert 3 <= len(links) <= 5
    for link in dict.fromkeys([*links, *Frame(seat).menu_links()]):
        seat.open(link)
        assert not seat.is_sideways(), f"{link} scrolls sideways"
        bar = seat.page.locator(".tabbar").bounding_box()
        assert bar is not None, link
        assert bar["y"] + bar["height"] == pytest.approx(PHONE[1], abs=1), link
        if link in links:
            expect(tabs.and_(seat.page.locator("[aria-current]"))).to_have_attribute("href", link)


def test_targets_of_the_thumb_are_large(office: Office) -> None:
    """Nút chính trên điện thoại cao ít nhất 44 điểm ảnh."""
    seat = office.seat(office.world.director, PHONE)
    for path in ("/", "/chi-dao/duoc-giao", "/van-ban/di/moi"):
        seat.open(path)
        small = seat.page.locator("main .btn:visible, .tabbar a, .tool:visible").evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 120))"
        )
        assert small == [], path


def test_the_clerk_reads_on_the_phone_one_after_the_other(office: Office) -> None:
    """Văn thư trên điện thoại: danh sách, rồi văn bản, rồi về danh sách."""
    seat = office.seat(office.world.clerk, PHONE)
    desk = RegistryDesk(seat)
    seat.open("/van-ban/den/cho-vao-so?xem=danh-sach")
    seat.page.get_by_role("link", name=WAITING[1][0]).click()
    expect(desk.form.get_by_label("Trích yếu")).to_have_value(WAITING[1][0])
    seat.page.get_by_role("link", name="Về danh sách").click()
    expect(seat.page.locator("a.row")).to_have_count(len(WAITING))


@pytest.mark.parametrize(
    "path", ["/", "/van-ban/den/cho-vao-so", "/van-ban/di/moi", "/chi-dao/duoc-giao", "/hop"]
)
def test_every_stop_of_the_tab_key_is_seen(office: Office, path: str) -> None:
    """Đi bằng phím Tab: mỗi điểm dừng có viền, nằm trong màn hình, không bị thanh đầu trang che."""
    seat = office.seat(office.world.clerk, DESK)
    page = seat.open(path)
    # a key pressed before the first frame would take the focus from the field that asks for it
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate(f"({_STOP})(document.activeElement)")
        if stop["body"]:
            break
        if not stop["seen"]:
            unseen.append(stop["name"])
    assert unseen == []
