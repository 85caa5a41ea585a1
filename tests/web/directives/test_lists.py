"""Danh sách nhiệm vụ và số liệu theo cơ quan: who sees which rows, filters as addresses, figures that open their rows."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event

from app.core.db import db, session
from app.core.working_days import due_instant
from app.directives import service
from app.directives.models import DirectivePart, Urging
from app.directives.service import FromAbove
from tests.unit.directives import given

LATE_DAY = given.local(date(2026, 12, 9), 8)
ROW = "//tbody//a[contains(@class,'t')]"


def titles(page) -> list[str]:
    """Tên các dòng của trang."""
    return page.texts(ROW)


def statements(client, url: str) -> list[str]:
    """Các câu lệnh một trang đã dùng."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get(url)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen


def test_the_leader_sees_the_late_ones_first_with_days_agency_and_source(world, frozen_monday):
    given.in_progress(world, content="Trình phương án chống ngập")
    given.in_progress(world, content="Báo cáo kiểm kê nhà đất", due_at=due_instant(date(2026, 11, 30)))
    frozen_monday.move_to(LATE_DAY)

    page = world.chairman.client.get("/chi-dao")

    assert page.h1 == "Theo dõi chỉ đạo"
    assert titles(page) == ["Báo cáo kiểm kê nhà đất", "Trình phương án chống ngập"]
    row = page.texts("//tbody/tr")[0]
    assert "Quá hạn 7 ngày" in row
    assert "30/11/2026" in row
    assert "Sở Xây dựng" in row
    assert "NV-2026-0002.1" in row
    assert page.texts("//nav[@aria-label='Theo tình trạng']//a[@aria-current]") == ["Quá hạn 2"]
    assert "Giao nhiệm vụ" in page.texts("//div[contains(@class,'pagehead')]//a")


@pytest.mark.parametrize(
    ("who", "url", "expected"),
    [
        ("chairman", "/chi-dao?tinh-trang=tat-ca", ["Ngập", "Vành đai"]),
        ("vice_chairman", "/chi-dao?tinh-trang=tat-ca", ["Ngập", "Vành đai"]),
        ("office_chief", "/chi-dao?tinh-trang=tat-ca", ["Ngập", "Vành đai"]),
        ("city_specialist", "/chi-dao?tinh-trang=tat-ca", ["Vành đai"]),  # follows one of them
        ("director", "/chi-dao/duoc-giao", ["Vành đai"]),
        ("clerk", "/chi-dao/duoc-giao", ["Vành đai"]),
        ("head", "/chi-dao/duoc-giao", ["Vành đai"]),
        ("specialist", "/chi-dao/duoc-giao", ["Vành đai"]),
        ("head2", "/chi-dao/duoc-giao", []),
        ("specialist2", "/chi-dao/duoc-giao", []),
        ("director2", "/chi-dao/duoc-giao", []),
        ("director2", "/chi-dao/phoi-hop", ["Vành đai"]),
        ("ward_chairman", "/chi-dao/duoc-giao", ["Ngập"]),
        ("ward_specialist", "/chi-dao/duoc-giao", []),
        ("director", "/chi-dao?tinh-trang=tat-ca", []),
    ],
)
def test_everyone_sees_his_own_rows_and_no_others(world, who, url, expected):
    given.in_progress(world, content="Vành đai")
    given.assigned(world, content="Ngập", leads=[world.agencies["ward"]], supports=[], follower_post_id=None)
    assert sorted(titles(getattr(world, who).client.get(url))) == expected


def test_who_has_no_right_is_told_so(world):
    world.city_admin.client.get("/chi-dao", expect=403)
    world.admin.client.get("/chi-dao/duoc-giao", expect=403)
    world.specialist.client.get("/chi-dao/theo-co-quan", expect=403)
    assert world.visitor.raw.get("/chi-dao").status_code == 302


