"""Lãnh đạo: việc cần quyết nằm trên bàn làm việc, mỗi quyết định một lần bấm."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.office import DESK, PHONE, Office
from tests.browser.pages import Home
from tests.browser.work import PRESENTED

(SUBJECT, PROPOSAL), _ = PRESENTED
DRAFT = "Báo cáo kết quả kiểm tra công trình ngầm"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_agreeing_with_the_proposal_is_one_click(office: Office, size: tuple[int, int]) -> None:
    """Đồng ý tham mưu ngay trên bàn làm việc, trên máy bàn và điện thoại."""
    home = Home(office.seat(office.world.director, size)).open()
    expect(home.task(SUBJECT)).to_contain_text(PROPOSAL)
    home.task(SUBJECT).get_by_role("button", name="Đồng ý").click()
    home.said("Đã đồng ý tham mưu, phân công xử lý 1204/UBND-ĐT.")
    expect(home.task(SUBJECT)).to_have_count(0)
    assert office.document(SUBJECT).state == "assigned"


def test_approving_a_draft_is_one_click(office: Office) -> None:
    """Phê duyệt dự thảo ngay trên bàn làm việc."""
    home = Home(office.seat(office.world.director)).open()
    home.task(DRAFT).get_by_role("button", name="Phê duyệt").click()
    home.said(f"Đã phê duyệt: {DRAFT}.")
    expect(home.task(DRAFT)).to_have_count(0)
    assert office.document(DRAFT, direction="outgoing").state == "approved"


def test_two_quick_clicks_agree_once(office: Office) -> None:
    """Bấm đúp: một bút phê, không báo lỗi."""
    home = Home(office.seat(office.world.director)).open()
    home.task(SUBJECT).get_by_role("button", name="Đồng ý").dblclick()
    home.said("Đã đồng ý tham mưu")
    assert [n.kind for n in office.document(SUBJECT).notes] == ["proposal", "instruction"]


def test_every_figure_of_the_strip_opens_its_rows(office: Office) -> None:
    """Số trên dải tổng quan là liên kết mở được."""
    home = Home(office.seat(office.world.director)).open()
    links = home.page.locator(".glance a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links
    for link in links:
        home.seat.open(link)
