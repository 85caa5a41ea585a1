"""Danh bạ, cây cơ quan, bàn giao."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import events
from app.core.db import session
from app.org import open_work, service
from app.org.events import WorkHandedOver
from app.org.models import Agency, AgencyIdentifier, AgencySuccessor, HandOver, Person


def test_colleagues_in_full(world):
    session.get(Person, world.specialist.person_id).phone = "0901 234 567"
    page = world.clerk.client.get("/danh-ba")
    assert "0901 234 567" in page.text
    assert "specialist@example.gov.vn" in page.text
    assert "Huỳnh Tấn Phát" not in page.text


@pytest.mark.parametrize(
    ("q", "expected"),
    [("ngoc", "Trần Bảo Ngọc"), ("quy hoach", "Mai Phương Linh"), ("TRUONG PHONG", "Đoàn Văn Bách"), ("đoàn văn bách", "Đoàn Văn Bách")],
)  # fmt: skip
def test_search_without_accents(world, q, expected):
    assert expected in world.clerk.client.get("/danh-ba", query_string={"q": q}).texts(
        "//tbody//a[@class='t']"
    )


def test_leaders_elsewhere_by_name_only_and_nobody_else(world):
    session.get(Person, world.director2.person_id).phone = "0909 999 999"
    found = world.clerk.client.get("/danh-ba?q=huynh tan phat")
    assert "Huỳnh Tấn Phát" in found.texts("//section[@id='noi-khac']")[0]
    assert "0909 999 999" not in found.text
    for q in ("to vinh an", "kieu anh dung", "a", "%", "__"):
        assert not world.clerk.client.get("/danh-ba", query_string={"q": q}).texts(
            "//section[@id='noi-khac']"
        )


def test_the_page_of_a_person(world):
    session.get(Person, world.clerk2.person_id).phone = "028 3829 0000"
    session.get(Person, world.director2.person_id).phone = "0909 999 999"
    client = world.clerk.client
    assert "specialist@example.gov.vn" in client.get(f"/danh-ba/nguoi/{world.specialist.person_id}").text
    leader = client.get(f"/danh-ba/nguoi/{world.director2.person_id}").text
    assert "Giám đốc Sở" in leader
    assert "0909 999 999" not in leader
    assert "director2@example.gov.vn" not in leader
    assert "028 3829 0000" in client.get(f"/danh-ba/nguoi/{world.clerk2.person_id}").text
    hidden = client.get(f"/danh-ba/nguoi/{world.specialist_b.person_id}", expect=404)
    assert hidden.h1 == client.get("/danh-ba/nguoi/999999", expect=404).h1


def test_a_colleague_who_is_away_says_so(world):
    service.enter_absence(
        world.head.actor, person_id=world.head.person_id, reason="business", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25),
        deputy_post_id=world.specialist.post_id,
    )  # fmt: skip
    page = world.clerk.client.get(f"/danh-ba/nguoi/{world.head.person_id}").text
    assert "đi công tác" in page
    assert "Người thay: Trần Bảo Ngọc" in page


def test_the_tree_and_an_agency_with_its_history(world):
    old = Agency(
        code="H29.OLD", name="Sở Giao thông công chánh", short_name="Sở GTCC", abbreviation="SGTCC", kind="department",
        parent_id=world.agencies["city"], search_key="so giao thong cong chanh", valid_from=date(2000, 1, 1), valid_to=date(2025, 2, 28),
    )  # fmt: skip
    session.add(old)
    session.flush()
    session.add(
        AgencySuccessor(agency_id=old.id, successor_id=world.agencies["dept"], since=date(2025, 3, 1))
    )
    session.add(
        AgencyIdentifier(agency_id=world.agencies["dept"], scheme="qcvn102", code="000.00.15.H29", valid_from=date(2016, 1, 1), valid_to=date(2025, 6, 30))
    )  # fmt: skip
    session.commit()
    client = world.specialist.client

    tree = client.get("/danh-ba/co-quan")
    assert "Sở Xây dựng" in tree.text
    assert "Kết thúc 28/02/2025" in tree.text
    page = client.get(f"/danh-ba/co-quan/{world.agencies['dept']}")
    assert "000.00.15.H29" in page.text
    assert "Sở Giao thông công chánh" in page.texts("//section[@id='tien-than']")[0]
    assert "Ngô Thị Hạnh" in page.texts("//section[@id='nguoi']")[0]
    assert "Cao Tuấn Kiệt" not in page.text
    ended = client.get(f"/danh-ba/co-quan/{old.id}")
    assert "đã kết thúc hoạt động ngày 28/02/2025" in ended.text
    assert "Sở Xây dựng" in ended.texts("//section[@id='ke-thua']")[0]
    found = client.get("/danh-ba/co-quan?q=giao thong").texts("//a[@class='task__t']")
    assert found == ["Sở Giao thông công chánh"]
    client.get("/danh-ba/co-quan/999999", expect=404)


def test_pages_take_few_statements(world):
    """Danh bạ của một cơ quan không hỏi từng người một."""
    from sqlalchemy import event

    from app.core.db import db

    client, counted = world.clerk.client, []
    client.get("/danh-ba")

    def count(*_args):
        counted.append(1)

    for url in ("/danh-ba", "/danh-ba/co-quan", "/vang-mat", "/ho-so-ca-nhan", "/uy-quyen", "/ngay-nghi"):
        counted.clear()
        event.listen(db.engine, "before_cursor_execute", count)
        try:
            client.get(url)
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
        assert 0 < len(counted) <= 16, (url, len(counted))  # savepoints of the test are counted too


# ── bàn giao ─────────────────────────────────────────────────────────────────


@pytest.fixture
def papers(monkeypatch):
    held: dict[int, list[open_work.WorkItem]] = {}
    monkeypatch.setattr(open_work, "_sources", {})
    open_work.add_source(
        open_work.Source(
            "test", "văn bản đang xử lý", 1, lambda p: len(held.get(p, [])), lambda p, n: held.get(p, [])[:n]
        )
    )

    def move(_actor, event):
        moved = held.pop(event.from_post_id, [])
        held.setdefault(event.to_post_id, []).extend(moved)
        service.report_moved(event.hand_over_id, "Văn bản đang xử lý", moved)

    monkeypatch.setitem(events._on, WorkHandedOver, [move])
    return held


def test_handing_over_from_preview_to_paper(world, papers):
    papers[world.specialist.post_id] = [
        open_work.WorkItem(1, 7, "Về việc thoát nước đường Lê Lợi", "12/SXD-HTKT", "hạn 30/11/2026"),
        open_work.WorkItem(1, 8, "Về việc <b>cấp nước</b>"),
    ]
    client = world.admin.client
    url = f"/quan-tri/ban-giao/moi?tu={world.specialist.post_id}&den={world.specialist2.post_id}"
    preview = client.get(url)
    assert "12/SXD-HTKT" in preview.text
    assert "thoát nước" not in preview.text  # an administrator reads no documents

    done = client.post("/quan-tri/ban-giao/moi", {"reason": "Nghỉ hưu theo QĐ 12/QĐ-SXD"}, form_at=url)

    record = session.scalars(select(HandOver)).one()
    assert done.location == f"/quan-tri/ban-giao/{record.id}"
    assert len(papers[world.specialist2.post_id]) == 2
    assert "12/SXD-HTKT" in client.follow(done).text
    assert "thoát nước" not in client.get(done.location).text + client.get(f"{done.location}/in").text
    assert "Trần Bảo Ngọc" in client.get("/quan-tri/ban-giao").text
    taker = world.specialist2.client
    assert f"/quan-tri/ban-giao/{record.id}" in taker.get("/ho-so-ca-nhan").links()
    assert "Về việc <b>cấp nước</b>" in taker.get(done.location).text
    paper = taker.get(f"{done.location}/in")
    assert paper.h1 == "BIÊN BẢN BÀN GIAO CÔNG VIỆC"
    assert "Về việc thoát nước đường Lê Lợi" in paper.text
    world.head.client.get(done.location, expect=404)
    assert session.scalars(select(AuditEntry).where(AuditEntry.event == "WorkHandedOver")).one()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"reason": ""}, "Hãy nêu lý do"),
        ({"reason": "X", "to_post": ""}, "Hãy chọn vị trí nhận"),
        ({"reason": "X", "to_post": "17"}, "Lựa chọn"),
    ],
)
def test_a_hand_over_with_odd_input(world, papers, data, words):
    papers[world.specialist.post_id] = [open_work.WorkItem(1, 7, "Về việc")]
    url = f"/quan-tri/ban-giao/moi?tu={world.specialist.post_id}&den={world.specialist2.post_id}"
    page = world.admin.client.post("/quan-tri/ban-giao/moi", data, form_at=url, expect=422)
    assert words in " ".join(page.errors)
    assert session.scalars(select(HandOver)).all() == []


def test_nothing_left_to_hand_over(world, papers):
    data = {
        "from_post": str(world.specialist.post_id),
        "to_post": str(world.specialist2.post_id),
        "reason": "X",
    }
    page = world.admin.client.submit("/quan-tri/ban-giao/moi", data, expect=422)
    assert "không còn việc nào" in " ".join(page.errors)
    assert (
        "không còn việc nào"
        in world.admin.client.get(f"/quan-tri/ban-giao/moi?tu={world.specialist.post_id}").text
    )


def test_the_chief_of_office_sees_what_moves(world, papers):
    papers[world.city_specialist.post_id] = [open_work.WorkItem(1, 7, "Về việc thoát nước")]
    url = f"/quan-tri/ban-giao/moi?tu={world.city_specialist.post_id}&den={world.secretary.post_id}"
    assert "Về việc thoát nước" in world.office_chief.client.get(url).text
    assert "Về việc thoát nước" not in world.city_admin.client.get(url).text


def test_who_may_hand_over(world, papers):
    for who in (world.specialist, world.clerk, world.director):
        who.client.get("/quan-tri/ban-giao", expect=403)
    world.office_chief.client.get("/quan-tri/ban-giao")
    world.admin.client.get(f"/quan-tri/ban-giao/moi?tu={world.specialist_b.post_id}", expect=404)
    alien = {
        "from_post": str(world.specialist_b.post_id),
        "to_post": str(world.specialist2.post_id),
        "reason": "X",
    }
    world.admin.client.submit("/quan-tri/ban-giao/moi", alien, expect=404)
    world.admin.client.get("/quan-tri/ban-giao/999999", expect=404)
    world.admin.client.get("/quan-tri/ban-giao/999999/in", expect=404)
