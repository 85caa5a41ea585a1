"""Sổ đăng ký theo bộ lọc, in, XLSX, PDF; báo cáo tình hình giải quyết; sổ sang năm mới; bản in có dấu ĐẾN."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import select

from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.records import unit_principal
from app.documents import service
from app.documents.models import Document, Handling, Register
from app.documents.service import Assignment
from app.org import service as org
from app.storage.service import store_upload
from tests.paper import pdf
from tests.web.documents.test_incoming_pages import assigned, presented, registered, registration
from tests.world import World


def book(world: World, what: str = "") -> str:
    """Địa chỉ sổ văn bản đến của Sở Xây dựng."""
    return f"/van-ban/so/{world.registers['dept_incoming']}{what}"


def named(world: World, subject: str) -> Document:
    """Một văn bản giấy đã vào sổ với trích yếu này."""
    file = store_upload(io.BytesIO(pdf(subject)), "cv.pdf")
    return service.register_paper(world.clerk.actor, registration(world, subject=subject), file)


def test_a_register_is_narrowed_and_the_same_rows_are_exported(world: World) -> None:
    """Lọc theo chữ và số; bản in, XLSX, PDF giữ bộ lọc; ô bắt đầu bằng dấu = là chữ."""
    for subject in ("Ngập đường số 1", "=HYPERLINK(1)", "Ngập đường số 2"):
        named(world, subject)
    client = world.clerk.client
    shown = client.get(book(world, "?q=ngập"))
    assert ("Ngập đường số 1" in shown.text, "HYPERLINK" in shown.text) == (True, False)
    assert "Không có văn bản nào khớp bộ lọc." in client.get(book(world, "?q=xyz")).text
    assert "=HYPERLINK" in client.get(book(world, "?tu-so=2&den-so=2")).text
    printed = client.get(book(world, "/in?q=ngập")).text
    for words in ("Ngày chuyển", "Ký nhận", "từ số 1 đến số 3", "In từ hệ thống", "Ngập đường số 2"):
        assert words in printed, words
    assert "HYPERLINK" not in printed

    answer = client.get(book(world, "/xuat-bang-tinh")).response
    page = load_workbook(io.BytesIO(answer.data)).active
    assert page is not None
    assert [c.value for c in page[4]][:3] == ["Ngày đến", "Số đến", "Tác giả"]
    assert [page.cell(row, 6).value for row in (5, 6)] == [
        "Công văn Ngập đường số 1",
        "Công văn =HYPERLINK(1)",
    ]
    assert client.get(book(world, "/xuat-ban-in?q=ngập")).response.data.startswith(b"%PDF")
    for what in ("", "/in", "/xuat-bang-tinh", "/xuat-ban-in"):
        world.clerk2.client.get(book(world, what), expect=404)
        world.specialist.client.get(book(world, what), expect=403)


@pytest.mark.parametrize("value", ["31/02/2026", "x" * 300, "-1", "99999999999999999999", "%' OR 1=1"])
def test_a_filter_that_cannot_be_read_is_told_and_narrows_nothing(world: World, value: str) -> None:
    """Bộ lọc sai: nói rõ, không lỗi."""
    registered(world)
    query: dict[str, Any] = {"tu-ngay": value, "tu-so": value, "tinh-trang": value}
    page = world.clerk.client.get(book(world), query_string=query)
    assert "Kiến nghị xử lý ngập" in page.text


def test_each_year_has_its_book_beginning_with_one(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    """Sang năm: sổ mới từ số 1, sổ cũ vẫn mở được và in được."""
    registered(world)
    frozen_monday.move_to(datetime(2027, 1, 4, 2, tzinfo=UTC))
    world.clerk._client = None
    later = named(world, "Văn bản đầu năm")
    assert (later.number, later.number_year) == (1, 2027)
    page = world.clerk.client.get("/van-ban/so")
    assert "đến số 1" in page.text
    assert "2026 (1 số)" in page.text
    assert "Kiến nghị xử lý ngập" in world.clerk.client.get(book(world, "?nam=2026")).text
    assert "Kiến nghị xử lý ngập" not in world.clerk.client.get(book(world)).text


def test_the_report_counts_what_was_done_in_time_and_what_is_late(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    """Báo cáo văn bản đến: đúng hạn, trễ hạn, đang giải quyết; cộng khớp."""
    lead = unit_principal(world.units["dept_infra"])
    due = clock.now() + timedelta(hours=4)
    late, in_time = presented(world), presented(world)
    for document in (late, in_time):
        service.instruct(world.director.actor, document.id, None, Assignment("Giao", lead, due_at=due))
    part = session.scalars(select(Handling).where(Handling.document_id == in_time.id)).one()
    service.complete(world.head.actor, part.id, None, "Xong")
    registered(world)
    frozen_monday.move_to(clock.now() + timedelta(days=1))
    url = "/van-ban/bao-cao/van-ban-den?tu-ngay=01/11/2026"
    page = world.clerk.client.get(url)
    rows = {r[0]: r[1:] for r in _cells(page)}
    assert rows["Phòng Hạ tầng kỹ thuật"] == ["2", "1", "1", "0", "1", "0", "1", "0"]
    assert rows["Chưa phân công"] == ["1", "0", "0", "0", "1", "0", "0", "1"]
    assert rows["Cộng"] == ["3", "1", "1", "0", "2", "0", "1", "1"]
    assert world.clerk.client.get(url + "&dang=pdf").response.data.startswith(b"%PDF")
    assert world.clerk.client.get(url + "&dang=xlsx").response.data.startswith(b"PK")
    assert "BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐẾN" in world.clerk.client.get(url + "&dang=in").text
    assert "Không có văn bản nào" in world.clerk2.client.get(url).text
    backwards = world.clerk.client.get("/van-ban/bao-cao/van-ban-di?tu-ngay=30/11/2026&den-ngay=01/11/2026")
    assert "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi." in backwards.text
    world.specialist.client.get(url, expect=403)


def _cells(page: Any) -> list[list[str]]:
    return [
        [" ".join(c.text_content().split()) for c in row.xpath("./td")]
        for row in page.tree.xpath("//tbody/tr")
    ]


def test_the_printed_copy_bears_the_stamp_of_arrival(world: World) -> None:
    """Bản in có dấu ĐẾN; phiếu trình ghi tham mưu và đề xuất; phiếu giải quyết ghi bút phê."""
    document = presented(world)
    client = world.clerk.client
    copy = client.get(f"/van-ban/den/{document.id}/in").text
    for words in ("ĐẾN", "Số: 1", "Ngày: 23/11/2026", f"Chuyển: {world.director.name}"):
        assert words in copy, words
    slip = client.get(f"/van-ban/den/{document.id}/phieu-trinh").text
    for words in (
        "PHIẾU TRÌNH",
        world.director.name,
        "Giao Phòng Hạ tầng kỹ thuật chủ trì.",
        "Chủ trì: Phòng Hạ tầng kỹ thuật",
    ):
        assert words in slip, words
    done = assigned(world)
    assert "Giao Phòng Hạ tầng" in client.get(f"/van-ban/den/{done.id}/phieu-giai-quyet").text
    for what in ("in", "phieu-trinh"):
        world.specialist.client.get(f"/van-ban/den/{document.id}/{what}", expect=404)


def test_a_new_agency_has_its_registers(world: World) -> None:
    """Lập cơ quan là có sổ văn bản đến và sổ văn bản đi."""
    founded = org.create_agency(
        SYSTEM, code="H29.900", name="Ủy ban nhân dân phường Thử nghiệm", kind="ward",
        admin_username="quan.tri.thu", admin_name="Quản Trị Thử",
    )  # fmt: skip
    held = session.execute(
        select(Register.direction, Register.name).where(Register.agency_id == founded.agency.id)
    ).all()
    assert sorted(tuple(r) for r in held) == [("incoming", "Sổ văn bản đến"), ("outgoing", "Sổ văn bản đi")]