def test_filters_are_addresses_and_say_what_is_wrong_in_them(world):
    given.in_progress(world, content="Vành đai", due_at=due_instant(date(2026, 12, 4)))
    given.assigned(
        world, content="Ngập nặng", by=world.vice_chairman, leads=[world.agencies["ward"]], supports=[]
    )
    given.assigned(
        world, content="Cải cách", leads=[world.agencies["dept2"]], supports=[], due_at=due_instant(date(2027, 1, 15)),
        above=FromAbove(body="Thủ tướng Chính phủ", reference="188/CĐ-TTg"),
    )  # fmt: skip
    client, every = world.chairman.client, "/chi-dao?tinh-trang=tat-ca"
    for arguments, expected in (
        (f"co-quan={world.agencies['ward']}", ["Ngập nặng"]),
        (f"nguoi-giao={world.vice_chairman.post_id}", ["Ngập nặng"]),
        ("nguon=above", ["Cải cách"]),
        ("den=31/12/2026", ["Ngập nặng", "Vành đai"]),
        ("tu=01/01/2027", ["Cải cách"]),
        ("q=ngap+nang", ["Ngập nặng"]),
        ("q=NV-2026-0001", ["Vành đai"]),
        ("q=188/CĐ-TTg", ["Cải cách"]),
        ("q=khong+co", []),
        ("tinh-trang=khong-biet", []),  # an unknown tab is the first one
    ):
        page = client.get(
            f"{every}&{arguments}" if "tinh-trang" not in arguments else f"/chi-dao?{arguments}"
        )
        assert sorted(titles(page)) == expected, arguments
    page = client.get(f"{every}&tu=30/02/2026", expect=422)
    assert page.errors
    assert titles(page) == []
    assert "30/02/2026" in page.markup
    client.get(f"{every}&co-quan=999999", expect=422)
    client.get(f"{every}&tai-ngay=01/01/2030", expect=422)
    client.get(f"{every}&van-ban=99999999999999999999999")
    client.get(f"{every}&q={'a' * 300}", expect=422)
    client.get(f"{every}&sau=%00khong-phai-khoa")


def test_tabs_keep_the_filter_and_count_it(world):
    given.in_progress(world)
    given.assigned(world, leads=[world.agencies["ward"]], supports=[])
    page = world.chairman.client.get(f"/chi-dao?tinh-trang=con-han&co-quan={world.agencies['ward']}")
    tabs = page.tree.xpath("//nav[@aria-label='Theo tình trạng']//a")
    assert [t.text_content().strip() for t in tabs if t.get("aria-current")] == ["Còn hạn 1"]
    for tab in tabs[:-2]:  # the last ones go to other lists
        assert parse_qs(urlsplit(tab.get("href")).query)["co-quan"] == [str(world.agencies["ward"])]


def test_a_long_list_is_paged_by_key(world):
    given.assigned(world)
    first = session.query(DirectivePart).one()
    columns = {
        c.name: getattr(first, c.name)
        for c in DirectivePart.__table__.columns
        if c.name not in ("id", "due_key")
    }
    session.add_all(
        DirectivePart(**columns | {"number": n, "content": f"Việc số {n:03}", "due_at": first.due_at + timedelta(minutes=n)})
        for n in range(2, 61)
    )  # fmt: skip
    session.flush()
    page = world.chairman.client.get("/chi-dao?tinh-trang=con-han")
    shown = titles(page)
    assert len(shown) == 50
    following = world.chairman.client.get(page.tree.xpath("//a[@rel='next']/@href")[0])
    assert len(titles(following)) == 10
    assert not set(shown) & set(titles(following))
    assert "Đã đến cuối danh sách" in following.text


def test_as_at_a_past_day_shows_the_rows_of_that_day(world, frozen_monday):
    part = given.in_progress(world)
    frozen_monday.move_to(LATE_DAY)
    service.report_done(world.specialist.actor, part.id, result="Xong")
    service.confirm(world.chairman.actor, part.id)
    client = world.chairman.client
    assert titles(client.get("/chi-dao")) == []
    page = client.get("/chi-dao?tai-ngay=08/12/2026")
    assert len(titles(page)) == 1
    assert "tại hết ngày 08/12/2026" in page.text
    assert not page.has_form("don-doc")


