"""Bảng, lịch hạn, bảng tính của danh sách; bộ lọc đã lưu."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from app.core.working_days import due_instant
from app.directives.models import SavedFilter
from tests.unit.directives import given
from tests.web.directives.test_lists import statements, titles


def test_the_board_holds_what_the_lists_hold(world, frozen_monday):
    given.reported_done(world, content="Chờ xác nhận")
    given.in_progress(world, content="Đang quá hạn", due_at=due_instant(date(2026, 11, 25)))
    given.in_progress(world, content="Không hạn", due_at=None)
    frozen_monday.move_to(given.local(date(2026, 11, 27), 9))
    chairman = world.chairman.client
    page = chairman.get("/chi-dao/bang")
    assert len(statements(chairman, "/chi-dao/bang")) <= 12
    for link in page.tree.xpath("//section[starts-with(@id,'cot-')]//a[text()='Xem tất cả']/@href"):
        assert len(titles(chairman.get(link))) == 1
    narrowed = chairman.get("/chi-dao/bang?q=qua+han")
    assert "Đang quá hạn" in narrowed.text
    assert "Chờ xác nhận 0" in narrowed.text


def test_the_calendar_shows_each_due_day(world):
    given.in_progress(world, content="Việc hạn mùng bốn")
    given.in_progress(world, content="Việc tháng sau", due_at=due_instant(date(2027, 1, 12)))
    chairman = world.chairman.client
    page = chairman.get("/chi-dao/lich-han?thang=12/2026")
    assert "Việc hạn mùng bốn" in page.text
    assert "Việc tháng sau" not in page.text
    assert "Việc tháng sau" in chairman.get(page.tree.xpath("//a[contains(.,'Tháng sau')]/@href")[0]).text
    assert len(statements(chairman, "/chi-dao/lich-han?thang=12/2026")) <= 12


@pytest.mark.parametrize("month", ["", "13/2026", "x", "1/99999", "٣/2026"])
def test_a_month_that_is_none_is_this_one(world, month):
    assert "11/2026" in world.chairman.client.get(f"/chi-dao/lich-han?thang={month}").h1


def test_the_list_leaves_as_a_sheet(world):
    given.in_progress(world)
    part = given.in_progress(world, content="Việc khác")
    raw = world.chairman.client._open("get", "/chi-dao/bang-tinh?tinh-trang=tat-ca&q=viec+khac")
    cells = [
        [c.value for c in row]
        for row in openpyxl.load_workbook(io.BytesIO(raw.get_data())).active.iter_rows()
    ]
    rows = [r for r in cells if r[0] and r[0].startswith("NV-")]
    assert [r[0] for r in rows] == [part.code]


def test_a_filter_is_saved_opened_and_removed_by_its_owner_alone(world):
    given.in_progress(world)
    chairman = world.chairman.client
    url = f"/chi-dao?tinh-trang=con-han&co-quan={world.agencies['dept']}"
    fields = chairman.get(url).form("/chi-dao/bo-loc")
    chairman.submit("/chi-dao/bo-loc", {**fields, "ten": "Sở Xây dựng còn hạn"})
    (link,) = chairman.get("/chi-dao").tree.xpath("//section[@id='bo-loc']//li/a/@href")
    assert titles(chairman.get(link)) == titles(chairman.get(url))
    assert given.rows(SavedFilter) == 1
    chairman.submit("/chi-dao/bo-loc", {**fields, "ten": ""}, expect=303)
    remove = chairman.get("/chi-dao").tree.xpath("//section[@id='bo-loc']//li//form/@action")[0]
    assert "Sở Xây dựng còn hạn" not in world.vice_chairman.client.get("/chi-dao").text
    world.vice_chairman.client.submit(remove, {}, expect=404)
    chairman.submit(remove, {"xem": "giao"})
    assert given.rows(SavedFilter) == 0
    assert len(statements(chairman, "/chi-dao")) <= 12
