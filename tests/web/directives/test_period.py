"""Báo cáo theo kỳ: a figure is its rows, also after it was frozen; the same table leaves as XLSX and DOCX."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import openpyxl

from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.queries import By
from tests.unit.directives import given
from tests.web.directives.test_lists import statements, titles

URL = "/chi-dao/bao-cao?tu=01/11/2026&den={}"


def november(world, frozen_monday) -> None:
    """Một việc xong đúng hạn, một việc xong trễ sau khi bị trả lại, một việc quá hạn đã đôn đốc, một việc còn hạn."""
    given.completed(world, content="Xong đúng hạn")
    late = given.in_progress(world, content="Xong trễ", due_at=due_instant(date(2026, 11, 25)))
    over = given.in_progress(world, content="Đang quá hạn", due_at=due_instant(date(2026, 11, 25)))
    given.in_progress(world, content="Còn hạn", due_at=due_instant(date(2026, 12, 25)))
    frozen_monday.move_to(given.local(date(2026, 11, 27), 9))
    service.report_done(world.specialist.actor, late.id, result="Đã xong.")
    service.send_back(world.chairman.actor, late.id, reason="Thiếu biên bản.")
    service.report_done(world.specialist.actor, late.id, result="Đã bổ sung.")
    service.confirm(world.chairman.actor, late.id)
    service.urge(world.chairman.actor, [over.id], text="Khẩn trương.")
    frozen_monday.move_to(given.local(date(2026, 12, 1), 8))


def numbers(page) -> list[str]:
    """Các con số của dòng đầu."""
    return page.texts("//tbody/tr[1]/td[contains(@class,'num')]")


def test_each_number_opens_its_rows(world, frozen_monday):
    november(world, frozen_monday)
    url = URL.format("30/11/2026")
    chairman = world.chairman.client
    page = chairman.get(url)
    assert numbers(page) == [
        "4",
        "1",
        "1",
        "0",
        "1",
        "0",
        "0",
        "1",
        "50%",
        "50%",
        page.texts("//tbody/tr[1]/td")[11],
        "1",
        "0",
        "1",
    ]
    assert len(statements(chairman, url)) <= 12
    for link in page.tree.xpath("//tbody/tr[1]//td//a"):
        count, rows = int(link.text_content()), chairman.get(link.get("href"))
        shown = titles(rows) if "bao-cao/chi-tiet" not in link.get("href") else rows.texts("//tbody/tr")
        assert len(shown) == count, link.get("href")
    for by in By:
        assert chairman.get(f"{url}&theo={by.value}").texts("//tbody/tr")


def test_a_frozen_period_opens_the_same_rows_after_later_changes(world, frozen_monday):
    november(world, frozen_monday)
    chairman = world.chairman.client
    frozen = chairman.post(
        "/chi-dao/bao-cao/chot",
        {"title": "Tháng 11", "tu": "", "starts_on": "01/11/2026", "ends_on": "30/11/2026"},
    )
    before = queries.period(world.chairman.actor, By.AGENCY, date(2026, 11, 1), date(2026, 11, 30))
    for n in range(20):
        frozen_monday.shift(timedelta(hours=3))
        part = given.in_progress(world, content=f"Việc sau {n}", due_at=due_instant(date(2026, 12, 20)))
        service.change_lead(
            world.chairman.actor, part.id, lead_agency_id=world.agencies["ward"], reason="Đúng địa bàn."
        )
    for row in queries.part_page(world.chairman.actor, queries.PartFilter())[0]:
        if row.state == "in_progress":
            service.cancel(world.chairman.actor, row.id, reason="Thôi.")
    assert queries.period(world.chairman.actor, By.AGENCY, date(2026, 11, 1), date(2026, 11, 30)) == before
    page = chairman.get("/chi-dao/bao-cao")
    (link,) = page.tree.xpath("//section[@id='da-chot']//a/@href")
    assert parse_qs(urlsplit(link).query)["den"] == ["30/11/2026"]
    assert frozen.location


def test_only_what_is_over_is_frozen(world):
    chairman = world.chairman.client
    page = chairman.post(
        "/chi-dao/bao-cao/chot",
        {"title": "Nay", "starts_on": "01/11/2026", "ends_on": "23/11/2026"},
        expect=422,
    )
    assert any("đã kết thúc" in e for e in page.errors)
    chairman.get("/chi-dao/bao-cao?den=24/11/2026", expect=422)
    chairman.get("/chi-dao/bao-cao?tu=20/11/2026&den=01/11/2026", expect=422)
    world.specialist.client.get("/chi-dao/bao-cao", expect=403)


def test_the_table_leaves_as_sheet_and_document(world, frozen_monday):
    november(world, frozen_monday)
    client = world.office_chief.client
    raw = client._open("get", "/chi-dao/bao-cao/bang-tinh?tu=01/11/2026&den=30/11/2026")
    book = openpyxl.load_workbook(io.BytesIO(raw.get_data()))
    cells = [[c.value for c in row] for row in book.active.iter_rows()]
    head = next(r for r in cells if r[0] == "TT")
    row = cells[cells.index(head) + 1]
    assert dict(zip(head, row, strict=True))["Tổng số"] == 4
    assert row[1:3] == ["Sở Xây dựng", "Nguyễn Hữu Thắng"]
    raw = client._open("get", "/chi-dao/bao-cao/van-ban?tu=01/11/2026&den=30/11/2026")
    with zipfile.ZipFile(io.BytesIO(raw.get_data())) as archive:
        assert "Sở Xây dựng" in archive.read("word/document.xml").decode()