def test_figures_by_agency_open_exactly_their_rows(world, frozen_monday):
    given.in_progress(world)
    given.assigned(world, leads=[world.agencies["ward"]], supports=[], due_at=None)
    given.completed(world)
    given.asked_for_more_time(world, date(2026, 12, 18))
    frozen_monday.move_to(LATE_DAY)
    client = world.chairman.client
    for url in (
        "/chi-dao/theo-co-quan",
        "/chi-dao/theo-co-quan?tai-ngay=30/11/2026",
        "/chi-dao/theo-co-quan?xong-tu=01/12/2026",
    ):
        page = client.get(url)
        links = page.tree.xpath("//tbody//a|//tfoot//a")
        assert links, url
        for link in links:
            assert int(link.text) == len(titles(client.get(link.get("href")))), link.get("href")
    assert "Sở Xây dựng" in client.get("/chi-dao/theo-co-quan").text
    client.get("/chi-dao/theo-co-quan?tai-ngay=31/02/2026", expect=422)
    client.get("/chi-dao/theo-co-quan?tai-ngay=01/01/2030", expect=422)


def test_another_agency_has_figures_of_its_own_only(world):
    given.in_progress(world)
    page = world.director2.client.get("/chi-dao/theo-co-quan")
    assert "Không có nhiệm vụ nào" in page.text
    assert "Sở Xây dựng" not in page.text


def test_a_selection_is_urged_in_one_act(world, frozen_monday):
    parts = [given.in_progress(world, content=f"Việc {n}") for n in range(3)]
    frozen_monday.move_to(LATE_DAY)
    client = world.chairman.client
    page = client.post(
        "/chi-dao/don-doc", {"ids": [str(p.id) for p in parts[:2]], "noi-dung": "Báo cáo trước thứ Sáu"},
        form_at="/chi-dao", form_action="don-doc",
    )  # fmt: skip
    assert page.location == "/chi-dao?tinh-trang=qua-han"
    assert [p.urging_count for p in parts] == [1, 1, 0]
    assert session.query(Urging).first().text == "Báo cáo trước thứ Sáu"
    assert given.events(parts[0])[-1] == "DirectiveUrged"
    assert "Đôn đốc 1 lần" in client.follow(page).text


def test_all_of_the_filter_are_urged_when_they_are_as_many_as_the_button_said(world, frozen_monday):
    parts = [given.in_progress(world, content=f"Việc {n}") for n in range(3)]
    other = given.assigned(world, leads=[world.agencies["ward"]], supports=[])
    frozen_monday.move_to(LATE_DAY)
    client, url = world.office_chief.client, f"/chi-dao?co-quan={world.agencies['dept']}"
    shown = client.get(url).form("don-doc")
    assert shown["so"] == "3"
    client.post("/chi-dao/don-doc", {"tat-ca": "1"}, form_at=url, form_action="don-doc")
    assert [p.urging_count for p in (*parts, other)] == [1, 1, 1, 0]

    page = client.submit("/chi-dao/don-doc", {**shown, "so": "2", "tat-ca": "1"})
    assert "Danh sách vừa thay đổi, nay có 3" in client.follow(page).text
    assert parts[0].urging_count == 1


def test_urging_refuses_what_may_not_be_urged(world):
    part = given.in_progress(world)
    foreign = given.assigned(
        world, by=world.director, leads=[world.agencies["dept"]], supports=[], follower_post_id=None
    )
    client = world.chairman.client
    client.submit("/chi-dao/don-doc", {"ids": [str(part.id), str(foreign.id)]}, expect=404)
    client.submit("/chi-dao/don-doc", {"ids": [str(part.id), "999999"]}, expect=404)
    client.submit("/chi-dao/don-doc", {"ids": ["1 OR 1=1"]}, expect=404)
    page = client.submit("/chi-dao/don-doc", {})
    assert "Chưa chọn nhiệm vụ nào" in client.follow(page).text
    world.specialist.client.submit("/chi-dao/don-doc", {"ids": [str(part.id)]}, expect=403)
    world.clerk.client.submit("/chi-dao/don-doc", {"ids": [str(part.id)]}, expect=403)
    assert given.rows(Urging) == 0


def test_lists_take_few_statements(world, frozen_monday):
    for n in range(12):
        given.in_progress(world, content=f"Việc {n}")
    frozen_monday.move_to(LATE_DAY)
    for url in (
        "/chi-dao",
        "/chi-dao?tinh-trang=tat-ca&tai-ngay=30/11/2026",
        "/chi-dao/theo-co-quan",
        "/chi-dao/cap-tren",
    ):
        assert len(statements(world.chairman.client, url)) <= 12, url
    assert len(statements(world.director.client, "/chi-dao/duoc-giao")) <= 12
    assert len(statements(world.specialist.client, "/chi-dao/duoc-giao")) <= 12
