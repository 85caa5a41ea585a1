"""Bản in: sổ văn bản nằm ngang, đầu bảng lặp ở mỗi trang, không lẫn khung màn hình."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from app.core.db import session
from tests.browser.office import Office
from tests.browser.work import ASSIGNED, register

_A4 = (842, 595)  # nằm ngang, điểm


def _pages(pdf: bytes) -> list[tuple[tuple[int, int], str]]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    found = []
    for page in document:
        text = page.get_textpage()
        words = " ".join(text.get_text_range().split())
        found.append(((round(page.get_width()), round(page.get_height())), words))
        text.close()
        page.close()
    document.close()
    return found


@pytest.fixture
def book(office: Office) -> str:
    """Địa chỉ bản in của sổ văn bản đến, dài hơn một trang."""
    for number in range(24):
        register(
            office.world, f"Về việc xử lý kiến nghị thứ {number} của cử tri trên địa bàn phường Bến Thành"
        )
    session.commit()
    return f"/van-ban/so/{office.world.registers['dept_incoming']}/in"


def test_the_book_prints_landscape_with_its_head_on_every_page(office: Office, book: str) -> None:
    """In sổ: A4 ngang, “Trang x/y”, đầu cột lặp lại, dòng không bị cắt đôi."""
    page = office.seat(office.world.clerk).open(book)
    pages = _pages(page.pdf(prefer_css_page_size=True))
    assert len(pages) > 1
    for number, (size, words) in enumerate(pages, 1):
        assert size == _A4
        assert f"Trang {number}/{len(pages)}" in words
        assert "Tên loại và trích yếu nội dung" in words, f"no head on page {number}"
        for stray in ("In sổ", "Quay lại", "Khổ A4"):
            assert stray not in words
    everything = " ".join(words for _, words in pages)
    assert everything.count("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN") == 1
    assert all(f"kiến nghị thứ {n} " in everything for n in range(24))


def test_the_slip_prints_upright_and_ordinary_pages_without_their_frame(office: Office) -> None:
    """Phiếu giải quyết đứng A4; trang văn bản khi in không còn thanh điều hướng và nút."""
    document = office.document(ASSIGNED)
    seat = office.seat(office.world.clerk)
    pages = _pages(seat.open(f"/van-ban/den/{document.id}/phieu-giai-quyet").pdf(prefer_css_page_size=True))
    assert [size for size, _ in pages] == [(595, 842)]
    assert "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN" in pages[0][1]
    pages = _pages(seat.open(f"/van-ban/den/{document.id}").pdf(prefer_css_page_size=True))
    words = " ".join(w for _, w in pages)
    assert ASSIGNED in words
    for stray in ("Chờ phát hành", "Cho ý kiến", "Đăng xuất", "Phím tắt"):
        assert stray not in words
